"""The screen: where everything of a view stands, at any size of the terminal."""

from rich.cells import cell_len

from chain_timer.problems import plain
from chain_timer.terminal.digits import SMALLEST, SMALLEST_PLAIN, big_text, big_width
from chain_timer.terminal.sheet import Letters, Part, Row, Sheet, cut, wrapped
from chain_timer.terminal.view import Mood, View, margin_of
from chain_timer.timeline.segment import Kind

_LOWEST = 10
"""Rows below which there are no big digits."""
_LOWEST_HEADED = 3
_LOWEST_ROOMY = 18
_FRAMED = 26
"""Rows from which the edges stay free."""
_LARGEST_DIGITS = 26
_DIGITS_WIDTH = 0.62
_TEXT_WIDTH = 72
_BAR_WIDTH = 48
KEYS: tuple[tuple[str, str], ...] = (
    ("Space", "pause, go on, say done"),
    ("→ or n", "next"),
    ("← or p", "to the start of this part, then back"),
    ("r", "this part again"),
    ("+  -", "5 seconds more or less"),
    ("m", "sound off and on"),
    ("1 2 3 4", "coach: every step, cues, names, silent"),
    ("c", "the next of these"),
    ("q or Esc", "leave"),
    ("Ctrl-C", "leave at once"),
)
_WORK = frozenset({Kind.HOLD, Kind.REPS})
_TOLD = frozenset({Kind.INSTRUCT, Kind.PREPARE, Kind.REST})
"""Kinds in which a person reads what is to be done."""


def screen(view: View, width: int, height: int, letters: Letters) -> tuple[Row, ...]:
    """Lay a view out, row by row."""
    sheet = Sheet(width, height, letters)
    if height < _LOWEST_HEADED:
        _tiny(sheet, view, 0)
        return sheet.rows()
    roomy = height >= _LOWEST_ROOMY
    top = _header(sheet, view, 1 if height >= _FRAMED else 0) + (2 if roomy else 1)
    bottom = _footer(sheet, view, roomy=roomy)
    if height < _LOWEST:
        _tiny(sheet, view, 1)
    elif view.extras.shows_keys:
        _keys_page(sheet, view, top, bottom)
    else:
        _body(sheet, view, top, bottom)
    return sheet.rows()


# --- above and below -----------------------------------------------------------------------------------


def _header(sheet: Sheet, view: View, row: int) -> int:
    margin = margin_of(sheet.width)
    left = ["muted"] * view.extras.muted + [view.left]
    end = sheet.right(row, margin, " · ".join(left), "quiet")
    room = end - margin - 2
    place = f"  {view.scene.place}" if view.scene.place and room > cell_len(view.scene.place) + 12 else ""
    column = sheet.put(row, margin, cut(view.scene.routine, room - cell_len(place)), "strong")
    sheet.put(row, column, place, "quiet")
    return row


def _footer(sheet: Sheet, view: View, *, roomy: bool) -> int:
    """Put strip, what is next and keys at the bottom; gives the row they begin at."""
    row = sheet.height - (2 if sheet.height >= _FRAMED else 1)
    _keys_line(sheet, view, row)
    if sheet.height < _LOWEST:
        return row
    _next_line(sheet, view, row - 1)
    row -= 3 if roomy else 2
    _strip(sheet, view, row, raised=roomy)
    return row - (2 if roomy else 0)


def _next_line(sheet: Sheet, view: View, row: int) -> None:
    margin = margin_of(sheet.width)
    if view.extras.notice:
        sheet.put(row, margin, cut(plain(view.extras.notice), sheet.width - 2 * margin), "alert")
    elif view.scene.next_up:
        text = cut(view.scene.next_up, sheet.width - 2 * margin - 6)
        sheet.line(row, margin, [("Next  ", "quiet"), (text, "text")])


def _strip(sheet: Sheet, view: View, row: int, *, raised: bool) -> None:
    margin, cells = margin_of(sheet.width), len(view.strip)
    playhead = min(view.passed, cells - 1)
    begin = 0
    for cell in range(1, cells + 1):
        # One piece for each run of cells that look the same.
        if cell in {cells, playhead, playhead + 1} or view.strip[cell] != view.strip[begin]:
            kind = view.strip[begin]
            block, time = "▆" if kind in _WORK else "▃", "past" if begin < playhead else "kind"
            if raised or begin != playhead:
                sheet.put(row, margin + begin, block * (cell - begin), f"{time} {kind}")
            begin = cell
    if cells:
        sheet.put(row - raised, margin + playhead, "▾" if raised else "│", "playhead")


def _keys_line(sheet: Sheet, view: View, row: int) -> None:
    margin = margin_of(sheet.width)
    if view.extras.question:
        sheet.put(row, margin, cut(view.extras.question, sheet.width - 2 * margin), "banner")
        return
    does = {Mood.PAUSED: "go on", Mood.WAITING: "done"}.get(view.mood, "pause")
    wishes = [("Space", does), ("?", "keys"), ("q", "leave"), ("← →", "step"), ("+ -", "5 s")]
    wishes += [
        ("c", f"coach: {view.extras.coaching}"),
        ("m", "sound on" if view.extras.muted else "mute"),
        ("r", "again"),
    ]
    order = (0, 3, 4, 7, 5, 6, 1, 2)
    room = sheet.width - 2 * margin + 3
    shown = []
    for index, (key, word) in enumerate(wishes):
        room -= cell_len(key) + cell_len(word) + 4
        if room >= 0:
            shown.append(index)
    parts: list[Part] = []
    for index in (index for index in order if index in shown):
        key, word = wishes[index]
        parts += [("   ", "quiet")] * bool(parts) + [(key, "text"), (f" {word}", "quiet")]
    sheet.line(row, margin, parts)


# --- the middle ----------------------------------------------------------------------------------------


def _body(sheet: Sheet, view: View, top: int, bottom: int) -> None:
    titles = _titles(view, sheet.width, bottom - top)
    unit = [[(view.unit, "quiet")]] if view.unit else []
    rows = bottom - top - len(titles) - len(unit) - 1
    steps = _steps(view, sheet.width)
    high = rows - _air(rows) - min(len(steps), _steps_wanted(view, rows))
    digits = _digits_rows(sheet, view, high, rows)
    room = min(len(steps), max(0, rows - digits - _air(rows)))
    spare = rows - digits - room
    # Air where it is missed most: above the digits, below them, above the steps.
    air = [spare > place for place in (1, 0, 2)]
    row = top + max(0, spare - sum(air)) // 2
    for title in titles:
        sheet.center(row, title)
        row += 1
    row = _big_digits(sheet, view, row + air[0], digits)
    for parts in unit:
        sheet.center(row, parts)
        row += 1
    _bar(sheet, view, row + air[1])
    width = max((cell_len(text) for text, _, _ in steps), default=0)
    _put_steps(sheet, _window(steps, room), row + air[1] + 1 + air[2], width)


def _steps_wanted(view: View, rows: int) -> int:
    """How many rows the steps get before the digits take the rest: more while they are being told."""
    return max(2, rows // 3) if view.scene.kind in _TOLD else max(1, rows // 4)


def _titles(view: View, width: int, rows: int) -> list[list[Part]]:
    calm = view.mood is Mood.PAUSED
    heading: list[Part] = [(view.scene.heading.upper(), f"strong {view.scene.kind}")]
    under = " · ".join(part for part in (view.scene.side, view.scene.sets) if part)
    if rows < 9:  # noqa: PLR2004 - every row goes to the digits
        heading += [(f"  {under}", "quiet")] if under else []
        under = ""
    titles = [heading]
    if view.scene.name:
        before = "Next: " if view.scene.announced else ""
        name = cut(view.scene.name, width - 2 - len(before))
        titles.append([(before, "quiet"), (name, "quiet" if calm else "strong")])
    if under:
        titles.append([(cut(under, width - 2), "quiet" if calm else "text")])
    if view.scene.muscles and rows >= 22:  # noqa: PLR2004 - where there is room for more than the session needs
        titles.append([(cut(view.scene.muscles, width - 2), "quiet")])
    return titles


def _air(rows: int) -> int:
    """Blank rows between the parts of the middle: what can be spared."""
    return max(0, min(3, rows - 6))


def _digits_rows(sheet: Sheet, view: View, wanted: int, rows: int) -> int:
    """How high the digits are: the same for all times of a length, so that they stay in place."""
    smallest = SMALLEST if sheet.letters.blocks else SMALLEST_PLAIN
    high = min(max(wanted, smallest), rows, _LARGEST_DIGITS)
    while high >= smallest and (
        big_width("00", high) > sheet.width * _DIGITS_WIDTH or big_width(view.big, high) > sheet.width * 0.9
    ):
        high -= 1
    return high if high >= smallest else 1


def _big_digits(sheet: Sheet, view: View, row: int, high: int) -> int:
    style = {Mood.PAUSED: "quiet", Mood.READYING: "alert", Mood.STARTING: "quiet"}.get(
        view.mood, f"kind {view.scene.kind}"
    )
    if high == 1:
        sheet.center(row, [(view.big, f"strong {view.scene.kind}")])
        return row + 1
    for line in big_text(view.big, high, blocks=sheet.letters.blocks):
        # Whole lines are centered, blanks and all.
        column = max(0, (sheet.width - len(line)) // 2)
        sheet.put(row, column + len(line) - len(line.lstrip()), line.strip(), style)
        row += 1
    return row


def _bar(sheet: Sheet, view: View, row: int) -> None:
    if view.banner:
        strong = view.mood in {Mood.PAUSED, Mood.WAITING}
        sheet.center(row, [(f"  {view.banner}  ", "banner" if strong else "alert")])
        return
    if view.scene.kind is Kind.FINISH or not view.strip:
        return
    cells = min(_BAR_WIDTH, sheet.width - 8)
    done = max(0, min(cells, view.progress * cells // len(view.strip)))
    sheet.center(row, [("━" * done, f"kind {view.scene.kind}"), ("─" * (cells - done), "faint")])


_Step = tuple[str, bool, bool]
"""A line of the steps: its text, whether a step begins on it, whether it is lit."""


def _steps(view: View, width: int) -> list[_Step]:
    cells = max(8, min(_TEXT_WIDTH, width - 6))
    texts = [(step, index == view.lit) for index, step in enumerate(view.scene.steps)]
    if view.lit is None and view.scene.key_cue and view.scene.kind in _WORK:
        texts.insert(0, (view.scene.key_cue, True))
    if view.scene.easier:
        texts.append((f"Easier: {view.scene.easier}", False))
    return [
        (line, number == 0, lit) for text, lit in texts for number, line in enumerate(wrapped(text, cells))
    ]


def _window(steps: list[_Step], room: int) -> list[_Step]:
    """Give the lines that fit, the lit ones among them."""
    first = next((index for index, step in enumerate(steps) if step[2]), 0)
    begin = max(0, min(first - (1 if room > 2 else 0), len(steps) - room))  # noqa: PLR2004 - one line before it
    shown = steps[begin : begin + room]
    if shown and begin + room < len(steps) and not steps[begin + room][1]:
        text, begins, lit = shown[-1]
        shown[-1] = (f"{text} …", begins, lit)
    return shown


def _put_steps(sheet: Sheet, steps: list[_Step], row: int, width: int) -> None:
    column = max(2, (sheet.width - width) // 2)
    for text, begins, lit in steps:
        if lit and begins:
            sheet.put(row, column - 2, "●", "alert")
        sheet.put(row, column, text, "strong" if lit else "quiet")
        row += 1


# --- other pages ---------------------------------------------------------------------------------------


def _tiny(sheet: Sheet, view: View, top: int) -> None:
    """Where there is room for words alone."""
    lines: list[list[Part]] = [
        [(view.scene.heading, f"strong {view.scene.kind}"), (f" {view.big} {view.unit}".rstrip(), "strong")],
        [(view.banner, "alert")] if view.banner else [],
        [(view.scene.name, "text")],
        [(view.scene.side, "quiet")],
        [(view.scene.next_up and f"Next {view.scene.next_up}", "quiet")],
    ]
    kept = [line for line in lines if line and line[0][0]]
    for row, line in enumerate(kept[: sheet.height - 2 * top], start=top):
        sheet.line(row, margin_of(sheet.width), line)


def _keys_page(sheet: Sheet, view: View, top: int, bottom: int) -> None:
    margin = margin_of(sheet.width)
    sheet.line(
        top,
        margin,
        [(view.scene.heading.upper(), f"strong {view.scene.kind}"), (f"  {view.big} {view.unit}", "strong")],
    )
    row = top + (2 if bottom - top > len(KEYS) + 2 else 1)
    for key, does in KEYS[: max(0, bottom - row)]:
        sheet.put(row, margin, key, "text")
        sheet.put(row, margin + 11, does, "quiet")
        row += 1
