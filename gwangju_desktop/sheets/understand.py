"""One file: what was understood, what could not be known, and the readings. Stores nothing."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas, grid, layouts, percent, resolve, tables, units
from gwangju_desktop.sheets.beside import (
    fingerprint,
    is_meta,
    meta_unit,
    period_given,
    refuse_json,
    unit_given,
)
from gwangju_desktop.sheets.cells import key, tidy
from gwangju_desktop.sheets.facts import (
    NOTHING_ASKED,
    Asked,
    Reading,
    SheetChoice,
    Understanding,
)
from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.sheets.lines import header_paths
from gwangju_desktop.sheets.model import Sheet, Table, remark
from gwangju_desktop.sheets.passing import Pass
from gwangju_desktop.sheets.periods import FOLD
from gwangju_desktop.sheets.resolve import Contradicted, Given
from gwangju_desktop.text import N_

# What a Korean table calls the places it tells apart.
_AXES = {
    "province": "시도",
    "district": "시군구",
    "dong": "행정동",
    "items": "항목",
    "hour": "시간",
}
# What a layout may say itself, so that it is not asked before the layout is known.
_TOLD_BY_LAYOUT = ("unit", "period")
_HEADS_SHOWN, _LONGEST_HEADS = 6, 60
_WORDS = re.compile(r"[가-힣A-Za-z]{2,}")
# Share of the work done when the cells are there and when the tables are understood.
_CELLS_THERE, _TABLES_THERE = 0.3, 0.5


def understand(
    path: Path,
    asked: Asked = NOTHING_ASKED,
    *,
    tell: Callable[[float], None] = lambda share: None,
) -> Understanding:
    """Read a file and say what it holds; `tell` hears the share done.

    Raises UserError when it is no table, contradicts what was given, or holds a text among its
    numbers or two values for one thing.
    """
    try:
        return _Reader(path, asked, tell).understood()
    except UserError as refusal:
        # Deep inside only the cell is known.
        refusal.values.setdefault("file", path.name)
        raise


def _names_two_cities(table: Table) -> bool:
    lines = [*table.rows, *table.columns]
    return any(areas.may_be_another(text) for line in lines for text in line.path)


def _heads(table: Table) -> list[str]:
    """Return what stands over a table's columns, from left to right."""
    rows = [table.sheet.rows[row] for row in table.header]
    wide = max(map(len, rows))
    padded = [[*row, *[None] * (wide - len(row))] for row in rows]
    return [path[-1] for path in header_paths(padded, list(range(len(padded)))) if path]


class _Reader:
    """A file while it is understood."""

    def __init__(self, path: Path, asked: Asked, tell: Callable[[float], None]) -> None:
        self.asked = asked
        self.tell = tell
        unit = unit_given(asked.unit)
        share = unit if unit in (units.PERCENT, units.HUNDREDTHS) else None
        self.given = Given(period_given(asked.period), None if share else unit, share)
        self.known = layouts.known(asked.declared)
        self.wanted = layouts.named(asked.layout, self.known)
        refuse_json(path)
        self.book = grid.read(path, str(asked.answers.get("encoding", "")))
        self.result = Understanding(
            self.book.name, self.book.sha256, self.book.form, self.book.encoding
        )
        self.result.remarks += self.book.remarks
        self.meta = [sheet for sheet in self.book.sheets if is_meta(sheet)]
        self.words = " ".join(
            tidy(cell) for sheet in self.meta for row in sheet.rows for cell in row if cell
        )
        # What is wrong with a sheet, by its name.
        self.faults: dict[str, UserError] = {}
        # A layout that was answered for another file of this form is no word about this one.
        remembered = bool(self.asked.answers.get("remembered"))
        self.certain = self.wanted is not None and not remembered
        self.areas = resolve.area_names(self.asked.answers.get("areas"))
        self.tableless: set[str] = set()
        self.values: list[float] = []

    def understood(self) -> Understanding:
        """Return what the file holds."""
        result = self.result
        self.tell(_CELLS_THERE)
        found = self._tables()
        # A form is remembered as it is met: before anybody said what its places are.
        axes = {id(table): layouts.axes_of(table) for table in found}
        for table in found:
            if self.areas:
                table.axes = frozenset()
                resolve.name_areas(table, self.areas)
        self.tell(_TABLES_THERE)
        result.layout = self._layout(found)
        found = self._of_layout(found)
        result.fingerprint = fingerprint(found, [axes[id(table)] for table in found])
        by_sheet: dict[str, list[Table]] = {}
        for table in found:
            by_sheet.setdefault(table.sheet.name, []).append(table)
        for place, (name, its) in enumerate(by_sheet.items(), 1):
            self._read(name, its)
            self.tell(_TABLES_THERE + (1 - _TABLES_THERE) * place / len(by_sheet))
        read = [name for name in by_sheet if name not in self.faults]
        if not read:
            raise next(iter(self.faults.values()))
        result.sheets = [name for name in read if self.book.sheets[0].named]
        self._choices()
        percent.insist(result, self.given.share)
        self._check_twice()
        self._remark_hours()
        self._expect()
        if result.layout is None:
            # Which table it is tells most of the rest: one question at a time.
            result.questions = [one for one in result.questions if one.about not in _TOLD_BY_LAYOUT]
        if all(one.value is None for one in result.readings):
            raise UserError(
                N_("{file} holds no figures: every cell is empty or a mark."),
                hint=N_("Choose the published table itself."),
            )
        result.count = len(result.readings)
        packed = struct.pack(f"<{len(self.values)}d", *self.values)
        result.values_sha256 = hashlib.sha256(packed).hexdigest()
        for reading in result.readings:
            if reading.missing:
                result.missing[reading.missing] = result.missing.get(reading.missing, 0) + 1
        return result

    def _sheets(self) -> list[Sheet]:
        """Return the sheets to read: those named, else all that are shown."""
        names = [sheet.name for sheet in self.book.sheets]
        for name in self.asked.sheets:
            if name not in names:
                raise UserError(
                    N_("{file} has no sheet {sheet}; it has {sheets}."),
                    hint=N_("Choose one of them."),
                    file=self.book.name,
                    sheet=name,
                    sheets=", ".join(names),
                )
        if self.asked.sheets:
            return [sheet for sheet in self.book.sheets if sheet.name in self.asked.sheets]
        shown = []
        for sheet in self.book.sheets:
            if sheet in self.meta:
                continue
            if not sheet.hidden:
                shown.append(sheet)
            elif sheet.rows:
                self.result.remarks.append(
                    remark(N_("The hidden sheet {sheet} is not read."), sheet=sheet.name)
                )
        return shown

    def _tables(self) -> list[Table]:
        found: list[Table] = []
        for sheet in self._sheets():
            try:
                its = tables.read(sheet)
            except UserError as fault:
                self._fault(sheet.name, fault)
                continue
            found += its
            if not its:
                self.tableless.add(sheet.name)
        if not found or self.tableless & set(self.asked.sheets):
            nothing = UserError(
                N_("{file} holds no table of numbers under a header row."),
                hint=N_("Choose the published table itself."),
            )
            raise next(iter(self.faults.values()), nothing)
        return found

    def _fault(self, sheet: str, fault: UserError) -> None:
        """Note what is wrong with a sheet; raise it where the sheet itself was asked for."""
        fault.values.setdefault("file", self.book.name)
        if sheet in self.asked.sheets:
            raise fault
        self.faults.setdefault(sheet, fault)

    def _layout(self, found: list[Table]) -> Layout | None:
        if self.wanted:
            return self.wanted
        fits = [layouts.matching(table, self.words, self.known) for table in found]
        candidates = {layout.id: layout for fit in fits for layout in fit}
        self.result.layouts = tuple(candidates)
        if len(candidates) == 1:
            layout = next(iter(candidates.values()))
            self._heed_name(layout)
            return layout
        if candidates:
            text = remark(N_("Several published tables look like this one; which is it?"))
            self.result.ask("layout", text, tuple(candidates))
        else:
            first = found[0]
            heads = _heads(first)
            text = remark(
                N_("No published table is known that looks like the one at {place} ({columns})."),
                place=first.sheet.place(first.header[0], 0),
                columns=", ".join(heads[:_HEADS_SHOWN])[:_LONGEST_HEADS],
            )
            self.result.layouts = layouts.likely(
                found, self.known, self.words, Path(self.result.file).stem
            )
            self.result.ask("layout", text, self.result.layouts)
        return None

    def _heed_name(self, layout: Layout) -> None:
        """Ask when the file's name speaks of what the layout is not."""
        name = key(Path(self.result.file).stem)
        own = [word for word in _WORDS.findall(layout.title_ko) if not word.endswith("별")]
        other = next((word for word in layout.without if word in name), "")
        if other and not any(key(word) in name for word in own):
            text = remark(
                N_("The file's name speaks of {word}; is this really {title}?"),
                word=other,
                title=layout.title_ko,
            )
            self.result.ask("layout", text, (layout.id,))

    def _of_layout(self, found: list[Table]) -> list[Table]:
        """Return the tables that are of the layout; others of the same book are another matter."""
        layout = self.result.layout
        if layout is None:
            return found
        fitting = []
        for table in found:
            lacking = layouts.lacking(layout, table)
            if lacking == {"province"} and _names_two_cities(table):
                # Which of them it is, is asked; with the answer the table has its place.
                lacking = frozenset()
            own = layout is self.wanted or layouts.speaks_of(layout, table, self.words)
            if not lacking and own:
                fitting.append(table)
                continue
            if not lacking:
                # The same form beside the layout's own words is another matter.
                fault = UserError(
                    N_("{file}: nothing at {place} says that it is {title}."),
                    hint=N_("Choose another layout."),
                    title=layout.title_ko,
                    place=table.sheet.place(table.header[0], 0),
                )
                self._fault(table.sheet.name, fault)
                continue
            self._fault(
                table.sheet.name,
                UserError(
                    N_("{file} does not look like {title}: {place} tells no {axes}."),
                    hint=N_("Choose another layout."),
                    title=layout.title_ko,
                    place=table.sheet.place(table.header[0], 0),
                    axes=", ".join(_AXES.get(axis, axis) for axis in sorted(lacking)),
                ),
            )
        if not fitting:
            raise next(iter(self.faults.values()))
        return fitting

    def _read(self, name: str, its: list[Table]) -> None:
        """Read a sheet's tables; a fault leaves the whole sheet out, not the book."""
        part = Understanding(self.result.file, "", "", "")
        part.layout = self.result.layout
        values: list[float] = []
        try:
            for table in its:
                scope = resolve.scope(
                    table, part.layout, self.given, self.words, meta_unit(self.meta)
                )
                Pass(
                    part,
                    scope,
                    values,
                    accept=self.asked.accept_totals,
                    certain=self.certain or bool(self.areas),
                ).run()
                part.unit_from |= scope.unit_from - {""}
                part.period_from |= scope.period_from
        except Contradicted:
            raise
        except UserError as fault:
            self._fault(name, fault)
            return
        if other := self.faults.pop(name, None):
            # Another table of the sheet is left out.
            self.result.remarks.append(remark(other.message, **other.values))
        self.values += values
        result = self.result
        result.readings += part.readings
        result.tables += part.tables
        result.remarks += part.remarks
        result.accepted += part.accepted
        result.area_names |= part.area_names
        result.unit_from |= part.unit_from
        result.period_from |= part.period_from
        for question in part.questions:
            result.ask(question.about, question.text, question.proposals)

    def _choices(self) -> None:
        """Say of every sheet whether it could be read; a fault is told as a remark too."""
        choices = []
        for sheet in self.book.sheets:
            if not sheet.named:
                continue
            fault = self.faults.get(sheet.name)
            why = None
            if fault is not None:
                why = remark(fault.message, **fault.values)
                self.result.remarks.append(
                    remark(N_("Sheet {sheet} is left out:"), sheet=sheet.name)
                )
                self.result.remarks.append(why)
            elif sheet.name in self.tableless or sheet in self.meta:
                why = remark(N_("It holds no table of figures."))
            elif sheet.hidden:
                choices.append(SheetChoice(sheet.name, True, remark(N_("It is hidden."))))
                continue
            choices.append(SheetChoice(sheet.name, why is None, why))
        self.result.sheet_choice = tuple(choices)

    def _check_twice(self) -> None:
        """Refuse two values for one thing; keep the doubled hour of summer time apart.

        Where they stand on two sheets, one of them is to be chosen.
        """
        result = self.result
        seen: dict[tuple[str, ...], Reading] = {}
        doubled = result.layout is not None and result.layout.doubled
        again = 0
        repeats: list[tuple[str, str]] = []
        for place, reading in enumerate(result.readings):
            name = (reading.indicator, reading.area, reading.period, reading.item)
            first = seen.setdefault(name, reading)
            if first is reading:
                continue
            if doubled and "T" in reading.period:
                result.readings[place] = reading._replace(period=reading.period + FOLD)
                again += 1
            elif first.value == reading.value:
                repeats.append((reading.place, first.place))
            elif not result.questions and (sheets := self._sheets_of(first, reading)):
                text = remark(
                    N_("Two sheets give different values for one thing: {first} and {place}."),
                    first=first.place,
                    place=reading.place,
                )
                result.ask("sheet", text, sheets)
            elif not result.questions:
                raise UserError(
                    N_("{file} holds two different values for one thing: {first} and {place}."),
                    hint=N_("Ask its publisher which one is right."),
                    file=result.file,
                    first=first.place,
                    place=reading.place,
                )
        if repeats:
            place_of, first_of = repeats[0]
            result.remarks.append(
                remark(
                    N_("{count} cells repeat others; {place} repeats {first}."),
                    count=len(repeats),
                    place=place_of,
                    first=first_of,
                )
            )
        if again:
            result.remarks.append(
                remark(N_("{count} hours at the end of summer time stand twice."), count=again)
            )

    def _remark_hours(self) -> None:
        """Say that hours are kept as published where they run 0 to 23."""
        ends = {one.period[-3:] for one in self.result.readings if "T" in one.period}
        doubled = self.result.layout is not None and self.result.layout.doubled
        if "T00" in ends and "T24" not in ends and not doubled:
            self.result.remarks.append(
                remark(N_("The hours run from 0 to 23 and are kept as published."))
            )

    def _sheets_of(self, *readings: Reading) -> tuple[str, ...]:
        """Return the two sheets that readings stand on, () where it is one."""
        names = [reading.place.rpartition("!")[0] for reading in readings]
        return tuple(dict.fromkeys(names)) if len(set(names)) > 1 else ()

    def _expect(self) -> None:
        """Ask when a code that the declaration must fill has no reading."""
        layout = self.result.layout
        if layout is None or not layout.expected:
            return
        filled = {one.item or layouts.WHOLE for one in self.result.readings}
        filled |= {one.indicator for one in self.result.readings}
        self.result.expected = tuple(code for code in layout.expected if code not in filled)
        named = self.wanted is not None or self.asked.answers.get("codes") == "accept"
        if self.result.expected and not named:
            self.result.ask(
                "codes",
                remark(
                    N_("{title} has {codes} in other years, and this file does not."),
                    title=layout.title_ko,
                    codes=", ".join(self.result.expected),
                ),
                (layout.id,),
            )
