"""Fonts and the style sheet, made from a theme."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from chain_timer.drawing.theme import BODY, DISPLAY, HEADING, LARGE, SMALL, TITLE, Theme
from chain_timer.resources import resource_path

FAMILY = "Inter"
_FACES = ("Regular", "Medium", "SemiBold", "Bold")


def load_fonts() -> None:
    """Make Inter known, from the resources where it is not installed, and the program's font."""
    if FAMILY not in QFontDatabase.families():
        for face in _FACES:
            QFontDatabase.addApplicationFont(str(resource_path("fonts", f"Inter-{face}.otf")))
    font = QFont(FAMILY)
    font.setPixelSize(BODY)
    # Digits of one width: a countdown must not jump about.
    font.setFeature(QFont.Tag("tnum"), 1)
    QGuiApplication.setFont(font)


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole program the colors of a theme."""
    application.setPalette(_palette(theme))
    application.setStyleSheet(style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, color in (
        (roles.Window, theme.background),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.raised),
        (roles.Text, theme.text),
        (roles.Button, theme.raised),
        (roles.ButtonText, theme.text),
        (roles.PlaceholderText, theme.quiet),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Mid, theme.line),
    ):
        palette.setColor(role, QColor(color))
    return palette


def style_sheet(theme: Theme) -> str:
    """Give the rules for everything that is not painted by hand.

    Widgets say what they are by the property ``role``: ``title``, ``heading``, ``large``, ``quiet``,
    ``small``, ``primary``, ``flat``, ``round``, ``card``, ``page``, ``notice``.
    """
    return f"""
    QWidget {{ color: {theme.text}; font-size: {BODY}px; }}
    QWidget[role="page"], QMainWindow, QDialog {{ background: {theme.background}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QLabel {{ background: transparent; }}
    QLabel[role="display"] {{ font-size: {DISPLAY}px; font-weight: 700; }}
    QLabel[role="title"] {{ font-size: {TITLE}px; font-weight: 700; }}
    QLabel[role="heading"] {{ font-size: {HEADING}px; font-weight: 600; }}
    QLabel[role="large"] {{ font-size: {LARGE}px; font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {theme.quiet}; }}
    QLabel[role="small"] {{ color: {theme.quiet}; font-size: {SMALL}px; }}
    QFrame[role="card"] {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 16px; }}
    QFrame[role="notice"] {{ background: {theme.raised}; border: 1px solid {theme.line}; border-radius: 12px; }}
    QPushButton {{
        background: {theme.raised}; border: 2px solid transparent; border-radius: 12px;
        padding: 8px 16px; min-height: 20px; font-weight: 500;
    }}
    QPushButton:hover {{ border-color: {theme.line}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.quiet}; }}
    QPushButton[role="primary"] {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: 600; }}
    QPushButton[role="primary"]:focus {{ border-color: {theme.text}; }}
    QPushButton[role="flat"] {{ background: transparent; padding: 8px; }}
    QPushButton[role="nav"] {{ background: transparent; text-align: left; padding: 10px 12px; }}
    QPushButton[role="nav"]:checked {{ background: {theme.raised}; color: {theme.accent}; font-weight: 600; }}
    QPushButton[role="nav"]:focus, QPushButton[role="flat"]:focus {{ border-color: {theme.accent}; }}
    QLineEdit, QSpinBox, QComboBox {{
        background: {theme.surface}; border: 2px solid {theme.line}; border-radius: 12px;
        padding: 8px 12px; min-height: 20px; selection-background-color: {theme.accent};
        selection-color: {theme.on_accent};
    }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border-color: {theme.accent}; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox QAbstractItemView {{
        background: {theme.surface}; border: 1px solid {theme.line}; outline: none;
        selection-background-color: {theme.raised}; selection-color: {theme.text};
    }}
    QSlider::groove:horizontal {{ height: 6px; border-radius: 3px; background: {theme.line}; }}
    QSlider::sub-page:horizontal {{ height: 6px; border-radius: 3px; background: {theme.accent}; }}
    QSlider::handle:horizontal {{
        width: 20px; height: 20px; margin: -8px 0; border-radius: 11px;
        background: {theme.accent}; border: 2px solid {theme.surface};
    }}
    QSlider::handle:horizontal:focus {{ border-color: {theme.text}; }}
    QCheckBox {{ spacing: 8px; padding: 4px; border: 2px solid transparent; border-radius: 8px; }}
    QCheckBox:focus {{ border-color: {theme.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 5px; min-height: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; height: 0; width: 0;
    }}
    QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
    """
