"""Who can speak: voices of the system with their odd shapes made plain, and which one to take."""

import locale
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chain_timer.problems import plain

_LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cmn": "Chinese", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gd": "Scottish Gaelic", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "kn": "Kannada",
    "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ml": "Malayalam", "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "nb": "Norwegian",
    "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "yue": "Cantonese", "zh": "Chinese",
}  # fmt: skip
_OTHER = "Other languages"
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,12})*", re.ASCII)
_LONGEST_TAG = 30
_LONGEST_ID = 300
_LONGEST_NAME = 80
# Voices that sing, bubble or whisper: a joke, and no coach. macOS lists them as plain American English.
_NOVELTIES = frozenset({
    "albert", "bad news", "bahh", "bells", "boing", "bubbles", "cellos", "deranged", "good news",
    "hysterical", "jester", "junior", "organ", "pipe organ", "ralph", "superstar", "trinoids",
    "whisper", "wobble", "zarvox",
})  # fmt: skip
_ENGLISH = ("en-us", "en-gb")


@dataclass(frozen=True, slots=True)
class Voice:
    id: str
    """What the system calls it; passed back to it unchanged."""
    name: str
    language: str
    """Lower case with hyphens, as ``en-us``; empty when the system does not say."""
    gender: str = ""
    """``male``, ``female`` or empty."""

    def answers_to(self, wanted: str) -> bool:
        """Whether a person who asks for this id or name means this voice."""
        return bool(wanted) and wanted.casefold() in {self.id.casefold(), self.name.casefold()}


def voice_of(raw: Mapping[str, object]) -> Voice | None:
    """A voice from whatever a driver says about it; None when it cannot be used."""
    identity = raw.get("id")
    if not isinstance(identity, str) or not identity.strip() or len(identity) > _LONGEST_ID:
        return None
    name = plain(str(raw.get("name") or ""), _LONGEST_NAME).strip() or plain(identity, _LONGEST_NAME)
    return Voice(identity, name, _language(raw.get("languages")), _gender(raw.get("gender")))


def language_name(code: str) -> str:
    """What a person calls the language: ``English`` for ``en-us``."""
    return _LANGUAGES.get(code.partition("-")[0], code or _OTHER)


def grouped(voices: Iterable[Voice]) -> tuple[tuple[str, tuple[Voice, ...]], ...]:
    """Voices by the name of their language, languages and voices each by name; those without one last."""
    groups: dict[str, list[Voice]] = {}
    for voice in sorted(voices, key=lambda voice: (voice.name.casefold(), voice.id)):
        groups.setdefault(language_name(voice.language), []).append(voice)
    names = sorted(groups, key=lambda name: (name == _OTHER, name.casefold()))
    return tuple((name, tuple(groups[name])) for name in names)


def choose_voice(voices: Iterable[Voice], wanted: str, language: str, current: str = "") -> Voice | None:
    """The voice with the id or name that is wanted, or else the best one for the language.

    ``current`` is the id of the one the system itself would take, which wins among equals. None when no
    voice speaks the language: then the system's own is as good as any.
    """
    candidates = tuple(voices)
    for voice in candidates:
        if wanted and wanted == voice.id:
            return voice
    for voice in candidates:
        if voice.answers_to(wanted):
            return voice
    return _by_language(candidates, _tag(language) or "en", current)


def default_language() -> str:
    """The English of this machine's region; phrases are in English whatever the system speaks."""
    named = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), "")
    tag = _tag(named.partition(".")[0] or str(locale.getlocale()[0] or ""))
    return tag if tag.startswith("en-") else _ENGLISH[0]


def _by_language(voices: tuple[Voice, ...], language: str, current: str) -> Voice | None:
    base = language.partition("-")[0]
    speakers = [voice for voice in voices if voice.language.partition("-")[0] == base]
    return min(speakers, key=lambda voice: _distance(voice, language, current), default=None)


def _distance(voice: Voice, language: str, current: str) -> tuple[object, ...]:
    usual = _ENGLISH.index(voice.language) if voice.language in _ENGLISH else len(_ENGLISH)
    return (
        voice.name.casefold() in _NOVELTIES,
        voice.language != language,
        voice.id != current,
        usual,
        voice.language.count("-"),
        voice.name.casefold(),
        voice.id,
    )


def _language(raw: object) -> str:
    values = raw if isinstance(raw, list | tuple) else [raw]
    return next((tag for value in values if (tag := _tag(value))), "")


def _tag(value: object) -> str:
    """A language tag out of ``en_US``, ``en-GB.UTF-8`` or bytes after a priority; empty if none."""
    text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
    if not isinstance(text, str) or len(text) > _LONGEST_TAG:
        return ""
    cleaned = "".join(character for character in text if character.isprintable())
    tag = cleaned.partition(".")[0].strip().replace("_", "-").lower()
    return tag if _TAG.fullmatch(tag) else ""


def _gender(raw: object) -> str:
    text = str(raw or "").casefold()
    if "female" in text:
        return "female"
    return "male" if "male" in text else ""
