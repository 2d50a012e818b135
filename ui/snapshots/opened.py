"""A review copy somebody handed over: verified, read-only, laid beside an older one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.snapshots import signing
from gwangju_desktop.snapshots.compare import compare
from ui import theme
from ui.models.rows import RowTable
from ui.snapshots import changes, withheld
from ui.snapshots.answering import Answering
from ui.snapshots.facts import FILES, WIDE, CopyFacts, Details, Selectable, fact, moment, short
from ui.snapshots.records import Records
from ui.text import C_, N_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule, scrolled

RECORDS, CHANGES, WITHHELD, ANSWERS = range(4)


class OpenedPage(Page):
    """What a copy holds, what changed since an older one, and what the office left out."""

    def __init__(self, desk, on_close) -> None:
        super().__init__(desk)
        self.view = self.comparison = None
        self.on_close = on_close
        self.title, self.meta = Label("", "title"), Label("", "sec", elide=True)
        self.compare_button = Button(
            N_("Compare with an older copy"), icon="history", slot=self.on_compare
        )
        self.tabs = Segment(
            (
                C_("review copies", "Contents"),
                C_("review copies", "Changes"),
                C_("review copies", "Left out"),
                C_("review copies", "Answers to the forms"),
            ),
            name=N_("Parts of the copy"),
        )
        self.tabs.chosen.connect(self.on_tab)
        self.filter = Segment(
            (C_("review copies", "All"), *(word for word, _tone, _icon in changes.KINDS.values())),
            name=N_("Kind of change"),
        )
        self.filter.chosen.connect(self.on_filter)
        self.records = Records()
        self.records.chosen.connect(self.on_record)
        self.changes = RowList(RowTable(changes.CHANGED), C_("review copies", "Changes"), height=36)
        self.changes.previewed.connect(self.on_change)
        self.changes.peeked.connect(self.on_peek)
        self.records.peeked.connect(self.on_peek)
        self.no_changes = State(
            "history",
            N_("Nothing to compare with yet"),
            N_("Choose an older copy of the same office; both are verified first."),
            Button(N_("Compare with an older copy"), "primary", slot=self.on_compare),
        )
        self.left_out = RowList(
            RowTable(withheld.LEFT_OUT), C_("review copies", "Left out"), height=33
        )
        self.left_out.previewed.connect(self.on_hidden)
        self.left_out.peeked.connect(self.on_peek)
        self.answering = Answering(self)
        self.faces = QStackedWidget()
        for face in (
            self.records,
            Hollow(self.changes, self.no_changes),
            self.left_out,
            self.answering,
        ):
            self.faces.addWidget(row(face, margins=(20, 0, 16, 0)))
        self.foot = Label("", "cap")
        self.card = self._card()
        left = column(
            header(self.title, self.meta, self.compare_button, margins=(28, 18, 24, 8)),
            row(self.tabs, None, self.filter, margins=(28, 0, 24, 8)),
            rule(),
            (self.faces, 1),
            row(self.foot, margins=(28, 6, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)
        self.dress()

    def _card(self):
        self.seal = Icon("shield-check", "ok", 24)
        self.verdict, self.verdict_under = Label("", "h3"), Label("", "cap", wrap=True)
        self.signer = Selectable()
        self.facts = CopyFacts(fact(C_("review copies", "Signer"), self.signer), gap=9)
        self.trust = Button(N_("The fingerprint is right"), icon="check", slot=self.on_trust)
        card = frame("card")
        words = column(self.verdict, self.verdict_under, gap=1)
        column(
            row(self.seal, (words, 1), gap=12),
            self.trust,
            rule(),
            self.facts,
            margins=(16, 14, 16, 14),
            gap=9,
            into=card,
        )
        self.chosen_title = Label("", "h3", wrap=True)
        self.details = Details()
        box = frame("inspector")
        inside = column(
            Label(N_("Verification"), "h2"),
            card,
            4,
            self.chosen_title,
            self.details,
            None,
            margins=(20, 18, 20, 16),
            gap=10,
        )
        column((scrolled(inside), 1), margins=(0, 0, 0, 0), into=box)
        return box

    def dress(self) -> None:
        self.card.setFixedWidth(theme.px(WIDE))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "card"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and self.view is not None:
            QTimer.singleShot(0, self.renew)

    def panes(self) -> list:
        fronts = (self.records.tables, self.changes, self.left_out, self.answering)
        first = fronts[self.faces.currentIndex()]
        return [first, self.card]

    # --- the copy
    def show_view(self, view) -> None:
        """Show a verified copy."""
        self.view, self.comparison = view, None
        self.answering.show_view(view)
        self.no_changes.title.say(N_("Nothing to compare with yet"))
        self.renew()
        self.tabs.choose(RECORDS)
        self.on_tab(RECORDS)

    def renew(self) -> None:
        """Say everything again, in the language of the moment."""
        verdict = self.view.verdict
        manifest = verdict.manifest
        self.title.say(N_("Review copy no. {n}"), n=manifest.sequence)
        self.meta.say(self.view.path.name)
        self.signer.say(verdict.signer)
        self.facts.show_copy(
            verdict.fingerprint,
            moment(manifest.made_at),
            short(verdict.manifest_sha256),
            (manifest.audit_id, manifest.audit_hash),
        )
        total = sum(table.total for table in self.view.tables)
        self.facts.say_content(
            N_("{tables} registers · {rows} rows"), tables=len(self.view.tables), rows=f"{total:,}"
        )
        self.records.show_tables(self.view.tables, self.view.words)
        self.left_out.model().show(withheld.lines(self.view.withheld))
        self._say_verdict(verdict.known)
        self._show_changes()
        self.on_tab(self.tabs.current())

    def _say_verdict(self, known: bool) -> None:
        if known:
            self.seal.show_icon("shield-check", "ok")
            self.verdict.say(N_("The signature is confirmed"))
            self.verdict_under.say(N_("Unchanged since it was made; you know the signer."))
        else:
            self.seal.show_icon("shield-alert", "warn")
            self.verdict.say(N_("Whole, but the signer is new to you"))
            self.verdict_under.say(
                N_("Compare the fingerprint with the minutes or read it out on the phone.")
            )
        self.trust.setVisible(not known)

    def ribbon(self) -> None:
        """Say across the window that this is a copy."""
        verdict = self.view.verdict
        known = verdict.known or self.trust.isHidden()
        chip = (
            (N_("Signature confirmed"), "ok", "shield-check")
            if known
            else (N_("Signer not confirmed"), "warn", "shield-alert")
        )
        self.window().shell.show_ribbon(
            N_("Read-only review copy"),
            N_("As of {made:when} · for monitoring (masked) · nothing can be changed here."),
            chip=chip,
            buttons=(Button(N_("Verification details"), "link", slot=self.on_verification),),
            closes=self.on_close,
            made=moment(verdict.manifest.made_at),
        )

    # --- slots
    def on_verification(self) -> None:
        """Bring the inspector over the list where the window is too narrow for both."""
        if self.narrow and not self.card.isVisible():
            self.on_peek()
        self.card.setFocus()

    def on_tab(self, n: int) -> None:
        self.faces.setCurrentIndex(n)
        self.filter.setVisible(n == CHANGES and self.comparison is not None)
        self._say_foot()
        self.details.put()
        self.chosen_title.say("")
        if n == RECORDS:
            self.records.again()
        elif n == CHANGES:
            self.on_change(None)
        elif n == WITHHELD:
            # The focus alone makes row 0 current, which is a heading.
            if self.left_out.current() in (None, 0):
                self.left_out.choose(1)
            self.on_hidden(None)

    def _say_foot(self) -> None:
        n = self.faces.currentIndex()
        if n == RECORDS:
            self.foot.say(self.records.sentence())
        elif n == CHANGES and self.comparison is not None:
            old = self.comparison.old.manifest
            self.foot.say(
                N_("Compared with no. {n} of {made:when}"),
                n=old.sequence,
                made=moment(old.made_at),
            )
        elif n == WITHHELD:
            self.foot.say(N_("The count stays empty where the values were not even read."))
        else:
            self.foot.say("")
        self.foot.setVisible(n != ANSWERS)

    def on_filter(self, _n: int) -> None:
        self._show_changes()

    def on_trust(self) -> None:
        """Remember the signer: the person has compared the fingerprint."""
        manifest = self.view.verdict.manifest
        today = clock.today().isoformat()
        signing.remember(signing.KnownSigner(manifest.key, manifest.office_ko, today))
        self._say_verdict(True)
        self.ribbon()
        self.toast(N_("The signer is remembered on this PC."))

    def on_compare(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(N_("Compare with an older copy")),
            str(self.view.path.parent),
            say(FILES, pattern="*.gwsnap"),
        )
        if name:
            self.compare_with(Path(name))

    def compare_with(self, old: Path) -> None:
        """Verify an older copy and show what changed since."""
        self.desk.work(
            compare_files,
            title=N_("Comparing two review copies"),
            then=self.on_compared,
            old=old,
            new=self.view.path,
        )

    def on_compared(self, comparison) -> None:
        self.comparison = comparison
        self.filter.choose(0)
        self.no_changes.title.say(N_("Nothing changed between the two copies"))
        self._show_changes()
        self.tabs.choose(CHANGES)
        self.on_tab(CHANGES)
        if comparison.problems:
            self.window().shell.fault(" ".join(str(problem) for problem in comparison.problems))

    def _show_changes(self) -> None:
        wanted = changes.FILTERS[self.filter.current()]
        lines = changes.lines(self.comparison, wanted, self.records)
        self.changes.model().show(lines)
        if lines:
            self.changes.choose_first()

    def on_change(self, _id) -> None:
        index = self.changes.currentIndex()
        line = self.changes.model().row(index.row()) if index.isValid() else None
        if isinstance(line, changes.ChangeLine) and self.faces.currentIndex() == CHANGES:
            self.chosen_title.say(changes.title(line))
            self.details.put(*changes.details(line, self.records))

    def on_hidden(self, _id) -> None:
        index = self.left_out.currentIndex()
        line = self.left_out.model().row(index.row()) if index.isValid() else None
        if isinstance(line, withheld.HiddenLine) and self.faces.currentIndex() == WITHHELD:
            self.chosen_title.say(line.column)
            self.details.put(*withheld.details(line))

    def on_record(self, title: str, pairs) -> None:
        if self.faces.currentIndex() != RECORDS:
            return
        self.chosen_title.say(title)
        self.details.put(*(fact(name, Selectable(value)) for name, value in pairs))
        self._say_foot()


def compare_files(work, *, old: Path, new: Path):
    """Compare on the work's own thread."""
    return compare(old, new, progress=work.progress, cancelled=work.cancelled)
