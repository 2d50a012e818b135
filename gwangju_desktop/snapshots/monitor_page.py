"""열람.html of a snapshot: every register on one page, for who can install nothing.

The records are in Korean, as they were written; what stands over them is in English too. The head
of each column is what the codebook calls it, closed words are said, a link to another record shows
that record's name. Scripts and links to the outside are none; evidence lies beside the page.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gwangju_desktop.snapshots import container, headings, web
from gwangju_desktop.snapshots.codes import Codes, Field, Table
from gwangju_desktop.snapshots.readme import About
from gwangju_desktop.snapshots.sqlite_file import Row, Value
from gwangju_desktop.text import C_, N_, Words, words

if TYPE_CHECKING:
    from gwangju_desktop.snapshots.since import Since, TableSince

LANGUAGE, OTHER = "ko", "en"
# Beyond so many rows, and so many letters of one text, the CSV file is pointed to.
MOST_ROWS, MOST_LETTERS = 200, 1500
# Registers of so few rows lie open.
_OPEN = 12
_NAMED_CHANGES = 50
# Latin letters in a line of a cell, and in a line of the page: a wider table becomes records.
_LINE, _WIDEST = 36, 190
_SINCE, _EVIDENCE, _WITHHELD = "since", "evidence-files", "withheld"
RECORDS = N_("The records are in Korean, as they were written.")
_ACTIONS = {
    "drop": N_("left out"),
    "few": N_("left out, too few for their number to be told"),
    "omit": N_("left out, not counted"),
    "part": N_("left out in some rows"),
    "review": N_("masked within the text"),
}


def page(about: About, codes: Codes, evidence: Mapping[str, str], since: Since | None) -> bytes:
    """Return the page; `evidence` maps SHA-256 to the member that holds the file."""
    return _Page(about, codes, evidence, since).page()


def around(about: About, codes: Codes, evidence: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return the page before and after what it says of the time since the copy before."""
    made = _Page(about, codes, evidence, None, told=(_HERE,)).page()
    before, _, after = made.partition(_HERE.encode())
    return before, after


# No text holds a NUL, hence no page.
_HERE = "\0"


class _Page:
    """The parts of the page; names of records are looked up once."""

    def __init__(
        self,
        about: About,
        codes: Codes,
        evidence: Mapping[str, str],
        since: Since | None,
        told: Sequence[str] | None = None,
    ) -> None:
        self.told = told
        self.about, self.codes, self.evidence, self.since = about, codes, evidence, since
        self.say: Words = words(LANGUAGE)
        self.english: Words = words(OTHER)
        self._names = {table.name: self._labels(table) for table in codes.registers}

    def page(self) -> bytes:
        """Return the whole page."""
        say, about = self.say, self.about
        title = say(about.title, n=about.sequence)
        parts = [
            web.heading(1, self._both(about.title, n=about.sequence)),
            web.para(web.both(about.office(LANGUAGE), about.office(OTHER)), "aside"),
            web.facts(self._facts()),
            self._readme(say, container.README_KO),
            f'<div lang="{OTHER}">',
            self._readme(self.english, container.README_EN),
            web.para(self.english(RECORDS), "aside"),
            "</div>",
            *self._contents(),
            *(self._changes() if self.told is None else self.told),
            *self._registers(),
            *self._evidence(),
            *self._withheld(),
        ]
        return web.page(LANGUAGE, f"{title} · {about.office(LANGUAGE)}", parts)

    def _both(self, message: str, **values: object) -> web.Html:
        """Say a message in Korean and, smaller, in English."""
        return web.both(self.say(message, **values), self.english(message, **values))

    def _facts(self) -> list[tuple[web.Said, web.Said]]:
        korean, english = self.about.facts(self.say), self.about.facts(self.english)
        return [
            (web.both(str(name), str(other)), value)
            for (name, value), (other, _value) in zip(korean, english, strict=True)
        ]

    @staticmethod
    def _readme(say: Words, name: str) -> str:
        stands = N_("How to check this copy stands in {readme}.")
        return web.para(web.Html(say(stands, readme=web.link(name, name).markup)))

    # --- the registers ----------------------------------------------------------------------------

    def _groups(self) -> Iterator[tuple[web.Html, list[Table]]]:
        told = headings.load()
        for number, group in enumerate(told.groups):
            tables = [t for t in self.codes.registers if told.of(t.name) == number and t.rows]
            if tables:
                yield web.both(group.ko, group.en), tables

    def _contents(self) -> Iterator[str]:
        head = web.heading(2, self._both(C_("copy page", "Contents")))
        yield f"<nav>{head}<ul>"
        for key, title in (
            (_SINCE, self._both(N_("Since the previous copy"))),
            (_EVIDENCE, self._both(C_("copy page", "Evidence files"))),
            (_WITHHELD, self._both(N_("What was withheld, and why"))),
        ):
            yield f"<li>{web.link(f'#{key}', title).markup}</li>"
        for title, tables in self._groups():
            inside = "".join(
                f"<li>{web.link(f'#t-{t.name}', _named(t)).markup} ({len(t.rows):,})</li>"
                for t in tables
            )
            yield f"<li>{web.text(title)}<ul>{inside}</ul></li>"
        yield "</ul></nav>"

    def _registers(self) -> Iterator[str]:
        for title, tables in self._groups():
            yield web.heading(2, title)
            for table in tables:
                yield from self._register(table)

    def _register(self, table: Table) -> Iterator[str]:
        say, count = self.say, len(table.rows)
        shown = heapq.nsmallest(MOST_ROWS, table.rows, key=_order(table))
        opened = " open" if count <= _OPEN else ""
        counted = say(N_("{n:,} rows"), n=count)
        yield f"<details{opened}><summary>{_named(table).markup} <span>{counted}</span></summary>"
        yield f'<div id="t-{table.name}">'
        csv = f"{container.CSV_FOLDER}/{table.name}.csv"
        if count > len(shown):
            more = say(
                N_("Here are the first {shown:,} of {n:,} rows; all of them are in {file}."),
                shown=len(shown),
                n=count,
                file=web.link(csv, csv).markup,
            )
            yield web.para(web.Html(more))
        # A column in which nothing stands tells nothing and makes the table wide; a record's code
        # comes last.
        kept = [
            n for n in range(len(table.fields)) if any(row[n] not in (None, "") for row in shown)
        ]
        kept.sort(key=lambda n: n in table.keys and table.fields[n].form == "code")
        titles = [table.fields[n].ko for n in kept]
        said = [[self._cell(table, n, row[n], csv) for n in kept] for row in shown]
        heads = [web.both(table.fields[n].ko, table.fields[n].en) for n in kept]
        if _width(titles, said) > _WIDEST:
            # Every record has the same heads: in English they stand once, over them.
            named = " · ".join(head.markup for head in heads)
            yield web.para(web.Html(named), "heads")
            for row, cells in zip(shown, said, strict=True):
                name = self._named(table, tuple(row[n] for n in table.keys))
                pairs = zip(titles, cells, strict=True)
                yield web.record(name, (pair for pair in pairs if pair[1] != ""))
        else:
            yield web.table(heads, said, [_kind(table.fields[n]) for n in kept])
        yield "</div></details>"

    def _cell(self, table: Table, at: int, value: Value, csv: str) -> web.Said:
        if value is None:
            return ""
        column = table.fields[at]
        if column.name == "sha256" and (member := self.evidence.get(str(value))):
            return web.link(member, str(value))
        said = self._said(table.name, column, value)
        if len(said) > MOST_LETTERS:
            more = web.link(csv, self.say(N_("more in {file}"), file=csv))
            return web.Html(f"{web.text(said[:MOST_LETTERS])}… ({more.markup})")
        return said

    def _said(self, table: str, column: Field, value: Value) -> str:
        known = self.codes.words.get((table, column.name, str(value)))
        if known:
            return known[0]
        if column.name == "table_name" and (of := self.codes.tables.get(str(value))):
            return of.ko
        if column.form == "yes_no":
            return self.say(C_("copy page", "yes")) if value else self.say(C_("copy page", "no"))
        if column.form == "time":
            return str(value)[:16].replace("T", " ")
        if column.refers_to:
            return self._names.get(column.refers_to, {}).get(value) or str(value)
        return str(value)

    def _labels(self, table: Table) -> dict[Value, str]:
        """Return the name of each row by its code; a name that is a link is followed no further."""
        if table.label is None or len(table.keys) != 1:
            return {}
        column, key = table.fields[table.label], table.keys[0]
        if column.refers_to:
            return {}
        closed = {
            code: said[0]
            for (name, field, code), said in self.codes.words.items()
            if (name, field) == (table.name, column.name)
        }
        named = ((row[key], row[table.label]) for row in table.rows)
        return {
            code: closed.get(str(value), str(value)) for code, value in named if value is not None
        }

    # --- what is around them ----------------------------------------------------------------------

    def _changes(self) -> Iterator[str]:
        say, since = self.say, self.since
        yield web.heading(2, self._both(N_("Since the previous copy")), _SINCE)
        if since is None:
            yield web.para(say(N_("This is the first copy; there is nothing before it.")))
            return
        if since.exact:
            yield web.para(say(N_("Compared with copy {n}, row by row."), n=since.sequence))
        else:
            yield web.para(
                say(
                    N_(
                        "Copy {n} was not at hand when this one was made. These are the records the"
                        " change history counts since then, changes of withheld columns included;"
                        " the program or a comparison of the CSV files tells them one by one."
                    ),
                    n=since.sequence,
                )
            )
        if not since.tables:
            yield web.para(say(N_("Nothing was changed.")))
            return
        head = [
            self._both(C_("copy page", "Register")),
            self._both(C_("copy page", "Added")),
            self._both(C_("copy page", "Changed")),
        ]
        if since.exact:
            head.append(self._both(N_("No longer there")))
        yield web.table(
            head,
            [
                [
                    web.link(f"#t-{one.name}", _named(self.codes.tables[one.name])),
                    *(f"{count:,}" for count in one.counts if count is not None),
                ]
                for one in since.tables
            ],
            ("", "number", "number", "number"),
        )
        for one in since.tables:
            if one.added or one.changed:
                yield from self._changed_rows(one)

    def _changed_rows(self, one: TableSince) -> Iterator[str]:
        say, table = self.say, self.codes.tables[one.name]
        titles = {column.name: column.ko for column in table.fields}
        rows: list[tuple[web.Said, web.Said]] = [
            (self._named(table, key), ", ".join(titles[c] for c in columns))
            for key, columns in one.changed.items()
        ]
        rows += [(self._named(table, key), say(C_("copy page", "added"))) for key in one.added]
        yield web.heading(3, _named(table))
        yield web.table(
            (self._both(C_("copy page", "Record")), self._both(C_("copy page", "What changed"))),
            rows[:_NAMED_CHANGES],
        )
        if len(rows) > _NAMED_CHANGES:
            yield web.para(say(N_("and {n:,} more"), n=len(rows) - _NAMED_CHANGES))

    def _named(self, table: Table, key: tuple[Any, ...]) -> str:
        name = self._names[table.name].get(key[0]) if len(key) == 1 else None
        return name or " · ".join(map(str, key))

    def _evidence(self) -> Iterator[str]:
        say = self.say
        yield web.heading(2, self._both(C_("copy page", "Evidence files")), _EVIDENCE)
        rows = list(self._evidence_rows())
        if not rows:
            yield web.para(say(N_("This copy has no evidence.")))
            return
        yield web.para(
            say(
                N_(
                    "Public files lie in the folder evidence under their SHA-256. Of the others"
                    " only that value is given, so that a file shown at an inspection can be"
                    " recognised."
                )
            )
        )
        yield web.table(
            (
                self._both(C_("copy page", "Evidence")),
                self._both(C_("copy page", "Commitment")),
                self._both(C_("copy page", "Disclosure")),
                self._both(N_("File")),
            ),
            rows,
            ("", "", "", "code"),
        )

    def _evidence_rows(self) -> Iterator[Sequence[web.Said]]:
        table, files = self.codes.tables.get("evidence"), self.codes.tables.get("stored_file")
        if table is None or files is None:
            return
        at = {column.name: n for n, column in enumerate(table.fields)}
        hashes = dict(zip(_column(files, "id"), _column(files, "sha256"), strict=True))
        for row in sorted(table.rows, key=_order(table)):

            def said(name: str, row: Row = row) -> str:
                value = row[at[name]] if name in at else None
                return (
                    "" if value is None else self._said("evidence", table.fields[at[name]], value)
                )

            digest = str(hashes.get(row[at["file_id"]]) or "") if "file_id" in at else ""
            member = self.evidence.get(digest)
            file: web.Said = web.link(member, digest) if member else digest
            title = said("title") or self.say(N_("(not public)"))
            yield (title, said("commitment_id"), said("disclosure"), file)

    def _withheld(self) -> Iterator[str]:
        say = self.say
        yield web.heading(2, self._both(N_("What was withheld, and why")), _WITHHELD)
        rows = [
            (
                web.both(str(table_ko), str(table_en)),
                web.both(str(column_ko), str(column_en)),
                self._both(_ACTIONS[str(action)]) if action in _ACTIONS else str(action),
                "" if count is None else f"{count:,}",
                web.both(str(ground), str(ground_en or "")),
            )
            for _t, table_ko, table_en, _c, column_ko, column_en, action, ground, ground_en, count in (
                self.codes.withheld
            )
            if action != "omit" or count
        ]
        yield web.table(
            (
                self._both(C_("copy page", "Register")),
                self._both(C_("copy page", "Column")),
                self._both(C_("copy page", "Treatment")),
                self._both(C_("copy page", "Values")),
                self._both(N_("Ground")),
            ),
            rows,
            ("", "", "", "number", ""),
        )
        left = sum(1 for row in self.codes.withheld if row[6] == "omit" and not row[9])
        file = f"{container.CSV_FOLDER}/withheld.csv"
        yield web.para(
            web.Html(
                say(
                    N_("{n:,} further columns of internal use were left out; {file} lists them."),
                    n=left,
                    file=web.link(file, file).markup,
                )
            )
        )


def _named(table: Table) -> web.Html:
    return web.both(table.ko, table.en)


def _order(table: Table) -> Any:
    """Return what rows are sorted by on the page: their first day, their name, their key."""
    days = [n for n, column in enumerate(table.fields) if column.form in ("date", "time")]
    first = days[0] if days else None

    def key(row: Row) -> tuple[str, ...]:
        day = "" if first is None else str(row[first] or "")
        name = "" if table.label is None else str(row[table.label] or "")
        return (day, name, *(str(row[n]) for n in table.keys))

    return key


def _width(titles: Sequence[str], rows: Sequence[Sequence[web.Said]]) -> int:
    """Return about how wide a table is, in Latin letters; no column counts for more than a line."""
    widest = [_letters(title) for title in titles]
    for row in rows:
        for n, cell in enumerate(row):
            widest[n] = max(widest[n], min(_letters(cell), _LINE))
    return sum(widest) + 2 * len(titles)


def _letters(said: web.Said) -> int:
    if isinstance(said, web.Html):
        return _LINE
    return len(said) + sum(1 for letter in said[:_LINE] if letter >= "\u1100")


def _column(table: Table, name: str) -> list[Value]:
    at = next((n for n, column in enumerate(table.fields) if column.name == name), None)
    return [] if at is None else [row[at] for row in table.rows]


def _kind(column: Field) -> str:
    own = {"number": "number", "date": "short", "time": "short", "yes_no": "short"}
    if column.form == "code" and not column.refers_to:
        return "code"
    return own.get(column.form, "")
