"""Settings of this person on this PC, and what the program is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

import resources
from gwangju_desktop import VERSION
from gwangju_desktop.snapshots import queries
from ui import text, theme
from ui.text import C_, N_, Msg
from ui.widgets.forms import Dialog, Prose
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule

# Each language is called by its own name, whatever is spoken now.
LANGUAGES = (("ko", "한국어"), ("en", "English"))
SCHEMES: tuple[tuple[str, Msg], ...] = (
    ("system", C_("scheme", "As the system")),
    ("light", C_("scheme", "Light")),
    ("dark", C_("scheme", "Dark")),
)
SIZES = ((1.0, "100 %"), (1.15, "115 %"), (1.3, "130 %"))
LICENCES = (
    ("Pretendard GOV", "SIL Open Font License 1.1", ("fonts", "LICENSE.txt")),
    ("Lucide", "ISC", ("icons", "LICENSE")),
)
LIBRARIES = (
    "PySide6 / Qt (LGPL-3.0)",
    "SQLAlchemy, Alembic, pypdfium2, filelock (MIT, BSD-3-Clause, Apache-2.0, Unlicense)",
    "psycopg (LGPL-3.0)",
    "NumPy, pandas, pyqtgraph, ReportLab, Pillow, cryptography, platformdirs, Babel",
    "pikepdf (MPL-2.0)",
    "python-calamine (MIT)",
    "python-hwpx (Apache-2.0), lxml (BSD-3-Clause)",
)


class SettingsDialog(Dialog):
    """Language, scheme and text size, taking effect at once; about and licences."""

    def __init__(self, parent: QWidget, shell) -> None:
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
        self.licences = Button(N_("Licences"), "link")
        self.paper = Button(N_("Form of documents…"), icon="file-text", slot=self.on_paper)
        self.paper.setAutoDefault(False)
        office = column(
            rule(), Label(N_("Documents of this office"), "secb"), row(self.paper, None), gap=8
        )
        office.setVisible(shell.desk is not None and not shell.desk.read_only)
        self.fingerprint = Label("", "cap", wrap=True)
        self.key = Button(N_("Signing key…"), icon="key-round", slot=self.on_key)
        self.key.setAutoDefault(False)
        signing = column(
            rule(),
            Label(N_("Signing key of this office"), "secb"),
            self.fingerprint,
            row(self.key, None),
            gap=8,
        )
        signing.setVisible(shell.desk is not None)
        super().__init__(
            parent,
            N_("Settings"),
            column(Label(N_("Language"), "secb"), self.language, gap=6),
            column(Label(N_("Colours"), "secb"), self.scheme, gap=6),
            column(Label(N_("Text size"), "secb"), self.size, gap=6),
            office,
            signing,
            rule(),
            Label(N_("Carbon Neutrality Office"), "secb"),
            Label(N_("Version {version} · works without the internet"), "cap", version=VERSION),
            self.licences,
            button=C_("dialog", "Close"),
        )
        self.cancel_button.hide()
        self.language.chosen.connect(self.on_language)
        self.scheme.chosen.connect(self.on_dress)
        self.size.chosen.connect(self.on_dress)
        self.licences.clicked.connect(self.on_licences)
        if shell.desk is not None:
            shell.desk.read(queries.fingerprint, then=self.on_fingerprint)

    def on_language(self, n: int) -> None:
        self.shell.speak(LANGUAGES[n][0])

    def on_dress(self, _n: int) -> None:
        scheme = SCHEMES[self.scheme.current()][0]
        self.shell.wear(scheme, SIZES[self.size.current()][0])

    def on_paper(self) -> None:
        """Close the settings of this person and open those of the office's documents."""
        self.accept()
        self.shell.on_paper()

    def on_fingerprint(self, fingerprint: str | None) -> None:
        """Show the fingerprint in two lines, as it stands in printed minutes."""
        if fingerprint is None:
            self.fingerprint.say(N_("There is none yet; it is made with the first review copy."))
        else:
            half = len(fingerprint) // 2
            self.fingerprint.say(f"{fingerprint[:half].strip()}\n{fingerprint[half:].strip()}")
        self.adjustSize()

    def on_key(self) -> None:
        """Close the settings of this person and open the office's key."""
        from ui.snapshots.keys import KeyDialog

        self.accept()
        KeyDialog(self.parent(), self.shell.desk).open()

    def on_licences(self) -> None:
        LicencesDialog(self).open()


class LicencesDialog(Dialog):
    """What the program is made of and under which terms."""

    def __init__(self, parent: QWidget) -> None:
        words = Prose(N_("Licences"), read_only=True)
        parts = ["\n".join(LIBRARIES)]
        for name, licence, place in LICENCES:
            parts.append(f"{name} — {licence}\n{resources.path(*place).read_text('utf-8')}")
        words.show_text("\n\n".join(parts))
        words.setMinimumHeight(340)
        super().__init__(parent, N_("Licences"), words, button=C_("dialog", "Close"), width=560)
        self.cancel_button.hide()
