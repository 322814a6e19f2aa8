"""What is on disk is read when there is room for it, and never waits for the voice."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import NoVoiceError
from chain_timer.speech.clip import SAMPLE_BYTES, Clip, clip_of
from chain_timer.speech.narrator import Narrator

SOON_S = 10.0
CLIP_BYTES = 4_800 * SAMPLE_BYTES
PHRASES = [f"Phrase {number}" for number in range(20)]


class FakeVoice:
    """Hangs on "Hang" until it is closed, and has no voice for "Fail"."""

    language = "en-us"

    def __init__(self) -> None:
        self.hangs = Event()
        self._closed = Event()

    def render(self, words: str, _voice: str, _rate: int) -> Clip:
        if words == "Hang":
            self.hangs.set()
            self._closed.wait()
        if words == "Fail":
            raise NoVoiceError("there is none")
        return clip_of(words, bytes(CLIP_BYTES))

    def rest(self) -> None: ...

    def close(self) -> None:
        self._closed.set()


class CountedCache(ClipCache):
    """Knows what it was asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: list[str] = []

    def get(self, words: str, voice: str, rate: int) -> Clip | None:
        self.asked.append(words)
        return super().get(words, voice, rate)


class Told:
    """A narrator with room for five clips, its voice and its cache."""

    def __init__(self, folder: Path) -> None:
        self.voice = FakeVoice()
        self.cache = CountedCache(folder)
        self.narrator = Narrator(self.cache, lambda: self.voice, memory_limit=6 * CLIP_BYTES)  # type: ignore[arg-type,return-value]

    def prepare(self, phrases: list[str], last: str) -> None:
        """Have phrases ready as far as they go, and another one after them."""
        narrator = self.narrator
        narrator.want([*phrases, last])
        with narrator._changed:
            assert narrator._changed.wait_for(lambda: last in narrator._lengths, SOON_S)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[], Told]]:
    """Makes narrators that keep their clips in one folder."""
    made: list[Told] = []

    def begin() -> Told:
        made.append(Told(tmp_path / "clips"))
        return made[-1]

    yield begin
    for each in made:
        each.narrator.close()


def test_of_what_is_on_disk_only_what_there_is_room_for_is_read(make: Callable[[], Told]) -> None:
    told = make()
    told.prepare(PHRASES, "End 0")
    for segment in range(1, 6):
        told.cache.asked.clear()
        passed = 2 * segment
        told.prepare(PHRASES[passed:], f"End {segment}")
        read = [words for words in told.cache.asked if words in PHRASES]
        assert read == PHRASES[passed + 3 : passed + 5]
        assert all(told.narrator.clip(words) for words in PHRASES[passed : passed + 5])


def test_what_is_on_disk_does_not_wait_behind_a_voice_that_hangs(make: Callable[[], Told]) -> None:
    told = make()
    told.prepare(PHRASES, "End")
    told.narrator.want(["Hang", *PHRASES])
    assert told.voice.hangs.wait(SOON_S)
    assert told.narrator.clip(PHRASES[15]) is None
    assert told.narrator.wait_for(PHRASES[15], SOON_S)


def test_what_an_earlier_run_kept_does_not_wait_behind_a_voice_that_hangs(make: Callable[[], Told]) -> None:
    make().prepare(PHRASES, "End")
    told = make()
    told.narrator.want(["Hang", *PHRASES])
    assert told.voice.hangs.wait(SOON_S)
    assert told.narrator.wait_for(PHRASES[3], SOON_S)


def test_without_a_voice_what_is_on_disk_is_heard(make: Callable[[], Told]) -> None:
    make().prepare(PHRASES, "End")
    told = make()
    told.narrator.want(["Fail", *PHRASES])
    assert told.narrator.wait_for("Fail", SOON_S) is None
    assert told.narrator.wait_for(PHRASES[-1], SOON_S)
    assert told.narrator.failed("Fail")
    assert not any(map(told.narrator.failed, PHRASES))
