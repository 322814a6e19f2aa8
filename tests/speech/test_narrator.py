"""Phrases are ready before they are needed, and nobody waits for a voice."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator, Progress

pytestmark = pytest.mark.slow  # real processes that hang in real time

SOON_S = 5.0
PAUSE_S = 0.002
FakeVoice = Callable[..., VoiceWorker]
Asked = Callable[[], list[str]]
Start = Callable[..., Narrator]

BAD_ONES = """
if request["text"].startswith("Bad"):
    os._exit(1)
write(wav_of(b"\\1\\0" * 4_800)); reply()
"""
LENGTH_BY_RATE = 'write(wav_of(b"\\1\\0" * 48 * request["rate"])); reply()'


@pytest.fixture
def start(fake_voice: FakeVoice, tmp_path: Path) -> Iterator[Start]:
    """Makes narrators with a fake voice and the cache of this test, and closes them."""
    narrators: list[Narrator] = []

    def make(*behavior: str, timeout_s: float = 5.0, **more: object) -> Narrator:
        worker = fake_voice(*behavior, timeout_s=timeout_s)
        narrator = Narrator(ClipCache(tmp_path / "clips"), lambda: worker, **more)  # type: ignore[arg-type]
        narrators.append(narrator)
        return narrator

    yield make
    for narrator in narrators:
        narrator.close()


def until(reached: Callable[[], bool]) -> None:
    for _ in range(round(SOON_S / PAUSE_S)):
        if reached():
            return
        threading.Event().wait(PAUSE_S)
    pytest.fail("it did not come to that in time")


def settled(narrator: Narrator, words: str) -> bool:
    return narrator.wait_for(words, SOON_S) is not None or narrator.failed(words)


def test_phrases_are_rendered_in_the_order_of_need(start: Start, asked: Asked) -> None:
    narrator = start()
    narrator.want(["Three", "Two", "One", "Two"])
    assert settled(narrator, "One")
    assert asked() == ["start", "Three", "Two", "One"]
    assert [narrator.length_ms(words) for words in ("Three", "Two", "One", "Four")] == [100, 100, 100, None]
    assert narrator.progress() == Progress(3, 3)
    assert narrator.pending() == 0


def test_a_new_wish_replaces_the_old_queue(start: Start, asked: Asked, tmp_path: Path) -> None:
    go = tmp_path / "go"
    narrator = start(
        f"while not os.path.exists({str(go)!r}): time.sleep(.002)\nwrite(wav_of(bytes(96))); reply()"
    )
    narrator.want(["One", "Two", "Three"])
    until(lambda: asked()[-1:] == ["One"])
    assert narrator.clip("One") is None
    narrator.want(["Four"])
    assert narrator.progress() == Progress(0, 1)
    go.touch()
    assert settled(narrator, "Four")
    assert asked() == ["start", "One", "Four"]
    assert narrator.clip("One")


def test_what_is_waited_for_comes_before_what_is_wanted(start: Start, asked: Asked) -> None:
    narrator = start("time.sleep(.01); write(wav_of(bytes(96))); reply()")
    narrator.want([f"Phrase {number}" for number in range(20)])
    assert narrator.wait_for("Now", SOON_S)
    assert "Phrase 19" not in asked()


def test_nothing_to_say_is_an_empty_clip_at_once(start: Start, asked: Asked) -> None:
    narrator = start()
    narrator.want(["", " "])
    for clip in (narrator.clip(""), narrator.wait_for(" ", 0)):
        assert clip
        assert clip.length_ms == 0
    assert narrator.length_ms("") == 0
    assert narrator.pending() == 0
    assert asked() == []


def test_clips_of_an_earlier_run_need_no_voice(start: Start, asked: Asked) -> None:
    first = start()
    first.want(["Hold"])
    assert first.wait_for("Hold", SOON_S)
    first.close()
    second = start("os._exit(1)")
    second.want(["Hold"])
    assert second.wait_for("Hold", SOON_S) == first.clip("Hold")
    assert asked() == ["start", "Hold"]


def test_a_phrase_that_fails_is_told_and_the_others_are_spoken(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    narrator = start(BAD_ONES)
    assert narrator.problem == ""
    narrator.want(["Bad", "Good"])
    assert narrator.wait_for("Good", SOON_S)
    assert narrator.wait_for("Bad", SOON_S) is None
    assert narrator.failed("Bad")
    assert not narrator.failed("Good")
    assert narrator.problem == "phrases are shown and not spoken: the voice stopped"
    assert narrator.progress() == Progress(2, 2)
    assert len(caplog.records) == 1


def test_a_phrase_that_fails_is_tried_once_more_when_wanted_again_and_then_no_more(
    start: Start, asked: Asked
) -> None:
    narrator = start(BAD_ONES)
    for number in range(5):
        narrator.want(["Bad", f"Good {number}"])
        assert narrator.wait_for(f"Good {number}", SOON_S)
    assert asked().count("Bad") == 2
    assert narrator.failed("Bad")


def test_a_problem_is_over_when_what_failed_is_not_wanted_any_more(start: Start) -> None:
    narrator = start(BAD_ONES)
    narrator.want(["Bad"])
    assert settled(narrator, "Bad")
    narrator.want(["Good"])
    assert narrator.problem == ""


def test_without_a_voice_all_is_settled_at_once_and_the_person_told(start: Start, asked: Asked) -> None:
    narrator = start("reply(error='no-voice', text='no library')")
    narrator.want([f"Phrase {number}" for number in range(500)])
    assert settled(narrator, "Phrase 499")
    assert "this computer has no voice (no library)" in narrator.problem
    assert narrator.pending() == 0
    assert len(asked()) == 2


def test_a_voice_that_hangs_costs_only_its_phrase(start: Start) -> None:
    narrator = start(
        "if request['text'] == 'Bad': time.sleep(60)\nwrite(wav_of(bytes(96))); reply()", timeout_s=0.3
    )
    narrator.want(["Bad", "Good"])
    assert narrator.wait_for("Good", SOON_S)
    assert narrator.failed("Bad")


def test_waiting_ends_in_time_when_a_voice_hangs(start: Start) -> None:
    narrator = start("time.sleep(60)", timeout_s=60)
    assert narrator.wait_for("Hold", 0.05) is None
    assert narrator.pending() == 1


def test_closing_does_not_wait_for_a_voice_that_hangs(start: Start, asked: Asked) -> None:
    narrator = start("time.sleep(60)", timeout_s=60)
    narrator.want(["Hold"])
    until(lambda: asked()[-1:] == ["Hold"])
    narrator.close()
    for thread in threading.enumerate():
        if thread.name in {"narrator", "clips", "voice-answers"}:
            thread.join(20)  # far less than the voice hangs, and long enough for a busy machine
            assert not thread.is_alive()
    assert narrator.problem == ""


def test_every_change_is_told_from_another_thread(start: Start) -> None:
    told: list[str] = []
    narrator = start(BAD_ONES, on_change=lambda: told.append(threading.current_thread().name))
    narrator.want(["One", "Bad", "Two"])
    assert narrator.wait_for("Two", SOON_S)
    narrator.close()
    assert told == ["narrator"] * 3


def test_a_listener_that_is_gone_stops_nothing(start: Start) -> None:
    def gone() -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    narrator = start(on_change=gone)
    narrator.want(["One", "Two"])
    assert narrator.wait_for("Two", SOON_S)


def test_another_rate_renders_what_is_wanted_anew(start: Start) -> None:
    narrator = start(LENGTH_BY_RATE, rate=100)
    narrator.want(["Hold"])
    assert narrator.wait_for("Hold", SOON_S)
    assert narrator.length_ms("Hold") == 100
    narrator.set_voice("", 200)
    assert narrator.clip("Hold") is None
    assert narrator.wait_for("Hold", SOON_S)
    assert narrator.length_ms("Hold") == 200


def test_what_the_voice_before_was_just_saying_is_dropped(start: Start, asked: Asked, tmp_path: Path) -> None:
    go = tmp_path / "go"
    wait = f"while not os.path.exists({str(go)!r}): time.sleep(.002)\n"
    narrator = start(wait + LENGTH_BY_RATE, rate=100)
    narrator.want(["Hold"])
    until(lambda: asked()[-1:] == ["Hold"])
    narrator.set_voice("", 200)
    go.touch()
    assert narrator.wait_for("Hold", SOON_S)
    assert narrator.length_ms("Hold") == 200


def test_the_same_voice_again_changes_nothing(start: Start) -> None:
    narrator = start()
    assert narrator.wait_for("Hold", SOON_S)
    narrator.set_voice("", 150)
    assert narrator.clip("Hold")


def test_a_stand_in_speaks_and_the_person_is_told(start: Start) -> None:
    narrator = start("write(wav_of(bytes(96))); reply(stand_in=True)", voice="Nobody")
    narrator.want(["Hold"])
    assert narrator.wait_for("Hold", SOON_S)
    assert narrator.problem == "the chosen voice is not on this computer, so another one speaks"


NUMBERS = ["One", "Two", "Three", "Four", "Five"]


def held(narrator: Narrator) -> list[str]:
    """What is in memory, found without asking for it, which would bring it there."""
    return sorted(narrator._clips, key=NUMBERS.index)


def want_and_wait(narrator: Narrator, phrases: list[str]) -> None:
    """Have phrases rendered, until the last is on disk."""
    narrator.want(phrases)
    until(lambda: phrases[-1] in narrator._on_disk and phrases[-1] not in narrator._clips)


def test_of_what_is_on_disk_the_next_is_held_in_memory(start: Start, asked: Asked) -> None:
    narrator = start(memory_limit=3 * 9_600)
    want_and_wait(narrator, NUMBERS)
    assert held(narrator) == ["One", "Two"]
    assert asked() == ["start", *NUMBERS]


def test_what_is_on_disk_alone_is_there_soon_after_it_is_asked_for(start: Start, asked: Asked) -> None:
    narrator = start(memory_limit=3 * 9_600)
    want_and_wait(narrator, NUMBERS)
    assert narrator.length_ms("Five") == 100
    told = narrator.revision
    assert narrator.clip("Five") is None
    assert narrator.wait_for("Five", SOON_S) == narrator.clip("Five")
    assert asked() == ["start", *NUMBERS]
    assert narrator.revision == told


def test_what_was_said_makes_room_for_what_comes(start: Start) -> None:
    narrator = start(memory_limit=3 * 9_600)
    want_and_wait(narrator, NUMBERS)
    narrator.want(NUMBERS[3:])
    for words in NUMBERS[3:]:
        assert narrator.wait_for(words, SOON_S)
    assert "One" not in held(narrator)
    assert narrator.length_ms("One") == 100


def test_what_is_gone_from_the_disk_is_rendered_again(start: Start, asked: Asked, tmp_path: Path) -> None:
    narrator = start(memory_limit=9_600)
    want_and_wait(narrator, NUMBERS[:2])
    for path in (tmp_path / "clips").iterdir():
        path.unlink()
    assert narrator.wait_for("Two", SOON_S)
    assert asked() == ["start", "One", "Two", "Two"]


def test_what_the_disk_refuses_is_bounded_by_dropping_what_is_not_wanted(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "clips").write_text("no folder", encoding="utf-8")
    narrator = start(memory_limit=9_600, unkept_limit=3 * 9_600)
    narrator.want(["One", "Two"])
    assert narrator.wait_for("Two", SOON_S)
    narrator.want(["Two", "Three", "Four", "Five"])
    assert narrator.wait_for("Four", SOON_S)
    assert narrator.clip("One") is None
    assert narrator.clip("Two")
    assert narrator.wait_for("Five", 0.02) is None
    narrator.want(["Five"])
    assert narrator.wait_for("Five", SOON_S)


def test_a_voice_that_is_not_needed_rests_and_comes_back(start: Start, asked: Asked, scratch: Path) -> None:
    narrator = start(idle_s=0.02)
    assert narrator.wait_for("One", SOON_S)
    until(lambda: not list(scratch.iterdir()))
    assert narrator.wait_for("Two", SOON_S)
    assert asked() == ["start", "One", "start", "Two"]


def test_who_waits_after_a_change_of_the_voice_is_served_first(start: Start, asked: Asked) -> None:
    narrator = start()
    narrator.want([f"Phrase {number}" for number in range(40)])
    assert narrator.wait_for("Try me", SOON_S)
    narrator.set_voice("", 200)
    before = len(asked())
    assert narrator.wait_for("Try me", SOON_S)
    assert asked()[before:].index("Try me") < 5
