"""A voice may hang, crash, flood or lie: it costs one phrase, and never the one who asks."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.speech.child import VoiceError
from chain_timer.speech.client import NoVoiceError, VoiceWorker

pytestmark = pytest.mark.slow  # real processes that hang in real time

FakeVoice = Callable[..., VoiceWorker]
Asked = Callable[[], list[str]]

BEHAVIORS = {
    "hangs": ("time.sleep(60)", "in time"),
    "crashes": ("os._exit(3)", "stopped"),
    "floods lines": ("while True: print('Audio saved to clip.wav')", "nonsense"),
    "floods without a line end": ("while True: sys.stdout.write('x' * 65536)", "stopped"),
    "answers garbage": ("print('{{{', flush=True)", "nonsense"),
    "answers deeply nested garbage": ("print('[' * 100_000, flush=True)", "nonsense"),
    "answers another request": ("print(json.dumps({'id': 99}), flush=True)", "nonsense"),
    "writes no file": ("reply()", "no file"),
    "writes half a file": ("write(wav_of(bytes(1000))[:500]); reply()", "broken file"),
    "writes a file of another kind": ("write(b'GIF89a' * 100); reply()", "broken file"),
    "writes far too much": ("os.truncate(os.open(request['path'], 66, 0o600), 1 << 32); reply()", "no file"),
    "writes a folder": ("os.mkdir(request['path']); reply()", "no file"),
    "writes a pipe": ("os.mkfifo(request['path']); reply()", "no file"),
    "fails politely": ("reply(error='failed', text='bad \\x1b[31m day')", "could not say it (bad [31m day)"),
}


def one_bad_then_good(bad: str) -> str:
    """A behavior for the first word only, whichever process is asked."""
    return f"if request['text'] == 'Bad':\n    {bad}\n    continue\nwrite(wav_of(b'\\1\\0' * 4_800)); reply()"


@pytest.mark.parametrize("name", BEHAVIORS)
def test_a_voice_that_misbehaves_costs_one_phrase(name: str, fake_voice: FakeVoice) -> None:
    behavior, text = BEHAVIORS[name]
    worker = fake_voice(one_bad_then_good(behavior), timeout_s=0.4 if name == "hangs" else 5.0)
    with pytest.raises(VoiceError) as caught:
        worker.render("Bad", "", 150)
    assert text in str(caught.value)
    assert worker.render("Good", "", 150).length_ms == 100


def test_a_voice_that_does_not_start_is_an_error_with_its_reason() -> None:
    worker = VoiceWorker(("/nowhere/voice",))
    with pytest.raises(VoiceError, match="could not be started"):
        worker.render("Hold", "", 150)


def test_a_voice_that_ends_at_once_is_an_error() -> None:
    with pytest.raises(VoiceError, match="stopped"):
        VoiceWorker((sys.executable, "-c", "")).render("Hold", "", 150)


def test_one_process_renders_many_phrases(fake_voice: FakeVoice, asked: Asked) -> None:
    worker = fake_voice()
    for words in ("Three", "Two", "One"):
        assert worker.render(words, "", 150).words == words
    assert asked() == ["start", "Three", "Two", "One"]


def test_after_three_failures_in_a_row_no_process_is_started_for_a_while(
    fake_voice: FakeVoice, asked: Asked
) -> None:
    worker = fake_voice("os._exit(1)")
    for _ in range(10):
        with pytest.raises(VoiceError):
            worker.render("Hold", "", 150)
    assert asked().count("start") == 3


def test_a_success_between_failures_means_no_giving_up(fake_voice: FakeVoice) -> None:
    worker = fake_voice(one_bad_then_good("os._exit(1)"))
    for words in ("Bad", "Bad", "Good", "Bad", "Bad", "Good"):
        if words == "Good":
            assert worker.render(words, "", 150)
        else:
            with pytest.raises(VoiceError):
                worker.render(words, "", 150)


def test_after_the_back_off_it_is_tried_again(fake_voice: FakeVoice, asked: Asked) -> None:
    worker = fake_voice("reply(error='no-voice', text='none')", back_off_s=0.01)
    with pytest.raises(NoVoiceError):
        worker.render("Hold", "", 150)
    timer = worker._timer
    assert timer
    timer.join()
    with pytest.raises(NoVoiceError):
        worker.render("Hold", "", 150)
    assert asked().count("start") == 2


def test_no_voice_is_told_with_what_to_do_and_asked_only_once(
    fake_voice: FakeVoice, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    worker = fake_voice("reply(error='no-voice', text='no library')")
    for _ in range(3):
        with pytest.raises(NoVoiceError, match=r"no voice \(no library\); install .* espeak-ng"):
            worker.render("Hold", "", 150)
    assert asked() == ["start", "Hold"]


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\x1b\x00", "\u202e"])
def test_nothing_to_say_is_an_empty_clip_without_a_process(
    words: str, fake_voice: FakeVoice, asked: Asked
) -> None:
    clip = fake_voice().render(words, "", 150)
    assert (clip.words, clip.pcm, clip.length_ms) == (words, b"", 0)
    assert asked() == []


def test_markup_controls_and_length_do_not_reach_the_voice(fake_voice: FakeVoice, asked: Asked) -> None:
    worker = fake_voice()
    worker.render("<break time='9m'/> [[slnc 9999]]\x1b[2J \U0001f600 hold\r\nnow \ud800", "", 150)
    worker.render("word " * 1_000, "", 150)
    asked = asked()[1:]
    assert asked[0] == "break time='9m'/ slnc 9999 2J \U0001f600 hold now"
    assert len(asked[1]) <= 1_000
    assert asked[1].endswith("word")


def test_a_clip_of_another_voice_than_asked_for_says_so(fake_voice: FakeVoice) -> None:
    worker = fake_voice("write(wav_of(bytes(2))); reply(stand_in=True)")
    assert worker.render("Hold", "nobody", 150).stand_in


def test_voices_that_make_no_sense_are_left_out(fake_voice: FakeVoice) -> None:
    worker = fake_voice(
        "reply(voices=[{'id': 'a', 'name': 'A', 'language': 'en-us'}, 5, {'id': 7}, {}, None])"
    )
    assert [voice.id for voice in worker.voices()] == ["a"]


def test_after_a_rest_the_next_phrase_starts_it_again(fake_voice: FakeVoice, asked: Asked) -> None:
    worker = fake_voice()
    worker.render("One", "", 150)
    worker.rest()
    assert worker.render("Two", "", 150)
    assert asked() == ["start", "One", "start", "Two"]


@pytest.mark.parametrize("name", ["hangs", "crashes", "writes half a file"])
def test_nothing_is_left_of_a_voice(name: str, fake_voice: FakeVoice, scratch: Path) -> None:
    worker = fake_voice(one_bad_then_good(BEHAVIORS[name][0]), timeout_s=0.3)
    with pytest.raises(VoiceError):
        worker.render("Bad", "", 150)
    assert list(scratch.iterdir()) == []
    worker.render("Good", "", 150)
    assert worker._child
    process = worker._child._process
    worker.close()
    assert list(scratch.iterdir()) == []
    assert process.returncode is not None
    assert not [thread for thread in threading.enumerate() if thread.name == "voice-answers"]


def test_closing_ends_the_wait_for_a_voice_that_hangs(fake_voice: FakeVoice, asked: Asked) -> None:
    worker = fake_voice("time.sleep(60)", timeout_s=60.0)
    outcome: list[str] = []

    def wait() -> None:
        try:
            worker.render("Hold", "", 150)
        except VoiceError as error:
            outcome.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    while asked()[-1:] != ["Hold"]:
        thread.join(0.01)
    worker.close()
    thread.join(2.0)
    assert outcome == ["the voice stopped"]
    with pytest.raises(VoiceError, match="closed"):
        worker.render("Hold", "", 150)


def test_no_room_for_temporary_files_is_a_voice_error(
    fake_voice: FakeVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.devnull)
    with pytest.raises(VoiceError, match="no folder"):
        fake_voice().render("Hold", "", 150)
