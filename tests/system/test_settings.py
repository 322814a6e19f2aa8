from dataclasses import FrozenInstanceError, fields

import pytest

from chain_timer.system.settings import REMEMBERED, SETTINGS, Choice, Range, Setting, Settings, Switch, Text

BY_KEY = {setting.key: setting for setting in SETTINGS}


def test_every_field_is_a_declared_setting() -> None:
    assert [setting.key for setting in SETTINGS] == [field.name for field in fields(Settings)]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_default_fits_its_own_rule(setting: Setting) -> None:
    assert setting.refusal(setting.default) == ""


def test_every_setting_has_a_label_and_a_section() -> None:
    assert all(setting.label and setting.section for setting in SETTINGS)
    assert len({setting.label for setting in SETTINGS}) == len(SETTINGS)


def test_the_defaults_are_the_promised_ones() -> None:
    assert Settings() == Settings(
        voice="",
        rate=150,
        voice_volume=90,
        tone_volume=70,
        muted=False,
        tone_set="soft",
        coaching="full",
        prepare=10,
        rest=15,
        get_ready=True,
        theme="system",
        motion="system",
        language="",
    )


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().rate = 200


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rate", 79),
        ("rate", 301),
        ("rate", 150.0),
        ("rate", "150"),
        ("rate", True),
        ("muted", 1),
        ("theme", "Dark"),
        ("theme", ["dark"]),
        ("voice", "x" * 201),
        ("voice", "two\nlines"),
        ("voice", "\x1b[31m"),
        ("prepare", 2),
        ("rest", -1),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(key: str, value: object) -> None:
    assert str(BY_KEY[key].rule) in BY_KEY[key].refusal(value)


def test_the_ends_of_a_range_belong_to_it() -> None:
    assert all(BY_KEY["rate"].refusal(value) == "" for value in (80, 300))


def test_rules_say_in_words_what_fits() -> None:
    texts = [str(rule) for rule in (Switch(), Range(1, 3), Choice(("a", "b")), Text(5))]
    assert texts == [
        "true or false",
        "a whole number from 1 to 3",
        'one of "a", "b"',
        "text of at most 5 characters",
    ]


def test_a_remembered_choice_is_held_to_a_rule_too() -> None:
    assert [setting.key for setting in REMEMBERED] == ["hold_ms", "rest_ms", "rounds", "coaching", "declined"]
    assert REMEMBERED[0].refusal(999)
    assert not REMEMBERED[0].refusal(45_000)
