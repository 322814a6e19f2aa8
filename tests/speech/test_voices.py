import pytest

from chain_timer.speech.voices import Voice, choose_voice, default_language, grouped, language_name, voice_of

AFRIKAANS = Voice("gmw/af", "Afrikaans", "af", "male")
BRITISH = Voice("gmw/en", "English (Great Britain)", "en-gb", "male")
SCOTTISH = Voice("gmw/en-gb-scotland", "English (Scotland)", "en-gb-scotland", "male")
AMERICAN = Voice("gmw/en-us", "English (America)", "en-us", "male")
GERMAN = Voice("gmw/de", "German", "de", "male")
ALL = (AFRIKAANS, SCOTTISH, BRITISH, GERMAN, AMERICAN)


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (["en_US"], "en-us"),
        ([b"\x05en-gb"], "en-gb"),
        (["\x05en-gb"], "en-gb"),
        (["en-US.UTF-8"], "en-us"),
        ("de_DE", "de-de"),
        ([None, "fr"], "fr"),
        (["Unknown Locale: 1234"], ""),
        (["Unknown"], ""),
        ([], ""),
        (None, ""),
        (7, ""),
        (["x" * 5_000], ""),
    ],
)
def test_a_language_is_understood_in_whatever_shape_it_comes(languages: object, language: str) -> None:
    voice = voice_of({"id": "a", "name": "A", "languages": languages})
    assert voice
    assert voice.language == language


@pytest.mark.parametrize(
    ("raw", "gender"),
    [("VoiceGenderFemale", "female"), ("Male", "male"), ("VoiceGenderNeuter", ""), (None, ""), (2, "")],
)
def test_a_gender_is_understood_in_whatever_shape_it_comes(raw: object, gender: str) -> None:
    voice = voice_of({"id": "a", "name": "A", "gender": raw})
    assert voice
    assert voice.gender == gender


@pytest.mark.parametrize("identity", [None, "", "  ", 5, "x" * 400])
def test_a_voice_without_a_usable_id_is_none(identity: object) -> None:
    assert voice_of({"id": identity, "name": "A"}) is None


def test_a_voice_without_a_name_goes_by_its_id_and_no_name_has_controls() -> None:
    assert voice_of({"id": "gmw/en"}) == Voice("gmw/en", "gmw/en", "")
    named = voice_of({"id": "a", "name": "Al\x1b[31mex\n"})
    assert named
    assert named.name == "Al[31mex"


def test_the_default_goes_by_language_and_not_by_place() -> None:
    assert choose_voice(ALL, "", "en-us") == AMERICAN
    assert choose_voice(ALL, "", "en-gb") == BRITISH
    assert choose_voice(ALL, "", "de") == GERMAN


def test_english_of_a_region_without_voice_is_american() -> None:
    assert choose_voice(ALL, "", "en") == AMERICAN
    assert choose_voice(ALL, "", "en-nz") == AMERICAN
    assert choose_voice(ALL, "", "") == AMERICAN


def test_the_voice_that_is_wanted_is_found_by_id_and_by_name() -> None:
    assert choose_voice(ALL, "gmw/de", "en") == GERMAN
    assert choose_voice(ALL, "english (scotland)", "en") == SCOTTISH
    assert choose_voice(ALL, "Nobody", "en-us") == AMERICAN


def test_the_systems_own_voice_wins_among_those_of_its_language() -> None:
    albert, fred, samantha = (Voice(name, name, "en-us") for name in ("Albert", "Fred", "Samantha"))
    assert choose_voice((albert, fred, samantha), "", "en-us", "Samantha") == samantha
    assert choose_voice((albert, fred, samantha), "", "en-us", "Thomas") == fred


def test_no_voice_of_the_language_is_none() -> None:
    assert choose_voice((AFRIKAANS, GERMAN), "", "en-us") is None


def test_voices_are_grouped_by_the_name_of_their_language_in_order() -> None:
    unknown = Voice("x", "Xenia", "")
    assert [(name, [voice.id for voice in voices]) for name, voices in grouped((unknown, *ALL))] == [
        ("Afrikaans", ["gmw/af"]),
        ("English", ["gmw/en-us", "gmw/en", "gmw/en-gb-scotland"]),
        ("German", ["gmw/de"]),
        ("Other languages", ["x"]),
    ]


def test_a_language_without_a_name_goes_by_its_code() -> None:
    assert (language_name("en-us"), language_name("tlh")) == ("English", "tlh")


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ("en_GB.UTF-8", "en-gb"),
        ("de_DE.UTF-8", "en-us"),
        ("C.UTF-8", "en-us"),
        ("en_AU", "en-au"),
        ("C", "en-us"),
    ],
)
def test_the_default_language_is_the_english_of_the_region(
    lang: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert default_language() == language
