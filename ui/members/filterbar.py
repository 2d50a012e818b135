"""What narrows the roll beside body, day and words: role, capacity, field, terms that end soon."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.members import filters, listing
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui.text import C_, N_, Msg
from ui.widgets.forms import Choice, Dialog, Field, Labelled
from ui.widgets.parts import Button, row

ANY = ""
ENDING = (30, 60, 90)


class FilterBar(QWidget):
    """Choices in one line; `changed` when one was made."""

    changed = Signal()

    def __init__(self, page, query) -> None:
        super().__init__()
        self.query, self.desk = query, page.desk  # query(): what the roll is asked with
        roles = [(ANY, C_("filter", "Any role")), *ROLES.items()]
        capacities = [(ANY, C_("filter", "Any capacity")), *CAPACITIES.items()]
        self.role = Choice(roles, C_("in a body", "Role"))
        self.capacity = Choice(capacities, N_("Capacity"))
        self.field = Choice([(ANY, C_("filter", "Any field"))], C_("member", "Field"))
        endings = [(days, _within(days)) for days in ENDING]
        self.ending = Choice([(ANY, C_("filter", "Any term end")), *endings], N_("Term ends"))
        self.save = Button(N_("Save filter"), slot=self.on_save)
        self.rename = Button(N_("Rename"), slot=self.on_rename)
        self.remove = Button("", icon="trash-2", name=N_("Remove filter"), slot=self.on_remove)
        self.clear = Button(N_("Clear"), "link", slot=self.on_clear)
        self.kept = None
        page.writing(self.save, self.rename, self.remove)
        row(
            self.role,
            self.capacity,
            self.field,
            self.ending,
            self.clear,
            None,
            self.rename,
            self.remove,
            self.save,
            margins=(28, 0, 24, 8),
            gap=6,
            into=self,
        )
        for choice in self._choices().values():
            choice.currentIndexChanged.connect(self.on_chosen)
        self.show_filter(None)
        self.desk.read(listing.fields, then=self.on_fields)

    def _choices(self) -> dict[str, Choice]:
        return {
            "role": self.role,
            "capacity": self.capacity,
            "field": self.field,
            "ending": self.ending,
        }

    def asked(self) -> dict:
        """Return the conditions chosen."""
        values = {key: choice.value() for key, choice in self._choices().items()}
        return {key: value for key, value in values.items() if value != ANY}

    def on_fields(self, fields) -> None:
        held = self.field.value()
        options = [(ANY, C_("filter", "Any field")), *((field, field) for field in fields)]
        if held and held not in fields:
            options.append((held, held))
        self.field.show_options(options, held)

    def put(self, query: dict) -> None:
        """Show the conditions of a filter without telling anyone."""
        field = query.get("field")
        if field and field not in [value for value, _message in self.field.options]:
            self.field.show_options([*self.field.options, (field, field)])
        for key, choice in self._choices().items():
            choice.blockSignals(True)
            choice.choose(query.get(key, ANY))
            choice.blockSignals(False)

    def show_filter(self, kept) -> None:
        """Show which saved filter is applied, None for none."""
        self.kept = kept
        writes = not self.desk.read_only
        self.rename.setVisible(kept is not None and writes)
        self.remove.setVisible(kept is not None and writes)

    # --- slots
    def on_chosen(self, _index) -> None:
        self.changed.emit()

    def on_clear(self) -> None:
        self.put({})
        self.changed.emit()

    def on_save(self) -> None:
        NameFilter(self.window(), self.desk, self.query()).open()

    def on_rename(self) -> None:
        NameFilter(self.window(), self.desk, self.kept.query, self.kept).open()

    def on_remove(self) -> None:
        self.desk.do(filters.remove_filter, id=self.kept.id)


class NameFilter(Dialog):
    """Name a filter, or name it anew."""

    def __init__(self, parent, desk, query: dict, kept=None) -> None:
        self.desk, self.query, self.kept = desk, query, kept
        self.name = Labelled(C_("filter", "Name"), Field())
        if kept is not None:
            self.name.field.setText(kept.name)
        title = N_("Rename filter") if kept else N_("Save filter")
        super().__init__(parent, title, self.name)

    def confirm(self) -> None:
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        name = self.name.value()
        if self.kept is not None:
            self.desk.do(filters.rename_filter, **answers, id=self.kept.id, name=name)
        else:
            self.desk.do(filters.save_filter, **answers, name=name, query=self.query)


def _within(days: int) -> Msg:
    return {
        30: N_("Ends within 30 days"),
        60: N_("Ends within 60 days"),
        90: N_("Ends within 90 days"),
    }[days]
