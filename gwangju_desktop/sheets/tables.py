"""Sheets to tables: where the header ends, which rows hold numbers, what the columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas, lines
from gwangju_desktop.sheets.cells import is_nearly_number, is_total, key, number, tidy
from gwangju_desktop.sheets.kinds import kinds_of, next_of, value_of
from gwangju_desktop.sheets.model import Row, Sheet, Table
from gwangju_desktop.sheets.periods import period
from gwangju_desktop.text import N_

_CODE = re.compile(r"코드|번호|순번|연번|^no\.?$|code|^id$", re.IGNORECASE)
_PROVINCE = re.compile(r"시도|시·도|광역|지역|지사|^area|^region", re.IGNORECASE)
_DISTRICT = re.compile(r"시군구|구군|군구|자치구|시군|^구$|구별", re.IGNORECASE)
_DONG = re.compile(r"(?:행정|법정)?동(?:명|별)?|읍면동(?:명|별)?|법정동명|dong", re.IGNORECASE)
_NOTE = re.compile(
    r"비고|참고|note|remark|데이터기준|(?:등록|작성|수정|갱신|생성)(?:일|시)", re.IGNORECASE
)
_UNIT = ("단위", "unit")
_PERIOD = re.compile(
    r"연도|년도|연월|년월|일자|날짜|일시|시점|기간|연도별|date(?:time)?|year|month|period|time"
    r"|기준(?:연월|년월|일자?|월)|(?:사용|거래|조회|검침|공급|측정)(?:연월|년월|일자?|월|일시)",
    re.IGNORECASE,
)
_PARTS = {
    "년": "year",
    "연": "year",
    "연도": "year",
    "년도": "year",
    "year": "year",
    "월": "month",
    "month": "month",
    "일": "day",
    "day": "day",
    "시": "hour",
    "시간": "hour",
    "시각": "hour",
    "거래시간": "hour",
    "hour": "hour",
    "분기": "quarter",
}
_MOST_COLUMNS = 2000
# As many cells nearly numbers make a table; fewer may stand in a text.
_SOME = 3


def read(sheet: Sheet) -> list[Table]:
    """Return the tables of a sheet, top to bottom.

    Raises UserError naming the cell where a table is not one: a column of numbers without a name,
    no header row.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    if width > _MOST_COLUMNS:
        raise UserError(
            N_("{file}: a sheet has {count} columns, more than a table of figures."),
            hint=N_("Delete the empty columns and save it again."),
            count=width,
        )
    rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    kinds = kinds_of(rows)
    found = []
    start = floor = 0
    while (first := next_of(kinds, start, ("body",))) is not None:
        numeric = [at for at, cell in enumerate(rows[first]) if value_of(cell) is not None]
        first = _first_of_body(rows, kinds, floor, first, numeric)
        top = _header_top(kinds, floor, first)
        header = list(range(top, first))
        body, last = _body(rows, kinds, header, first, numeric)
        notes = [row for row in body if kinds[row] == "note"]
        titles = [
            (sheet.place(row, column), tidy(cell))
            for row in [*range(floor, top), *notes]
            for column, cell in enumerate(rows[row])
            if isinstance(cell, str)
        ]
        block = _Block(sheet, rows, kinds, header, body)
        found.append(block.table(titles))
        start = floor = last
    if not found:
        _refuse_nearly_numbers(sheet, rows)
    return found


def _refuse_nearly_numbers(sheet: Sheet, rows: list[Row]) -> None:
    """Raise UserError where a table has no number only because of how they are written."""
    told = [
        (row, column)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if is_nearly_number(cell)
    ]
    if len(told) >= _SOME:
        row, column = told[0]
        raise lines.no_number(sheet.place(row, column), rows[row][column])


def _first_of_body(
    rows: list[Row], kinds: list[str], floor: int, first: int, numeric: list[int]
) -> int:
    """Return the table's first row: before the first number there may be rows of marks alone."""
    while first > floor and kinds[first - 1] == "text":
        row = rows[first - 1]
        label = next((cell for cell in row if cell is not None), None)
        dated = period(label, bare=False) is not None and all(row[at] is None for at in numeric)
        own = dated or _only_missing([row[at] for at in numeric])
        if not own and not _is_row(row, _labels(rows[first], numeric), numeric):
            break
        first -= 1
        kinds[first] = "body"
    return first


def _labels(row: Row, numeric: list[int]) -> set[tuple[int, object]]:
    """Return a row's labels with their columns; those of totals may stand in a header too."""
    return {
        (at, cell)
        for at, cell in enumerate(row)
        if isinstance(cell, str) and at not in numeric and not is_total(cell)
    }


def _is_row(row: Row, known: set[tuple[int, object]], numeric: list[int]) -> bool:
    """Say whether a row of texts is one of figures: it shares a label with rows that have some."""
    return any(is_nearly_number(row[at]) for at in numeric) or not known.isdisjoint(
        _labels(row, numeric)
    )


def _header_top(kinds: list[str], floor: int, first: int) -> int:
    """Return the first row of the header band above a table's first row of numbers.

    One note between the header and the numbers, such as a unit, belongs to the band.
    """
    top = first
    while top > floor:
        above = kinds[top - 1]
        bridge = above == "note" and top == first and top - 2 >= floor and kinds[top - 2] == "text"
        if above != "text" and not bridge:
            break
        top -= 1
    return top


def _body(
    rows: list[Row], kinds: list[str], header: list[int], first: int, numeric: list[int]
) -> tuple[list[int], int]:
    """Return the table's rows and the row after it: a new header ends it, a repeated one not."""
    body = []
    last = first
    headers = [rows[row] for row in header]
    width = len(rows[first])
    labels = _filled_labels(rows[first:], numeric)
    known: set[tuple[int, object]] = set()
    for row in range(first, len(rows)):
        if kinds[row] == "body":
            known |= _labels(rows[row], numeric)
        elif kinds[row] == "text" and (
            _only_missing([rows[row][column] for column in numeric])
            or _is_row(rows[row], known, numeric)
        ):
            kinds[row] = "body"
        if kinds[row] == "text" and all(rows[row][column] is None for column in numeric):
            # Nothing where the numbers are: no header. With the labels of one it is a blank line.
            filled_here = [at for at, cell in enumerate(rows[row]) if cell is not None]
            kinds[row] = "body" if filled_here == labels else "blank"
        if kinds[row] == "text":
            filled = sum(cell is not None for cell in rows[row])
            more = "body" in kinds[row + 1 : row + 6]
            if more and filled > max(2, width // 3):
                if rows[row] in headers:
                    continue
                break
        last = row + 1
        if kinds[row] in ("body", "note"):
            body.append(row)
    return body, last


def _filled_labels(rows: list[Row], numeric: list[int]) -> list[int]:
    """Return the columns that are filled beside the numbers of the first row that has them."""
    for row in rows:
        if any(value_of(row[at]) is not None for at in numeric):
            return [at for at, cell in enumerate(row) if cell is not None and at not in numeric]
    return []


def _only_missing(cells: list[object]) -> bool:
    """Say whether a row has dashes where its table has numbers: figures withheld, no header."""
    marks = [number(cell) for cell in cells]
    return any(cell is not None for cell in cells) and all(
        mark is not None and mark.value is None for mark in marks
    )


@dataclass(slots=True)
class _Block:
    """One table's rows while its columns are understood."""

    sheet: Sheet
    rows: list[Row]
    kinds: list[str]
    header: list[int]
    body: list[int]

    def table(self, titles: list[tuple[str, str]]) -> Table:
        real = [row for row in self.body if self.kinds[row] == "body"]
        if not self.header:
            raise UserError(
                N_("{file}: no header row stands above the numbers at {place}."),
                hint=N_("Put the names of the columns in the first row."),
                place=self.sheet.place(real[0], 0),
            )
        paths = lines.header_paths(self.rows, self.header)
        roles, values = self._roles(paths, real)
        if not values:
            raise UserError(
                N_("{file}: no column of numbers was found below {place}."),
                hint=N_("Choose the published table itself."),
                place=self.sheet.place(self.header[0], 0),
            )
        self._find_areas(roles, paths, real)
        columns, common = lines.columns(paths, values)
        titles = [*titles, *[("", text) for text in common]]
        lines.fill_down(self.rows, self.body, self.kinds, roles)
        named = {
            " / ".join(paths[column]) or self.sheet.place(self.header[-1], column): role
            for column, role in roles.items()
        }
        rows = lines.rows(self.sheet, self.rows, real, roles)
        lines.first_days_are_months(self.sheet, rows, columns)
        return Table(
            sheet=self.sheet,
            header=self.header,
            rows=rows,
            columns=columns,
            common=common,
            titles=[("", self.sheet.name), *titles] if self.sheet.named else titles,
            roles=named,
        )

    def _roles(
        self, paths: list[tuple[str, ...]], real: list[int]
    ) -> tuple[dict[int, str], list[int]]:
        """Return the label columns with what they hold, and the value columns."""
        roles: dict[int, str] = {}
        values: list[int] = []
        places = areas.are_provinces([path[-1] for path in paths if path])
        for column, path in enumerate(paths):
            cells = [self.rows[row][column] for row in real]
            cells = [cell for cell in cells if cell is not None]
            head = key(path[-1]) if path else ""
            if not cells and not head:
                continue
            role = _role(head, cells, first=not values)
            if _PERIOD.fullmatch(head) and role in ("value", "item"):
                role = self._period_role(column, real)
            if role == "item" and head:
                figures = (places and areas.province(head)) or period(path[-1]) is not None
                self._refuse_texts(column, real, figures=bool(figures))
            if role != "value":
                roles[column] = role
                continue
            numbers = any(value_of(cell) is not None for cell in cells)
            if not head and numbers:
                raise UserError(
                    N_("{file}: a column of numbers has no name: {place}."),
                    hint=N_("Write its name in the header row."),
                    place=self.sheet.place(real[0], column),
                )
            if head and (values or numbers or period(paths[column][-1]) is not None):
                values.append(column)
        return roles, values

    def _refuse_texts(self, column: int, real: list[int], *, figures: bool) -> None:
        """Refuse a column of texts whose header promises `figures`, or that are nearly numbers."""
        told = [
            (row, cell)
            for row in real
            if (cell := self.rows[row][column]) is not None and number(cell) is None
        ]
        nearly = sum(is_nearly_number(cell) for _, cell in told)
        if told and (figures or 2 * nearly >= len(told)):
            row, cell = told[0]
            raise lines.no_number(self.sheet.place(row, column), cell)

    def _period_role(self, column: int, real: list[int]) -> str:
        """Insist on periods below a header that promises them; a bad one is refused by its row."""
        cells = [(row, self.rows[row][column]) for row in real]
        cells = [(row, cell) for row, cell in cells if cell is not None and not is_total(cell)]
        if any(period(cell) is not None for _, cell in cells) or not cells:
            return "period"
        row, cell = cells[0]
        place = self.sheet.place(row, column)
        if isinstance(cell, float) and 1900 <= cell <= 2100:
            raise UserError(
                N_("{file}: {number} at {place} may be January or October."),
                hint=N_("Write the month as text, such as 2021-01."),
                number=str(cell),
                place=place,
            )
        raise lines.no_period(place, cell)

    def _find_areas(
        self, roles: dict[int, str], paths: list[tuple[str, ...]], real: list[int]
    ) -> None:
        """Tell provinces and districts from other labels, by content first."""
        for column in [column for column, role in roles.items() if role == "item"]:
            head = key(paths[column][-1]) if paths[column] else ""
            if _DONG.fullmatch(head):
                roles[column] = "dong"
                continue
            cells = {self.rows[row][column] for row in real}
            texts = [tidy(cell) for cell in cells if cell is not None and not is_total(cell)]
            texts = [lines.without_code(text) for text in texts]
            pairs = [areas.split(text) for text in texts]
            full = bool(_PROVINCE.search(head)) and areas.are_full_names(texts)
            if areas.are_provinces(texts) or full:
                if "province" not in roles.values():
                    roles[column] = "province"
            elif (
                _DISTRICT.search(head)
                or any(code for code, _ in pairs)
                or (pairs and all(areas.is_district(name) for _, name in pairs))
            ):
                roles[column] = "sub"


def _role(head: str, cells: list[object], *, first: bool) -> str:
    """Say what a column holds: by content, the header word second. `first`: no values yet."""
    if _NOTE.search(head):
        return "note"
    if _CODE.search(head):
        return "code"
    if head in _UNIT:
        return "unit"
    parsed = [number(cell) for cell in cells]
    numbers = sum(one is not None and one.value is not None for one in parsed)
    texts = sum(one is None for one in parsed)
    if head in _PARTS and numbers:
        return "part:" + _PARTS[head]
    if _holds_periods(head, cells, first=first):
        return "period"
    if numbers > texts or not texts:
        return "value"
    return "item"


def _holds_periods(head: str, cells: list[object], *, first: bool) -> bool:
    if not cells:
        return False
    if _PERIOD.fullmatch(head) or (first and head in ("구분", "")):
        labels = [cell for cell in cells if not is_total(cell)]
        named = sum(period(cell) is not None for cell in labels)
        if named > 0.8 * len(cells):
            return True
    return all(period(cell, False) for cell in cells)
