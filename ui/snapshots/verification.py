"""What was verified of a copy, how it follows the one before, and what was entered late or moved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gwangju_desktop.meetings.words import DRAWN_KINDS
from gwangju_desktop.snapshots import chain, key_words
from gwangju_desktop.snapshots.words import PROFILES
from ui.actions import COPY_SUFFIXES
from ui.models.rows import Cell, Column, RowTable, Table
from ui.snapshots.card import contents
from ui.snapshots.facts import (
    Selectable,
    digest_in_lines,
    fact,
    in_lines,
    moment,
    named,
    when,
)
from ui.text import C_, N_, NN_, Msg, language, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Icon, Label, column, frame, row, scrolled

LISTED = 60  # rows of a list that are drawn; all are counted
REGISTERS = {
    **DRAWN_KINDS,
    "proposal": C_("number", "Proposal"),
    "document": C_("number", "Document"),
    "outside": C_("number", "Other system"),
}
STATES = {
    "explained": C_("number", "explained"),
    "missing": C_("number", "unexplained"),
}


class Verification(QWidget):
    """The verify page: each section is put anew for every copy and language."""

    def __init__(self, on_previous, on_dropped) -> None:
        super().__init__()
        self.on_dropped = on_dropped
        self.view = self.link = None
        self.records = None
        self.choose = Button(N_("Choose the copy before"), icon="history", slot=on_previous)
        self.scroller = scrolled(QWidget())
        column((self.scroller, 1), gap=0, into=self)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- the copy before, dropped here
    def dragEnterEvent(self, event) -> None:
        if self.view is not None and self.view.proved and _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        event.acceptProposedAction()
        self.on_dropped(_dropped(event.mimeData()))

    # --- what is shown
    def show_view(self, view, records, link=None) -> None:
        """Say everything of a copy; `link` holds it against the one before."""
        self.view, self.records, self.link = view, records, link
        # The button goes from one page of sections to the next.
        self.choose.setParent(self)
        self.choose.hide()
        parts = [self._signature(), self._chain(), self._inside()]
        parts += [self._late(), self._moved(), self._numbers()]
        at = self.scroller.verticalScrollBar().value()
        inside = column(*(p for p in parts if p is not None), None, gap=12, margins=(8, 10, 16, 20))
        self.scroller.setWidget(inside)
        self.scroller.verticalScrollBar().setValue(at)

    def _signature(self):
        view = self.view
        manifest, none = view.manifest, say(C_("review copies", "not said"))
        parts = [self._line(*line) for line in self._marks()]
        if manifest is not None:
            name = manifest.office_ko if language() == "ko" else manifest.office_en
            parts.append(fact(C_("review copies", "Signer"), Selectable(name)))
        parts.append(
            fact(N_("Key fingerprint"), Selectable(in_lines(view.verdict.fingerprint or none)))
        )
        if view.proved:
            words = key_words.lined(manifest.key, language())
            parts.append(fact(N_("In words"), Selectable(words)))
        if manifest is not None:
            made = Selectable("").say(N_("{made:when}"), made=moment(manifest.made_at))
            parts.append(fact(N_("Made at"), made))
        return self._card(C_("review copies", "Signature"), *parts)

    def _marks(self):
        """Give (right, words) of each thing that was looked at, problems by their own sentences."""
        if self.view.proved:
            yield True, say(N_("Both signatures are right and of the same key."))
            yield True, say(N_("Every part has the SHA-256 that was signed; nothing was added."))
            yield True, say(N_("The database is built as ours are and holds the rows it says."))
            return
        for problem in self.view.verdict.problems:
            yield False, str(problem)
        yield (
            None,
            say(N_("Shown all the same for reading: rely on nothing here, ask for it again.")),
        )

    def _chain(self):
        view, link = self.view, self.link
        manifest = view.manifest
        if manifest is None or not view.proved:
            return None
        parts = []
        missing = chain.gaps(view)
        if manifest.previous is None:
            words = N_("This is the office’s first copy.")
            parts.append(self._line(True, say(words)))
        elif link is None:
            words = N_("No. {n} names the copy before it by its hash. Choose that file to compare.")
            parts.append(self._line(None, say(words, n=manifest.sequence)))
        else:
            parts += [self._line(*line) for line in _linked(link, manifest.sequence)]
        if missing:
            words = N_("The copy’s own list of copies lacks {numbers}.")
            parts.append(self._line(False, say(words, numbers=_numbers_of(missing))))
        if chain.unlisted_previous(view):
            words = N_("The copy’s own list names another file as the copy before.")
            parts.append(self._line(False, say(words)))
        if manifest.previous is not None:
            digest = Selectable(digest_in_lines(manifest.previous))
            parts.append(fact(N_("Manifest before"), digest))
            parts.append(row(self.choose, None))
            self.choose.show()
        return self._card(C_("review copies", "Chain of copies"), *parts)

    def _inside(self):
        view, manifest = self.view, self.view.manifest
        rows = sum(table.total for table in view.tables)
        counts = N_("{tables} registers · {rows} rows")
        total = say(counts, tables=len(view.tables), rows=f"{rows:,}")
        parts = [
            fact(C_("review copies", "Contents"), Selectable(contents(view))),
            fact(C_("review copies", "In all"), Selectable(total)),
        ]
        if manifest is not None:
            profile = say(PROFILES.get(manifest.profile, Msg(manifest.profile)))
            words = say(N_("{profile} · policy version {n}"), profile=profile, n=manifest.policy)
            head = say(N_("Entry {n}"), n=f"{manifest.audit_id:,}")
            parts += [
                fact(N_("Disclosure"), Selectable(words)),
                fact(N_("Head of the journal"), Selectable(head)),
                fact("", Selectable(digest_in_lines(manifest.audit_hash))),
                fact(N_("Made with version"), Selectable(manifest.program)),
            ]
        if view.verdict.manifest_sha256:
            digest = Selectable(digest_in_lines(view.verdict.manifest_sha256))
            parts.insert(2, fact(N_("Hash (SHA-256)"), digest))
        return self._card(C_("review copies", "Contents"), *parts)

    def _late(self):
        picked = self.view.late
        words = NN_(
            "{n} record was entered more than 14 days after the matter.",
            "{n} records were entered more than 14 days after the matter.",
        )
        none = N_("No record was entered more than 14 days after the matter.")
        columns = (
            ("what", C_("review copies", "Record"), 0),
            ("register", C_("review copies", "Register"), 130),
            ("first", C_("review copies", "Matter"), 104),
            ("second", C_("review copies", "Entered"), 104),
            ("days", C_("review copies", "Days late"), 84),
        )
        lines = [
            (
                *self._record(entry),
                when(str(entry.get("occurred_on"))),
                when(str(entry.get("first_entered_on"))),
                str(entry.get("late_days")),
            )
            for entry in picked.rows[:LISTED]
        ]
        return self._list(N_("Entered late"), picked.count, words, none, columns, lines)

    def _moved(self):
        picked = self.view.moved
        words = NN_(
            "{n} due day was moved after it had passed.",
            "{n} due days were moved after they had passed.",
        )
        none = N_("No due day was moved after it had passed.")
        columns = (
            ("what", C_("review copies", "Record"), 0),
            ("register", C_("review copies", "Register"), 130),
            ("first", C_("review copies", "Before"), 104),
            ("second", C_("review copies", "After"), 104),
            ("days", C_("review copies", "Moved on"), 104),
        )
        lines = [
            (
                *self._record(entry),
                when(str(entry.get("before"))),
                when(str(entry.get("after"))) if entry.get("after") else "–",
                when(str(entry.get("moved_on"))),
            )
            for entry in picked.rows[:LISTED]
        ]
        return self._list(N_("Due days moved"), picked.count, words, none, columns, lines)

    def _numbers(self):
        if self.view.table("register_number") is None:
            return None
        picked = self.view.numbers
        unexplained = [entry for entry in picked.rows if entry.get("state") == "missing"]
        words = NN_(
            "{n} number of the registers stands for nothing.",
            "{n} numbers of the registers stand for nothing.",
        )
        none = N_("Every number of the registers stands for a record.")
        columns = (
            ("what", C_("review copies", "Number"), 0),
            ("register", C_("review copies", "Register"), 130),
            ("first", C_("review copies", "State"), 104),
            ("second", C_("review copies", "Explanation"), 260),
            ("days", Msg(" "), 20),
        )
        lines = []
        for entry in sorted(picked.rows, key=lambda e: e.get("state") != "missing")[:LISTED]:
            number = str(entry.get("text") or "") or _number(entry)
            register = REGISTERS.get(str(entry.get("register")), Msg(str(entry.get("register"))))
            state = STATES.get(str(entry.get("state")), Msg(str(entry.get("state"))))
            scope = self.records.label("body", entry.get("scope")) or ""
            name = " · ".join(filter(None, (number, scope)))
            lines.append((name, say(register), say(state), str(entry.get("explanation") or ""), ""))
        return self._list(
            N_("Gaps in numbers"),
            picked.count,
            words,
            none,
            columns,
            lines,
            bad=bool(unexplained),
        )

    def _record(self, entry) -> tuple[str, str]:
        name, code = str(entry.get("table_name")), str(entry.get("row_code"))
        table = self.view.table(name)
        return self.records.label(name, code) or code, named(table) if table else name

    # --- how it is laid
    def _list(self, title, count, words, none, columns, lines, *, bad: bool = True):
        if not count:
            return self._card(title, self._line(True, say(none)))
        head = self._line(False if bad else None, say(words, n=count))
        declared = Table(
            columns=tuple(
                Column(key, message, width, cell=_cell(n))
                for n, (key, message, width) in enumerate(columns)
                if message.strip()
            )
        )
        shown = RowList(RowTable(declared), title, height=30, fit=True)
        shown.model().show([_Line(n, line) for n, line in enumerate(lines)])
        parts = [head, shown]
        if count > len(lines):
            words = N_("The first {shown} of {n}; any SQLite tool reads them all.")
            parts.append(Label(words, "cap", shown=len(lines), n=f"{count:,}"))
        return self._card(title, *parts)

    def _card(self, title, *parts):
        card = frame("card")
        column(Label(title, "h3"), *parts, margins=(16, 12, 16, 12), gap=7, into=card)
        return card

    def _line(self, right: bool | None, words: str):
        icon, ink = _SIGNS[right]
        return row(Icon(icon, ink, 16), (Selectable(words, "sec"), 1), gap=8)


_SIGNS = {
    True: ("circle-check", "ok"),
    False: ("triangle-alert", "bad"),
    None: ("info", "text2"),
}


class _Line:
    """A row of a section's list, every cell already written."""

    def __init__(self, id: int, texts: tuple[str, ...]) -> None:
        self.id, self.texts = id, texts


def _cell(n: int):
    def cell(line: _Line) -> Cell:
        return Cell(line.texts[n], role="sec" if n else "secb")

    return cell


def _number(entry) -> str:
    year = entry.get("year")
    return f"{year}-{entry.get('number')}" if year else str(entry.get("number"))


def _linked(link, mine: int):
    """Say how a copy follows the one that was chosen or found beside it."""
    older = link.older.manifest
    if link.follows:
        words = N_("Follows no. {n} ({file}): its hash is the one named here.")
        yield True, say(words, n=older.sequence, file=link.path.name)
    elif link.missing:
        words = N_("Between no. {older} ({file}) and no. {mine}, {numbers} is not here.")
        numbers = _numbers_of(link.missing)
        yield (
            False,
            say(words, older=older.sequence, file=link.path.name, mine=mine, numbers=numbers),
        )
    for problem in link.problems:
        yield False, str(problem)


def _numbers_of(numbers: tuple[int, ...]) -> str:
    """Write numbers of copies, runs of them as from and to."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    one, many = C_("review copies", "no. {n}"), C_("review copies", "no. {first}–{last}")
    return ", ".join(
        say(one, n=first) if first == last else say(many, first=first, last=last)
        for first, last in runs
    )


def _dropped(data) -> Path | None:
    """Return the one copy that is dragged, None for anything else."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fits = len(paths) == 1 and paths[0].suffix.lower() in COPY_SUFFIXES
    return paths[0] if fits else None
