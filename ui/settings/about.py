"""What the program is, which version, and what it is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

import resources
from gwangju_desktop import VERSION
from ui.text import C_, N_
from ui.widgets.forms import Dialog, Prose
from ui.widgets.parts import Button, Label, column, row

LICENCES = (
    ("Pretendard GOV", "SIL Open Font License 1.1", ("fonts", "LICENSE.txt")),
    ("Lucide", "ISC", ("icons", "LICENSE")),
)
LIBRARIES = (
    "PySide6 / Qt (LGPL-3.0)",
    "SQLAlchemy, Alembic, keyring, pypdfium2, filelock (MIT, BSD-3-Clause, Apache-2.0, Unlicense)",
    "psycopg (LGPL-3.0)",
    "NumPy, pandas, pyqtgraph, ReportLab, Pillow, cryptography, platformdirs, Babel",
    "pikepdf (MPL-2.0)",
    "python-calamine (MIT)",
    "python-hwpx (Apache-2.0), lxml (BSD-3-Clause)",
)


class AboutSection(QWidget):
    """Name, version, licences."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.licences = Button(N_("Licences"), icon="file-text", slot=self.on_licences)
        column(
            Label(N_("Carbon Neutrality Office"), "h2"),
            Label(N_("Version {version} · works without the internet"), "sec", version=VERSION),
            row(self.licences, None),
            None,
            gap=10,
            into=self,
        )

    def on_licences(self) -> None:
        LicencesDialog(self.window()).open()


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
