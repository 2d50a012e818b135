"""The office is damaged: back to a backup, or over into a new file what can still be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.salvage import offers
from gwangju_desktop.salvage.offers import Offer
from gwangju_desktop.salvage.salvaging import Salvaged, place_for
from ui import alerts, theme
from ui.healing import jobs
from ui.text import N_, NN_, Msg, say
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, scrolled

WIDE = 680
MOST = 5  # kinds of changes named
COLUMNS: tuple[tuple[Msg, str], ...] = (
    (N_("Read"), "read"),
    (N_("From the journal"), "mended"),
    (N_("Lost"), "lost"),
    (N_("Left out"), "left_out"),
    (N_("Reference emptied"), "emptied"),
)


class HealingPage(QFrame):
    """Two ways out of damage; the file itself is not touched by either."""

    def __init__(self, shell, office: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.shell, self.office = shell, office
        self.offer: Offer | None = None
        self.done: Salvaged | None = None
        self.ways = Ways(self)
        self.report = Report(self)
        self.faces = QStackedWidget()
        for face in (self.ways, self.report):
            self.faces.addWidget(face)
        column(scrolled(self.faces), into=self)

    def look(self) -> None:
        """Begin to look for a backup."""
        self.shell.desk.work(
            jobs.look,
            title=jobs.LOOKING,
            then=self.on_offer,
            otherwise=self.on_no_offer,
            office=self.office,
        )

    def on_offer(self, offer: Offer) -> None:
        self.offer = offer
        self.ways.show_offer(offer)

    def on_no_offer(self, error: Exception) -> None:
        self.on_offer(Offer())
        if not isinstance(error, Cancelled):
            alerts.tell(error)

    # --- back to a backup
    def on_restore(self) -> None:
        """Let the backup take the damaged office's place."""
        self.ways.wait(True)
        self.shell.desk.work(
            jobs.put_back,
            title=jobs.RESTORING,
            then=self.on_put_back,
            otherwise=self.on_failed,
            backup=self.offer.backup,
            office=self.office,
        )

    def on_put_back(self, _done) -> None:
        self.shell.open_office(str(self.office))

    def on_choose(self) -> None:
        """Choose among all backups, also those under a passphrase or in another folder."""
        from ui.backups.restore import RestoreDialog

        RestoreDialog(self.window(), self.shell, office=self.office).open()

    # --- over into a new file
    def on_salvage(self) -> None:
        """Bring over what can still be read."""
        self.ways.wait(True)
        self.shell.desk.work(
            jobs.salvage,
            title=jobs.SALVAGING,
            then=self.on_salvaged,
            otherwise=self.on_failed,
            office=self.office,
        )

    def on_salvaged(self, done: Salvaged) -> None:
        self.done = done
        self.report.tell(done)
        self.faces.setCurrentWidget(self.report)
        self.report.go_on.setFocus()

    def on_open_salvaged(self) -> None:
        self.shell.open_office(str(self.done.path))

    def on_failed(self, error: Exception) -> None:
        self.ways.wait(False)
        alerts.tell(error)

    def on_again(self) -> None:
        self.shell.open_office(str(self.office))


class Ways(QWidget):
    """What happened, and the ways out of it."""

    def __init__(self, page: HealingPage) -> None:
        super().__init__()
        self.page = page
        name = page.office.name
        kept = N_("“{file}” stays as it is: nothing is written into it. Choose how to go on.")
        self.title = Label(N_("The office is damaged"), "h2")
        self.hint = Label(kept, "sec", wrap=True, file=name)
        head = row(
            (Icon("shield-alert", "bad", 28), Align.AlignTop),
            (column(self.title, self.hint, gap=4), 1),
            gap=14,
        )
        self.backup = Label(N_("Looking for a backup that is whole…"), "body", wrap=True)
        self.lacks = Label("", "sec", wrap=True)
        self.lacks.hide()
        self.restore = Button(N_("Open this backup"), "primary", slot=page.on_restore)
        self.choose = Button(N_("Choose a backup…"), slot=page.on_choose)
        self.restore.setEnabled(False)
        self.salvaging = Label(
            N_(
                "A new office, “{file}”, is made of it, table by table. What is gone is taken from"
                " the journal where it holds it; what is missing then is listed."
            ),
            "body",
            wrap=True,
            file=place_for(page.office).name,
        )
        self.salvage = Button(N_("Bring over what can be read"), slot=page.on_salvage)
        self.again = Button(N_("Try again"), slot=page.on_again)
        self.other = Button(N_("Open another office"), slot=page.shell.on_open_office)
        self.start = Button(N_("Start page"), slot=page.shell.welcome)
        back = _card(
            Label(N_("Go back to the newest backup"), "h3"),
            self.backup,
            self.lacks,
            4,
            row(self.restore, self.choose, None),
        )
        over = _card(
            Label(N_("Keep what can still be read"), "h3"),
            self.salvaging,
            4,
            row(self.salvage, None),
        )
        _middle(self, head, 4, back, over, row(self.again, self.other, self.start, None))

    def wait(self, waiting: bool) -> None:
        """Let nothing else be begun while one way is gone."""
        for button in (self.choose, self.salvage, self.again, self.other, self.start):
            button.setEnabled(not waiting)
        offer = self.page.offer
        self.restore.setEnabled(not waiting and offer is not None and offer.backup is not None)

    def show_offer(self, offer: Offer) -> None:
        """Say which backup there is and what it lacks."""
        self.restore.setEnabled(offer.manifest is not None)
        if offer.manifest is None:
            self.restore.hide()
            none = N_("There is no whole backup beside the office.")
            sealed = N_("The newest backup is under a passphrase. Choose it and give that.")
            self.backup.say(sealed if offer.sealed else none)
            (self.choose if offer.sealed else self.salvage).setFocus()
            return
        self.backup.say(
            N_("Backup of {when:when} with {rows:,} records, checked just now."),
            when=offer.manifest.moment,
            rows=sum(offer.manifest.tables.values()),
        )
        self.lacks.show()
        self._say_loss(offer)
        self.restore.setFocus()

    def _say_loss(self, offer: Offer) -> None:
        loss = offer.loss
        if offer.sealed is not None:
            newer = N_("A newer one is under a passphrase: choose it among the backups.")
            self.lacks.say(newer)
        elif loss is None or not loss.same:
            self.lacks.say(N_("What was done since cannot be read any more."))
        elif not loss.n:
            self.lacks.say(N_("Nothing was done since, as far as the damaged file can be read."))
        else:
            named = [f"{say(kind)} {n}" for kind, n in loss.kinds[:MOST]]
            more = NN_(
                "{n} change made since would be missing: {kinds}",
                "{n} changes made since would be missing: {kinds}",
            )
            kinds = ", ".join(named) + ("…" if len(loss.kinds) > MOST else "")
            self.lacks.say(more, n=loss.n, kinds=kinds)


class Report(QWidget):
    """What became of every table that was not whole."""

    def __init__(self, page: HealingPage) -> None:
        super().__init__()
        self.done: Salvaged | None = None
        self.icon = Icon("circle-check", "ok", 28)
        self.title, self.hint = Label("", "h2"), Label("", "sec", wrap=True)
        head = row((self.icon, Align.AlignTop), (column(self.title, self.hint, gap=4), 1), gap=14)
        self.rows = frame("card")
        self.grid = QGridLayout(self.rows)
        self.grid.setContentsMargins(18, 14, 18, 14)
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        self.notes = Label("", "sec", wrap=True)
        self.go_on = Button(N_("Open the salvaged office"), "primary", slot=page.on_open_salvaged)
        self.start = Button(N_("Start page"), slot=page.shell.welcome)
        _middle(self, head, 4, self.rows, self.notes, row(self.go_on, self.start, None))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.done is not None:
            self.tell(self.done)

    def tell(self, done: Salvaged) -> None:
        """Show the report."""
        lost = done.total("lost") + done.total("left_out")
        self.done = done
        unknown = any(table.holes for table in done.tables)
        whole = not lost and not done.findings and not unknown
        self.icon.show_icon(
            "circle-check" if whole else "triangle-alert", "ok" if whole else "warn"
        )
        kept = done.total("read") + done.total("mended")
        self.title.say(
            NN_("{n:,} record was brought over", "{n:,} records were brought over"), n=kept
        )
        if whole:
            self.hint.say(
                N_("Nothing is missing. The new office is “{file}”; the damaged one is kept."),
                file=done.path.name,
            )
        elif not lost:
            self.hint.say(
                N_(
                    "How much is missing cannot be told. The new office is “{file}”; the damaged"
                    " one is kept."
                ),
                file=done.path.name,
            )
        else:
            missing = NN_(
                "{n:,} record is missing. The new office is “{file}”; the damaged one is kept.",
                "{n:,} records are missing. The new office is “{file}”; the damaged one is kept.",
            )
            self.hint.say(missing, n=lost, file=done.path.name)
        self.rows.setVisible(bool(done.touched))
        while self.grid.count():
            self.grid.takeAt(0).widget().deleteLater()
        for n, (words, _name) in enumerate(COLUMNS, 1):
            self.grid.addWidget(Label(words, "cap"), 0, n, Align.AlignRight)
        for line, table in enumerate(done.touched, 1):
            self.grid.addWidget(Label(offers.called(table.table), "body", wrap=True), line, 0)
            for n, (_words, name) in enumerate(COLUMNS, 1):
                count = getattr(table, name)
                told = Label(f"{count:,}" if count else "–", "body", "" if count else "text3")
                self.grid.addWidget(told, line, n, Align.AlignRight)
        self.notes.say("\n".join(_notes(done)))
        self.notes.setVisible(bool(self.notes.text()))


def _notes(done: Salvaged) -> list[str]:
    """Return what is to be known beside the numbers, a line each."""
    lines = []
    if done.journal.lost:
        lost = NN_(
            "{n} entry of the journal is lost. What was done before cannot be taken back.",
            "{n} entries of the journal are lost. What was done before cannot be taken back.",
        )
        lines.append(say(lost, n=done.journal.lost))
    if any(table.holes for table in done.tables):
        lines.append(
            say(N_("Records that neither the journal nor an index knew may be missing besides."))
        )
    for name in done.missing:
        lines.append(say(N_("The file of the paper “{name}” is gone."), name=name))
    for found in done.findings:
        if found.where not in done.missing:
            lines.append(f"{say(found.what)}: {found.where}")
    return lines


def _card(*parts) -> QFrame:
    made = frame("card")
    column(*parts, margins=(18, 14, 18, 16), gap=6, into=made)
    return made


def _middle(page: QWidget, *parts) -> None:
    """Lay parts in a column of a readable width, in the middle."""
    inside = column(*parts, None, margins=(28, 44, 28, 28), gap=14)
    inside.setMaximumWidth(theme.px(WIDE))
    row(None, (inside, 1000), None, into=page)
