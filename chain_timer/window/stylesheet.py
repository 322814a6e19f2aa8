"""Qt's own controls in the colors and sizes of the theme."""

from chain_timer.drawing.theme import LEAD, TITLE, Theme, mixed


def stylesheet(theme: Theme) -> str:
    """Give the style sheet of the whole program. Type of painted widgets is set by their own fonts."""
    return "".join(part(theme) for part in (_ground, _buttons, _fields, _popups, _sliders, _scrolling))


def _ground(theme: Theme) -> str:
    return f"""
    QWidget {{ color: {theme.text}; }}
    QMainWindow, #page {{ background: {theme.background}; }}
    QScrollArea, QScrollArea > QWidget > QWidget#body {{ background: transparent; border: none; }}
    #side {{ background: {theme.surface}; border: none; border-right: 1px solid {theme.line}; }}
    QListView#cards {{ background: transparent; border: none; }}
    #panel {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 14px; }}
    #foot {{ background: {theme.surface}; border: none; border-top: 1px solid {theme.line}; }}
    #band {{ background: {theme.raised}; border: 1px solid {theme.edge}; border-radius: 12px; }}
    QLabel {{ background: transparent; }}
    QLabel[tone="quiet"] {{ color: {theme.quiet}; }}
    QLabel[tone="accent"] {{ color: {theme.accent_words}; }}
    QToolTip {{ color: {theme.text}; background: {theme.raised}; border: 1px solid {theme.edge};
        padding: 4px 8px; }}
    """


def _buttons(theme: Theme) -> str:
    hover = mixed(theme.raised, theme.text, 0.06)
    return f"""
    QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 2px solid transparent;
        border-radius: 12px; padding: 8px 18px; font-weight: 600; min-height: 22px; }}
    QPushButton:hover {{ background: {hover}; }}
    QPushButton:pressed {{ background: {theme.line}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.quiet}; }}
    #band QPushButton {{ background: {theme.surface}; }}
    #band QPushButton:hover {{ background: {theme.line}; }}
    QPushButton#primary {{ background: {theme.fill}; color: {theme.on_fill}; padding: 10px 28px; }}
    QPushButton#primary:hover {{ background: {mixed(theme.fill, theme.text, 0.08)}; }}
    QPushButton#primary:focus {{ border-color: {theme.text}; }}
    QPushButton#primary:disabled {{ background: {theme.raised}; color: {theme.quiet}; }}
    QPushButton#level {{ text-align: left; padding: 8px 14px; background: {theme.raised}; }}
    QPushButton#level:checked {{ background: {theme.chosen}; color: {theme.accent_words};
        border-color: {theme.accent}; }}
    QPushButton#level:focus {{ border-color: {theme.text}; }}
    QPushButton#chip {{ border-radius: 17px; padding: 4px 12px; font-weight: 500; color: {theme.quiet}; }}
    QPushButton#chip[state="1"] {{ background: {theme.fill}; color: {theme.on_fill}; font-weight: 600; }}
    QPushButton#chip[state="2"] {{ background: {theme.chosen}; color: {theme.accent_words};
        font-weight: 600; }}
    QPushButton#chip:focus {{ border-color: {theme.text}; }}
    QPushButton#link {{ background: transparent; color: {theme.accent_words}; padding: 4px 8px; }}
    QPushButton#link:focus {{ border-color: {theme.accent}; }}
    """


def _fields(theme: Theme) -> str:
    return f"""
    QLineEdit, QComboBox, QPlainTextEdit {{ background: {theme.surface}; color: {theme.text};
        border: 1px solid {theme.edge}; border-radius: 10px; padding: 8px 11px; min-height: 20px;
        selection-background-color: {theme.fill}; selection-color: {theme.on_fill};
        placeholder-text-color: {theme.quiet}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {theme.accent};
        padding: 7px 10px; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {theme.muscle}; padding: 7px 10px; }}
    QLineEdit#search {{ font-size: {LEAD}px; border-radius: 12px; padding: 9px 14px 9px 42px; }}
    QLineEdit#search:focus {{ padding: 8px 13px 8px 41px; }}
    QLineEdit#heading {{ font-size: {TITLE}px; font-weight: 700; background: transparent;
        border: 1px solid {theme.line}; }}
    QLineEdit#heading:hover {{ border-color: {theme.edge}; }}
    QLineEdit#heading:focus {{ border: 2px solid {theme.accent}; }}
    QLineEdit:disabled {{ color: {theme.quiet}; border-color: {theme.line}; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox::down-arrow {{ image: none; width: 0; }}
    QCheckBox {{ spacing: 10px; min-height: 30px; background: transparent; }}
    """


def _popups(theme: Theme) -> str:
    return f"""
    QComboBox QAbstractItemView {{ background: {theme.surface}; color: {theme.text};
        border: 1px solid {theme.edge}; outline: none; padding: 4px;
        selection-background-color: {theme.chosen}; selection-color: {theme.text}; }}
    QMenu {{ background: {theme.surface}; border: 1px solid {theme.edge}; padding: 4px; }}
    QMenu::item {{ padding: 6px 16px; }}
    QMenu::item:selected {{ background: {theme.chosen}; }}
    """


def _sliders(theme: Theme) -> str:
    return f"""
    QSlider {{ min-height: 28px; background: transparent; border: 2px solid transparent;
        border-radius: 10px; }}
    QSlider:focus {{ border-color: {theme.accent}; }}
    QSlider::groove:horizontal {{ height: 6px; border-radius: 3px; background: {theme.raised}; }}
    QSlider::sub-page:horizontal {{ background: {theme.accent}; border-radius: 3px; height: 6px; }}
    QSlider::handle:horizontal {{ background: {theme.accent}; width: 20px; height: 20px; margin: -7px 0;
        border-radius: 10px; }}
    QSlider::sub-page:horizontal:disabled {{ background: {theme.line}; }}
    QSlider::handle:horizontal:disabled {{ background: {theme.edge}; }}
    """


def _scrolling(theme: Theme) -> str:
    return f"""
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {mixed(theme.edge, theme.background, 0.35)};
        border-radius: 4px; min-height: 36px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.edge}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QScrollBar:horizontal {{ height: 0; }}
    """
