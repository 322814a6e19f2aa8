"""The themes can be read: contrast of the very values that are painted."""

import pytest

from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme, contrast, mixed
from chain_timer.timeline.segment import Kind

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
TEXT, SHAPE = 4.5, 3.0


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@themes
def test_text_and_quiet_text_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = (theme.background, theme.surface, theme.raised, theme.stage_inner, theme.stage_outer)
    low = {
        (ink, ground)
        for ink in (theme.text, theme.quiet)
        for ground in grounds
        if contrast(ink, ground) < TEXT
    }
    assert low == set()


@themes
def test_the_word_of_each_kind_can_be_read(theme: Theme) -> None:
    grounds = (theme.background, theme.surface)
    low = {kind for kind in Kind for ground in grounds if contrast(theme.words[kind], ground) < TEXT}
    assert low == set()


@themes
def test_the_shape_of_each_kind_can_be_seen(theme: Theme) -> None:
    grounds = (theme.background, theme.surface)
    low = {kind for kind in Kind for ground in grounds if contrast(theme.shapes[kind], ground) < SHAPE}
    assert low == set()


@themes
def test_what_is_on_or_focused_can_be_seen(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        assert contrast(theme.accent, ground) >= SHAPE
        assert contrast(theme.edge, ground) >= SHAPE
        assert contrast(theme.accent_words, ground) >= TEXT
    assert contrast(theme.accent_words, theme.chosen) >= TEXT
    assert contrast(theme.muscle, theme.stage_inner) >= SHAPE
    assert contrast(theme.muscle, theme.stage_outer) >= SHAPE


@themes
def test_the_one_button_that_matters_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_fill, theme.fill) >= TEXT


def test_every_kind_has_its_color_in_both_themes() -> None:
    assert set(DARK.shapes) == set(LIGHT.shapes) == set(DARK.words) == set(LIGHT.words) == set(Kind)


def test_mixing_goes_from_one_color_to_the_other() -> None:
    assert mixed("#000000", "#FFFFFF", 0) == "#000000"
    assert mixed("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mixed("#000000", "#FF0000", 0.5) == "#800000"
