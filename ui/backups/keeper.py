"""Backups by themselves while an office is open: after half an hour, ahead of large steps, at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import DatabaseFault
from gwangju_desktop.backups.why import Why, reason
from gwangju_desktop.errors import Cancelled, UserError
from ui import alerts
from ui.backups import jobs, places
from ui.companions import QUIET_MS
from ui.text import N_, say
from ui.widgets.parts import Button

# What makes backups is half of the program, and an office is to be open before it is loaded.
if TYPE_CHECKING:
    from gwangju_desktop.backups.automatic import Outcome
    from gwangju_desktop.backups.standing import Standing

AFTER_MS = 30 * 60 * 1000  # after the first change that no backup holds
AGAIN_MS = 60 * 60 * 1000  # an office may stay open for weeks


# Off where windows are opened and closed by the hundred.
by_itself = True


def wanted(desk) -> bool:
    """Say whether an office is backed up by itself: one that is a file and may be written."""
    return by_itself and not desk.read_only and not desk.store.shared


class Keeper(QObject):
    """Makes the backups of an open office; lives with the desk."""

    failed = Signal(object)  # why one could not be made, also from the writer's thread
    made = Signal()  # one was made, or something about them changed

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell, self.desk = shell, shell.desk
        self.on = wanted(self.desk)
        self.office = Path(self.desk.store.office.place)
        self.work = None
        self.told = ""
        # The journal's last entry that a backup holds, as far as is known; that of the opening.
        self.seen, self.unsaved = self.desk.last, False
        self.failed.connect(self.on_failed)
        self.timer = self._timer(AFTER_MS, self.on_time, once=True)
        self.looks = self._timer(AGAIN_MS, self.look)
        if self.on:
            self._tell_missed()
            self.desk.ahead = self.ahead
            self.desk.changed.connect(self.on_changed)
            self.looks.start()
            QTimer.singleShot(QUIET_MS, self, self.look)

    def _timer(self, ms: int, slot, *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(ms)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer

    def _tell_missed(self) -> None:
        """Tell why there was no backup when the office was left last."""
        why = places.missed(self.office)
        if why:
            places.keep_missed(self.office, "")
            alerts.tell(
                UserError(
                    N_("When the office was last closed it was not backed up: {why}"), why=why
                )
            )

    # --- after half an hour
    def on_changed(self, changes) -> None:
        """Half an hour after the first change that no backup holds, one is made."""
        if changes.id and not self.timer.isActive():
            self.timer.start()

    def on_time(self) -> None:
        """Back up what was written since."""
        self.keep(Why.TIMED)

    def keep(self, why: Why) -> None:
        """Back up on a thread of its own, unless that is going on."""
        if self.work is None:
            second = places.second(self.office)
            self.work = self.desk.work(
                jobs.keep,
                title=jobs.MAKING,
                then=self.on_kept,
                otherwise=self.on_unkept,
                why=why,
                second=second,
            )

    def on_kept(self, outcome: Outcome) -> None:
        """Remember that all is saved; tell of a second folder that could not be written."""
        self.work, self.told, self.unsaved = None, "", False
        self.timer.stop()
        if outcome.made is not None:
            self.seen = outcome.made.manifest.audit_id
        self.note(outcome)
        if outcome.fault is not None:
            self.on_failed(outcome.fault)
        self.made.emit()

    def note(self, outcome: Outcome) -> None:
        """Remember when a backup went to the second folder."""
        if outcome.second is not None:
            places.keep_last(self.office, outcome.second.manifest.moment)

    def on_unkept(self, error: Exception) -> None:
        """Tell once why not; work goes on, and the next half hour tries again."""
        self.work = None
        self.timer.start()
        self.made.emit()
        if not isinstance(error, Cancelled):
            self.on_failed(error)

    def on_failed(self, error: Exception) -> None:
        """Tell a fault of the environment once, in one sentence."""
        why = alerts.sentence(error)
        if why is None:
            alerts.tell(error)
        elif why != self.told:
            self.told = why
            alerts.tell(
                UserError(
                    N_("The backup could not be made: {why}"),
                    hint=N_("What you enter is saved all the same."),
                    why=why,
                )
            )

    # --- ahead of a large step, on the writer's thread
    def ahead(self, usecase) -> None:
        """Back up what no backup holds ahead of an import or an erasure; failing stops nobody."""
        why = reason(usecase)
        if why is None:
            return
        from gwangju_desktop.backups import automatic

        try:
            automatic.keep(self.desk.store, why=why)
        except (DatabaseFault, OSError, UserError) as error:
            self.failed.emit(error)

    # --- now and then
    def look(self) -> None:
        """Look whether something is unsaved from an earlier day, and how old the second one is."""
        self.desk.work(
            jobs.look,
            title=jobs.LOOKING,
            then=self.on_looked,
            second=places.second(self.office),
            last=places.last(self.office),
        )

    def on_looked(self, standing: Standing) -> None:
        """Begin the half hour for what is unsaved; say it when the second folder is a week old."""
        self.unsaved = not standing.saved
        if self.unsaved and not self.timer.isActive():
            self.timer.start()
        elif standing.behind:
            self.keep(Why.TIMED)  # the drive is there again
        if standing.old and self.shell.ribbon.isHidden():
            self._say_old(standing)

    def _say_old(self, standing: Standing) -> None:
        button = Button(N_("Backups…"), slot=self.shell.on_backups)
        title, age = N_("The second backup is old"), standing.age
        where = {"folder": str(standing.second.chosen)}
        if age is None:
            words = N_("Nothing has been copied to {folder} yet. Plug the drive in.")
        elif standing.away:
            words = N_("The last one in {folder} is {age} days old. Plug the drive in.")
        else:
            words = N_("The last one in {folder} is {age} days old.")
        self.shell.show_ribbon(
            title, words, buttons=(button,), closes=self.shell.hide_ribbon, age=age, **where
        )

    # --- at the end
    def close(self) -> None:
        """Back up on leaving what no backup holds."""
        on, self.on = self.on, False
        self.desk.ahead = None
        if not on:
            return
        self.timer.stop()
        self.looks.stop()
        if self.work is not None:
            self.work.cancel()
        written = self.desk.unwritten or self.desk.last != self.seen
        if not written and not self.unsaved:
            return
        from ui.backups import leaving

        last = leaving.leave(self.shell.window, self.desk, places.second(self.office))
        if last.outcome is not None:
            self.note(last.outcome)
        self._missed(last.error or (last.outcome and last.outcome.fault))

    def _missed(self, error: Exception | None) -> None:
        """Remember why there is no last backup; a question now would keep the program from ending."""
        if error is None or isinstance(error, Cancelled):
            return
        why = alerts.sentence(error)
        if why is None:
            alerts.write_log(alerts.details(error))
        places.keep_missed(
            self.office, why or say(N_("The program failed; the details are in the log."))
        )
