"""What a list of members is asked as a whole, and which of its columns holds what."""

from __future__ import annotations

from gwangju_desktop.members.importing import mapping
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.model import Options
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.rules import named
from ui.importing.columns import Columns
from ui.text import N_
from ui.widgets.forms import Check, Choice, DateField, Labelled
from ui.widgets.parts import row


class MemberColumns(Columns):
    """The columns of a list of members."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.body = Labelled(N_("Seats in"), Choice((), N_("Seats in"), width=300))
        self.start = Labelled(N_("First day where the file names none"), DateField(N_("First day")))
        self.new_bodies = Check(N_("Add bodies that are not there yet"))
        self.same_name = Check(N_("A person of the same name is the same when there is only one"))
        super().__init__(
            {key: field.title for key, field in FIELDS.items()},
            row(self.body, 12, self.start, None),
            row(self.new_bodies, 16, self.same_name, None),
            note=N_("Empty cells change nothing. The day of birth itself is not kept."),
            special=tuple(key for key in FIELDS if key not in mapping.CHOICES),
            untitled=("popolo", "oparl"),
        )

    def show_list(self, source: Source, mapped: tuple[str, ...], bodies, body_id) -> None:
        """Show a list's columns, how they are taken, and the bodies its people may sit in."""
        self.source = source
        options = [(None, N_("The bodies the file names"))]
        options += [(one.id, named(one.name_ko, one.name_en)) for one in bodies]
        self.body.field.show_options(options, body_id)
        self.show_source(source, mapped)

    def mapped(self) -> tuple[str, ...]:
        """Return each column's field; raise UserError when they name nobody or one twice."""
        mapping.check(self.source, self.chosen())
        return self.chosen()

    def options(self) -> Options:
        """Return what was said of the whole file; raise UserError when a day is none."""
        return Options(
            body_id=self.body.value(),
            starts_on=self.start.value(),
            new_bodies=self.new_bodies.value(),
            same_name=self.same_name.value(),
        )
