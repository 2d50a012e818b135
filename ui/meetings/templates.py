"""Agenda templates of a body: start from one, keep this agenda as one, write one."""

from __future__ import annotations

from db.vocab import ItemKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import standing, templates
from gwangju_desktop.meetings.words import ITEM_KINDS
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled, Lines
from ui.widgets.parts import Button, Label, column, row


class TemplatesDialog(Dialog):
    """Choose a template of the body and use it; write, change or delete one."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.meeting, self.rows = desk, meeting, []
        self.which = Labelled(N_("Template"), Choice([], N_("Template")))
        self.words = Label("", "cap", wrap=True)
        self.change = Button(C_("button", "Change"), slot=self.on_change)
        self.delete = Button(C_("button", "Delete"), "danger", slot=self.on_delete)
        self.deeds = row(self.change, self.delete, None, gap=8)
        self.write = Button(N_("New template"), "link", "plus", slot=self.on_write)
        self.keep = Button(N_("Keep this agenda as a template"), "link", slot=self.on_keep)
        super().__init__(
            parent,
            N_("Agenda templates"),
            column(self.which, self.words, gap=4),
            self.deeds,
            column(row(self.write, None), row(self.keep, None), gap=2),
            button=N_("Put on the agenda"),
            width=460,
        )
        self.which.field.activated.connect(self.on_which)
        self.ask()

    def ask(self) -> None:
        """Read the templates of the body."""
        self.desk.read(templates.templates, then=self.on_rows, body_id=self.meeting.body_id)

    def on_rows(self, rows) -> None:
        self.rows = rows
        self.which.field.show_options([(one.id, one.name) for one in rows])
        self.which.setVisible(bool(rows))
        self.deeds.setVisible(bool(rows))
        self.button.setVisible(bool(rows))
        self.on_which(0)
        self.adjustSize()

    def on_which(self, _n: int) -> None:
        chosen = next((one for one in self.rows if one.id == self.which.value()), None)
        if chosen is None:
            self.words.say(N_("This body has no template yet."))
            return
        self.words.say(
            NN_("{n} step · {minutes} min", "{n} steps · {minutes} min"),
            n=chosen.lines,
            minutes=chosen.minutes,
        )

    def on_change(self) -> None:
        chosen = next(one for one in self.rows if one.id == self.which.value())
        dialog = TemplateDialog(self, self.desk, self.meeting.body_id, chosen)
        dialog.accepted.connect(self.ask)
        dialog.open()

    def on_write(self) -> None:
        dialog = TemplateDialog(self, self.desk, self.meeting.body_id)
        dialog.accepted.connect(self.ask)
        dialog.open()

    def on_keep(self) -> None:
        self.desk.do(
            templates.keep_agenda,
            then=self.on_kept,
            otherwise=self.on_refused,
            meeting_id=self.meeting.id,
            name=self.meeting.title,
        )

    def on_kept(self, _id) -> None:
        self.ask()

    def on_delete(self) -> None:
        self.desk.do(
            templates.delete_template,
            then=self.on_kept,
            otherwise=self.on_refused,
            id=self.which.value(),
        )

    def confirm(self) -> None:
        self.desk.do(
            templates.apply_template,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting.id,
            id=self.which.value(),
        )


class TemplateDialog(Dialog):
    """Write a template: a line for each step, as kind, title, minutes and presenter."""

    def __init__(self, parent, desk, body_id: int, template=None) -> None:
        self.desk, self.body_id, self.template = desk, body_id, template
        self.name = Labelled(C_("template", "Name"), Field())
        self.lines = Labelled(
            N_("Steps, one a line"),
            Lines(N_("Steps, one a line"), "", 230),
            N_("Kind | title | minutes | presenter. Minutes and presenter may be left out."),
        )
        super().__init__(
            parent,
            N_("Change the template") if template else N_("New template"),
            self.name,
            self.lines,
            width=560,
        )
        if template is None:
            self.name.field.setText(say(N_("Regular meeting")))
            self.show_lines(templates.usual())
        else:
            self.name.field.setText(template.name)
            desk.read(templates.lines, then=self.on_lines, id=template.id)

    def on_lines(self, rows) -> None:
        keys = ("kind", "standing", "title", "presenter", "minutes")
        self.show_lines([{key: getattr(one, key) for key in keys} for one in rows])

    def show_lines(self, lines) -> None:
        """Write lines as a person reads them."""
        self.lines.field.setPlainText("\n".join(map(self._written, lines)))

    def _written(self, line) -> str:
        words = [say(ITEM_KINDS[line["kind"]]), line["title"], str(line["minutes"])]
        if line.get("presenter"):
            words.append(line["presenter"])
        return " | ".join(words)

    def read_lines(self) -> list[dict]:
        """Return the steps typed; raise UserError with the line that is none."""
        kinds = {say(message): kind for kind, message in ITEM_KINDS.items()}
        titles = {say(message): which for which, message in standing.TITLES.items()}
        found = []
        for n, text in enumerate(self.lines.value().splitlines(), 1):
            if not text.strip():
                continue
            words = [word.strip() for word in text.split("|")]
            if len(words) == 1:
                words = [say(ITEM_KINDS[ItemKind.PROCEDURE]), *words]
            if words[0] not in kinds:
                raise UserError(
                    N_("Line {n}: “{kind}” is no kind of item."),
                    hint=N_("Use one of {kinds}."),
                    n=n,
                    kind=words[0],
                    kinds=", ".join(kinds),
                )
            minutes = words[2] if len(words) > 2 and words[2] else "10"
            if not (minutes.isascii() and minutes.isdigit()):
                raise UserError(
                    N_("Line {n}: “{minutes}” is no number of minutes."), n=n, minutes=minutes
                )
            found.append(
                {
                    "kind": kinds[words[0]],
                    "title": words[1],
                    "minutes": int(minutes),
                    "presenter": words[3] if len(words) > 3 else "",
                    "standing": str(titles.get(words[1], "")),
                }
            )
        return found

    def confirm(self) -> None:
        self.desk.do(
            templates.save_template,
            then=self.on_accepted,
            otherwise=self.on_refused,
            body_id=self.body_id,
            name=self.name.value(),
            lines=self.read_lines(),
            id=self.template.id if self.template else None,
        )
