import pytest

from chain_timer.speech.clip import BadClipError, clip_of, pcm_of, speakable, wav_of


def test_samples_come_back_from_a_wav_unchanged() -> None:
    pcm = bytes(range(200))
    assert pcm_of(wav_of(pcm)) == pcm


def test_an_empty_clip_is_a_whole_wav() -> None:
    assert pcm_of(wav_of(b"")) == b""


def test_a_length_is_rounded_up() -> None:
    assert [clip_of("x", bytes(2 * samples)).length_ms for samples in (0, 1, 48, 49, 48_000)] == [
        0,
        1,
        1,
        2,
        1_000,
    ]


WAV = wav_of(bytes(960))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        WAV[:-2],
        WAV[:-1],
        WAV + b"\0\0",
        WAV[:24] + b"\x44\xac\0\0" + WAV[28:],
        b"RIFX" + WAV[4:],
        bytes(960),
    ],
    ids=["empty", "a stub", "cut off", "odd", "too long", "another rate", "another kind", "zeros"],
)
def test_a_file_that_is_no_whole_clip_is_refused(data: bytes) -> None:
    with pytest.raises(BadClipError):
        pcm_of(data)


def test_a_clip_of_more_than_three_minutes_is_refused() -> None:
    with pytest.raises(BadClipError):
        pcm_of(wav_of(bytes(96 * 180_000 + 2)))


def test_text_for_a_voice_is_one_line_without_markup_controls_and_directions() -> None:
    assert speakable(" Hold\n<b>now</b>\x1b[1m [[x]] \u202eright\u2028leg") == "Hold b now /b 1m x right leg"


def test_text_in_any_script_stays_as_it_is() -> None:
    assert speakable("Étirement, שלום 保持") == "Étirement, שלום 保持"


def test_text_without_any_space_is_cut_too() -> None:
    assert speakable("x" * 9_000) == "x" * 1_000
