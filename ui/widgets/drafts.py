"""A form's draft: kept while somebody types, offered after a crash; and what others changed since.

Every Dialog has one. The form's key is its class, its record what it was made with: the ids among
the arguments of its constructor. Only what differs from what the form showed is kept, with what it
showed, so that a draft meets a newer version of its record field by field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from enum import Enum

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock, unsaved
from gwangju_desktop.unsaved import Look, Stale, Unsaved
from ui.text import C_, N_, day
from ui.widgets import typed
from ui.widgets.parts import Align, Button, Icon, Label, frame, row

FILLED_MS = 250  # after which a form has been filled with what it asked for
EVERY_MS = 1_500  # at most 2 s of typing are lost, with the time a slow disk needs
LONGEST = 200


class Notice(QWidget):
    """A line over a form's fields that says something and offers what to do."""

    def __init__(self, icon: str, *buttons: Button) -> None:
        super().__init__()
        self.words = Label("", "sec", wrap=True)
        self.inside = frame("inset")
        row(
            (Icon(icon, "acc"), Align.AlignVCenter),
            (self.words, 1),
            *buttons,
            margins=(12, 8, 10, 8),
            gap=8,
            into=self.inside,
        )
        row(self.inside, into=self)
        self.hide()


class Drafting(QObject):
    """Keeps the draft of one form while it is open."""

    def __init__(self, form, record: str) -> None:
        super().__init__(form)
        self.form, self.record = form, record
        kind = type(form)
        self.key = f"{kind.__module__.removeprefix('ui.')}.{kind.__qualname__}"
        self.desk = self.drafter = None
        self.begun: dt.datetime | None = None
        self.draft: Unsaved | None = None
        self.offered: Unsaved | None = None
        self.touched = False
        self.version, self.entry = "", 0
        self.shown: dict[str, typed.State] = {}
        self._known: set[int] = set()
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.keep)
        self.notice: Notice | None = None
        self.news: Notice | None = None

    # --- the form opens and closes
    def begin(self) -> None:
        """Begin with what the form shows; called when it is shown first."""
        if self.begun is not None:
            return
        self.begun = clock.real()
        self.desk = _desk_of(self.form)
        self.drafter = getattr(self.desk, "drafter", None) if self.form.drafts else None
        if self.desk is not None:
            self.form.seen_at = Look(self.desk.shown, getattr(self.desk.store, "origin", ""))
            self._watch()
        if self.drafter is not None:
            self._look()
            self.drafter.forms.append(self)
            self.timer.start()
            QTimer.singleShot(FILLED_MS, self, self._look)
            self.offer()

    def end(self, *, aside: bool) -> None:
        """Forget the draft, or leave it aside for the next time the form is opened."""
        self.timer.stop()
        if self.drafter is None:
            return
        if aside:
            self.keep()
        if self in self.drafter.forms:
            self.drafter.forms.remove(self)
        if self.draft is not None:
            if aside:
                self.drafter.put(dataclasses.replace(self.draft, aside=True))
                _say_kept(self.form)
            else:
                self.drafter.drop(self.draft)
        self.drafter = None

    # --- keeping
    def _look(self) -> dict[str, typed.State]:
        """Return what stands in the fields; until somebody types it is what the form shows."""
        fields = typed.fields(self.form)
        for part in fields.values():
            if id(part) not in self._known:
                self._known.add(id(part))
                told = self.on_text if isinstance(part, typed.TEXTS) else self.on_touched
                typed.listen(part, told)
        states = {name: typed.state(part) for name, part in fields.items()}
        if not self.touched:
            self.shown = states
        return states

    def keep(self) -> None:
        """Keep what was typed since; without typing there is no draft."""
        states = self._look()
        if not self.touched or self.drafter is None or not self.drafter.office:
            return
        fields = {
            name: (self.shown.get(name, ""), state)
            for name, state in states.items()
            if state != self.shown.get(name, "")
        }
        if not fields:
            if self.draft is not None:
                self.drafter.drop(self.draft)
                self.draft = None
        elif self.draft is None or fields != self.draft.fields:
            self.draft = Unsaved(
                self.drafter.office,
                self.key,
                self.record,
                self.begun,
                clock.real(),
                self.version,
                self.form.windowTitle(),
                self.drafter.here(),
                fields,
            )
            self.drafter.put(self.draft)

    def on_touched(self, *_ignored: object) -> None:
        # What the form showed was looked at before: a choice may have changed other fields by now.
        self.touched = True

    def on_text(self) -> None:
        # What the program writes into a text leaves it unmodified.
        if self.sender().document().isModified():
            self.on_touched()

    # --- offering
    def offer(self) -> None:
        """Offer the draft there is of this form and record, unless the form says it already."""
        if self.drafter is None or self.offered is not None:
            return
        found = self.drafter.find(self.key, self.record, self.draft)
        if found is None:
            return
        self.offered = found
        go_on = Button(C_("draft", "Go on writing"), slot=self.on_go_on)
        discard = Button(C_("draft", "Discard"), "ghost", slot=self.on_discard)
        for button in (go_on, discard):
            button.setAutoDefault(False)
        self.notice = Notice("pencil", go_on, discard)
        self.notice.go_on, self.notice.discard = go_on, discard
        at = clock.local(found.saved_at)
        today = at.date() == clock.local(clock.real()).date()
        when = day(at, "time" if today else "when")
        self.notice.words.say(
            N_("What was being written here at {when} is still there."), when=when
        )
        self.form.put_notice(self.notice)

    def on_discard(self) -> None:
        """Forget what was offered."""
        self.drafter.drop(self.offered)
        self.notice.hide()
        self.form.fit_notice()

    def on_go_on(self) -> None:
        """Write the draft into the form; where the record is newer, ask field by field."""
        self._look()
        offered, self.touched = self.offered, True
        for name in offered.fields:
            typed.grow(self.form, name)
        fields = typed.fields(self.form)
        apart = {}
        for name, (was, mine) in offered.fields.items():
            part = fields.get(name)
            if part is not None and typed.state(part) not in (was, mine):
                apart[name] = (part, mine)
        if not apart:
            self._write(set())
            return
        from ui.widgets.compare import Compare, Line

        lines = [
            Line(
                name,
                typed.label_of(self.form, name, part),
                typed.spoken(part, typed.state(part)),
                typed.spoken(part, mine),
                own=True,
            )
            for name, (part, mine) in apart.items()
        ]
        newer = N_("The record was changed since this was written.")
        Compare(
            self.form, lines, self.on_compared, newer, button=C_("draft", "Go on writing")
        ).open()

    def on_compared(self, theirs: set[str]) -> None:
        self._write(theirs)

    def _write(self, theirs: set[str]) -> None:
        """Write the draft into the fields, but for those that stay as they stand."""
        offered = self.offered
        # What is chosen may bring other fields; texts come last.
        for texts in (False, True):
            fields = typed.fields(self.form)
            for name, (_was, mine) in offered.fields.items():
                part = fields.get(name)
                if part is not None and name not in theirs and isinstance(mine, str) == texts:
                    typed.put(part, mine)
        self.drafter.drop(offered)
        self.notice.hide()
        self.form.fit_notice()
        self.keep()

    # --- what others change meanwhile
    def _watch(self) -> None:
        """Learn the record's version, and hear of what others do to it."""
        about = self.form.record_edited()
        if about is None or self.desk.store is None:
            return
        table, id = about
        self.desk.changed.connect(self.on_changed)
        self.desk.read(unsaved.standing, then=self.on_standing, table=table, id=id)

    def on_standing(self, found: unsaved.Standing) -> None:
        self.version, self.entry = found.version, found.entry

    def on_changed(self, changes) -> None:
        """Look who it was when another PC changes the record that this form is about."""
        if changes.origin == self.desk.store.origin:
            return
        table, id = self.form.record_edited()
        if any(one.table == table and one.pk == (id,) for one in changes.rows):
            self.desk.read(
                unsaved.changed_by,
                then=self.on_changed_by,
                table=table,
                id=id,
                look=self.form.seen_at,
            )

    def on_changed_by(self, found) -> None:
        """Say quietly who changed it and when; what is typed stays as it is."""
        if found is None:
            return
        who, at = found
        if self.news is None:
            compare = Button(C_("draft", "Compare"), slot=self.on_compare)
            compare.setAutoDefault(False)
            self.news = Notice("users", compare)
            self.news.compare = compare
            self.form.put_notice(self.news)
        when = day(clock.local(at), "time")
        self.news.words.say(N_("{who} changed this record at {when}."), who=who, when=when)
        self.news.show()
        self.form.fit_notice()

    def on_compare(self) -> None:
        """Let the save be tried without writing, to learn what it would overwrite."""
        self._confirm(dataclasses.replace(self.form.seen_at, rehearsal=True))

    def _confirm(self, look: Look) -> None:
        """Do what the form's button does, once with another look than its own."""
        before, self.form.seen_at = self.form.seen_at, look
        try:
            self.form.on_confirm()
        finally:
            self.form.seen_at = before

    def stale(self, error: Stale) -> None:
        """Show what a save would overwrite; called on the window's thread."""
        from gwangju_desktop import compared

        self._clash = error
        self.form.button.setEnabled(True)
        if error.clashes:
            self.desk.read(compared.compared, then=self.on_said, clashes=error.clashes)
        elif self.news is not None:
            self.news.words.say(
                N_("Nothing you changed was changed by others; saving overwrites nothing.")
            )

    def on_said(self, found) -> None:
        """Show the comparison, field by field, what I did not change set to theirs."""
        from ui.widgets.compare import Compare, Line

        lines = []
        for n, one in enumerate(found):
            clash = one.clash
            part = typed.fields(self.form).get(clash.given) if clash.given else None
            label = typed.label_of(self.form, clash.given, part) if part else one.field
            lines.append(
                Line(
                    str(n),
                    label,
                    one.theirs,
                    one.mine,
                    own=clash.mine != clash.was,
                    fixed=not clash.given,
                )
            )
        last = max(self._clash.clashes, key=lambda one: one.at)
        Compare(
            self.form,
            lines,
            self.on_decided,
            N_("{who} changed this record at {when}, after you opened it."),
            who=last.who,
            when=day(clock.local(last.at), "time"),
            button=N_("Save"),
        ).open()

    def on_decided(self, theirs: set[str]) -> None:
        """Save on the newest version what was decided."""
        clashes = self._clash.clashes
        decided = {clashes[int(n)].given: clashes[int(n)].theirs for n in theirs}
        # Refused for another reason, the next save is compared anew.
        self._confirm(
            dataclasses.replace(self.form.seen_at, entry=self._clash.entry, decided=decided)
        )


def record_of(args: tuple, values: dict) -> str:
    """Return what a form was made with: the ids among the arguments of its constructor."""
    tokens = [token for part in args if (token := _token(part))]
    tokens += [f"{name}={token}" for name, part in values.items() if (token := _token(part))]
    whole = ",".join(tokens)
    return whole if len(whole) <= LONGEST else _hash(whole)


def _token(part: object, depth: int = 0) -> str:
    if isinstance(part, QObject) or callable(part):
        return ""
    if isinstance(part, Enum):
        return str(part.value)
    if part is None or isinstance(part, (bool, int, dt.date)):
        return str(part)
    if isinstance(part, str):
        # A name may stand in it, which is no part of a key.
        return _hash(part)
    if isinstance(part, (list, tuple)) and not hasattr(part, "_fields"):
        ids = all(isinstance(one, int) for one in part) and part
        return _hash(repr(list(part))) if ids else ""
    if isinstance(part, dict) or depth > 2:
        return ""
    number = getattr(part, "id", None)
    if isinstance(number, (int, str)):
        return f"{type(part).__name__}:{number}"
    return _of_parts(part, depth)


def _of_parts(part: object, depth: int) -> str:
    """Return the ids that a value without an id of its own holds."""
    names = getattr(part, "_fields", None)
    if names is None and dataclasses.is_dataclass(part):
        names = [one.name for one in dataclasses.fields(part)]
    found = []
    for name in names or ():
        held = getattr(part, name)
        if (name.endswith("_id") or name in ("code", "key")) and isinstance(held, (int, str)):
            found.append(f"{name}:{held}")
        elif not isinstance(held, (str, int, float, dt.date, list, tuple, dict, type(None))):
            token = _token(held, depth + 1)
            found += [token] if token else []
    return f"{type(part).__name__}({' '.join(found)})" if found else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _desk_of(form: QWidget):
    """Return the desk that a form, or what it was opened from, works at."""
    at: QWidget | None = form
    while at is not None:
        desk = getattr(at, "desk", None)
        if desk is not None:
            return desk
        at = at.parentWidget()
    return None


def _say_kept(form: QWidget) -> None:
    toast = getattr(form.parentWidget().window() if form.parentWidget() else None, "toast", None)
    if toast is not None:
        toast.tell(N_("What was being written is kept; the form offers it again."), undo=False)
