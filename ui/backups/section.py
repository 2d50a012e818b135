"""The backups of the open office, among the settings: how they stand, and what can be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.backups import automatic, form
from gwangju_desktop.backups.drill import Drill
from gwangju_desktop.backups.standing import Standing
from gwangju_desktop.backups.why import Why
from gwangju_desktop.errors import Cancelled, UserError
from ui import alerts
from ui.backups import jobs, monthly, now, places
from ui.backups.keeper import Keeper
from ui.backups.rows import BACKUPS, Row
from ui.models.rows import RowTable
from ui.text import N_, NN_
from ui.widgets.lists import RowList
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row, rule

SHOWN_MOST = 60
KEEPING = N_(
    "Kept are all backups of two days, then one a day for 14 days, one a week for 8 weeks and one a"
    " month for 12 months; those made before a conversion are not thinned. None is older than 13"
    " months but the last whole one: whoever is erased from the office leaves its backups too."
)
BY_ITSELF = N_(
    "A backup is made by itself 30 minutes after the first change, on leaving the office, and before"
    " imports, erasures and restores. Each one is read again when it is made."
)


class BackupsSection(QWidget):
    """How the backups of an office stand; made for the settings page with the shell."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell, self.desk = shell, shell.desk
        self.office = Path(self.desk.store.office.place)
        self.standing: Standing | None = None
        self.keeper: Keeper | None = None
        self._build()
        own = not self.desk.store.shared
        for part in self.parts:
            part.setVisible(own)
        self.elsewhere.setVisible(not own)
        if own:
            self._follow()
            self.look()

    def _follow(self) -> None:
        self.desk.changed.connect(self.on_changed)
        begun = self.shell.companions.begun if self.shell.companions else []
        self.keeper = next((one for one in begun if isinstance(one, Keeper)), None)
        if self.keeper is not None:
            self.keeper.made.connect(self.look)

    def _build(self) -> None:
        self.chip = Chip()
        self.last = Label("", "strong", wrap=True)
        self.unsaved = Label("", "sec", wrap=True)
        self.make = Button(N_("Back up now"), "primary", "download", slot=self.on_make)
        self.restore = Button(N_("Restore…"), icon="history", slot=self.on_restore)
        state = frame("inset")
        row(
            (column(row(self.last, self.chip, None, gap=10), self.unsaved, gap=4), 1),
            self.restore,
            self.make,
            margins=(16, 14, 16, 14),
            gap=8,
            into=state,
        )
        self.where = Label("", "sec", wrap=True)
        self.second_note = Label("", "cap", wrap=True)
        self.second = Button(N_("Choose a folder…"), icon="hard-drive", slot=self.on_second)
        self.unlock = Button(N_("Type its passphrase…"), icon="key-round", slot=self.on_unlock)
        self.without = Button(N_("Use none"), slot=self.on_without)
        second = column(
            Label(N_("Second folder"), "secb"),
            self.where,
            self.second_note,
            row(self.second, self.unlock, self.without, None),
            gap=6,
        )
        self.drill = Label("", "sec", wrap=True)
        self.drill_note = Label(
            N_(
                "Once a month the newest backup is restored elsewhere and worked in: its rooms are"
                " opened, it is checked, a pack is bound."
            ),
            "cap",
            wrap=True,
        )
        self.try_out = Button(N_("Drill now"), icon="shield-check", slot=self.on_drill)
        drill = column(
            Label(N_("Restore drill"), "secb"),
            self.drill,
            self.drill_note,
            row(self.try_out, None),
            gap=6,
        )
        self.list = RowList(RowTable(BACKUPS), N_("Backups"), height=34, fit=True)
        self.none = Label(N_("There is none yet."), "sec")
        self.check = Button(N_("Check again"), icon="check", slot=self.on_check)
        self.back = Button(N_("Restore this one…"), icon="history", slot=self.on_restore_this)
        listed = column(
            Label(N_("All backups"), "secb"),
            self.none,
            self.list,
            row(self.check, self.back, None),
            gap=6,
        )
        rules = column(Label(BY_ITSELF, "cap", wrap=True), Label(KEEPING, "cap", wrap=True), gap=4)
        self.elsewhere = Label(
            N_(
                "This office is on a server, which its administrator backs up every night with a"
                " trial of the restore; nothing is copied to this PC."
            ),
            "sec",
            wrap=True,
        )
        self.elsewhere.hide()
        self.parts = (state, rules, rule(), second, rule(), drill, rule(), listed)
        column(self.elsewhere, *self.parts, None, gap=14, into=self)

    # --- how they stand
    def look(self) -> None:
        """Look at the folders."""
        self.desk.work(
            jobs.look,
            title=jobs.LOOKING,
            then=self.on_looked,
            second=places.second(self.office),
            last=places.last(self.office),
        )

    def on_changed(self, changes) -> None:
        """What was written now is in no backup yet."""
        if changes.id and self.standing is not None and self.standing.held:
            self.unsaved.say(N_("What was written since is saved in the office, in no backup yet."))

    def on_looked(self, standing: Standing) -> None:
        """Show everything anew."""
        self.standing = standing
        self._show_last(standing)
        self._show_second(standing)
        self._show_drill(standing)
        held = [(one, False) for one in standing.held] + [(one, True) for one in standing.there]
        held.sort(key=lambda one: one[0].made_at, reverse=True)
        rows = [Row(n, one, second) for n, (one, second) in enumerate(held[:SHOWN_MOST])]
        self.list.model().show(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.list.choose_first()
        for button in (self.check, self.back):
            button.setVisible(bool(rows))

    def _show_last(self, standing: Standing) -> None:
        if not standing.held:
            self.last.say(N_("There is no backup yet."))
            self.chip.say(N_("none"), "warn", "triangle-alert")
            self.unsaved.say(N_("They will lie in {folder}."), folder=str(standing.folder))
            return
        newest = standing.held[0]
        self.last.say(N_("Last backup {at:when}"), at=newest.made_at)
        if newest.note is not None and newest.note.wrong:
            self.chip.say(N_("damaged"), "bad", "circle-alert")
        elif newest.whole:
            self.chip.say(N_("read again and whole"), "ok", "check")
        else:
            self.chip.say(N_("not read again yet"), "neu")
        self.unsaved.say(
            N_("It holds everything that was entered.")
            if standing.saved
            else N_("What was written since is saved in the office, in no backup yet.")
        )

    def _show_second(self, standing: Standing) -> None:
        second = standing.second
        self.without.setVisible(second is not None)
        self.unlock.setVisible(second is not None and standing.locked)
        self.second.say(N_("Another folder…") if second else N_("Choose a folder…"))
        if second is None:
            self.where.say(N_("There is none. When this disk fails, its backups go with it."))
            self.second_note.say(N_("A security USB drive or a share of the office is best."))
            return
        sealed = N_("sealed") if second.sealed else N_("not sealed")
        self.where.say(N_("{folder} ({sealed})"), folder=str(second.chosen), sealed=sealed)
        note, values = _second_note(standing)
        self.second_note.say(note, **values).ink("warn" if standing.old else "text2")

    def _show_drill(self, standing: Standing) -> None:
        self.try_out.setVisible(bool(standing.held))
        if not standing.drills:
            self.drill.say(N_("There was none yet; the first one comes by itself."))
            self.drill.ink("text2")
            return
        last: Drill = standing.drills[0]
        if last.ok:
            self.drill.say(
                N_("{at:when}: {file} was restored and did its work ({seconds:.0f} s)."),
                at=last.moment,
                file=last.backup,
                seconds=last.seconds,
            )
            self.drill.ink("text2")
        else:
            self.drill.say(
                N_("{at:when}: {file} failed: {why}"),
                at=last.moment,
                file=last.backup,
                why=last.problems[0],
            )
            self.drill.ink("bad")

    # --- what can be done
    def _work(self, job, title, then, **asked) -> None:
        for button in (self.make, self.try_out, self.check):
            button.setEnabled(False)
        self.desk.work(job, title=title, then=then, otherwise=self.on_failed, **asked)

    def _again(self) -> None:
        for button in (self.make, self.try_out, self.check):
            button.setEnabled(True)
        self.look()

    def on_failed(self, error: Exception) -> None:
        """Tell it, and show how they stand now."""
        self._again()
        if not isinstance(error, Cancelled):
            alerts.tell(error)

    def on_make(self) -> None:
        """Back up now, whether anything is new or not."""
        second = places.second(self.office)
        self._work(jobs.keep, jobs.MAKING, self.on_made, why=Why.ASKED, second=second)

    def on_made(self, outcome: automatic.Outcome) -> None:
        """Say what came of it."""
        self._again()
        now.tell(self.shell, self.office, outcome)

    def on_check(self) -> None:
        """Read the backup in front again, with every file it lists."""
        chosen = self._chosen()
        if chosen is None:
            return
        passphrase = None
        if chosen.listed.sealed:
            second = places.with_passphrase(places.second(self.office))
            passphrase = second.passphrase if second else None
        path = chosen.listed.path
        self._work(jobs.check, jobs.CHECKING, self.on_checked, path=path, passphrase=passphrase)

    def on_checked(self, verdict) -> None:
        """Say what was found."""
        self._again()
        if verdict.ok:
            self.shell.window.toast.tell(N_("{file} is whole."), file=verdict.path.name, undo=False)
        else:
            alerts.tell(
                UserError(
                    N_("{file} is not whole: {why}"),
                    hint=N_("Take another backup, the one made before it for instance."),
                    file=verdict.path.name,
                    why=str(verdict.problems[0]),
                )
            )

    def on_drill(self) -> None:
        """Carry out a drill now."""
        folder = form.beside(self.office)
        self._work(jobs.try_out, jobs.DRILLING, self.on_tried, folder=folder)

    def on_tried(self, found: Drill) -> None:
        """Say what came of it."""
        self._again()
        if found.ok:
            self.shell.window.toast.tell(N_("The restored office did its work."), undo=False)
        else:
            alerts.tell(monthly.refusal(found))

    def on_second(self) -> None:
        """Choose a second folder."""
        from ui.backups.second import SecondDialog

        self._ask(SecondDialog(self.window(), self.office))

    def on_unlock(self) -> None:
        """Type the passphrase of the second folder."""
        from ui.backups.second import PassphraseDialog

        self._ask(PassphraseDialog(self.window(), places.second(self.office)))

    def _ask(self, dialog) -> None:
        dialog.accepted.connect(self.on_make)
        dialog.open()

    def on_without(self) -> None:
        """Have no second folder any more; what lies there stays."""
        places.choose(self.office, None)
        self.look()

    def on_restore(self) -> None:
        """Restore one of them."""
        self.shell.on_restore()

    def on_restore_this(self) -> None:
        """Restore the one in front."""
        chosen = self._chosen()
        if chosen is not None:
            self.shell.on_restore(chosen.listed.path)

    def _chosen(self) -> Row | None:
        n = self.list.current()
        return None if n is None else self.list.model().row(n)


def _second_note(standing: Standing) -> tuple:
    age = standing.age
    if standing.locked and not standing.away:
        return N_(
            "Its passphrase is not known to this PC; nothing is copied until it is typed."
        ), {}
    if age is None:
        away = N_("Nothing was copied there yet; the drive is not there now.")
        return (away if standing.away else N_("Nothing was copied there yet.")), {}
    if standing.away:
        words = NN_(
            "The drive is not there now; the last one is {n} day old.",
            "The drive is not there now; the last one is {n} days old.",
        )
        return words, {"n": age}
    if standing.near:
        return N_("It lies on the disk of the office: it goes when the disk goes."), {}
    return NN_("The last one is {n} day old.", "The last one is {n} days old."), {"n": age}
