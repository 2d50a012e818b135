"""The full-text index of character pairs, kept in the writer's transaction; equal on both engines.

Every text is folded (NFKC, case, no spaces) and stands once as it is and once as the initial
consonants of its syllables. Pairs find candidates, a substring test confirms them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    Connection,
    Integer,
    Text,
    column,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from db import schema
from db.changes import RowChange
from db.hangul import CLUSTERS
from db.schema.search import search_doc

BREAK = "\x1f"
DDL = {
    "sqlite": [
        # ascii: every non-ASCII character is a token character, so a pair is one token.
        "CREATE VIRTUAL TABLE search_fts USING fts5(grams, content='', detail=none,"
        " columnsize=0, tokenize='ascii')"
    ],
    "postgresql": [
        "CREATE TABLE search_fts (rowid bigint PRIMARY KEY, grams text[] NOT NULL)",
        "CREATE INDEX ix_search_fts ON search_fts USING gin (grams)",
    ],
}
BLOCK = 500
# Long texts by table, written by db/texts.py: found by their words, not by initial consonants.
LONG = {"file_text": "text"}
# Their numbers in the index begin here, so that neither kind is read through to reach the other.
LONG_FROM = 1 << 40
# So many new rows at once are gathered in more memory before they are merged: half the time.
MANY = 2000
_HASH = "INSERT INTO search_fts(search_fts, rank) VALUES ('hashsize', ?)"
_USUAL, _LARGE = 1 << 20, 16 << 20

# What NFKC makes of the keyboard's own consonants (U+3131 …).
INITIALS = [chr(0x1100 + n) for n in range(19)]
_INITIAL_OF = {code: INITIALS[(code - 0xAC00) // 588] for code in range(0xAC00, 0xD7A4)}
_CLUSTER = re.compile("[" + "".join(map(chr, CLUSTERS)) + "]")
# \W and the underscore are what `str.isalnum` is false of.
_BETWEEN = re.compile(r"[\W_]+")


def fold(value: str) -> str:
    """Return the letters and digits of a text in one form; spaces, marks and case are gone."""
    if _CLUSTER.search(value):
        value = value.translate(CLUSTERS)
    value = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())
    joined = "".join(value.split())
    # Words and spaces alone are usual, and far sooner joined than searched for marks.
    return joined if joined.isalnum() else _BETWEEN.sub("", joined)


def initials(folded: str) -> str:
    """Return the initial consonants of folded text: 에너지 -> ㅇㄴㅈ."""
    return folded if folded.isascii() else folded.translate(_INITIAL_OF)


def document(fields: Iterable[str | None]) -> str:
    """Return what the index holds of a row: each field folded, then its initials."""
    parts: dict[str, None] = {}
    for field in fields:
        if field and (folded := fold(field)):
            parts[folded] = None
            parts[initials(folded)] = None
    return BREAK.join(parts)


def grams(folded: str) -> list[str]:
    """Return the distinct pairs, and each part's last character alone for one-character queries."""
    found: list[str] = []
    for part in folded.split(BREAK):
        if part:
            found += map(add, part, part[1:])
            found.append(part[-1])
    return list(dict.fromkeys(found))


def create(connection: Connection) -> None:
    """Make the index; it is not in the metadata because each engine has its own kind."""
    for statement in DDL[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@cache
def searched() -> dict[str, tuple[str, ...]]:
    """Return the indexed columns of each table; asked at every write, so built once."""
    return {
        mapper.local_table.name: fields  # type: ignore[attr-defined]
        for mapper in schema.mappers()
        if isinstance(fields := getattr(mapper.class_, "__searched__", ""), tuple)
    }


def long_document(text: str) -> str:
    """Return what the index holds of a page of a file."""
    return fold(text)


def add_long(connection: Connection, table: str, documents: Sequence[tuple[int, str]]) -> None:
    """Index rows that were not there, given by id and document."""
    _add(connection, table, [(ref, text) for ref, text in documents if text])


def remove_long(connection: Connection, table: str, refs: Sequence[int]) -> None:
    """Take rows of a table out of the index."""
    for at in range(0, len(refs), BLOCK):
        _bring(connection, table, dict.fromkeys(refs[at : at + BLOCK], ""))


def maintain(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Bring the index in line with row changes made in this transaction."""
    fields = searched()
    last: dict[tuple[str, int], RowChange] = {}
    fresh: dict[tuple[str, int], bool] = {}
    for row in rows:
        if row.table in fields:
            key = (row.table, row.pk[0])
            last[key] = row
            fresh.setdefault(key, row.before is None)
    new: dict[str, dict[int, str]] = {}
    held: dict[str, dict[int, str]] = {}
    for (table, ref), row in last.items():
        image = row.after
        text = document(image[name] for name in fields[table]) if image else ""
        of = new if fresh[table, ref] else held
        of.setdefault(table, {})[ref] = text
    for table, texts in held.items():
        refs = list(texts)
        for at in range(0, len(refs), BLOCK):
            block = refs[at : at + BLOCK]
            _bring(connection, table, {ref: texts[ref] for ref in block})
    for table, texts in new.items():
        _add(connection, table, [(ref, text) for ref, text in texts.items() if text])


def _bring(connection: Connection, table: str, texts: dict[int, str]) -> None:
    """Index one block of rows that may be known; a few statements for the block, not the row."""
    known = {
        row.ref: row
        for row in connection.execute(
            select(search_doc).where(search_doc.c.tbl == table, search_doc.c.ref.in_(list(texts)))
        ).all()
    }
    stale = [row for ref, row in known.items() if row.folded != texts[ref]]
    _drop(connection, [(row.id, row.folded) for row in stale])
    gone = [row.id for row in stale if not texts[row.ref]]
    if gone:
        connection.execute(delete(search_doc).where(search_doc.c.id.in_(gone)))
    for row in stale:
        if texts[row.ref]:
            connection.execute(
                update(search_doc).where(search_doc.c.id == row.id).values(folded=texts[row.ref])
            )
    _put(connection, [(row.id, texts[row.ref]) for row in stale if texts[row.ref]])
    _add(
        connection,
        table,
        [(ref, text) for ref, text in texts.items() if text and ref not in known],
    )


def _add(connection: Connection, table: str, texts: Sequence[tuple[int, str]]) -> None:
    """Index rows that were not there, given by id and document."""
    sqlite = connection.dialect.name == "sqlite"
    many = sqlite and len(texts) > MANY
    if many:
        connection.exec_driver_sql(_HASH, (_LARGE,))
    for at in range(0, len(texts), BLOCK):
        block = texts[at : at + BLOCK]
        if sqlite or table in LONG:
            first = _next(connection, table)
            put = [(number, text) for number, (_ref, text) in enumerate(block, first)]
            values = [
                {"id": number, "tbl": table, "ref": ref, "folded": text}
                for number, (ref, text) in enumerate(block, first)
            ]
            connection.execute(insert(search_doc), values)
        else:
            made = connection.execute(
                insert(search_doc).returning(search_doc.c.id, search_doc.c.folded),
                [{"tbl": table, "ref": ref, "folded": text} for ref, text in block],
            ).all()
            put = [(row.id, row.folded) for row in made]
        _put(connection, put)
    if many:
        connection.exec_driver_sql(_HASH, (_USUAL,))


_LAST = select(search_doc.c.id).order_by(search_doc.c.id.desc()).limit(1)
_LAST_SHORT = _LAST.where(search_doc.c.id < LONG_FROM)


def _next(connection: Connection, table: str) -> int:
    """Return the next number of the index; the writer's lock keeps it ours."""
    if table in LONG:
        return max(int(connection.execute(_LAST).scalar() or 0) + 1, LONG_FROM)
    return int(connection.execute(_LAST_SHORT).scalar() or 0) + 1


def _put(connection: Connection, docs: Sequence[tuple[int, str]]) -> None:
    if not docs:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO search_fts(rowid, grams) VALUES (?, ?)",
            [(number, " ".join(grams(text))) for number, text in docs],
        )
    else:
        connection.exec_driver_sql(
            "INSERT INTO search_fts(rowid, grams) VALUES (%s, %s)",
            [(number, grams(text)) for number, text in docs],
        )


def _drop(connection: Connection, docs: Sequence[tuple[int, str]]) -> None:
    if not docs:
        return
    if connection.dialect.name == "sqlite":
        # A contentless index forgets a row only when told what the row said.
        connection.exec_driver_sql(
            "INSERT INTO search_fts(search_fts, rowid, grams) VALUES ('delete', ?, ?)",
            [(number, " ".join(grams(text))) for number, text in docs],
        )
    else:
        connection.exec_driver_sql(
            "DELETE FROM search_fts WHERE rowid = %s", [(number,) for number, _ in docs]
        )


def find(
    connection: Connection,
    words: str,
    limit: int = 60,
    *,
    tables: Sequence[str] = (),
    long: bool = False,
) -> list[tuple[str, int]]:
    """Return (table, id) of rows whose text contains `words`, spaces and case ignored.

    The oldest index row comes first. No words, no rows. `tables` are those wanted, all by default;
    `long` looks through the pages of files instead.
    """
    query = fold(words)
    if not query:
        return []
    sqlite = connection.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    own = f"f.rowid {'>=' if long else '<'} {LONG_FROM}"
    if tables:
        own += f" AND d.tbl IN ({', '.join([mark] * len(tables))})"
    pairs = sorted({query[at : at + 2] for at in range(len(query) - 1)})
    parameters: tuple[Any, ...]
    if sqlite:
        match = " AND ".join(f'"{pair}"' for pair in pairs) if pairs else f'"{query}"*'
        sql = (
            "SELECT d.tbl, d.ref FROM search_fts f CROSS JOIN search_doc d ON d.id = f.rowid"
            f" WHERE f.search_fts MATCH ? AND {own} AND instr(d.folded, ?) > 0"
            " ORDER BY f.rowid LIMIT ?"
        )
        parameters = (match, *tables, query, limit)
    elif pairs:
        sql = (
            "SELECT d.tbl, d.ref FROM search_fts f JOIN search_doc d ON d.id = f.rowid"
            f" WHERE f.grams @> %s::text[] AND {own} AND strpos(d.folded, %s) > 0"
            " ORDER BY f.rowid LIMIT %s"
        )
        parameters = (pairs, *tables, query, limit)
    else:
        sql = (
            f"SELECT d.tbl, d.ref FROM search_doc d WHERE {own.replace('f.rowid', 'd.id')}"
            " AND strpos(d.folded, %s) > 0 ORDER BY d.id LIMIT %s"
        )
        parameters = (*tables, query, limit)
    return [(row[0], row[1]) for row in connection.exec_driver_sql(sql, parameters).all()]


def hits(dialect: str, single: bool) -> CTE:
    """Return (tbl, ref, inside) of rows whose text contains some words, for a larger statement.

    `inside` is 0 where a text begins with them, else 1; `single` says that they are one character;
    parameters: see `asked`.
    """
    found = "instr" if dialect == "sqlite" else "strpos"
    begins = f"{found}(d.folded, :folded) = 1 OR {found}(d.folded, :part) > 0"
    wanted = f"d.tbl AS tbl, d.ref AS ref, CASE WHEN {begins} THEN 0 ELSE 1 END AS inside"
    if dialect == "sqlite":
        sql = (
            f"SELECT {wanted} FROM search_fts f"
            " CROSS JOIN search_doc d ON d.id = f.rowid"
            " WHERE f.search_fts MATCH :match AND instr(d.folded, :folded) > 0"
        )
    elif not single:
        sql = (
            f"SELECT {wanted} FROM search_fts f JOIN search_doc d ON d.id = f.rowid"
            " WHERE f.grams @> CAST(:match AS text[]) AND strpos(d.folded, :folded) > 0"
        )
    else:
        sql = f"SELECT {wanted} FROM search_doc d WHERE strpos(d.folded, :folded) > 0"
    named = (column("tbl", Text), column("ref", Integer), column("inside", Integer))
    return text(sql).columns(*named).cte("hit")


def asked(dialect: str, words: str) -> dict[str, Any]:
    """Return the parameters of `hits`."""
    query = fold(words)
    pairs = sorted({query[at : at + 2] for at in range(len(query) - 1)})
    values: dict[str, Any] = {"folded": query, "part": BREAK + query}
    if dialect == "sqlite":
        values["match"] = " AND ".join(f'"{p}"' for p in pairs) if pairs else f'"{query}"*'
    elif pairs:
        values["match"] = pairs
    return values


def differences(connection: Connection) -> list[str]:
    """Return where the index does not say what the rows say; empty when it is right."""
    faults: list[str] = []
    for table in (*searched(), *LONG):
        want = dict(_wanted(connection, table))
        docs = connection.execute(
            select(search_doc.c.ref, search_doc.c.folded).where(search_doc.c.tbl == table)
        ).all()
        have = {row.ref: row.folded for row in docs}
        faults.extend(
            f"{table} {ref}"
            for ref in sorted(want.keys() | have.keys())
            if want.get(ref) != have.get(ref)
        )
    return faults


def rebuild(connection: Connection) -> int:
    """Forget the index and make it anew from the rows; return how many rows it holds."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql("DELETE FROM search_fts")
    connection.execute(delete(search_doc))
    held = 0
    for table in (*searched(), *LONG):
        texts = _wanted(connection, table)
        _add(connection, table, texts)
        held += len(texts)
    return held


def _wanted(connection: Connection, table: str) -> list[tuple[int, str]]:
    """Return id and document of every row of a table that has words."""
    columns = schema.table(table).c
    fields = (LONG[table],) if table in LONG else searched()[table]
    rows = connection.execute(
        select(columns.id, *(columns[name] for name in fields)).order_by(columns.id)
    ).all()
    made = long_document if table in LONG else None
    texts = ((row[0], made(row[1]) if made else document(row[1:])) for row in rows)
    return [(ref, said) for ref, said in texts if said]


def sample(connection: Connection, table: str, count: int, length: int) -> list[str]:
    """Return how the documents of some rows of a table begin, spread over all of them by their ids.

    From these one can tell how usual a pair is without counting it in all.
    """
    own = select(search_doc.c.ref).where(search_doc.c.tbl == table).limit(1)
    first = connection.execute(own.order_by(search_doc.c.ref)).scalar()
    last = connection.execute(own.order_by(search_doc.c.ref.desc())).scalar()
    if first is None or last is None:
        return []
    step = (last - first) // count + 1
    wanted = select(func.substr(search_doc.c.folded, 1, length)).where(
        search_doc.c.tbl == table, search_doc.c.ref.in_(range(first, last + 1, step))
    )
    return [str(folded) for folded in connection.execute(wanted).scalars()]


def sharing(
    connection: Connection, table: str, pairs: Sequence[str], most: int
) -> list[tuple[int, int]]:
    """Return (id, how many) of the rows of a table that share most of these pairs.

    Every row that has one of the pairs is looked at: give rare ones.
    """
    if not pairs:
        return []
    if connection.dialect.name == "sqlite":
        each = "SELECT rowid FROM search_fts WHERE search_fts MATCH ?"
        given = tuple(f'"{pair}"' for pair in pairs)
        mark = "?"
    else:
        each = "SELECT rowid FROM search_fts WHERE grams @> ARRAY[%s]::text[]"
        given = tuple(pairs)
        mark = "%s"
    sql = (
        "SELECT d.ref, f.n FROM (SELECT rowid AS doc, count(*) AS n FROM ("
        + " UNION ALL ".join([each] * len(pairs))
        + ") s GROUP BY rowid) f JOIN search_doc d ON d.id = f.doc"
        f" WHERE d.tbl = {mark} ORDER BY f.n DESC, d.ref LIMIT {mark}"
    )
    rows = connection.exec_driver_sql(sql, (*given, table, most)).all()
    return [(int(row[0]), int(row[1])) for row in rows]
