"""``voices`` and ``say``: who can speak here, and how it sounds."""

import textwrap
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from threading import Event

from chain_timer.cli.composition import SoundingParts, sounding_parts
from chain_timer.cli.errors import DONE, FAILED, UsageError
from chain_timer.cli.home import Home
from chain_timer.cli.json_output import print_json
from chain_timer.cli.printing import columns, notice
from chain_timer.problems import plain
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.sound.speaker import Channel
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.clip import LONGEST_TEXT
from chain_timer.speech.voices import Voice, choose_voice, grouped

_LONGEST_WAIT_S = 15.0
_FADE_MS = 300
_LOOK_S = 0.1


def list_voices(arguments: Namespace) -> int:
    """Print the voices by language; the one that speaks is marked."""
    home = Home()
    with closing(VoiceWorker()) as worker:
        voices = worker.voices()
        speaking = choose_voice(voices, home.settings.voice, worker.language)
    if arguments.json:
        print_json([_data(voice) for voice in voices])
    else:
        _print_grouped(voices, speaking)
    return DONE


def say(arguments: Namespace) -> int:
    """Speak a text through the real voice and sound."""
    text = " ".join(" ".join(arguments.text).split())
    if not text:
        raise UsageError("There is nothing to say; chain-timer say Hello")
    home = Home()
    with sounding_parts(home, voice=arguments.voice, rate=arguments.rate) as parts:
        parts.speaker.set_muted(False)
        parts.speaker.open()
        problem = _speak(parts, textwrap.wrap(text, LONGEST_TEXT))
        problem = problem or parts.speaker.problem
    if problem:
        notice(problem)
        return FAILED
    return DONE


def _speak(parts: SoundingParts, passages: Sequence[str]) -> str:
    """Say one passage after the other, and give what went wrong."""
    narrator = parts.narration
    narrator.want(passages)
    due_ns = parts.clock.now_ns() + parts.speaker.lead_ms * NANOSECONDS_A_MS
    for passage in passages:
        clip = narrator.wait_for(passage, _LONGEST_WAIT_S)
        if clip is None:
            return narrator.problem or "the voice did not answer in time"
        earliest_ns = parts.clock.now_ns() + parts.speaker.lead_ms * NANOSECONDS_A_MS
        due_ns = max(due_ns, earliest_ns)
        parts.speaker.schedule_at(due_ns, clip.pcm, Channel.VOICE)
        due_ns += clip.length_ms * NANOSECONDS_A_MS
    if narrator.problem:
        notice(narrator.problem)
    _wait(parts, due_ns + _FADE_MS * NANOSECONDS_A_MS)
    return ""


def _wait(parts: SoundingParts, until_ns: int) -> None:
    """Wait until a moment of the clock, or until there is nothing to be heard with."""
    nothing = Event()
    while (left_ns := until_ns - parts.clock.now_ns()) > 0 and not parts.speaker.problem:
        nothing.wait(min(_LOOK_S, left_ns / 1e9))


def _data(voice: Voice) -> dict[str, object]:
    return {"id": voice.id, "name": voice.name, "language": voice.language, "gender": voice.gender}


def _print_grouped(voices: Sequence[Voice], speaking: Voice | None) -> None:
    for language, speakers in grouped(voices):
        print(plain(language))
        rows = [_row(voice, speaks=voice == speaking) for voice in speakers]
        for line in columns(rows):
            print(line)
    if speaking is not None:
        print("\n* speaks now; choose another one in the settings, or with --voice")


def _row(voice: Voice, *, speaks: bool) -> tuple[str, ...]:
    name = "" if voice.name == voice.id else voice.name
    return ("*" if speaks else " ", plain(voice.id, 80), plain(name, 80), plain(voice.language), voice.gender)
