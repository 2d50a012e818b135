"""Finds in free texts, and what people decide of them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.journal import row_change
from db.schema.meetings import AgendaItem
from db.schema.snapshots import TextDecision
from db.store import Store, usecase
from db.vocab import FindKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import disclose, policy, reviewing, scanning, texts
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.reviewing import Find
from tests.gwangju_desktop.snapshots import offices
from tests.gwangju_desktop.snapshots.test_build import rows

# Made-up numbers whose last digit follows from the others, and whose last digit does not.
RIGHT, WRONG = "000101-3000008", "000101-3000000"


@usecase("Write into an item")
def write(tx: Session, *, title: str, contents: str) -> None:
    tx.scalars(select(AgendaItem).where(AgendaItem.title == title)).one().contents = contents


@usecase("Put a decision behind the program's back")
def smuggle(tx: Session, *, find: Find) -> None:
    place = find.place
    tx.add(
        TextDecision(
            table_name=place.table,
            column_name=place.column,
            row_id=place.row_id,
            text_mark=place.mark,
            start=place.start,
            length=place.length,
            kind=FindKind.NAME.value,
            shown=True,
            reason="-",
        )
    )


def found(office: Store) -> list[Find]:
    return texts.finds(office, policy.load())


def of(office: Store, word: str) -> Find:
    return next(find for find in found(office) if find.found == word)


def test_kinds_places_and_the_letters_around_are_told(office: Store) -> None:
    told = {find.found: find for find in found(office)}
    phone, name = told["062-000-0000"], told["가상밖"]
    assert (phone.kind, phone.excerpt_before, phone.excerpt_after) == (
        FindKind.PHONE,
        "문의 ",
        "으로 하십시오.",
    )
    assert (name.kind, name.place.table, name.place.column) == (
        FindKind.NAME,
        "agenda_item",
        "contents",
    )
    assert phone.decision is None and not phone.shown and len(told) == 2
    lines = texts.lines(office, policy.load(), [phone])
    assert lines[0].record == "안건 1" and lines[0].table_ko and lines[0].column_ko
    assert texts.as_json(lines[0])["kind"] == "phone"


def test_what_is_decided_is_shown_and_the_rest_is_masked(office: Store, tmp_path: Path) -> None:
    both = found(office)
    office.run(
        texts.decide_texts, finds=[of(office, "062-000-0000")], shown=True, reason="대표번호"
    )
    office.run(texts.decide_texts, finds=[of(office, "가상밖")], shown=False)
    assert not texts.undecided(found(office)) and len(texts.undecided(both)) == 2
    target = tmp_path / "2.gwsnap"
    made = make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    contents = {str(r[0]) for r in rows(target, "SELECT contents FROM agenda_item", tmp_path)}
    assert contents == {
        "문의 062-000-0000으로 하십시오.",
        "[가림] 님이 낸 의견",
        "그대로 나가는 글",
    }
    assert made.withheld == 1
    office.run(texts.undecide_texts, finds=both)
    assert len(texts.undecided(found(office))) == 2


def test_a_changed_text_needs_a_new_decision(office: Store) -> None:
    find = of(office, "가상밖")
    office.run(texts.decide_texts, finds=[find], shown=True, reason="본인 동의")
    assert of(office, "가상밖").shown
    office.run(write, title="안건 2", contents="가상밖 님이 낸 의견.")
    again = of(office, "가상밖")
    assert again.decision is None and again.place.start == find.place.start
    with pytest.raises(UserError, match=r"바뀌었|changed"):
        office.run(texts.decide_texts, finds=[find], shown=False)
    office.run(write, title="안건 2", contents="가상밖 님이 낸 의견")
    assert of(office, "가상밖").shown


def test_composed_or_not_is_the_same_version(office: Store) -> None:
    office.run(texts.decide_texts, finds=[of(office, "가상밖")], shown=True, reason="본인 동의")
    apart = unicodedata.normalize("NFD", "가상밖 님이 낸 의견")
    office.run(write, title="안건 2", contents=apart)
    assert of(office, "가상밖").shown


def test_decisions_are_undone_and_taken_at_once(office: Store) -> None:
    both = found(office)
    assert office.run(texts.decide_texts, finds=both, shown=False).value == 2
    # The same again changes the row that is there.
    office.run(texts.decide_texts, finds=both, shown=True, reason="공개된 연락처")
    assert all(find.shown for find in found(office))
    office.undo()
    assert [find.decision and find.decision.shown for find in found(office)] == [False, False]
    office.undo()
    assert len(texts.undecided(found(office))) == 2


def test_showing_needs_a_reason_and_a_registration_number_is_never_shown(office: Store) -> None:
    with pytest.raises(UserError):
        office.run(texts.decide_texts, finds=found(office), shown=True, reason=" ")
    office.run(write, title="안건 3", contents=f"번호 {WRONG} 와 {RIGHT}, 문의 010-0000-0000")
    numbers = [f for f in found(office) if f.kind is FindKind.RESIDENT_NUMBER]
    assert [(f.checksum, f.found) for f in numbers] == [
        (False, "000101-3******"),
        (True, "000101-3******"),
    ]
    phone = of(office, "010-0000-0000")
    assert RIGHT[-6:] not in phone.excerpt_before and "000101-3******" in phone.excerpt_before
    before = office.head()
    with pytest.raises(UserError):
        office.run(texts.decide_texts, finds=[phone, numbers[0]], shown=True, reason="-")
    lying = Find(numbers[0].place, FindKind.NAME, "", "", "", None, None)
    with pytest.raises(UserError):
        office.run(texts.decide_texts, finds=[lying], shown=True, reason="-")
    assert office.head() == before
    office.run(texts.decide_texts, finds=numbers, shown=False)
    assert not any(f.shown for f in found(office))


def test_a_registration_number_stays_masked_whatever_the_table_says(
    office: Store, tmp_path: Path
) -> None:
    office.run(write, title="안건 3", contents=f"번호 {RIGHT}")
    number = next(f for f in found(office) if f.kind is FindKind.RESIDENT_NUMBER)
    office.run(smuggle, find=number)
    target = tmp_path / "2.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    contents = {r[0] for r in rows(target, "SELECT contents FROM agenda_item", tmp_path)}
    assert "번호 [가림]" in contents and RIGHT.encode() not in target.read_bytes()


def test_no_word_of_a_text_stands_in_its_decision(office: Store) -> None:
    office.run(texts.decide_texts, finds=found(office), shown=False)
    with office.reading() as read:
        kept = read.execute(select(TextDecision.__table__)).all()
        told = str(kept) + str(
            read.execute(select(row_change.c.body).where(row_change.c.tbl == "text_decision")).all()
        )
    assert len(kept) == 2 and "가상밖" not in told and "062-000" not in told


def test_the_office_is_free_while_it_is_scanned(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write in the middle of the scan is taken at once, and the scan tells the older state."""
    scan = disclose.scan

    def slow(fetched: disclose.Office, secret: bytes) -> list[Find]:
        office.run(write, title="안건 2", contents="이름 없음")
        return scan(fetched, secret)

    monkeypatch.setattr(disclose, "scan", slow)
    assert "가상밖" in {find.found for find in found(office)}
    monkeypatch.undo()
    assert "가상밖" not in {find.found for find in found(office)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("문의 062-613-0000으로", FindKind.PHONE),
        ("문의 ０６２－６１３－００００", FindKind.PHONE),
        ("02)000-0000", FindKind.PHONE),
        ("a@b.example에", FindKind.MAIL),
        (RIGHT, FindKind.RESIDENT_NUMBER),
        (WRONG, FindKind.RESIDENT_NUMBER),
        ("000101 - 3000004", FindKind.RESIDENT_NUMBER),
        ("0001013000004", FindKind.RESIDENT_NUMBER),
        ("000229-3000000", FindKind.RESIDENT_NUMBER),
        ("001301-3000000", FindKind.HIDDEN),
    ],
)
def test_what_a_find_is_taken_for(text: str, kind: FindKind) -> None:
    assert [span.kind for span in scanning.spans(text, scanning.Hidden())] == [kind]


def test_overlapping_finds_are_one_and_the_strictest() -> None:
    hidden = scanning.Hidden(
        {"가상": FindKind.NAME, "가상밖": FindKind.NAME, RIGHT: FindKind.HIDDEN}
    )
    found = scanning.spans(f"가상밖 {RIGHT} 가상안 가상밖", hidden)
    assert [(s.start, s.length, s.kind) for s in found] == [
        (0, 3, FindKind.NAME),
        (4, 14, FindKind.RESIDENT_NUMBER),
        (19, 2, FindKind.NAME),
        (23, 3, FindKind.NAME),
    ]
    assert scanning.checksum_holds("12") is None
    assert scanning.checksum_holds("000101-7000001")


LETTERS = st.text(st.sampled_from("가상밖 0123-@.a나"), max_size=40)


@hypothesis(max_examples=200, deadline=None)
@given(LETTERS, st.lists(st.text("가상밖나", min_size=2, max_size=4), max_size=4))
def test_spans_lie_apart_and_masking_leaves_nothing(text: str, names: list[str]) -> None:
    text = scanning.plain(text)
    hidden = scanning.Hidden(names)
    found = scanning.spans(text, hidden)
    ends = [0, *(span.end for span in found)]
    assert all(span.length and span.start >= end for span, end in zip(found, ends, strict=False))
    reviewer = reviewing.Reviewer.without_decisions(hidden)
    out = reviewer.text(("a", "b", 1), text, free=True)
    assert len(reviewer.finds) == len(found) == reviewer.masked.get("a.b", 0)
    pieces = out.split(scanning.MASK)
    assert not any(hidden.within(piece) for piece in pieces)
    assert (out, len(found)) == scanning.review(text, hidden)
