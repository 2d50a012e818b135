"""The form of documents: paper, margins, type and letterhead, with a page that shows them at once."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.documents.paper_settings import (
    ALIGNS,
    FACES,
    PAPERS,
    SIZES,
    Form,
    change_form,
)
from gwangju_desktop.errors import UserError
from ui import alerts, theme
from ui.documents.preview import Preview
from ui.settings.paper_parts import Kept, Shown, carried, kept, show, take
from ui.text import C_, N_, language, say
from ui.widgets.forms import Choice, Dialog, Labelled, Lines, NumberField, beside
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, scrolled

# A pause in typing this long is a change; making and drawing the page take 0.25 s more.
SETTLE_MS = 20
SIZE = (980, 700)
LEFT = 316
SIDES = (
    ("top", C_("margin", "Top (mm)")),
    ("bottom", C_("margin", "Bottom (mm)")),
    ("left", C_("margin", "Left (mm)")),
    ("right", C_("margin", "Right (mm)")),
)


class PaperDialog(Dialog):
    """Fields at the left, a page in that form at the right."""

    def __init__(self, parent: QWidget, desk) -> None:
        self.desk = desk
        self.png: bytes | None = None
        self.old = Form()
        self.making: Path | None = None
        self.preview = Preview()
        papers = [(name, f"{name}  {w:g} × {h:g} mm") for name, (w, h) in PAPERS.items()]
        self.paper = Labelled(C_("form", "Paper"), Choice(papers, C_("form", "Paper")))
        self.margins = {name: Labelled(label, NumberField(label, width=0)) for name, label in SIDES}
        sizes = [(size, f"{size:g} pt") for size in SIZES]
        self.text = Labelled(N_("Size of the text"), Choice(sizes, N_("Size of the text")))
        faces = [(face, face) for face in FACES]
        self.face = Labelled(
            N_("Typeface of Hancom and web files"),
            Choice(faces, N_("Typeface of Hancom and web files")),
            N_("Paper and PDF always have Pretendard GOV, which stands in the file itself."),
        )
        self.lines = Labelled(
            N_("Lines of the letterhead"),
            Lines(N_("Lines of the letterhead"), height=92),
            N_("The first line is large. Without lines and logo the city's name stands there."),
        )
        self.align = Segment(list(ALIGNS.values()), 0, N_("Place of the letterhead"))
        self.pick = Button(N_("Choose a logo…"), icon="image", slot=self.on_pick)
        self.drop = Button(N_("Take the logo away"), "link", slot=self.on_drop)
        self.logo_height = Labelled(
            N_("Height of the logo (mm)"), NumberField(N_("Height of the logo (mm)"), width=0)
        )
        self.logo_fault = Label("", "cap", "bad", wrap=True)
        self.logo_fault.hide()
        self.usual = Button(N_("As delivered"), slot=self.on_usual)
        super().__init__(
            parent,
            N_("Form of documents"),
            (row(self._fields(), (self.preview, 1), gap=16), 1),
            button=N_("Save"),
        )
        for button in (self.pick, self.drop, self.usual):
            button.setAutoDefault(False)
        self.buttons.layout().insertWidget(0, self.usual)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self._listen()
        self.desk.read(kept, then=self.on_kept)

    def _fields(self) -> QWidget:
        top, bottom, left, right = self.margins.values()
        fields = column(
            Label(N_("Paper and margins"), "h3"),
            self.paper,
            beside(top, bottom),
            beside(left, right),
            6,
            Label(C_("form", "Type"), "h3"),
            self.text,
            self.face,
            6,
            Label(N_("Letterhead"), "h3"),
            self.lines,
            column(Label(N_("Place of the letterhead"), "secb"), self.align, gap=5),
            column(
                Label(N_("Logo"), "secb"),
                row(self.pick, self.drop, None, gap=10),
                self.logo_fault,
                gap=5,
            ),
            self.logo_height,
            None,
            margins=(0, 0, 12, 0),
            gap=12,
        )
        pane = scrolled(fields)
        pane.setFixedWidth(theme.px(LEFT))
        return pane

    def _listen(self) -> None:
        for choice in (self.paper, self.text, self.face):
            choice.field.currentIndexChanged.connect(self.on_changed)
        for margin in (*self.margins.values(), self.logo_height):
            margin.field.typing.connect(self.on_changed)
        self.lines.field.textChanged.connect(self.on_changed)
        self.align.chosen.connect(self.on_changed)

    # --- what is asked
    @property
    def marked(self) -> dict[str, Labelled]:
        """The fields that can be wrong, by the names of the form."""
        return {**self.margins, "lines": self.lines, "logo_height": self.logo_height}

    def form(self) -> Form | None:
        """Return what the fields say; mark those that are wrong and return None."""
        typed: dict[str, object] = {}
        wrong: dict[str, str] = {}
        for name, labelled in self.marked.items():
            try:
                typed[name] = labelled.field.value()
            except UserError as error:
                wrong[name] = str(error)
                continue
            if typed[name] is None:
                wrong[name] = say(N_("Please give a number of millimetres."))
        form = None
        if not wrong:
            form = Form(
                paper=self.paper.value(),
                text=self.text.value(),
                face=self.face.value(),
                align=list(ALIGNS)[self.align.current()],
                logo=self.old.logo,
                **typed,
            )
            wrong = {name: str(fault) for name, fault in form.faults().items()}
        for name, labelled in self.marked.items():
            if name in wrong:
                labelled.wrong(wrong[name])
            else:
                labelled.right()
        self.button.why_not(next(iter(wrong.values()), ""))
        return None if wrong else form

    def on_kept(self, found: Kept) -> None:
        """Show the form of the office."""
        self.old, self.png = found.form, found.png
        self._fill(found.form)

    def _fill(self, form: Form) -> None:
        self.paper.field.choose(form.paper)
        self.text.field.choose(form.text)
        self.face.field.choose(form.face)
        self.align.choose(list(ALIGNS).index(form.align))
        for name, labelled in self.margins.items():
            labelled.field.setText(str(getattr(form, name)))
        self.logo_height.field.setText(str(form.logo_height))
        self.lines.field.setPlainText(form.lines)
        self._show_logo()
        self.look()

    def on_usual(self) -> None:
        """Show the form the program is delivered with; nothing is kept before it is saved."""
        self.png = None
        self._fill(Form())

    # --- the page
    def on_changed(self, *_what: object) -> None:
        self.settle.start()

    def look(self) -> None:
        """Make the page anew, unless a field is wrong: then the last right one stays."""
        self.settle.stop()
        form = self.form()
        if form is None:
            return
        self.making = self.preview.workshop.new_file()
        self.desk.work(
            show,
            title=N_("Making the document"),
            then=self.on_shown,
            otherwise=self.on_failed,
            file=self.making,
            form=form,
            png=self.png,
            language=language(),
        )

    def on_shown(self, shown: Shown) -> None:
        """Show a page, unless a newer one is on its way."""
        if shown.file != self.making:
            self.preview.workshop.drop(shown.file)
            return
        self.making = None
        self.preview.show_file(shown.file, shown.pages)

    def on_failed(self, error: Exception) -> None:
        self.making = None
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self.preview.show_trouble(sentence)

    @property
    def settled(self) -> bool:
        """Say whether the page in view is that of the fields."""
        return self.making is None and not self.settle.isActive() and self.preview.settled

    # --- the logo
    def _show_logo(self) -> None:
        self.drop.setVisible(self.png is not None)
        self.logo_height.setVisible(self.png is not None)
        self.logo_fault.hide()

    def on_pick(self) -> None:
        """Ask for a picture."""
        asked = QFileDialog(self, say(N_("Choose a logo…")))
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        pictures = say(N_("Pictures"))
        asked.setNameFilter(f"{pictures} (*.png *.jpg *.jpeg)")
        asked.fileSelected.connect(self.on_picked)
        asked.open()

    def on_picked(self, name: str) -> None:
        """Read the picture chosen."""
        self.desk.work(
            take,
            title=N_("Reading the picture"),
            then=self.on_taken,
            otherwise=self.on_refused_logo,
            path=Path(name),
        )

    def on_taken(self, png: bytes) -> None:
        self.png = png
        self._show_logo()
        self.look()

    def on_refused_logo(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.logo_fault.say(sentence)
        self.logo_fault.show()

    def on_drop(self) -> None:
        """Take the logo off the letterhead."""
        self.png = None
        self._show_logo()
        self.look()

    # --- saving
    def confirm(self) -> None:
        """Keep the form, and the logo with it."""
        form = self.form()
        if form is None:
            return
        if self.png is None:
            form = replace(form, logo="")
        self.desk.do(
            change_form,
            then=self.on_accepted,
            otherwise=self.on_refused,
            form=asdict(form),
            png=carried(self.png),
        )
