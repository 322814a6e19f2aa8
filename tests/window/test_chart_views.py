"""The charts of the history: what they show is told by pointer, by keyboard and by screen reader alike."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.drawing.theme import DARK, LIGHT
from chain_timer.history.dose import MuscleDose, doses
from chain_timer.history.kept import DayTotal
from chain_timer.history.plan import HoldPlan
from chain_timer.history.progress import ChartPoint, HoldChart, chart
from chain_timer.history.totals import HeatMap, year_of
from chain_timer.routine.names import built_in_names
from chain_timer.units import MINUTE_MS, SECOND_MS
from chain_timer.window import chart_view
from chain_timer.window.chart_view import ChartView
from chain_timer.window.dose_map_view import DoseMapView
from chain_timer.window.dose_rows import DoseRows
from chain_timer.window.heat_map_view import HeatMapView
from chain_timer.window.hold_chart_view import HoldChartView
from chain_timer.window.look import Look

TODAY = date(2026, 3, 18)
NAMES = built_in_names()
CHAIN = tuple(muscle.id for muscle in NAMES.muscles.values() if muscle.chain)
DAYS = (
    DayTotal(date(2025, 11, 3), 1, 1, 4 * MINUTE_MS, 4 * MINUTE_MS),
    DayTotal(TODAY - timedelta(days=1), 2, 2, 24 * MINUTE_MS, 20 * MINUTE_MS),
)
SIZES = ((480, 640), (1280, 800), (2560, 1440))

Show = Callable[..., Any]


def year(of: int | None = None) -> HeatMap:
    return year_of(DAYS, TODAY, of)


def point(ago: int, held_s: int, *, done: bool = True, sessions: int = 1) -> ChartPoint:
    day = TODAY - timedelta(days=ago)
    return ChartPoint(
        day, day + timedelta(days=6 * (sessions > 1)), 45_000, held_s * SECOND_MS, sessions, done
    )


HOLDS = HoldChart((point(30, 30), point(20, 38, done=False), point(9, 45, sessions=4), point(0, 45)), ())


def dose(muscle: str, days: int = 0, hold_ms: int = 0, sets: int = 0) -> MuscleDose:
    sessions = 1 if hold_ms or sets else 0
    return MuscleDose(muscle, 7, hold_ms=hold_ms, sets=sets, days=days, sessions=sessions)


DOSES = (
    *(dose(muscle) for muscle in CHAIN[:5]),
    dose("glutes", 1, 80_000, 2),
    dose("hamstrings", 4, 200_000, 6),
    dose("calves", 2, 120_000, 1),
    dose("core"),
    dose("quadriceps", 0, 20_000, 1),
)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was asked to say."""
    told: list[str] = []
    monkeypatch.setattr(chart_view, "announce", lambda _widget, text: told.append(text))
    return told


@pytest.fixture
def show(qtbot: QtBot, look: Look) -> Iterator[Show]:
    """Show a chart in a window that has something else to focus."""
    pages: list[QWidget] = []

    def shown(view: Any, size: tuple[int, int] = (900, 420), theme: str = "dark") -> Any:
        look.choose(theme)
        page = QWidget()
        page.setObjectName("page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        other = QWidget(page)
        other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.addWidget(other)
        rows.addWidget(view, 1)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        look.dress(page)
        page.show()
        page.activateWindow()
        other.setFocus()
        settle()
        return view

    yield shown
    look.choose("dark")


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def heat(of: int | None = None) -> HeatMapView:
    view = HeatMapView()
    view.show_year(year(of), TODAY)
    return view


def holds(shown: HoldChart = HOLDS) -> HoldChartView:
    view = HoldChartView()
    view.show_chart(shown)
    return view


def muscles() -> DoseMapView:
    view = DoseMapView()
    view.show_doses(DOSES, NAMES)
    return view


def rows() -> DoseRows:
    view = DoseRows()
    view.show_doses(DOSES, NAMES)
    return view


ALL = (heat, holds, muscles, rows)
each = pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)


def press(view: ChartView, qtbot: QtBot, *keys: Qt.Key) -> str:
    """Press keys, and give what the chart then says of itself."""
    view.setFocus()
    for key in keys:
        qtbot.keyClick(view, key)
    return str(view.accessibleDescription())


def hover(view: ChartView, qtbot: QtBot, index: int) -> tuple[str, ...]:
    """Bring the pointer to a mark, and give what the tip says."""
    qtbot.mouseMove(view, place_on(view, index))
    settle()
    return view.tip.lines if view.tip.isVisible() else ()


def place_on(view: ChartView, index: int) -> QPoint:
    """A place where a mark is found."""
    rect = view.mark_rect(index)
    places = [
        QPoint(round(rect.left() + rect.width() * x / 12), round(rect.top() + rect.height() * y / 12))
        for x in (6, *range(1, 12))
        for y in (6, *range(1, 12))
    ]
    return next(place for place in places if view.mark_at(QPointF(place)) == index)


def grab(view: ChartView) -> QImage:
    return view.grab().toImage()


# --- the year ------------------------------------------------------------------------------------------


def test_the_keys_begin_today_and_go_by_days_and_weeks(show: Show, qtbot: QtBot) -> None:
    view = show(heat())
    assert press(view, qtbot) == "Today, Wednesday 18 March 2026. No session"
    assert press(view, qtbot, Qt.Key.Key_Up) == "Tuesday 17 March 2026. 24 min, 2 sessions"
    assert press(view, qtbot, Qt.Key.Key_Left).startswith("Tuesday 10 March 2026")
    assert press(view, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Right).startswith("Today")


def test_home_and_end_go_to_the_first_day_and_the_last(show: Show, qtbot: QtBot) -> None:
    view = show(heat(of=2025))
    assert press(view, qtbot, Qt.Key.Key_Home).startswith("Wednesday 1 January 2025")
    assert press(view, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Left).startswith("Wednesday 1 January 2025")
    assert press(view, qtbot, Qt.Key.Key_End, Qt.Key.Key_Down).startswith("Wednesday 31 December 2025")


def test_a_week_that_is_not_shown_is_not_gone_to(show: Show, qtbot: QtBot) -> None:
    view = show(heat(of=2025))
    told = press(view, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert told.startswith("Thursday 2 January 2025")


def test_a_day_kept_by_a_clock_that_ran_ahead_is_gone_to(show: Show, qtbot: QtBot) -> None:
    view = show(HeatMapView())
    ahead = DayTotal(TODAY + timedelta(days=2), 1, 1, MINUTE_MS, MINUTE_MS)
    view.show_year(year_of([ahead], TODAY), TODAY)
    assert press(view, qtbot, Qt.Key.Key_Down) == "Friday 20 March 2026. 1 min, 1 session"
    assert press(view, qtbot, Qt.Key.Key_Up).startswith("Today")


@pytest.mark.parametrize("size", [(300, 500), (480, 640), (1280, 800)])
def test_every_day_can_be_reached_and_seen_at_any_width(
    show: Show, qtbot: QtBot, size: tuple[int, int]
) -> None:
    view = show(heat(of=2025), size)
    assert isinstance(view, HeatMapView)
    press(view, qtbot, Qt.Key.Key_Home)
    reached = []
    for _ in range(365):
        reached.append(view.cursor_day)
        assert view.rect().contains(view.mark_rect(view.cursor_index).toRect())
        view.move_to(view.step(view.cursor_index, Qt.Key.Key_Down) or 0)
    assert reached == [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]


def test_enter_and_a_click_ask_for_the_day(show: Show, qtbot: QtBot) -> None:
    view = show(heat())
    assert isinstance(view, HeatMapView)
    asked: list[date] = []
    view.day_requested.connect(asked.append)
    press(view, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)
    place = place_on(view, view.count() - 5)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 2, view.height() - 2))
    assert asked == [TODAY - timedelta(days=1), TODAY - timedelta(days=4)]


def test_the_cursor_stays_on_its_day_when_the_year_is_shown_anew(show: Show, qtbot: QtBot) -> None:
    view = show(heat())
    assert isinstance(view, HeatMapView)
    press(view, qtbot, Qt.Key.Key_Left)
    view.show_year(year(), TODAY + timedelta(days=1))
    assert view.cursor_day == TODAY - timedelta(days=7)
    view.show_year(year(2024), TODAY)
    assert view.cursor_day == date(2024, 12, 31)


def test_it_asks_for_the_height_its_rows_need() -> None:
    view = heat()
    assert view.hasHeightForWidth()
    narrow, wide = view.heightForWidth(440), view.heightForWidth(1_000)
    assert narrow > 1.4 * wide
    assert view.heightForWidth(1_500) > wide


# --- the holds -----------------------------------------------------------------------------------------


def test_keys_go_from_hold_to_hold(show: Show, qtbot: QtBot) -> None:
    view = show(holds())
    assert press(view, qtbot) == "Wednesday 18 March 2026. 45 s held, 45 s planned"
    assert press(view, qtbot, Qt.Key.Key_Home).startswith("Monday 16 February 2026. 30 s held")
    told = press(view, qtbot, Qt.Key.Key_Right)
    assert told == "Thursday 26 February 2026. 38 s held, 45 s planned. Not held to the end"
    assert press(view, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Left).startswith("Monday 16 February")
    assert press(view, qtbot, Qt.Key.Key_End).startswith("Wednesday 18 March")


def test_a_point_of_several_sessions_says_so(show: Show) -> None:
    lines = show(holds()).lines(2)
    assert lines[0] == "Monday 9 March 2026 to Sunday 15 March 2026"
    assert lines[-1] == "Middle of 4 sessions"


def test_a_chart_without_a_hold_says_so(show: Show, qtbot: QtBot) -> None:
    view = show(holds(HoldChart((), ())))
    assert "Nothing held yet" in view.accessibleName()
    assert press(view, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Return) == ""
    plan = HoldPlan("x", "Stretch", 30_000, 60_000, TODAY, 6)
    view = show(holds(chart((), plan)))
    assert view.mark_at(QPointF(400, 200)) == -1


# --- the muscles ---------------------------------------------------------------------------------------


def test_keys_go_along_the_chain_and_then_to_what_else_got_something(show: Show, qtbot: QtBot) -> None:
    view = show(muscles())
    seen = [press(view, qtbot, Qt.Key.Key_Home)]
    seen += [press(view, qtbot, Qt.Key.Key_Down) for _ in range(view.count() - 1)]
    names = [NAMES.muscle_name(muscle) for muscle in (*CHAIN, "quadriceps")]
    assert [told.partition(".")[0] for told in seen] == names
    assert seen[0] == "Trapezius. Nothing yet. 0 of 2 days"
    assert seen[5] == "Glutes. 1 min 20 s held, 2 sets. 1 of 2 days"
    assert seen[6] == "Hamstrings. 3 min 20 s held, 6 sets. 4 days, 2 usual"


def test_map_and_rows_mark_what_is_pointed_at_in_each_other(show: Show, qtbot: QtBot) -> None:
    one, other = muscles(), rows()
    beside = QHBoxLayout(both := QWidget())
    beside.addWidget(one)
    beside.addWidget(other)
    show(both, (1280, 560))
    one.muscle_pointed.connect(other.show_pointed)
    other.muscle_pointed.connect(one.show_pointed)
    before = grab(one), grab(other)
    hover(other, qtbot, 3)
    assert grab(one) != before[0]
    assert not one.tip.isVisible()
    qtbot.mouseMove(other, QPoint(2, 1))
    settle()
    assert (grab(one), grab(other)) == before
    hover(one, qtbot, 6)
    assert grab(other) != before[1]


def test_a_row_says_all_in_its_words_and_has_no_tip(show: Show, qtbot: QtBot) -> None:
    view = show(rows())
    assert press(view, qtbot, Qt.Key.Key_End).startswith("Quadriceps. 20 s held, 1 set. 0 of 2 days")
    assert not view.tip.isVisible()
    assert hover(view, qtbot, 2) == ()


def test_names_from_a_file_are_shown_plainly(show: Show, hostile: str) -> None:
    for view in (DoseMapView(), DoseRows()):
        view.show_doses((*DOSES, dose(hostile, 1, 60_000, 1)), NAMES)
        show(view, (480, 640))
        view.move_to(view.count() - 1)
        assert view.width() <= 480
        assert "\n" not in view.accessibleDescription()
        grab(view)


def test_nothing_done_is_a_map_of_what_is_missing(show: Show) -> None:
    view = DoseMapView()
    view.show_doses(doses((), TODAY, NAMES), NAMES)
    assert show(view).count() == len(CHAIN)


# --- all of them ---------------------------------------------------------------------------------------


@each
def test_each_move_is_said_once_and_only_by_keys(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot, said: list[str]
) -> None:
    view = show(make())
    press(view, qtbot, Qt.Key.Key_Home)
    said.clear()
    step = Qt.Key.Key_Right if isinstance(view, HoldChartView) else Qt.Key.Key_Down
    told = [press(view, qtbot, step) for _ in range(2)]
    assert said == told
    assert len(set(told)) == 2
    press(view, qtbot, Qt.Key.Key_End)
    said.clear()
    press(view, qtbot, Qt.Key.Key_End)
    hover(view, qtbot, 0)
    assert said == []


@each
def test_the_pointer_is_told_what_the_keys_are_told(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot
) -> None:
    view = show(make())
    for index in (0, view.count() - 1):
        told = hover(view, qtbot, index)
        assert told == (tuple(line for line in view.lines(index) if line) if view.tells() else ())
    qtbot.mouseMove(view, QPoint(1, view.height() - 1))
    settle()
    assert not view.tip.isVisible()


@each
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_where_the_keys_are_is_seen(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot, theme: str
) -> None:
    view = show(make(), theme=theme)
    before = grab(view)
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        press(view, qtbot, key)
        view.tip.hide()
        seen.append(grab(view))
    assert before not in seen
    assert seen[0] != seen[1]
    view.parentWidget().findChild(QWidget).setFocus()  # type: ignore[union-attr]
    settle()
    assert not view.tip.isVisible()


@each
def test_keys_without_a_meaning_are_for_the_page(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot
) -> None:
    view = show(make())
    page = view.window()
    keys: list[int] = []
    page.keyPressEvent = lambda event: keys.append(event.key())  # type: ignore[method-assign]
    view.setFocus()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    wanted = [Qt.Key.Key_Escape, Qt.Key.Key_F, Qt.Key.Key_PageDown]
    assert keys[:3] == wanted
    assert keys[-1] == Qt.Key.Key_Home


@each
@pytest.mark.parametrize("size", [(300, 420), *SIZES])
def test_the_tip_stays_within_the_chart_and_off_what_it_tells_of(
    make: Callable[[], ChartView], show: Show, size: tuple[int, int]
) -> None:
    view = show(make(), size)
    view.setFocus()
    for index in range(0, view.count(), max(1, view.count() // 40)):
        view.move_to(index)
        settle()
        if not view.tells():
            continue
        assert view.tip.isVisible()
        assert view.rect().contains(view.tip.geometry())
        if not isinstance(view, DoseMapView):
            assert not view.tip.geometry().intersects(view.mark_rect(index).toRect())


@each
def test_the_ground_is_drawn_once_and_nothing_is_painted_while_nothing_happens(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot, paints: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(make())
    drawn: list[object] = []
    paint = view._ground._paint
    monkeypatch.setattr(view._ground, "_paint", lambda painter: (drawn.append(painter), paint(painter)))
    counted = paints(view)
    settle()
    assert counted.areas == {}
    press(view, qtbot, Qt.Key.Key_Home)
    hover(view, qtbot, min(3, view.count() - 1))
    settle()
    assert counted.areas
    assert drawn == []
    view.show_theme(LIGHT)
    settle()
    assert len(drawn) == 1
    counted.areas.clear()
    settle()
    assert counted.areas == {}


@each
def test_moving_the_pointer_paints_little(
    make: Callable[[], ChartView], show: Show, qtbot: QtBot, paints: type
) -> None:
    view = show(make())
    hover(view, qtbot, 0)
    counted = paints(view)
    hover(view, qtbot, 1)
    areas: list[QRect] = counted.areas.get(type(view).__name__, [])
    assert areas
    if not isinstance(view, DoseMapView | HoldChartView):
        assert sum(area.width() * area.height() for area in areas) < view.width() * view.height() / 2


@each
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_any_size_is_painted_in_both_themes(
    make: Callable[[], ChartView], show: Show, size: tuple[int, int], theme: str
) -> None:
    view = show(make(), size, theme)
    image = grab(view)
    ground = (DARK if theme == "dark" else LIGHT).background
    colors = {
        image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 3) for y in range(0, 200, 3)
    }
    assert len(colors - {ground}) > 3


@each
def test_it_has_a_name_and_can_be_reached_by_tab(make: Callable[[], ChartView], show: Show) -> None:
    view = show(make())
    assert view.accessibleName()
    assert view.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_what_was_never_told_anything_is_no_trouble(show: Show, qtbot: QtBot) -> None:
    for view in (HeatMapView(), HoldChartView(), DoseMapView(), DoseRows()):
        show(view)
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Return)
        qtbot.mouseMove(view, QPoint(20, 20))
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
        view.resize(QSize(300, 300))
        grab(view)
        assert view.cursor_index == -1
