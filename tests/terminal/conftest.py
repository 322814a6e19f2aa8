"""A session without sound and without time: a conductor on a clock that the test moves on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from chain_timer.conductor import Conductor, Parts
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.names import Muscle, Names
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.sound.speaker import Channel
from chain_timer.speech.clip import Clip
from chain_timer.terminal.painter import Frame
from chain_timer.terminal.screen import screen
from chain_timer.terminal.sheet import Letters, Row
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Tone


@dataclass
class HandClock:
    ns: int = 0
    asleep_ms: int = 0

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return self.asleep_ms

    def advance(self, ms: float) -> None:
        self.ns += int(ms * NANOSECONDS_A_MS)


class Wordless:
    """A narration without a single clip."""

    revision = 0
    problem = ""

    def want(self, phrases: Iterable[str]) -> None: ...

    def clip(self, words: str) -> Clip | None:  # noqa: ARG002 - the narration's contract
        return None

    def length_ms(self, words: str) -> int | None:  # noqa: ARG002 - the narration's contract
        return None

    def failed(self, words: str) -> bool:  # noqa: ARG002 - the narration's contract
        return True


@dataclass
class RecordingSpeaker:
    lead_ms: int = 0
    jump_lead_ms: int = 0
    ready: bool = True
    problem: str = ""
    tones: list[int] = field(default_factory=list)
    muted: list[bool] = field(default_factory=list)
    silenced: int = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:  # noqa: ARG002 - the contract
        self.tones.append(at_ns // NANOSECONDS_A_MS)

    def cancel_pending(self) -> tuple[tuple[int, str], ...]:
        return ()

    def silence(self) -> None:
        self.silenced += 1

    def set_volume(self, channel: Channel, percent: int) -> None: ...

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        self.muted.append(muted)


class Sleepless:
    def start(self) -> None: ...

    def stop(self) -> None: ...


def _tone(_tone: Tone) -> bytes:
    return b""


@dataclass
class Stage:
    clock: HandClock
    speaker: RecordingSpeaker
    conductor: Conductor

    def start(self, at_ms: int = 0) -> None:
        """Play from a position."""
        if at_ms:
            self.conductor.seek(at_ms)
        self.conductor.start()

    def pass_ms(self, ms: int) -> None:
        self.clock.advance(ms)
        self.conductor.poll()


class ScriptedKeyboard:
    """Presses keys at their moments, in milliseconds; waiting for the next one makes the clock go on."""

    def __init__(self, clock: HandClock, presses: Iterable[tuple[int, str]], *, present: bool = True) -> None:
        self._clock = clock
        self._presses = sorted(presses)
        self.present = present
        self.waits: list[float] = []
        self.taken = 0

    def keys(self, timeout_s: float) -> list[str]:
        self.waits.append(timeout_s)
        now_ms = self._clock.ns // NANOSECONDS_A_MS
        if self._presses and self._presses[0][0] <= now_ms + timeout_s * 1000:
            at_ms, key = self._presses.pop(0)
            self._clock.advance(max(0, at_ms - now_ms))
            return [key]
        self._clock.advance(timeout_s * 1000)
        return []

    def take(self) -> None:
        self.taken += 1

    def give_back(self) -> None:
        self.taken -= 1


@dataclass
class FramesPainter:
    frames: list[Frame] = field(default_factory=list)

    def show(self, *frame: object) -> None:
        self.frames.append(frame)  # type: ignore[arg-type]

    def take(self) -> None: ...

    def give_back(self) -> None: ...


def exercise(name: str = "Standing hamstring stretch", **changes: object) -> Exercise:
    values: dict[str, object] = {
        "id": name.lower().replace(" ", "-")[:40],
        "name": name,
        "steps": (
            Step("Step your right foot forward.", "Step your left foot forward."),
            Step("Flex your right toes toward you.", "Flex your left toes toward you."),
        ),
        "work": Hold(30_000),
        "side_noun": "leg",
        "muscles": ("hamstrings",),
    }
    return Exercise(**(values | changes))  # type: ignore[arg-type]


def routine(*items: Item, name: str = "Two minutes") -> Routine:
    return Routine("two-minutes", name, (Circuit(items),), rest_ms=10_000)


def stretch_and_squat() -> Routine:
    both = (Side.RIGHT, Side.LEFT)
    squat = exercise("Back squat", key_cue="Chest up.")
    return routine(
        Item(exercise(), Hold(30_000), both), Item(squat, Reps(8, Tempo(3000, 1000, 2000)), sets=2)
    )


def at_own_pace() -> Routine:
    squat = exercise("Back squat")
    return routine(Item(squat, Reps(8, Tempo(3000, 1000, 2000), self_paced=True)), name="Own pace")


def text_of(rows: tuple[Row, ...], width: int) -> list[str]:
    """Give rows as a terminal would show them."""
    lines = []
    for row in rows:
        cells = [" "] * width
        for column, text, _ in row:
            cells[column : column + len(text)] = text
        lines.append("".join(cells).rstrip())
    return lines


@pytest.fixture
def names() -> Names:
    return Names({"hamstrings": Muscle("hamstrings", "Hamstrings", "lower", chain=True)}, {})


@pytest.fixture
def stage_of() -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def build(plan: Routine | None = None, **options: object) -> Stage:
        clock, speaker = HandClock(), RecordingSpeaker()
        parts = Parts(clock, load_phrases(), Wordless(), speaker, _tone, Sleepless(), 150)
        chosen = Options(**options)  # type: ignore[arg-type]
        stages.append(Stage(clock, speaker, Conductor(plan or stretch_and_squat(), chosen, parts)))
        return stages[-1]

    yield build
    for stage in stages:
        stage.conductor.close()


@pytest.fixture
def stage(stage_of: Callable[..., Stage]) -> Stage:
    return stage_of()


@pytest.fixture
def seen(names: Names) -> Callable[..., list[str]]:
    """What a session looks like on a screen of a size."""
    from chain_timer.terminal.outline import Outline  # noqa: PLC0415
    from chain_timer.terminal.view import Extras, Sight, strip_cells  # noqa: PLC0415

    def look(
        conductor: Conductor, width: int = 80, height: int = 24, encoding: str = "utf-8", **extras: object
    ) -> list[str]:
        outline, chosen = Outline(conductor.timeline), Extras(**extras)  # type: ignore[arg-type]
        view = Sight(names).view(conductor.player, outline, strip_cells(width), chosen)
        return text_of(screen(view, width, height, Letters(encoding)), width)

    return look


@pytest.fixture
def plans() -> dict[str, Callable[..., object]]:
    """Builders of routines, for tests that need their own."""
    return {"exercise": exercise, "routine": routine, "at_own_pace": at_own_pace, "item": Item, "hold": Hold}


@pytest.fixture
def scripted() -> type[ScriptedKeyboard]:
    return ScriptedKeyboard


@pytest.fixture
def painter() -> FramesPainter:
    return FramesPainter()
