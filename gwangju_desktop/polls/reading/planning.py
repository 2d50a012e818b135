"""What each column is: planned from its title, the codebook, known questions and its look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.reading import codebook, grouping, kinds, looks, titles, words
from gwangju_desktop.polls.reading import source as sources
from gwangju_desktop.polls.reading.agreeing import refuse_other_words
from gwangju_desktop.polls.reading.model import Column, Entry, Form, Layout, Reject, Role, Source
from gwangju_desktop.polls.reading.titles import Title
from gwangju_desktop.sheets.guards import letters
from gwangju_desktop.sheets.model import remark
from gwangju_desktop.text import N_, Msg

_NO_TITLE = N_("The column has no title and is not taken.")
_TWICE = N_("The column has the same title as column {other} and is not taken.")
_UNLISTED = N_("The codebook does not know this column.")
_OPTIONS_APART = N_("Its options have columns of their own, so this one is not taken.")
_EMPTY = N_("The column is empty and is not taken.")
_PERSONAL = N_("The column says who answered and is not taken.")
_BAD_WEIGHTS = N_("Of {of:,} weights {n:,} are no numbers above 0: these respondents count as 1.")
_NO_WEIGHTS = N_(
    "Named as weights, yet {n:,} of {of:,} cells are no numbers above 0: it is read as a question."
)
# A column with more cells that are no weights than this part of it is not one of weights.
_MOST_WRONG = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """All columns as they are read; `skip` rows below the first titles are titles too."""

    layout: Layout
    sure: float
    skip: int
    columns: tuple[Column, ...]
    rejects: tuple[Reject, ...]
    notices: tuple[Reject, ...]


class Planner:
    """Plan the columns of one file, step by step; a column planned by one step is left by others."""

    def __init__(self, source: Source, layout: Layout, known: Sequence[Question]) -> None:
        auto = layout is Layout.AUTO
        self.source = source
        self.asked = layout
        two = auto and not source.codebook and sources.has_two_rows(source)
        self.two_rows = two or layout is Layout.TWO_ROWS
        self.skip = int(self.two_rows)
        self.limesurvey = layout is Layout.LIMESURVEY or (auto and titles.is_limesurvey(source))
        brackets = auto or layout in (Layout.LIMESURVEY, Layout.SPREAD)
        self.titles = titles.of(source, self.two_rows, brackets)
        self.looks = [looks.look(cells, self.skip) for cells in source.cells]
        self.known = {words.folded(one.code): one for one in known}
        self.columns: dict[int, list[Column]] = {}
        self.rejects: list[Reject] = []
        self.notices: list[Reject] = []
        self.names: set[str] = set()

    def plan(self) -> Plan:
        """Return the plan."""
        self._by_title()
        self._known_groups()
        if self.asked not in (Layout.COLUMNS, Layout.JOINED):
            self._groups()
            self._rankings()
        if self.asked in (Layout.AUTO, Layout.SPREAD):
            self._stems()
        for at in range(len(self.titles)):
            if at not in self.columns:
                self.put(self._single(at))
        columns = tuple(one for at in sorted(self.columns) for one in self.columns[at])
        layout = self._layout(columns)
        read = [one.sure for one in columns if one.role is not Role.SKIP]
        sure = sum(read) / len(read) if read else 0.0
        told = (layout, round(sure, 2), self.skip, columns)
        return Plan(*told, tuple(self.rejects), tuple(self.notices))

    def put(self, column: Column) -> None:
        """Keep a column under a name of its own."""
        name = column.name or column.header or column.question
        if name in self.names:
            name = f"{name} ({letters(column.index)})"
        self.names.add(name)
        self.columns.setdefault(column.index, []).append(replace(column, name=name))

    def column(self, at: int, role: Role = Role.QUESTION, sure: float = 0.9) -> Column:
        """Return a column with what its title says and nothing more."""
        title = self.titles[at]
        name = f"{title.question} › {title.part}" if title.part else title.question
        head = self.source.head[at]
        return Column(
            index=at,
            name=name,
            header=head,
            role=role,
            question=title.question,
            title=title.question,
            wording=title.wording,
            part=title.part,
            part_label=title.label or title.part,
            sure=sure,
        )

    def _by_title(self) -> None:
        """Set aside what is no answer: numbers of respondents, weights, times, names."""
        seen: dict[str, int] = {}
        for at, title in enumerate(self.titles):
            head = title.question if self.two_rows else self.source.head[at]
            if not head:
                if not self._continues(at):
                    if self.looks[at].filled:
                        self._fault(self.rejects, at, _NO_TITLE)
                    self.put(self.column(at, Role.SKIP, 1.0))
                continue
            if title.part:
                continue
            if words.folded(head) in seen:
                other = letters(seen[words.folded(head)])
                self._fault(self.rejects, at, _TWICE, other=other)
                self.put(self.column(at, Role.SKIP, 1.0))
                continue
            seen[words.folded(head)] = at
            role = self._role(at, title)
            if role is not None:
                self.put(self.column(at, role, 0.95))

    def _role(self, at: int, title: Title) -> Role | None:
        entry = self._entry(at)
        names = [title.question, *((entry and (entry.title,)) or ())]
        look = self.looks[at]
        if words.folded(title.question) in self.known or (entry and entry.options):
            return None
        if any(words.is_personal(name) for name in names):
            self._fault(self.notices, at, _PERSONAL)
            return Role.SKIP
        if any(words.is_respondent(name) for name in names):
            return Role.RESPONDENT
        if any(words.is_weight(name) for name in names) and look.filled:
            wrong = look.filled - look.positive
            if not wrong:
                return Role.WEIGHT
            weighs = wrong <= look.filled * _MOST_WRONG
            said = _BAD_WEIGHTS if weighs else _NO_WEIGHTS
            self._fault(self.notices, at, said, n=wrong, of=look.filled)
            if weighs:
                return Role.WEIGHT
        return Role.SKIP if any(words.is_machine(name) for name in names) else None

    def _continues(self, at: int) -> bool:
        """Say whether a column without a title goes on with the options of the one on its left."""
        return (
            not self.two_rows
            and at > 0
            and self.asked in (Layout.AUTO, Layout.SPREAD)
            and len(self.looks[at].texts) == 1 >= len(self.looks[at - 1].texts)
        )

    def _entry(self, at: int) -> Entry | None:
        return self.source.codebook.get(codebook.folded(self.source.head[at]))

    def _known_groups(self) -> None:
        """Give columns to the questions of an existing questionnaire, by code and part."""
        parts = {
            words.folded(part.code): (question, part)
            for question in self.known.values()
            if question.kind in (QuestionKind.RANKING, QuestionKind.GRID)
            for part in question.parts
        }
        for at, head in enumerate(self.source.head):
            found = parts.get(words.folded(head))
            if at in self.columns or found is None:
                continue
            question, part = found
            column = replace(self.column(at, sure=1.0), part=part.code, part_label=part.label)
            named = replace(column, question=question.code, name=head)
            self.put(kinds.as_known(named, self.looks[at], question))

    def _groups(self) -> None:
        """Read columns of one question together."""
        by_question: dict[str, list[int]] = {}
        for at, title in enumerate(self.titles):
            if at not in self.columns and title.part:
                by_question.setdefault(title.question, []).append(at)
        for question, places in by_question.items():
            known = self.known.get(words.folded(question))
            for column in grouping.read(self, places, known):
                self.put(column)

    def _rankings(self) -> None:
        """Read columns titled, or described in the codebook, as first and second choice."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at in range(len(self.titles)):
            if at in self.columns:
                continue
            entry = self._entry(at)
            place = words.place_of(entry.sub) if entry and entry.options else None
            if place is not None:
                found.setdefault(_common(self.source.head[at]), []).append((place[1], at))
            elif (titled := words.place_of(self.source.head[at])) is not None:
                found.setdefault(titled[0], []).append((titled[1], at))
        for question, places in found.items():
            if len(places) > 1 and [place for place, _at in sorted(places)] == [
                *range(1, len(places) + 1)
            ]:
                for column in self._ranking(question, [at for _place, at in sorted(places)]):
                    self.put(column)

    def _ranking(self, question: str, places: list[int]) -> list[Column]:
        entry = self._entry(places[0])
        options = kinds.options_of(entry) if entry else grouping.union(self.looks, places)
        told = []
        for place, at in enumerate(places, 1):
            head = self.source.head[at]
            column = replace(
                self.column(at, sure=1.0 if entry else 0.85),
                kind=QuestionKind.RANKING,
                form=Form.CHOICE,
                question=question,
                title=(entry.title if entry else "") or question,
                wording=(entry.wording if entry else "") or question,
                part=head,
                part_label=str(place),
                name=head,
                options=options,
            )
            told.append(column)
        return told

    def _stems(self) -> None:
        """Read columns of marks whose titles begin alike as the options of one question."""
        found: dict[str, list[tuple[int, str]]] = {}
        left = ""
        for at, title in enumerate(self.titles):
            if at in self.columns:
                continue
            if not title.question:
                found[left].append((at, self.looks[at].texts[0]))
                continue
            spans = at + 1 < len(self.titles) and not self.titles[at + 1].question
            told = None if spans else titles.stem(title.question)
            left = told[0] if told else title.question
            part = told[1] if told else (*self.looks[at].texts, "")[0]
            found.setdefault(left, []).append((at, part))
        for question, places in found.items():
            # A column of the question itself holds the same choices once more, in one cell.
            whole = [at for at, _part in places if self.titles[at].question == question]
            rest = [one for one in places if one[0] not in whole]
            if (
                len(whole) == 1
                and len(rest) > 1
                and all(self.titles[at].question for at, _ in rest)
            ):
                places = rest
            else:
                whole = []
            columns = grouping.marks(self, question, places) if len(places) > 1 else []
            for column in columns:
                self.put(column)
            if columns:
                for at in whole:
                    self._fault(self.notices, at, _OPTIONS_APART)
                    self.put(self.column(at, Role.SKIP, 1.0))

    def separate(self, at: int, *, written: bool = False) -> Column:
        """Return a column of a group that is a question by itself, an open one where `written`."""
        column = self.column(at)
        label = self.titles[at].label
        code = self.source.head[at] if not self.two_rows else column.name
        named = replace(column, question=code, title=f"{column.title} › {label}", wording=code)
        alone = replace(named, part="", part_label="")
        if written:
            return kinds.with_kind(alone, self.looks[at], QuestionKind.OPEN)
        return kinds.by_look(alone, self.looks[at], self.asked)

    def _single(self, at: int) -> Column:
        """Return a column that is a question by itself."""
        column, look = self.column(at), self.looks[at]
        known = self.known.get(words.folded(column.question))
        if known is not None:
            return kinds.as_known(column, look, known)
        entry = self._entry(at)
        if entry is not None:
            return self._coded(column, entry)
        if self.source.codebook:
            self._fault(self.notices, at, _UNLISTED)
        if not look.texts:
            self._fault(self.notices, at, _EMPTY)
            return replace(column, role=Role.SKIP)
        return kinds.by_look(column, look, self.asked)

    def _coded(self, column: Column, entry: Entry) -> Column:
        named = replace(
            column,
            title=entry.title or entry.wording or column.question,
            wording=" ".join(one for one in (entry.wording, entry.sub) if one) or column.wording,
            sure=1.0,
        )
        if not entry.options:
            look = self.looks[column.index]
            kind = QuestionKind.NUMBER if look.numbers else QuestionKind.OPEN
            return replace(named, kind=kind, form=kinds.FORMS[kind])
        options = kinds.options_of(entry)
        scale = any(one.value is not None for one in options)
        kind = QuestionKind.SCALE if scale else QuestionKind.SINGLE
        asks = (column.question, entry.title, entry.wording)
        role = Role.ATTRIBUTE if any(words.is_attribute(one) for one in asks) else Role.QUESTION
        return replace(named, kind=kind, form=Form.CHOICE, options=options, role=role)

    def _layout(self, columns: tuple[Column, ...]) -> Layout:
        if self.asked is not Layout.AUTO:
            return self.asked
        forms = {one.form for one in columns if one.role is not Role.SKIP and one.kind}
        told = (
            (Layout.CODED, bool(self.source.codebook)),
            (Layout.TWO_ROWS, self.two_rows),
            (Layout.LIMESURVEY, self.limesurvey),
            (Layout.SPREAD, Form.MARK in forms),
            (Layout.JOINED, Form.LIST in forms),
        )
        return next((layout for layout, holds in told if holds), Layout.COLUMNS)

    def _fault(self, where: list[Reject], at: int, said: Msg, **values: object) -> None:
        row = self.source.first - 1
        where.append(Reject(row, letters(at), self.source.head[at], remark(said, **values)))


def plan(source: Source, layout: Layout = Layout.AUTO, known: Sequence[Question] = ()) -> Plan:
    """Return what each column of a file is taken for.

    Raises UserError when the file has no titles, needs a codebook that was not given, or has one
    that contradicts the questions known.
    """
    refuse_other_words(source, known)
    if layout is Layout.CODED and not source.codebook:
        raise UserError(
            N_("{file} can only be read as codes together with a codebook."),
            hint=N_("Choose the codebook too."),
            file=source.name,
        )
    _check_titles(source)
    return Planner(source, layout, known).plan()


def _common(head: str) -> str:
    """Return D_Q9 for D_Q9_M1."""
    found = titles.stem(head)
    return found[0] if found else head


def _check_titles(source: Source) -> None:
    """Raise UserError when the first row holds answers: numbers, or what is found again below.

    Numbers that count the questions are titles, and so are options that stand below themselves.
    """
    named = [(head, cells) for head, cells in zip(source.head, source.cells, strict=True) if head]
    numbers = [one for head, _cells in named if (one := looks.number(head)) is not None]
    counted = numbers == list(range(1, len(numbers) + 1))
    again = sum(head in cells.texts and len(set(cells.texts) - {""}) > 1 for head, cells in named)
    answers = again * 2 > len(named) or (again > 1 and again * 3 >= len(named))
    if answers or (len(numbers) * 2 > len(named) and not counted):
        raise UserError(
            N_("{file} has no row of titles."),
            hint=N_("Put the questions’ codes or texts into the first row."),
            file=source.name,
        )
