"""The office's figures beside what the rows of the copy give, and what cannot be checked at all."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots import recompute as recomputing
from gwangju_desktop.snapshots.recompute import ABSENT, DIFFERENT, EQUAL, STATES, UNKNOWN
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.snapshots.facts import Selectable, fact, when
from ui.text import C_, N_, Msg, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row

ALL, CHANGED = range(2)
SIGNS = {
    EQUAL: ("check", "ok"),
    DIFFERENT: ("triangle-alert", "bad"),
    ABSENT: ("triangle-alert", "bad"),
    UNKNOWN: ("info", "text2"),
}
SUM = N_("Equal {equal} · different {different} · cannot be recomputed {unknown}")
SUM_ABSENT = N_(
    "Equal {equal} · different {different} · missing {absent} · cannot be recomputed {unknown}"
)
NAMED = 6  # files that are named above the list
OTHERWISE = N_(
    "Files of this copy say otherwise than its database, though the office signed them: {files}"
)
WRONG = (DIFFERENT, ABSENT)
TITLE = C_("review copies", "Recomputed")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in the list."""

    id: int
    one: recomputing.Figure


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something that cannot be checked, in the list below."""

    id: int
    one: recomputing.Unchecked


@dataclass(frozen=True, slots=True)
class UsedLine:
    """A row that a figure was worked out from."""

    id: int
    one: recomputing.PartRow


def _state(line: FigureLine) -> Cell:
    icon, ink = SIGNS[line.one.state]
    role = "secb" if line.one.state in WRONG else "sec"
    return Cell(say(STATES[line.one.state]), icon=icon, ink=ink, role=role)


def _count(line: OpenLine) -> Cell:
    return Cell("–" if line.one.count is None else f"{line.one.count:,}", role="cap")


FIGURES = Table(
    columns=(
        Column("name", C_("recomputed", "Figure"), cell=lambda f: Cell(f.one.named())),
        Column(
            "measure",
            Msg(""),
            160,
            cell=lambda f: Cell(recomputing.named_measure(f.one), role="sec"),
        ),
        Column(
            "ours",
            C_("recomputed", "Office"),
            120,
            "right",
            cell=lambda f: Cell(f.one.shown(f.one.ours), role="secb"),
        ),
        Column(
            "worked",
            C_("recomputed", "Recomputed"),
            120,
            "right",
            cell=lambda f: Cell(f.one.shown(f.one.worked), role="secb"),
        ),
        Column("state", C_("recomputed", "Comparison"), 128, cell=_state),
    )
)
OPEN = Table(
    columns=(
        Column(
            "what",
            C_("unchecked", "What"),
            cell=lambda o: Cell(recomputing.spoken(o.one.what)),
        ),
        Column(
            "ground",
            C_("unchecked", "Ground"),
            360,
            cell=lambda o: Cell(recomputing.spoken(o.one.ground), role="sec"),
        ),
        Column("count", C_("unchecked", "Count"), 64, "right", cell=_count),
    )
)
USED = Table(
    columns=(
        Column(
            "label",
            C_("recomputed", "Record"),
            cell=lambda u: Cell(
                recomputing.spoken(u.one.label) or u.one.code,
                sub=recomputing.spoken(u.one.table_name),
            ),
        ),
        Column(
            "value",
            C_("recomputed", "Value used"),
            150,
            "right",
            cell=lambda u: Cell(recomputing.spoken(u.one.value), role="secb"),
        ),
    )
)


class Figures(QWidget):
    """Ours and recomputed by kind, above what this copy does not let anybody check.

    `page` is the page of an opened copy: its desk works, its card shows the calculation.
    """

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.view = self.found = None
        self.asked = False
        self.filter = Segment(("", ""), name=N_("Recompute the figures"))
        self.filter.chosen.connect(self.on_filter)
        self.sum = Label("", "sec")
        self.otherwise = Label("", "secb", "bad", wrap=True)
        self.again = Button(N_("Recompute the figures"), icon="history", slot=self.start)
        self.list = RowList(RowTable(FIGURES), TITLE, height=33)
        self.list.previewed.connect(self.on_figure)
        self.list.peeked.connect(page.on_peek)
        self.empty = State(
            "info",
            N_("The figures have not been recomputed"),
            N_(
                "The office’s figures are worked out anew from the rows of this copy, without "
                "asking the office."
            ),
        )
        self.heading = Label("", "h3")
        self.open = RowList(RowTable(OPEN), C_("unchecked", "What"), height=33)
        self.open.previewed.connect(self.on_open)
        self.open.peeked.connect(page.on_peek)
        self.below = column(self.heading, (self.open, 1), gap=6, margins=(0, 8, 0, 0))
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(Hollow(self.list, self.empty))
        self.split.addWidget(self.below)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        column(
            row(self.filter, (self.sum, 1), self.again, margins=(8, 8, 0, 4)),
            row((self.otherwise, 1), margins=(8, 0, 8, 4)),
            (self.split, 1),
            gap=0,
            into=self,
        )
        self.setFocusProxy(self.list)
        self._say()

    # --- the copy
    def show_view(self, view) -> None:
        """Take another copy; nothing is worked out before the pane is looked at."""
        self.view, self.found, self.asked = view, None, False
        self.filter.choose(ALL)
        self.renew()

    def shown(self) -> None:
        """Begin to work, once a copy, when the pane comes to the front."""
        if not self.asked:
            self.start()
        self.on_figure(None)

    def start(self) -> None:
        """Work the figures out in the background."""
        if self.view is None or not self.view.proved:
            return
        self.asked = True
        self.again.setEnabled(False)
        self.page.desk.work(
            recomputed,
            title=N_("Recomputing the figures of the copy"),
            then=self.on_found,
            otherwise=self.on_failed,
            path=self.view.path,
        )

    def on_found(self, found) -> None:
        """Show what came out, unless another copy was opened meanwhile."""
        self.again.setEnabled(True)
        if self.view is None or found.verdict.manifest_sha256 != self.view.verdict.manifest_sha256:
            return
        self.found = found
        self.renew()

    def on_failed(self, error: Exception) -> None:
        """Leave the pane as it was; what went wrong is told where all faults are."""
        self.again.setEnabled(True)
        if not isinstance(error, Cancelled):
            self.window().shell.fault(str(error))

    def renew(self) -> None:
        """Say everything again, in the language of the moment."""
        self._say()
        self.list.model().show(self._lines())
        self.open.model().show(self._open_lines())
        if self.list.model().rowCount():
            self.list.choose(1)

    def _say(self) -> None:
        counts = self.found.counts() if self.found else dict.fromkeys(STATES, 0)
        for part, word, n in (
            (self.filter.parts[ALL], C_("review copies", "All"), sum(counts.values())),
            (
                self.filter.parts[CHANGED],
                C_("review copies", "Only different ones"),
                sum(counts[state] for state in WRONG),
            ),
        ):
            part.say(C_("review copies", "{kind} {n}"), kind=say(word), n=f"{n:,}")
        self.filter.setVisible(self.found is not None)
        self.sum.say(
            "" if not self.found else SUM_ABSENT if counts[ABSENT] else SUM,
            **counts,
        )
        wrong = self.found.agreement.different if self.found else ()
        self.otherwise.setVisible(bool(wrong))
        named = [*wrong[:NAMED], *(["…"] if len(wrong) > NAMED else [])]
        self.otherwise.say(OTHERWISE if wrong else "", files=", ".join(named))
        self.below.setVisible(self.found is not None)
        self.heading.say(
            N_("What cannot be checked from this copy ({n})"),
            n=len(self.found.unchecked) if self.found else 0,
        )
        self._say_empty()

    def _say_empty(self) -> None:
        if self.found is None:
            title = N_("The figures have not been recomputed")
            hint = N_(
                "The office’s figures are worked out anew from the rows of this copy, without "
                "asking the office."
            )
        elif not self.found.figures:
            title = N_("This copy brings no figures of the office")
            hint = N_("It was made before figures went into copies, or the office has none yet.")
        else:
            title = N_("No figure is different")
            hint = N_("Every figure that can be recomputed comes out as the office says.")
        self.empty.title.say(title)
        self.empty.hint.say(hint)

    def _lines(self) -> list:
        figures = self.found.figures if self.found else ()
        if self.filter.current() == CHANGED:
            figures = tuple(one for one in figures if one.state in WRONG)
        lines: list = []
        for kind, own in itertools.groupby(figures, key=lambda one: one.kind):
            part = list(own)
            lines.append(Group(recomputing.named_kind(kind), len(part)))
            lines += [FigureLine(len(lines) + n, one) for n, one in enumerate(part)]
        return lines

    def _open_lines(self) -> list:
        lines: list = []
        unchecked = self.found.unchecked if self.found else ()
        for group, title in recomputing.GROUPS.items():
            part = [one for one in unchecked if one.group == group]
            if part:
                lines.append(Group(say(title), len(part)))
                lines += [OpenLine(len(lines) + n, one) for n, one in enumerate(part)]
        return lines

    # --- what is chosen
    def line(self) -> FigureLine | None:
        """Return the figure in front."""
        index = self.list.currentIndex()
        found = self.list.model().row(index.row()) if index.isValid() else None
        return found if isinstance(found, FigureLine) else None

    def on_filter(self, _n: int) -> None:
        self.list.model().show(self._lines())
        if self.list.model().rowCount():
            self.list.choose(1)
        self.on_figure(None)

    def on_figure(self, _id) -> None:
        """Show the calculation of the figure in front, down to its rows."""
        line = self.line()
        if not self.isVisible():
            return
        if line is None:
            self.page.card.show_chosen(Msg(""), "", "")
            return
        heading = C_("recomputed", "Calculation")
        self.page.card.show_chosen(heading, "", line.one.named(), *calculation(line.one))

    def on_open(self, _id) -> None:
        """Show in full what cannot be checked and why."""
        index = self.open.currentIndex()
        line = self.open.model().row(index.row()) if index.isValid() else None
        if isinstance(line, OpenLine) and self.isVisible():
            one = line.one
            self.page.card.show_chosen(
                recomputing.GROUPS[one.group],
                "",
                recomputing.spoken(one.what),
                fact(C_("unchecked", "Ground"), Selectable(recomputing.spoken(one.ground))),
            )


def calculation(one: recomputing.Figure) -> list[QWidget]:
    """Return what the card shows of a figure: both values, the rule with its numbers, the rows."""
    parts: list[QWidget] = [
        fact(C_("recomputed", "Comparison"), Selectable(say(STATES[one.state]))),
        fact(C_("recomputed", "Office"), Selectable(one.shown(one.ours), "secb")),
        fact(C_("recomputed", "Recomputed"), Selectable(one.shown(one.worked), "secb")),
        fact(C_("recomputed", "As of"), Selectable(when(one.as_of))),
        fact(C_("recomputed", "Rule"), Selectable(recomputing.spoken(one.rule))),
    ]
    told = one.why or one.steps
    if told is not None:
        parts.append(
            fact(C_("recomputed", "Calculation"), Selectable(recomputing.spoken(told), "secb"))
        )
    if one.parts:
        used = RowList(RowTable(USED), C_("recomputed", "Rows used"), height=40, fit=True)
        used.model().show([UsedLine(n, row_) for n, row_ in enumerate(one.parts)])
        parts += [Label(C_("recomputed", "Rows used"), "h3"), used]
    if one.more:
        parts.append(Label(N_("{n} more rows are not listed here."), "cap", n=f"{one.more:,}"))
    return parts


def recomputed(work, *, path):
    """Work the figures out on the work's own thread."""
    return recomputing.recompute(path, progress=work.progress, cancelled=work.cancelled)
