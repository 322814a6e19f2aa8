"""Where everything is on the editor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

if TYPE_CHECKING:
    from chain_timer.window.editor_page import EditorPage


def arrange(page: EditorPage) -> tuple[QHBoxLayout, QVBoxLayout]:
    """Put the parts together; give the head and the body, whose margins follow the size."""
    head = _head(page)
    body = QVBoxLayout()
    body.setSpacing(10)
    body.addWidget(page.notice)
    course = QHBoxLayout()
    course.setSpacing(16)
    course.addWidget(page.total)
    course.addWidget(page.strip, 1)
    body.addLayout(course)
    _fill_left(page)
    _fill_right(page)
    columns = QHBoxLayout()
    columns.setSpacing(20)
    columns.addWidget(page.left, 6)
    columns.addWidget(page.right_side, 5)
    body.addLayout(columns, 1)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addLayout(head)
    rows.addLayout(body, 1)
    return head, body


def _head(page: EditorPage) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(page.back)
    head.addWidget(page.name, 1)
    head.addWidget(page.state)
    for button in (page.undo, page.redo, page.play):
        head.addWidget(button)
    head.addWidget(page.save)
    head.addWidget(page.more)
    return head


def _fill_left(page: EditorPage) -> None:
    tools = QHBoxLayout()
    tools.setSpacing(6)
    tools.addWidget(page.add)
    tools.addWidget(page.circuit)
    tools.addStretch(1)
    for button in (page.up, page.down, page.copy, page.bin):
        tools.addWidget(button)
    left = QVBoxLayout(page.left)
    left.setContentsMargins(0, 0, 0, 0)
    left.setSpacing(8)
    left.addWidget(page.empty)
    left.addWidget(page.list, 1)
    left.addLayout(tools)


def _fill_right(page: EditorPage) -> None:
    right = QVBoxLayout(page.right_side)
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(4)
    right.addWidget(page.to_list, 0, Qt.AlignmentFlag.AlignLeft)
    right.addWidget(page.right, 1)
