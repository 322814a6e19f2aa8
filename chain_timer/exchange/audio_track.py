"""The guided session as an audio track: WAV, FLAC, Opus or MP3, with chapters.

One channel, because voice and tones come from the middle: a second one would hold the same again. 48 kHz,
because clips and tones are that already, and Opus works at no other rate inside: nothing is converted.
"""

import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import BinaryIO

from chain_timer.exchange.audio_chapters import Chapter, chapters_of, chapters_that_fit
from chain_timer.exchange.audio_mix import BLOCK_MS, FRAMES_A_MS, Mix
from chain_timer.exchange.audio_splice import Head, Spliced
from chain_timer.exchange.audio_tags import (
    MOST_COMMENT_CHAPTERS,
    MOST_ID3_CHAPTERS,
    comments,
    flac_head,
    id3_tag,
    opus_head,
    opus_tags_fit,
    wav_chunks,
    wav_header,
)
from chain_timer.exchange.giving import Given, Sound, Write
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, plain, quoted
from chain_timer.sound.speaker import STREAM_RATE
from chain_timer.sound.tones import tone_pcm
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import HOUR_MS, SECOND_MS, duration_text

LONGEST_MS = 12 * HOUR_MS
"""A WAV file counts its bytes in 32 bit, which is a little more; no routine is meant to be that long."""
_WHOLE = 1_000
"""What progress counts to: speaking and mixing have no unit in common."""
_TELL_EVERY_MS = SECOND_MS
_MOST_QUOTED = 3
_MOST_GATES = 20
_LONGEST_TITLE = 200

Fits = Callable[[str, Sequence[Chapter]], bool]


@dataclass(frozen=True, slots=True)
class _Encoding:
    """How libsndfile is told to write a kind of file, and what of ours goes in front."""

    name: str
    container: str
    subtype: str
    head: Callable[[str, Sequence[Chapter]], Head]
    fits: Fits
    choices: Mapping[str, object] = field(default_factory=dict)


def _flac(title: str, chapters: Sequence[Chapter]) -> Head:
    return partial(flac_head, added=comments(title, chapters))


def _opus(title: str, chapters: Sequence[Chapter]) -> Head:
    return partial(opus_head, added=comments(title, chapters))


def _mp3(title: str, chapters: Sequence[Chapter]) -> Head:
    tag = id3_tag(title, chapters)
    return lambda _written: (0, tag)


_ENCODINGS = {
    "flac": _Encoding("FLAC", "FLAC", "PCM_16", _flac, lambda _, tried: len(tried) <= MOST_COMMENT_CHAPTERS),
    # 66 kbit/s while there is something to hear; for much less, libopus takes three times as long.
    "opus": _Encoding("Opus", "OGG", "OPUS", _opus, opus_tags_fit, {"compression_level": 0.76}),
    # About 50 kbit/s, silence included; a constant rate takes longer, and three times the room.
    "mp3": _Encoding(
        "MP3",
        "MP3",
        "MPEG_LAYER_III",
        _mp3,
        lambda _, tried: len(tried) <= MOST_ID3_CHAPTERS,
        {"compression_level": 0.5, "bitrate_mode": "VARIABLE"},
    ),
}
FORMS = ("wav", *_ENCODINGS)


def track_writer(form: str) -> Write:
    """Give the writer of a form, one of FORMS; it wants a file that is empty, and that it can seek in.

    It needs ``Given.sound``; without that the track has the tones alone, and tells so.
    """
    if form == "wav":
        return _write_wav
    return partial(_write_encoded, _ENCODINGS[form])


# --- writing -----------------------------------------------------------------------------------------


def _write_wav(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write a WAV file, of which everything is known before the first sample: so without libsndfile."""
    sound, mix = _mix_of(given, progress)
    title, chapters = _title(given), chapters_of(sound.timeline)
    after = wav_chunks(title, chapters, FRAMES_A_MS)
    file.write(wav_header(mix.length_ms * FRAMES_A_MS, STREAM_RATE, len(after)))
    file.writelines(map(_little_endian, _told(mix, progress)))
    file.write(after)
    return tuple(_losses(sound, mix))


def _write_encoded(
    encoding: _Encoding, given: Given, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    _check_encoder(encoding)
    sound, mix = _mix_of(given, progress)
    title, chapters = _title(given), chapters_of(sound.timeline)
    fitting = chapters_that_fit(chapters, lambda tried: encoding.fits(title, tried))
    _encode(encoding, Spliced(file, encoding.head(title, fitting)), _told(mix, progress))
    return (*_losses(sound, mix), *_chapter_losses(chapters, fitting))


def _encode(encoding: _Encoding, spliced: Spliced, blocks: Iterator[bytes]) -> None:
    import soundfile  # noqa: PLC0415 - with numpy, a tenth of a second that nothing else wants

    try:
        with soundfile.SoundFile(
            spliced,
            "w",
            STREAM_RATE,
            channels=1,
            subtype=encoding.subtype,
            format=encoding.container,
            **encoding.choices,
        ) as encoder:
            for block in blocks:
                encoder.buffer_write(block, dtype="int16")
                spliced.check()
    except soundfile.SoundFileError as error:
        spliced.check()
        raise _not_encoded(encoding, plain(str(error))) from error
    spliced.check()
    if not spliced.is_whole():
        raise _not_encoded(encoding, "the encoder wrote no header")


def _check_encoder(encoding: _Encoding) -> None:
    try:
        import soundfile  # noqa: PLC0415 - as above
    except (ImportError, OSError) as error:
        raise _not_encoded(encoding, "the library libsndfile cannot be loaded") from error
    if not soundfile.check_format(encoding.container, encoding.subtype):
        reason = f"libsndfile {plain(soundfile.__libsndfile_version__)} does not know it"
        raise _not_encoded(encoding, reason)


def _not_encoded(encoding: _Encoding, reason: str) -> ChainTimerError:
    return ChainTimerError(f"{encoding.name} cannot be written here: {reason}; a WAV file always can")


def _little_endian(block: bytes) -> bytes:
    if sys.byteorder == "little":
        return block
    frames = array("h", block)
    frames.byteswap()
    return frames.tobytes()


# --- what is heard -----------------------------------------------------------------------------------


def _mix_of(given: Given, progress: Progress) -> tuple[Sound, Mix]:
    """Have everything spoken, in the first half of the progress."""
    if given.sound is None:
        silent = "nobody was there to speak"
        sound = Sound(given.timeline(), lambda _words: None, tone_pcm, problem=silent)
    else:
        sound = given.sound(lambda done, whole: progress(_WHOLE // 2 * done // max(whole, 1), _WHOLE))
    mix = Mix(sound)
    if not mix.length_ms:
        raise ChainTimerError(f"There is nothing to hear in {quoted(given.routine.name)}: it has no length")
    if mix.length_ms > LONGEST_MS:
        raise ChainTimerError(
            f"The track would be {duration_text(mix.length_ms // SECOND_MS * SECOND_MS)} long, and "
            f"{duration_text(LONGEST_MS)} is the most; choose fewer rounds or shorter holds"
        )
    return sound, mix


def _told(mix: Mix, progress: Progress) -> Iterator[bytes]:
    """Give the blocks of a mix, and tell how far it is, in the second half of the progress."""
    half, blocks = _WHOLE // 2, mix.blocks()
    for at_ms in range(0, mix.length_ms, _TELL_EVERY_MS):
        progress(half + half * at_ms // mix.length_ms, _WHOLE)
        yield from islice(blocks, _TELL_EVERY_MS // BLOCK_MS)
    progress(_WHOLE, _WHOLE)


def _title(given: Given) -> str:
    return plain(given.routine.name, _LONGEST_TITLE)


# --- what is lost ------------------------------------------------------------------------------------


def _losses(sound: Sound, mix: Mix) -> Iterator[Problem]:
    yield from _gate_losses(sound.timeline)
    if mix.unsaid:
        told = ", ".join(quoted(words) for words in list(mix.unsaid)[:_MOST_QUOTED])
        more = f" and {len(mix.unsaid) - _MOST_QUOTED:,} more" if len(mix.unsaid) > _MOST_QUOTED else ""
        yield Problem("voice", f"not spoken: {told}{more}", sound.problem)
    elif sound.problem:
        yield Problem("voice", sound.problem)


def _gate_losses(timeline: Timeline) -> Iterator[Problem]:
    """Tell where the person would say done, which nobody can say to a file."""
    gates = {
        plain(segment.exercise.name): segment.length_ms
        for segment in timeline.segments
        if segment.gate and segment.exercise
    }
    for name, length_ms in list(gates.items())[:_MOST_GATES]:
        remedy = f"it gets {duration_text(length_ms)}, as estimated"
        yield Problem(name, "a track cannot wait until you are done", remedy)
    if len(gates) > _MOST_GATES:
        yield Problem("", f"and {len(gates) - _MOST_GATES:,} more exercises at your own pace, as estimated")


def _chapter_losses(chapters: Sequence[Chapter], fitting: Sequence[Chapter]) -> Iterator[Problem]:
    if len(fitting) < len(chapters):
        what = f"there is room for {len(fitting):,} of {len(chapters):,}"
        works = sum(chapter.is_work for chapter in chapters)
        yield Problem(
            "chapters",
            what,
            "rests have none" if len(fitting) == works else "rests and the last ones have none",
        )
