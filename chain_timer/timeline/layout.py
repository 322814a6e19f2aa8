"""Where the cues of a segment stand: one function for each kind of segment.

When words do not fit, they are said shorter, and where even the shortest does not fit, left out: a list
of wordings runs from the fullest to the shortest, and the first that fits is taken. Lengths of work and
rest are the person's and never stretched for words; instruct, prepare and switch are as long as their
words need. Tones may sound under words; two phrases never overlap.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from chain_timer.routine.exercise import Exercise, Reps, Side
from chain_timer.routine.routine import Coaching
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.phrases import Phrases
from chain_timer.timeline.segment import Anchor, Cue, Tone
from chain_timer.timeline.slots import Slot
from chain_timer.timeline.tones import TONE_MS
from chain_timer.units import SECOND_MS

LEAD_IN_MS = 300
"""Before the first words of a segment that no tone opens."""
AFTER_TONE_MS = 450
"""Words that follow a tone begin when it has mostly faded."""
STEP_GAP_MS = 800
"""Between two steps, to do what was said."""
TAIL_MS = 400
"""Silence after the last words of a segment that is as long as its words."""
SWITCH_MS = 6 * SECOND_MS
"""The least time to change sides; exercise content asks for a calm change."""
COUNT_FROM = 3
HALFWAY_FROM_MS = 20 * SECOND_MS
"""Holds shorter than this have no halfway; content facts."""
_COUNTDOWN_MS = COUNT_FROM * SECOND_MS
BEFORE_FINISH_MS = 250


@dataclass(frozen=True, slots=True)
class Voice:
    """What is said and how long it takes: the two things every layout asks for."""

    phrases: Phrases
    lengths: Lengths
    coaching: Coaching
    made: dict[Hashable, Cue] = field(default_factory=dict, compare=False, repr=False)

    @property
    def speaks(self) -> bool:
        return self.coaching is not Coaching.SILENT

    @property
    def coaches(self) -> bool:
        """Whether more than names is said."""
        return self.coaching in {Coaching.FULL, Coaching.CUES}

    def cue(
        self,
        words: str,
        offset_ms: int,
        *,
        tone: Tone | None = None,
        step: int | None = None,
        anchor: Anchor = Anchor.START,
    ) -> Cue:
        # The same things are said at the same places again and again: one value for each.
        wanted = (words, offset_ms, tone, step, anchor)
        cue = self.made.get(wanted)
        if cue is None:
            length_ms = max(self.lengths(words), TONE_MS[tone] if tone else 0)
            cue = self.made[wanted] = Cue(offset_ms, length_ms, words, tone, step, anchor)
        return cue


@lru_cache(maxsize=4096)
def tone_cue(tone: Tone, offset_ms: int, anchor: Anchor = Anchor.START) -> Cue:
    return Cue(offset_ms, TONE_MS[tone], tone=tone, anchor=anchor)


def fitting(voice: Voice, wordings: Iterable[str], offset_ms: int, until_ms: int) -> Iterator[Cue]:
    """Give the first wording that is over by a moment, if any is."""
    for words in wordings if voice.speaks else ():
        cue = voice.cue(words, offset_ms)
        if cue.end_ms <= until_ms:
            yield cue
            return


def spoken_end(cues: Sequence[Cue]) -> int:
    return max((cue.end_ms for cue in cues), default=0)


def lead_in_ticks(length_ms: int) -> Iterator[Cue]:
    """Three ticks on the seconds before work starts; as many as there is room for."""
    for left in range(COUNT_FROM, 0, -1):
        if length_ms - left * SECOND_MS >= 0:
            yield tone_cue(Tone.TICK, length_ms - left * SECOND_MS, Anchor.END)


def prepare(voice: Voice, slot: Slot, least_ms: int) -> tuple[int, list[Cue]]:
    """Give the length and cues of the time before the first exercise."""
    words = [next(wordings_of_next(voice, slot))] if voice.speaks else []
    # At once: the first words are the sign that the session runs.
    cues = [voice.cue(text, 0) for text in words]
    return _whole_seconds(max(least_ms, spoken_end(cues) + TAIL_MS + _COUNTDOWN_MS)), cues


def rest(voice: Voice, slot: Slot, rest_ms: int, out: str) -> tuple[list[Cue], bool]:
    """Give the cues of a rest, and whether there was time to name what comes next.

    The way out of the last exercise comes first if the name still fits after it.
    """
    said_rest = voice.phrases.say("rest")

    def naming() -> Iterator[str]:
        return chain(
            (f"{said_rest} {text}" for text in wordings_of_next(voice, slot)), wordings_of_next(voice, slot)
        )

    opening = [tone_cue(Tone.END, 0)]
    leaving = list(fitting(voice, [out] if out else [], AFTER_TONE_MS, rest_ms))
    left_ms = leaving[0].end_ms + STEP_GAP_MS if leaving else AFTER_TONE_MS
    if named := list(fitting(voice, naming(), left_ms, rest_ms)):
        return opening + leaving + named, True
    if named := list(fitting(voice, naming(), AFTER_TONE_MS, rest_ms)):
        return opening + named, True
    return opening + leaving + list(fitting(voice, [said_rest], left_ms, rest_ms)), not voice.speaks


def leaving(voice: Voice, out: str) -> list[Cue]:
    """Give the end of work that no rest follows: the tone, and the way out."""
    end = [tone_cue(Tone.END, 0)]
    return [*end, voice.cue(out, AFTER_TONE_MS)] if out and voice.speaks else end


def switch(voice: Voice, slot: Slot, out: str) -> tuple[int, list[Cue]]:
    cues = [tone_cue(Tone.END, 0)]
    if voice.speaks and slot.side:
        if out:
            cues.append(voice.cue(out, AFTER_TONE_MS))
        words = voice.phrases.say("switch_to", side=voice.phrases.side(slot.side, slot.exercise.side_noun))
        cues.append(voice.cue(words, cues[-1].end_ms + STEP_GAP_MS if out else AFTER_TONE_MS))
    return _whole_seconds(max(SWITCH_MS, spoken_end(cues) + TAIL_MS + _COUNTDOWN_MS)), cues


def instruct(voice: Voice, slot: Slot, opening: Sequence[Cue], *, named: bool) -> tuple[int, list[Cue]]:
    """Give every step in turn; as long as its speech, then the count into the work.

    Opens with the end of the work before where that was not told, and with the name where it was not said.
    """
    cues = list(opening)
    at_ms = spoken_end(cues) + LEAD_IN_MS
    if not named:
        cues.append(voice.cue(next(wordings_of_next(voice, slot)), at_ms))
        at_ms = cues[-1].end_ms + STEP_GAP_MS
    for index, step in enumerate(slot.exercise.steps):
        cues.append(voice.cue(step.text(slot.side), at_ms, step=index))
        at_ms = cues[-1].end_ms + STEP_GAP_MS
    return _whole_seconds(spoken_end(cues) + TAIL_MS + _COUNTDOWN_MS), cues


def hold(voice: Voice, slot: Slot, length_ms: int, *, named: bool) -> list[Cue]:
    """Give the cues of a hold: start, halfway, the last three seconds.

    Words at the start make way for halfway and the count, but a name that was not said yet does not:
    whoever must guess what to do is not helped by the count, and its ticks stay.
    """
    later = [*_halfway(voice, length_ms), *_countdown(voice, length_ms)]
    worded_ms = min((cue.offset_ms for cue in later if cue.words), default=length_ms)
    name = [] if named else _wordings_of_now(voice, slot)
    opening = list(fitting(voice, name, AFTER_TONE_MS, worded_ms)) or list(
        fitting(voice, name, AFTER_TONE_MS, length_ms)
    )
    if not opening:
        opening = list(fitting(voice, _hold_wordings(voice, slot), AFTER_TONE_MS, worded_ms))
    said_ms = spoken_end(opening)
    return [
        tone_cue(Tone.START, 0),
        *opening,
        *(cue if cue.offset_ms >= said_ms else without_words(cue) for cue in later),
    ]


def without_words(cue: Cue) -> Cue:
    """Leave the tone of a cue alone."""
    return replace(cue, words="", length_ms=TONE_MS[cue.tone] if cue.tone else 0)


def _hold_wordings(voice: Voice, slot: Slot) -> list[str]:
    if not voice.coaches:
        return []
    plain = voice.phrases.say("hold")
    return [f"{plain} {slot.exercise.key_cue}", plain] if _reminds(voice, slot) else [plain]


def _reminds(voice: Voice, slot: Slot) -> bool:
    """Whether the key cue is said: not where the steps themselves were just heard."""
    told = voice.coaching is Coaching.FULL and slot.first_meeting
    return voice.coaches and not told and bool(slot.exercise.key_cue)


def _halfway(voice: Voice, length_ms: int) -> Iterator[Cue]:
    if length_ms < HALFWAY_FROM_MS:
        return
    middle_ms = length_ms // 2
    words = voice.phrases.say("halfway") if voice.coaches else ""
    if words and middle_ms + voice.lengths(words) <= length_ms - _COUNTDOWN_MS:
        yield voice.cue(words, middle_ms, tone=Tone.HALF, anchor=Anchor.MIDDLE)
    else:
        yield tone_cue(Tone.HALF, middle_ms, Anchor.MIDDLE)


def _countdown(voice: Voice, length_ms: int) -> Iterator[Cue]:
    """Three, two, one on the seconds: a tick each, with the word where it is over within its second."""
    for left in range(COUNT_FROM, 0, -1):
        offset_ms = length_ms - left * SECOND_MS
        if offset_ms < SECOND_MS:
            continue
        words = f"{voice.phrases.number(left).capitalize()}."
        if voice.coaches and voice.lengths(words) <= SECOND_MS:
            yield voice.cue(words, offset_ms, tone=Tone.TICK, anchor=Anchor.END)
        else:
            yield tone_cue(Tone.TICK, offset_ms, Anchor.END)


def reps(voice: Voice, slot: Slot, work: Reps, *, named: bool) -> tuple[int, list[Cue]]:
    """Give the length and cues of reps: counted as each begins, or done at one's own pace."""
    name = [] if named else _wordings_of_now(voice, slot)
    if work.self_paced:
        return _self_paced(voice, work, name[-1:])
    rep_ms = work.tempo.rep_ms
    announced = list(fitting(voice, name, AFTER_TONE_MS, work.length_ms))
    quiet_until_ms = spoken_end(announced)
    cues = []
    for index in range(work.count if rep_ms else 1):
        words = f"{voice.phrases.number(index + 1).capitalize()}."
        tone = Tone.START if index == 0 else None
        said = voice.cue(words, index * rep_ms, tone=tone) if voice.coaches else None
        if said and said.length_ms <= rep_ms and said.offset_ms >= quiet_until_ms:
            cues.append(said)
        else:
            cues.append(tone_cue(tone or Tone.TICK, index * rep_ms))
    return work.length_ms, cues + announced


def _self_paced(voice: Voice, work: Reps, name: Sequence[str]) -> tuple[int, list[Cue]]:
    # All at once and at the start: what follows a gate is no clock's to time.
    if not voice.speaks:
        return max(work.length_ms, TONE_MS[Tone.START]), [tone_cue(Tone.START, 0)]
    amount = voice.phrases.counted("rep", work.count)
    words = " ".join([*name, voice.phrases.say("own_pace", amount=amount)])
    cue = voice.cue(words, 0, tone=Tone.START)
    return max(work.length_ms, cue.length_ms), [cue]


def finish(voice: Voice, done: str, out: str) -> tuple[int, list[Cue]]:
    """Give the end: the way out of the last exercise, what was done, then the closing tone."""
    cues = [tone_cue(Tone.END, 0)]
    if voice.speaks:
        for words in [out, done] if out else [done]:
            cues.append(voice.cue(words, max(AFTER_TONE_MS, spoken_end(cues) + AFTER_TONE_MS // 2)))
    cues.append(tone_cue(Tone.FINISH, spoken_end(cues) + BEFORE_FINISH_MS))
    return _whole_seconds(spoken_end(cues)), cues


def wordings_of_next(voice: Voice, slot: Slot) -> Iterator[str]:
    """Name what comes next, from the fullest wording to the shortest; most often the first is taken."""
    phrases = voice.phrases
    what = what_of(phrases, slot.exercise, slot.side)
    full = what
    if slot.sets > 1:
        number, total = phrases.number(slot.set_number), phrases.number(slot.sets)
        full = f"{what}. {phrases.say('set', number=number, total=total)}"
    long = phrases.say("next", what=full, amount=phrases.amount(slot.work))
    round_words = _round_words(phrases, slot)
    fullest = f"{round_words} {long}" if round_words else long
    if isinstance(slot.work, Reps) and _reminds(voice, slot):
        # A hold has room for its key cue; the count of reps has none.
        yield f"{fullest} {slot.exercise.key_cue}"
    if round_words:
        yield fullest
    yield long
    yield phrases.say("next_short", what=what)
    yield phrases.say("name", what=what)


def _wordings_of_now(voice: Voice, slot: Slot) -> list[str]:
    """Name what has just begun, where nothing before it did."""
    name = voice.phrases.say("name", what=what_of(voice.phrases, slot.exercise, slot.side))
    round_words = _round_words(voice.phrases, slot)
    return [f"{round_words} {name}", name] if round_words else [name]


def _round_words(phrases: Phrases, slot: Slot) -> str:
    if not slot.starts_round or slot.rounds == 1:
        return ""
    return phrases.say("round", number=phrases.number(slot.round_number), total=phrases.number(slot.rounds))


def what_of(phrases: Phrases, exercise: Exercise, side: Side | None) -> str:
    """Name an exercise with its side."""
    if side is None:
        return exercise.name
    said_side = phrases.side(side, exercise.side_noun)
    return phrases.templates["what_sided"].format(name=exercise.name, side=said_side)


def _whole_seconds(ms: int) -> int:
    # Segments that words make longer still start and end on whole seconds of the session.
    return -(-ms // SECOND_MS) * SECOND_MS
