"""Language, colours and text size of this person on this PC, taking effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import text, theme
from ui.text import C_, N_, Msg
from ui.widgets.painted import Segment
from ui.widgets.parts import Label, column

# Each language is called by its own name, whatever is spoken now.
LANGUAGES = (("ko", "한국어"), ("en", "English"))
SCHEMES: tuple[tuple[str, Msg], ...] = (
    ("system", C_("scheme", "As the system")),
    ("light", C_("scheme", "Light")),
    ("dark", C_("scheme", "Dark")),
)
SIZES = tuple((size, f"{size:.0%}".replace("%", " %")) for size in theme.SCALES)


class DisplaySection(QWidget):
    """Three choices; each is remembered for this person."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        codes = [code for code, _name in LANGUAGES]
        schemes = [name for name, _title in SCHEMES]
        sizes = [size for size, _title in SIZES]
        self.language = Segment(
            [name for _code, name in LANGUAGES], codes.index(text.language()), N_("Language")
        )
        self.scheme = Segment(
            [title for _name, title in SCHEMES], schemes.index(theme.scheme), N_("Colours")
        )
        self.size = Segment(
            [title for _size, title in SIZES], sizes.index(theme.scale), N_("Text size")
        )
        column(
            column(Label(N_("Language"), "secb"), self.language, gap=6),
            column(Label(N_("Colours"), "secb"), self.scheme, gap=6),
            column(Label(N_("Text size"), "secb"), self.size, gap=6),
            Label(
                N_("These hold for you on this PC; others see the office as they have it."),
                "cap",
                wrap=True,
            ),
            None,
            gap=20,
            into=self,
        )
        self.language.chosen.connect(self.on_language)
        self.scheme.chosen.connect(self.on_dress)
        self.size.chosen.connect(self.on_dress)

    def on_language(self, n: int) -> None:
        self.shell.speak(LANGUAGES[n][0])

    def on_dress(self, _n: int) -> None:
        scheme = SCHEMES[self.scheme.current()][0]
        self.shell.wear(scheme, SIZES[self.size.current()][0])

    def showEvent(self, event) -> None:
        """Show what holds now: keys and commands change it elsewhere."""
        codes = [code for code, _name in LANGUAGES]
        self.language.choose(codes.index(text.language()))
        self.scheme.choose([name for name, _title in SCHEMES].index(theme.scheme))
        self.size.choose([size for size, _title in SIZES].index(theme.scale))
        super().showEvent(event)
