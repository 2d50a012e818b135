"""Where results of a plan were published: the list, and the form of one publication."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.vocab import PublicationChannel
from gwangju_desktop import clock
from gwangju_desktop.commitments.words import CHANNELS
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import intake
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import publications
from ui.commitments.review_forms import ENGLISH, WIDTH, of_subjects
from ui.commitments.review_forms import day as day_field
from ui.commitments.review_lists import Face
from ui.commitments.review_rounds import called
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, Dialog, beside
from ui.widgets.parts import Button, Label, row


@dataclass(frozen=True, slots=True)
class Published:
    """A publication with the round it is a result of; None for none."""

    row: object
    round: object

    def __getattr__(self, name: str):
        return getattr(self.row, name)


def _round(one) -> Cell:
    if one.round is None:
        return Cell(one.commitment or say(C_("review", "Of no round")), role="cap")
    return Cell(called(one.round), one.commitment)


PUBLICATIONS = Table(
    name="publications",
    columns=(
        Column(
            "on", C_("review", "Day"), 104, cell=lambda one: Cell(day(one.published_on, "full"))
        ),
        Column(
            "channel", C_("review", "Where"), 96, cell=lambda one: Cell(say(CHANNELS[one.channel]))
        ),
        Column(
            "title",
            C_("review", "Title · address"),
            cell=lambda one: Cell(named(one.title, one.title_en), one.url, role="secb"),
        ),
        Column("round", C_("review", "Round"), 150, cell=_round),
        Column(
            "copy",
            C_("publication", "Copy"),
            150,
            wide=True,
            cell=lambda one: Cell(one.copy, icon="paperclip") if one.copy else Cell(""),
        ),
    ),
)


class PublicationDialog(Dialog):
    """Note where something was published, with its address or a copy."""

    def __init__(self, parent, desk, plan_id: int, subjects, rounds=(), shown=None) -> None:
        self.desk, self.plan_id, self.shown = desk, plan_id, shown
        self.path: Path | None = None

        def kept(name: str):
            return getattr(shown, name) if shown is not None else ""

        channels = [(one.value, CHANNELS[one]) for one in PublicationChannel]
        channel = C_("review", "Where")
        self.channel = labelled(
            channel, Choice(channels, channel, kept("channel") or PublicationChannel.WEB.value)
        )
        self.on = day_field(
            C_("review", "Published on"), kept("published_on") or (None if shown else clock.today())
        )
        self.about = of_subjects(subjects, shown.commitment_id if shown else None)
        of = C_("review", "Result of the round")
        options = [(None, say(C_("review", "Of no round"))), *((r.id, called(r)) for r in rounds)]
        self.round = labelled(of, Choice(options, of, rounds[0].id if rounds else None))
        self.fields = {
            "title": labelled(C_("review", "Title"), filled(kept("title"))),
            "title_en": labelled(ENGLISH, filled(kept("title_en"))),
            "url": labelled(C_("review", "Address"), filled(kept("url"))),
            "note": labelled(C_("review", "Note"), filled(kept("note"))),
        }
        self.copy = Label(kept("copy") or say(N_("No copy")), "sec", "text2", elide=True)
        of_what = beside(self.round, self.about)
        of = self.fields
        super().__init__(
            parent,
            C_("review", "Edit publication") if shown else C_("review", "Add publication"),
            beside(self.channel, self.on),
            beside(of["title"], of["title_en"]),
            of["url"],
            row(
                Button(C_("review", "Choose a copy"), icon="paperclip", slot=self.on_copy),
                (self.copy, 1),
            ),
            of_what,
            of["note"],
            width=WIDTH,
        )
        of_what.setVisible(shown is None)
        of["title"].field.setFocus()

    def on_copy(self) -> None:
        """Choose the file that shows what was published."""
        name, _filter = QFileDialog.getOpenFileName(
            self, say(C_("review", "Choose a copy")), str(Path.home())
        )
        if name:
            self.path = Path(name)
            self.copy.setText(self.path.name)

    def confirm(self) -> None:
        if self.on.value() is None:
            raise UserError(N_("Give the day on which it was published."))
        if self.path is None:
            self.write(None)
            return
        self.desk.work(
            keep_copy,
            title=N_("Keeping the copy"),
            then=self.write,
            otherwise=self.on_refused,
            path=self.path,
        )

    def write(self, copy) -> None:
        """Write the publication down, with its copy if there is one."""
        values = {name: field.value() for name, field in self.fields.items()}
        values |= {"channel": self.channel.value(), "published_on": self.on.value()}
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if copy is not None:
            values["copy"] = copy
        if self.shown is not None:
            self.desk.do(publications.edit_publication, **answers, id=self.shown.id, **values)
        else:
            self.desk.do(
                publications.add_publication,
                **answers,
                plan_id=self.plan_id,
                review_id=self.round.value(),
                commitment_id=self.about.value(),
                **values,
            )


def keep_copy(work, *, path: Path):
    """Keep a file in the store and return what is known of it."""
    return intake.take_in(work.store.papers, path, cancelled=work.cancelled)


class PublicationsFace(Face):
    """Where results of the plan were published."""

    TABLE, ICON = PUBLICATIONS, "inbox"
    NAME = C_("review", "Publications")
    EMPTY = N_("Nothing of this plan was published yet")
    HINT = N_("Web page, social media and press, with the day and a copy of each.")

    def buttons(self) -> list:
        self.add = Button(C_("review", "Add publication"), icon="plus", slot=self.on_add)
        self.show = Button(C_("review", "Open the copy"), icon="eye", slot=self.on_show)
        self.edit = Button("", "ghost", "pencil", name=N_("Change"), slot=self.on_edit)
        self.drop = Button("", "ghost", "trash-2", name=N_("Remove"), slot=self.on_drop)
        self.page.writing(self.add, self.edit, self.drop)
        return [self.add, self.show, self.edit, self.drop]

    def rows(self, whole) -> tuple:
        rounds = {one.id: one for one in self.page.rows}
        found = [Published(one, rounds.get(one.review_id)) for one in self.page.published]
        return tuple(sorted(found, key=lambda one: (one.published_on, one.id), reverse=True))

    def current(self):
        """Return the publication in front, of a plan without rounds too."""
        id = self.list.current()
        return next((one for one in self.rows(self.whole) if one.id == id), None)

    def on_previewed(self, _id) -> None:
        one = self.current()
        self.show.setEnabled(one is not None and bool(one.copy))
        for button in (self.edit, self.drop):
            button.setEnabled(one is not None)

    def on_add(self) -> None:
        """Note something that was published."""
        plan_id = self.page.place.plan_id
        if plan_id is None or self.page.desk.read_only:
            return
        front = [] if self.whole is None else [self.whole.row]
        rounds = [*front, *(one for one in self.page.rows if one not in front)]
        PublicationDialog(
            self.window(), self.page.desk, plan_id, self.page.subjects(), rounds
        ).open()

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_edit(self) -> None:
        """Change what is said of a publication."""
        one = self.current()
        if one is not None and not self.page.desk.read_only:
            PublicationDialog(
                self.window(), self.page.desk, one.plan_id, self.page.subjects(), shown=one
            ).open()

    def on_drop(self) -> None:
        """Take a publication off the list."""
        one = self.current()
        if one is not None:
            self.page.desk.do(publications.remove_publication, id=one.id)

    def on_show(self) -> None:
        """Open the copy in the program of its kind."""
        one = self.current()
        if one is not None and one.copy:
            self.page.lender.open(one.sha256, one.copy)
