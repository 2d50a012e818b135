"""The declared settings of the office as a form: each with what it does and its default."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop import clock, settings, settings_profile
from gwangju_desktop.errors import UserError
from gwangju_desktop.settings import DECLARED, PERIODIC, Declared
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import DateField, Dialog, Field, Labelled, NumberField
from ui.widgets.parts import Button, Label, column, row, rule

SUFFIX = ".gwsettings"
FILES = N_("Settings ({pattern})")
# Those of the screen: names and codes have their own card, with days.
EDITED = tuple(
    key for key, one in DECLARED.items() if one.kind and not one.secret and key not in PERIODIC
)


class ValuesSection(QWidget):
    """What the office has decided, saved in one step; names and codes lead to their card."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell, self.desk = shell, shell.desk
        self.held: dict[str, Any] = {}
        self.fields = {key: _field(DECLARED[key]) for key in EDITED}
        self.names = Label("", "sec", wrap=True)
        self.card = Button(N_("Names and codes with their days…"), slot=self.on_card)
        self.save = Button(N_("Save"), "primary", slot=self.on_save)
        self.undo = Button(N_("As before"), slot=self.on_as_before)
        self.defaults = Button(N_("Take the defaults"), slot=self.on_defaults)
        self.export = Button(N_("Save settings to a file…"), icon="download", slot=self.on_export)
        self.take = Button(N_("Take over settings…"), icon="upload", slot=self.on_take)
        for field in self.fields.values():
            field.field.textChanged.connect(self.on_typed)
        column(
            Label(N_("Names, codes and ordinances"), "secb"),
            self.names,
            row(self.card, None),
            rule(),
            *self.fields.values(),
            row(self.save, self.undo, self.defaults, None, gap=8),
            rule(),
            Label(
                N_("A file of settings holds no ids and no secrets; another office may take it."),
                "sec",
                wrap=True,
            ),
            row(self.export, self.take, None, gap=8),
            None,
            gap=14,
            into=self,
        )
        self.desk.changed.connect(self.on_changed)
        self.on_typed()
        self.ask()

    # --- what holds
    def ask(self) -> None:
        """Read what holds."""
        self.desk.read(_held, then=self.on_held)

    def on_changed(self, changes) -> None:
        if changes.touches("setting", "setting_period"):
            self.ask()

    def on_held(self, held: dict[str, Any]) -> None:
        """Show what holds, but keep what is being typed."""
        typed = self._differing()
        self.held = held
        for key, field in self.fields.items():
            if key not in typed:
                _show(field, held[key])
        self._say_names()
        self.on_typed()

    def _say_names(self) -> None:
        lines = (f"{say(DECLARED[key].label)}: {self.held[key]}" for key in PERIODIC)
        self.names.say("\n".join(lines))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and getattr(self, "held", None):
            self._say_names()
        super().changeEvent(event)

    def _differing(self) -> dict[str, Any]:
        """Return what is typed and does not hold, wrong values among it."""
        found = {}
        for key, field in self.fields.items():
            try:
                value = _value(field)
            except UserError:
                value = field.field.text()
            if self.held and value != self.held[key]:
                found[key] = value
        return found

    def on_typed(self, *_ignored) -> None:
        differs = bool(self._differing())
        writes = not self.desk.read_only
        self.save.setEnabled(differs and writes)
        self.undo.setEnabled(differs)
        for part in (self.defaults, self.take):
            part.setEnabled(writes)
        for field in self.fields.values():
            field.field.setReadOnly(not writes)

    # --- what a person does
    def on_card(self) -> None:
        self.shell.go("members", 0, "body")

    def on_save(self) -> None:
        """Save what differs in one step."""
        values = {}
        for key, field in self.fields.items():
            try:
                typed = field.value()
                text = typed.isoformat() if hasattr(typed, "isoformat") else str(typed or "")
                values[key] = settings.typed(key, text)
            except UserError as error:
                field.wrong(str(error))
                field.field.setFocus()
                return
            field.right()
        self.desk.do(settings.change_settings, values=values)

    def on_as_before(self) -> None:
        for key, field in self.fields.items():
            field.right()
            _show(field, self.held[key])

    def on_defaults(self) -> None:
        """Write the defaults into the fields; nothing is saved yet."""
        for key, field in self.fields.items():
            field.right()
            _show(field, DECLARED[key].default)

    def on_export(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self.window(),
            say(N_("Save settings to a file")),
            str(Path.home() / say(N_("Settings of the office"))) + SUFFIX,
            say(FILES, pattern=f"*{SUFFIX}"),
        )
        if name:
            path = Path(name)
            path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
            self.desk.read(_save, then=self.on_saved, target=path)

    def on_saved(self, count: int) -> None:
        words = NN_("{n} setting saved.", "{n} settings saved.")
        self.window().toast.tell(words, undo=False, n=count)

    def on_take(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self.window(),
            say(N_("Take over settings")),
            str(Path.home()),
            say(FILES, pattern=f"*{SUFFIX}"),
        )
        if name:
            self.desk.read(_preview, then=self.on_preview, path=Path(name))

    def on_preview(self, found) -> None:
        """Show what would change before anything does."""
        profile, changes = found
        TakeDialog(self.window(), self.desk, profile, changes).open()


class TakeDialog(Dialog):
    """What a file of settings would change here."""

    def __init__(self, parent: QWidget, desk, profile, changes) -> None:
        self.desk, self.profile = desk, profile
        lines = [
            column(
                Label(one.label, "secb"),
                Label(f"{_said(one.here)} → {_said(one.there)}", "sec", wrap=True),
                gap=2,
            )
            for one in changes
        ]
        nothing = [Label(N_("The file says what holds here already."), "sec", wrap=True)]
        super().__init__(
            parent,
            N_("Take over settings"),
            *(lines or nothing),
            button=C_("settings", "Take over"),
            width=520,
        )
        self.button.setEnabled(bool(changes))

    def confirm(self) -> None:
        self.desk.do(
            settings_profile.take,
            profile=self.profile,
            then=self.on_accepted,
            otherwise=self.on_refused,
        )


def _field(one: Declared) -> Labelled:
    kind = {"count": NumberField, "day": DateField}.get(one.kind, Field)
    return Labelled(one.label, kind(one.label), one.about)


def _value(field: Labelled) -> Any:
    """Return a field's value as the office keeps it."""
    value = field.field.value()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return None if value == "" else value


def _show(field: Labelled, value: Any) -> None:
    text = "" if value is None else str(value)
    if isinstance(field.field, DateField):
        field.field.show_date(dt.date.fromisoformat(text) if text else None)
    else:
        field.field.setText(text)


def _said(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


def _held(read) -> dict[str, Any]:
    return settings.values_on(read, clock.today())


def _save(read, *, target: Path) -> int:
    return settings_profile.save(read, target)


def _preview(read, *, path: Path):
    profile = settings_profile.load(path)
    return profile, settings_profile.changes(read, profile)
