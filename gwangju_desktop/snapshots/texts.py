"""What a scan found in the texts of a copy, and what people decide of it, once a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import schema
from db.schema.snapshots import TextDecision
from db.store import usecase
from db.vocab import FindKind
from gwangju_desktop import clock, settings, subjects
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence.integrity import Door
from gwangju_desktop.snapshots import disclose, looking, members, reviewing, scanning
from gwangju_desktop.snapshots.looking import Held
from gwangju_desktop.snapshots.policy import Policy
from gwangju_desktop.snapshots.reviewing import Find, Place
from gwangju_desktop.text import C_, N_, NN_, Msg, say, words

KINDS = {
    FindKind.NAME: C_("find", "Name"),
    FindKind.PHONE: C_("find", "Phone number"),
    FindKind.MAIL: C_("find", "E-mail address"),
    FindKind.RESIDENT_NUMBER: C_("find", "Resident registration number"),
    FindKind.HIDDEN: C_("find", "Value that is not disclosed"),
}
PROGRESS = NN_("{done} of {n} decided", "{done} of {n} decided")
CHANGED = N_("A text has changed since it was looked through.")
BLOCK = 500  # rows asked for at once


@dataclass(frozen=True, slots=True)
class Line:
    """A find as people read of it: its register, its field and the record's name, "" without one.

    Of a file, what is found is its name, and in place of the record stands why it is held back.
    """

    find: Find
    table_ko: str
    table_en: str
    column_ko: str
    column_en: str
    record: str


@dataclass(frozen=True, slots=True)
class Expression:
    """What is found in several places and decided on at once: the same letters of the same kind."""

    kind: FindKind
    found: str


def expression(find: Find) -> Expression:
    """Return what a find has in common with others."""
    return Expression(find.kind, find.found)


def finds(door: Door, rules: Policy) -> list[Find]:
    """Scan every text that would go out; the office is read first, and free while it is scanned."""
    fetched, secret, _names = _read(door, rules)
    return _in_order(disclose.scan(fetched, secret), rules)


def look_through(
    door: Door, rules: Policy, cancelled: looking.Cancel | None = None
) -> tuple[list[Find], list[Held]]:
    """Scan every text and look into every evidence file that would go out; raises Cancelled.

    The office is read first, and free meanwhile.
    """
    fetched, secret, names = _read(door, rules)
    facts = {"made_at": clock.local(clock.now()).isoformat()}
    disclosed = disclose.disclose(fetched, rules, secret, facts)
    held = looking.look(fetched, disclosed, names, secret, door.papers, cancelled)
    return _in_order(disclosed.finds, rules), held


def undecided(found: Iterable[Find]) -> list[Find]:
    """Return the finds nobody has decided on: they are masked."""
    return [find for find in found if find.decision is None]


def lines(
    door: Door, rules: Policy, found: Sequence[Find], held: Sequence[Held] = ()
) -> list[Line]:
    """Return finds with the names of their records, in the order given, the files behind them."""
    with door.reading() as read:
        called = subjects.names(read, {(f.place.table, f.place.row_id) for f in found})
    records = [called.get((f.place.table, f.place.row_id), "") for f in found]
    told = [*zip(found, records, strict=True), *((one.find, one.told(rules)) for one in held)]
    return [_line(rules, find, record) for find, record in told]


def _line(rules: Policy, find: Find, record: str) -> Line:
    table = rules.tables[find.place.table]
    column = next(c for c in table.columns if c.name == find.place.column)
    return Line(find, table.ko, table.en, column.ko, column.en, record)


def word(kind: FindKind) -> Msg:
    """Return what a kind of find is called."""
    return KINDS[kind]


def where(line: Line) -> tuple[str, str, str]:
    """Return the register, the field and the record of a find in the language that is spoken."""
    english = words().language == "en"
    table = line.table_en if english else line.table_ko
    return table, line.column_en if english else line.column_ko, line.record


def decided(find: Find) -> str:
    """Say what was decided of a find, and why."""
    if find.decision is None:
        return say(N_("undecided, masked"))
    said = say(C_("find", "shown") if find.shown else C_("find", "masked"))
    return f"{said} ({find.decision.reason})" if find.decision.reason else said


def one_line(text: str) -> str:
    """Return letters around a find without line breaks."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def as_json(line: Line) -> dict[str, Any]:
    """Return a find as the command line tells it to programs."""
    find, place = line.find, line.find.place
    decision = find.decision
    return {
        "find": place.code,
        "table": place.table,
        "column": place.column,
        "row": place.row_id,
        "record": line.record,
        "start": place.start,
        "length": place.length,
        "kind": find.kind.value,
        "before": find.excerpt_before,
        "found": find.found,
        "after": find.excerpt_after,
        "checksum": find.checksum,
        "decision": decision and {"shown": decision.shown, "reason": decision.reason},
    }


@usecase("Decide on finds in texts")
def decide_texts(tx: Session, *, finds: Sequence[Find], shown: bool, reason: str = "") -> int:
    """Keep what was decided of finds, all or none; return how many.

    Raises UserError for a registration number that is to be shown, for showing without a reason,
    and when a text has changed since it was scanned.
    """
    reason = reason.strip()
    if shown and not reason:
        raise UserError(N_("Say why this may be shown."))
    texts = _texts(tx, finds)
    kept = _kept(tx, finds)
    for find in finds:
        place, text = find.place, texts.get(find.place)
        if text is None:
            raise UserError(CHANGED, hint=N_("Look through the texts again."))
        if shown and (not find.may_be_shown or _resident(text, place)):
            raise UserError(
                N_("A resident registration number is never shown."),
                hint=N_("Take it out of the record (Personal Information Protection Act, 24-2)."),
            )
        row = kept.get(place)
        if row is None:
            row = TextDecision(
                table_name=place.table,
                column_name=place.column,
                row_id=place.row_id,
                text_mark=place.mark,
                start=place.start,
                length=place.length,
                kind=find.kind.value,
            )
            tx.add(row)
        row.shown, row.reason = shown, reason
    tx.flush()
    return len(finds)


@usecase("Take decisions on texts back")
def undecide_texts(tx: Session, *, finds: Sequence[Find]) -> int:
    """Forget what was decided of finds: they are masked again; return how many were decided."""
    rows = _kept(tx, finds)
    for find in finds:
        row = rows.get(find.place)
        if row is not None:
            tx.delete(row)
    tx.flush()
    return len(rows)


def _in_order(found: Iterable[Find], rules: Policy) -> list[Find]:
    """Return finds by table as the policy lists them, record and field: no engine orders rows."""
    order = {name: n for n, name in enumerate(rules.tables)}

    def key(find: Find) -> tuple[int, int, str, int]:
        place = find.place
        return order[place.table], place.row_id, place.column, place.start

    return sorted(found, key=key)


def _read(door: Door, rules: Policy) -> tuple[disclose.Office, bytes, dict[str, str]]:
    with door.reading() as read:
        return disclose.fetch(read, rules), _secret(read), members.evidence_names(read)


def _secret(read: Session) -> bytes:
    return bytes.fromhex(settings.value(read, settings.ID_SECRET) or "")


def _texts(tx: Session, found: Iterable[Find]) -> dict[Place, str]:
    """Return the texts that are still as they were scanned."""
    secret = _secret(tx)
    texts: dict[Place, str] = {}
    for (name, column), group in _by_column(found):
        table = schema.table(name)
        for ids, places in group:
            query = select(table.c.id, table.c[column]).where(table.c.id.in_(ids))
            rows = {
                id: (scanning.plain(str(value)), reviewing.mark(secret, str(value)))
                for id, value in tx.execute(query)
                if value is not None
            }
            for place in places:
                text, mark = rows.get(place.row_id, ("", ""))
                if mark == place.mark:
                    texts[place] = text
    return texts


def _kept(tx: Session, found: Iterable[Find]) -> dict[Place, TextDecision]:
    kept: dict[Place, TextDecision] = {}
    for (name, column), group in _by_column(found):
        for ids, places in group:
            query = select(TextDecision).where(
                TextDecision.table_name == name,
                TextDecision.column_name == column,
                TextDecision.row_id.in_(ids),
            )
            wanted = set(places)
            for row in tx.scalars(query):
                place = Place(name, column, row.row_id, row.text_mark, row.start, row.length)
                if place in wanted:
                    kept[place] = row
    return kept


def _by_column(
    found: Iterable[Find],
) -> Iterator[tuple[tuple[str, str], list[tuple[list[int], list[Place]]]]]:
    """Give the places of each table's column in blocks, with the rows of each block."""

    def column(place: Place) -> tuple[str, str]:
        return place.table, place.column

    for key, group in groupby(sorted((f.place for f in found), key=column), column):
        places = list(group)
        blocks = [places[at : at + BLOCK] for at in range(0, len(places), BLOCK)]
        yield key, [(sorted({place.row_id for place in block}), block) for block in blocks]


def _resident(text: str, place: Place) -> bool:
    end = place.start + place.length
    return any(s.start < end and place.start < s.end for s in scanning.residents(text))
