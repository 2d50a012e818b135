"""A review copy somebody handed over: verified, read-only, laid beside an older one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from db.vocab import Profile
from gwangju_desktop.snapshots import trust
from gwangju_desktop.snapshots.trust import Standing
from gwangju_desktop.snapshots.words import PROFILES
from ui.models.rows import RowTable
from ui.snapshots import changes, withheld
from ui.snapshots.answering import Answering
from ui.snapshots.card import CopyCard
from ui.snapshots.changes_out import ChangesOut
from ui.snapshots.facts import FILES, PATTERN, Selectable, as_day, fact, moment
from ui.snapshots.figures import Figures
from ui.snapshots.filed import Files
from ui.snapshots.linking import Linking
from ui.snapshots.looking import compare_files
from ui.snapshots.records import Records
from ui.snapshots.verification import Verification
from ui.snapshots.withheld import HiddenLine
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Segment, Tabs
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule

RECORDS, CHANGES, VERIFIED, FIGURES, WITHHELD, FILED, ANSWERS = range(7)
TITLES = (
    C_("review copies", "Contents"),
    C_("review copies", "Changes"),
    C_("review copies", "Verification"),
    C_("review copies", "Recomputed"),
    C_("review copies", "Left out"),
    C_("review copies", "Evidence files"),
    C_("review copies", "Answers to the forms"),
)


class OpenedPage(Page):
    """What a copy holds, what changed since an older one, and what the office left out."""

    def __init__(self, desk, on_close) -> None:
        super().__init__(desk)
        self.view = self.comparison = self.link = None
        self.unfolded: set[tuple[str, str]] = set()
        self.on_close = on_close
        self.linking = Linking(self)
        self.title, self.meta = Label("", "title"), Label("", "sec", elide=True)
        self.compare_button = Button(
            N_("Compare with an older copy"), icon="history", slot=self.on_compare
        )
        name = N_("Compare with an older copy")
        self.compare_again = Button("", icon="history", name=name, slot=self.on_compare)
        self.tabs = Tabs(TITLES)
        self.tabs.chosen.connect(self.on_tab)
        self.filter = Segment(("", "", "", ""), name=N_("Kind of change"))
        self.filter.chosen.connect(self.on_filter)
        self.warning = self._warning()
        self.records = Records()
        self.records.chosen.connect(self.on_record)
        self.records.peeked.connect(self.on_peek)
        self.changes = RowList(RowTable(changes.CHANGED), C_("review copies", "Changes"), height=36)
        self.changes.previewed.connect(self.on_change)
        self.changes.opened.connect(self.on_unfold)
        self.changes.peeked.connect(self.on_peek)
        self.no_changes = State(
            "history",
            N_("Nothing to compare with yet"),
            N_("Choose an older copy of the same office; both are verified first."),
            self.linking.compare,
            Button(N_("Compare with an older copy"), slot=self.on_compare),
        )
        self.verification = Verification(self.linking.on_previous, self.linking.take)
        self.left_out = RowList(
            RowTable(withheld.LEFT_OUT), C_("review copies", "Left out"), height=33
        )
        self.left_out.previewed.connect(self.on_hidden)
        self.left_out.peeked.connect(self.on_peek)
        self.figures = Figures(self)
        self.files = Files(self)
        self.answering = Answering(self)
        self.out = ChangesOut(self)
        self.card = CopyCard(self.on_trust)
        self.faces = QStackedWidget()
        self.fronts = (
            self.records,
            Hollow(self.changes, self.no_changes),
            self.verification,
            self.figures,
            self.left_out,
            self.files,
            self.answering,
        )
        for face in self.fronts:
            self.faces.addWidget(row(face, margins=(20, 0, 16, 0)))
        self.foot = Label("", "cap")
        left = column(
            header(
                *(self.title, self.meta, self.filter, self.compare_again, self.compare_button),
                margins=(28, 16, 24, 6),
            ),
            row(self.tabs, margins=(28, 0, 24, 0)),
            rule(),
            self.warning,
            (self.faces, 1),
            row(self.foot, margins=(28, 6, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)

    def _warning(self):
        """Return the line over every pane of a copy that is not proved."""
        line = frame("banner")
        line.setProperty("tone", "bad")
        words = Label(N_("Not verified: for reading only, nothing here is proved."), "secb", "bad")
        row(Icon("shield-alert", "bad", 16), (words, 1), margins=(28, 5, 24, 5), gap=8, into=line)
        return line

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and getattr(self, "view", None) is not None:
            QTimer.singleShot(0, self, self.renew)

    def panes(self) -> list:
        fronts = (
            self.records.tables,
            self.changes,
            self.verification,
            self.figures.list,
            self.left_out,
            self.files,
            self.answering,
        )
        return [fronts[self.faces.currentIndex()], self.card]

    # --- the copy
    def show_view(self, view) -> None:
        """Show a copy, verified or only looked into."""
        self.view, self.comparison, self.link = view, None, None
        self.unfolded = set()
        if view.proved:
            self.answering.show_view(view)
        self.no_changes.title.say(N_("Nothing to compare with yet"))
        self.warning.setVisible(not view.proved)
        # Nothing of an unproved copy is compared, saved or answered.
        self.figures.show_view(view)
        for n in (CHANGES, FIGURES, FILED, ANSWERS):
            self.tabs.parts[n].setVisible(view.proved)
        self.renew()
        self.tabs.choose(RECORDS)
        self.on_tab(RECORDS)
        self.linking.begin()

    def renew(self) -> None:
        """Say everything again, in the language of the moment."""
        manifest = self.view.manifest
        made_on = as_day(manifest.made_at) if manifest else None
        self.records.show_tables(self.view.tables, self.view.words, made_on)
        self.left_out.model().show(withheld.lines(self.view.withheld))
        self.files.show_view(self.view)
        self.figures.renew()
        self.card.show_view(self.view)
        self.show_verification()
        self._show_changes()
        self.on_tab(self.faces.currentIndex())

    def show_verification(self) -> None:
        """Say again what was verified."""
        self.verification.show_view(self.view, self.records, self.link)

    def ribbon(self) -> None:
        """Say across the window that this is a copy, and how far it is proved."""
        manifest = self.view.manifest
        details = Button(N_("Verification details"), "link", slot=self.on_verification)
        if not self.view.proved:
            self.window().shell.show_ribbon(
                N_("Not verified"),
                str(self.view.verdict.problems[0]),
                bad=True,
                buttons=(details,),
                closes=self.on_close,
            )
            return
        found = trust.judge(self.view.verdict)
        chip = {
            True: (N_("Do not rely on this key"), "bad", "shield-alert"),
            False: (N_("Signer not confirmed"), "warn", "shield-alert"),
        }[found.bad]
        if found.standing is Standing.KNOWN:
            chip = (N_("Signature confirmed"), "ok", "shield-check")
        profile = say(PROFILES.get(manifest.profile, Msg(manifest.profile)))
        self.window().shell.show_ribbon(
            N_("Read-only review copy"),
            N_("As of {made:when} · {profile} · nothing can be changed here."),
            chip=chip,
            bad=found.bad,
            buttons=(details,),
            closes=self.on_close,
            made=moment(manifest.made_at),
            profile=profile,
        )

    # --- tabs
    def on_verification(self) -> None:
        """Bring the verify page to the front."""
        self.tabs.choose(VERIFIED)
        self.on_tab(VERIFIED)
        self.verification.setFocus()

    def on_tab(self, n: int) -> None:
        self.faces.setCurrentIndex(n)
        compared = n == CHANGES and self.comparison is not None
        self.filter.setVisible(compared)
        # Beside the filter there is room for its icon alone.
        self.compare_again.setVisible(compared)
        self.compare_button.setVisible(self.view.proved and not compared)
        self._say_head(n)
        self._say_foot()
        # What is chosen has room then; the verify page says all of it.
        self.card.fold(n not in (RECORDS, VERIFIED))
        self.card.show_chosen(Msg(""), "", "")
        self.card.offer()
        if n == RECORDS:
            self.records.again()
        elif n == CHANGES:
            self.on_change(None)
        elif n == FIGURES:
            self.figures.shown()
        elif n == WITHHELD:
            # The focus alone makes row 0 current, which is a heading.
            if self.left_out.current() in (None, 0):
                self.left_out.choose(1)
            self.on_hidden(None)
        elif n == FILED:
            self.on_file(None)

    def _say_head(self, n: int) -> None:
        manifest = self.view.manifest
        self.meta.say(self.view.path.name)
        if n == CHANGES and self.comparison is not None:
            self.title.say(TITLES[n])
            old = self.comparison.old.manifest
            days = (as_day(manifest.made_at) - as_day(old.made_at)).days
            self.meta.say(
                N_("Compared with no. {n} of {made:full} · {days} · {count} in all"),
                n=old.sequence,
                made=moment(old.made_at).date(),
                days=say(NN_("{n} day", "{n} days"), n=days),
                count=f"{self.comparison.count():,}",
            )
        elif n == RECORDS and not self.view.proved:
            self.title.say(N_("Unverified copy"))
        elif n == RECORDS:
            public = manifest.profile == Profile.PUBLIC.value
            title = N_("Public copy no. {n}") if public else N_("Review copy no. {n}")
            self.title.say(title, n=manifest.sequence)
        else:
            self.title.say(TITLES[n])

    def _say_foot(self) -> None:
        n = self.faces.currentIndex()
        if n == RECORDS:
            self.foot.say(self.records.sentence())
        elif n == CHANGES and self.comparison is not None:
            self.foot.say(" ".join(str(note) for note in self.comparison.notes))
        elif n == WITHHELD:
            self.foot.say(N_("The count stays empty where the values were not even read."))
        else:
            self.foot.say("")
        self.foot.setVisible(bool(self.foot.text()))

    # --- the signer, the copy before
    def on_trust(self) -> None:
        """Remember the signer: the person has compared the fingerprint."""
        trust.accept(self.view.verdict)
        self.card.show_view(self.view)
        self.ribbon()
        self.toast(N_("The signer is remembered on this PC."))

    def ask_older(self, title: Msg) -> str:
        """Ask for the file of an older copy; "" for none."""
        folder = str(self.view.path.parent)
        name, _filter = QFileDialog.getOpenFileName(
            self, say(title), folder, say(FILES, pattern=PATTERN)
        )
        return name

    # --- comparing
    def on_compare(self) -> None:
        name = self.ask_older(N_("Compare with an older copy"))
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
        self.comparison, self.unfolded = comparison, set()
        self.records.learn(comparison.labels)
        self.filter.choose(0)
        self.no_changes.title.say(N_("Nothing changed between the two copies"))
        self._show_changes()
        self.tabs.choose(CHANGES)
        self.on_tab(CHANGES)
        if comparison.problems:
            self.window().shell.fault(" ".join(str(problem) for problem in comparison.problems))

    def wanted_kind(self) -> str:
        """Return the kind of change the filter lets through, "" for all."""
        return changes.FILTERS[self.filter.current()]

    def on_filter(self, _n: int) -> None:
        self._show_changes()
        self.on_change(None)

    def _show_changes(self) -> None:
        if self.comparison is not None:
            words = (C_("review copies", "All"), *(word for word, *_ in changes.KINDS.values()))
            for part, word, kind in zip(self.filter.parts, words, changes.FILTERS, strict=True):
                count = self.comparison.count(kind)
                part.say(C_("review copies", "{kind} {n}"), kind=say(word), n=f"{count:,}")
        lines = changes.lines(self.comparison, self.wanted_kind(), self.records, self.unfolded)
        self.changes.model().show(lines)
        if lines and not isinstance(self.change_line(), changes.ChangeLine):
            self.changes.choose(lines[1].id)

    def change_line(self):
        """Return the change in front, None where a heading or nothing is."""
        index = self.changes.currentIndex()
        line = self.changes.model().row(index.row()) if index.isValid() else None
        return line if isinstance(line, changes.ChangeLine) else None

    def on_change(self, _id) -> None:
        line = self.change_line()
        if line is None or self.faces.currentIndex() != CHANGES:
            return
        shown = self.changes.model().kept.values()
        lines = [one for one in shown if isinstance(one, changes.ChangeLine)]
        self.card.show_chosen(
            N_("Chosen change"),
            f"{lines.index(line) + 1} / {len(lines)}",
            changes.title(line, self.records),
            *changes.details(line, self.records, self.view.moved.rows),
        )
        self.card.offer(*self.out.buttons())

    def on_unfold(self, _id) -> None:
        """Show the records one by one that stand in one line."""
        line = self.change_line()
        if line is not None and line.more:
            self.unfolded.add((line.table.name, line.change.kind))
            self._show_changes()
            self.on_change(None)

    # --- the other panes
    def on_hidden(self, _id) -> None:
        index = self.left_out.currentIndex()
        line = self.left_out.model().row(index.row()) if index.isValid() else None
        if isinstance(line, HiddenLine) and self.faces.currentIndex() == WITHHELD:
            self.card.show_chosen(Msg(line.column), "", "", *withheld.details(line))

    def on_file(self, _id) -> None:
        line = self.files.line()
        if line is not None and self.faces.currentIndex() == FILED:
            self.card.show_chosen(Msg(line.title), "", "", *self.files.details())
            self.card.offer(*self.files.buttons())

    def on_record(self, title: str, pairs) -> None:
        if self.faces.currentIndex() != RECORDS:
            return
        parts = [fact(name, Selectable(value)) for name, value in pairs]
        self.card.show_chosen(Msg(title), "", "", *parts)
        self._say_foot()
