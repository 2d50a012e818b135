"""The journal in sentences: named records, values as people see them, nothing that is masked."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import schema
from db.base import Recorded
from db.schema.journal import row_change
from db.schema.members import Person
from db.store import usecase
from gwangju_desktop import settings as declared
from gwangju_desktop import text
from gwangju_desktop.history import details, differing, entries, images, labels, telling, values
from gwangju_desktop.history.entries import Filters
from gwangju_desktop.history.naming import Names, object_of
from gwangju_desktop.history.words import meanings
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import people
from gwangju_desktop.members import usecases as members
from gwangju_desktop.offices import opened

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.just("{who}"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
JOURNALLED = sorted(
    mapper.local_table.name for mapper in schema.mappers() if issubclass(mapper.class_, Recorded)
) or sorted(labels.load().tables)


@pytest.fixture
def office(store):
    """A body with a member and a meeting with an item, done by somebody with a name."""
    store.who = "김예시"
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Example Committee").value
    person = store.run(
        members.add_member,
        person={"name": "가상가", "gender": "female", "phone": "010-0000-1234"},
        membership={"body_id": body, "starts_on": dt.date(2021, 2, 25)},
    ).value
    meeting = store.run(
        meetings.add_meeting,
        body_id=body,
        title="제5차 정기회의",
        starts_at=dt.datetime(2022, 4, 1, 5, tzinfo=dt.UTC),
    ).value
    item = store.run(agenda.add_item, meeting_id=meeting, title="가").value
    return store, {"body": body, "person": person, "meeting": meeting, "agenda_item": item}


def last(store, language="ko"):
    with store.reading() as read, text.speaking(language):
        return entries.lines(read, entries.ids(read, limit=1))[0]


def test_every_journalled_table_and_column_is_called_something_in_both_languages() -> None:
    schema.everything()
    known = labels.load()
    tables = {
        mapper.local_table.name: mapper.local_table
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded)
    }
    assert tables.keys() == known.tables.keys()
    for name, table in tables.items():
        told = known.tables[name]
        assert told.ko and told.one and told.area in known.areas, name
        assert set(told.columns) >= set(table.c.keys()), name
        assert all(column.ko and column.en for column in told.columns.values()), name
        for column, owner in told.of.items():
            assert images.referred(name, column) == owner, f"{name}.{column}"
    for (name, column), words in meanings().items():
        if name in tables:
            assert column in tables[name].c and all(words.values()), (name, column)


def test_a_change_is_told_with_who_which_record_and_what_it_says_now(office) -> None:
    store, ids = office
    store.run(agenda.edit_item, id=ids["agenda_item"], title="나")
    assert last(store).sentence == (
        "김예시 님이 “제5차 정기회의”의 “나” 안건의 안건명을 고쳤습니다: 가 → 나"
    )
    assert last(store, "en").sentence == (
        "김예시 changed Title of agenda item “나” (제5차 정기회의): 가 → 나"
    )
    store.undo()
    assert "되돌렸습니다" in last(store).sentence
    with store.reading() as read:
        before = entries.lines(read, entries.ids(read, limit=2))[1]
    assert before.undone


def test_what_is_added_and_deleted_is_named_also_when_it_is_gone(office) -> None:
    store, ids = office
    assert last(store).sentence == "김예시 님이 “제5차 정기회의”의 “가” 안건을 등록했습니다"
    store.run(agenda.delete_item, id=ids["agenda_item"])
    assert last(store).sentence.startswith(
        "김예시 님이 “제5차 정기회의”의 “가” 안건을 삭제했습니다"
    )


def test_contacts_are_masked_and_cannot_be_searched_for(office) -> None:
    store, ids = office
    store.run(people.edit_person, id=ids["person"], phone="010-0000-5678")
    with store.reading() as read:
        found = details.entry(read, number=entries.ids(read, limit=1)[0])
        assert found is not None
        (change,) = found.changes
        assert [(one.label, one.before, one.after) for one in change.fields] == [
            ("전화", values.MASK, values.MASK)
        ]
        assert "5678" not in found.line.sentence
        assert entries.ids(read, Filters(words="0000-5678")) == []
        assert entries.ids(read, Filters(words="가상가")) != []


def test_what_was_erased_is_said_to_be_and_never_told(office) -> None:
    store, ids = office

    @usecase("Erase")
    def forget(tx):
        from db.erase import Order

        tx.get_one(Person, ids["person"]).name = ""
        return Order((ids["person"],), ("가상가",), None)

    store.erase(forget)
    with store.reading() as read:
        told = entries.lines(read, entries.ids(read))
        whole = [details.entry(read, number=line.id) for line in told]
    assert not any("가상가" in line.sentence for line in told)
    erased = [c for one in whole if one for c in one.changes if c.act == images.ERASED]
    assert erased and all(not change.fields for change in erased)
    assert "파기" in told[0].sentence


def test_a_record_has_the_history_of_what_belongs_to_it(office) -> None:
    store, ids = office
    other = store.run(
        meetings.add_meeting,
        body_id=ids["body"],
        title="다른 회의",
        starts_at=dt.datetime(2022, 5, 1, 5, tzinfo=dt.UTC),
    ).value
    store.run(agenda.add_item, meeting_id=other, title="다른 안건")
    store.run(agenda.delete_item, id=ids["agenda_item"])
    with store.reading() as read:
        of_meeting = entries.lines(
            read, entries.ids(read, Filters(record=("meeting", ids["meeting"])))
        )
        of_item = entries.ids(read, Filters(record=("agenda_item", ids["agenda_item"])))
        of_person = entries.ids(read, Filters(record=("person", ids["person"])))
        of_area = entries.lines(read, entries.ids(read, Filters(area="members")))
    assert {line.table for line in of_meeting} == {"meeting", "agenda_item"}
    assert not any("다른" in line.sentence for line in of_meeting)
    # Their seats in both meetings are theirs too.
    assert len(of_item) == 2 and len(of_person) == 3
    assert of_area and all(line.table in labels.load().of_area("members") for line in of_area)


def test_filters_of_who_day_act_and_words(office) -> None:
    store, ids = office
    store.who = "이가상"
    store.run(agenda.edit_item, id=ids["agenda_item"], title="전기차 충전소 설치")
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date()
    day = dt.timedelta(days=1)
    with store.reading() as read:
        (newest,) = entries.ids(read, limit=1)
        assert entries.ids(read, Filters(who="이가상")) == [newest]
        assert newest not in entries.ids(read, Filters(act=images.ADDED))
        assert newest in entries.ids(read, Filters(act=images.CHANGED))
        assert entries.ids(read, Filters(words="충전소")) == [newest]
        assert entries.ids(read, Filters(since=today + day)) == []
        assert newest in entries.ids(read, Filters(since=today, until=today))
        assert entries.ids(read, Filters(until=today - day)) == []
        under = entries.under_days(read)
    assert under[0] == -newest and under[1] == newest


def test_secret_settings_are_never_told(sqlite_store) -> None:
    store = sqlite_store
    with store.reading() as read:
        secret = images.Row("setting", 1, None, {"key": declared.ID_SECRET, "value": "very secret"})
        name = images.Row("setting", 2, None, {"key": declared.CITY_KO, "value": "가상시"})
        names = Names(read, [secret, name])
        assert values.said(names, "setting", "value", secret.after) == values.MASK
        assert values.said(names, "setting", "value", name.after) == "가상시"


def test_the_sample_is_told_without_a_code_or_a_number_for_a_name(sample_office) -> None:
    with opened(sample_office, write=False) as store, store.reading() as read:
        for language in text.LANGUAGES:
            with text.speaking(language):
                told = entries.lines(read, entries.ids(read))
                assert len(told) > 400
                for line in told:
                    assert line.sentence and "_id" not in line.sentence, line
                    assert not line.sentence.endswith(": "), line
        whole = [details.entry(read, number=line.id) for line in told[::5]]
    shown = [field for one in whole if one for c in one.changes for field in c.fields]
    assert shown and all(field.label != field.column for field in shown)
    assert sum(one.place is not None for one in whole if one) > len(whole) * 0.9


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=st.sampled_from([*JOURNALLED[::7], "a table that is gone"]),
    pk=st.one_of(st.integers(0, 9).map(lambda id: f"[{id}]"), st.text(max_size=5)),
    pair=st.one_of(st.lists(JSON, max_size=3), JSON),
    kind=st.sampled_from(["do", "undo", "redo", "erase", "migrate", "salvage", "x"]),
    label=st.text(max_size=9),
    who=st.text(max_size=9),
)
def test_no_row_of_the_journal_whatever_stands_there_stops_a_sentence(
    sqlite_store, table, pk, pair, kind, label, who
) -> None:
    known = list(labels.load().table(table).columns)
    if isinstance(pair, list) and len(pair) == 2 and known:
        # Values of every type under the names of columns.
        pair = [
            dict(zip(known, image.values(), strict=False)) if isinstance(image, dict) else image
            for image in pair
        ]
    row = images.read(table, pk, json.dumps(pair))
    with sqlite_store.reading() as read:
        names = Names(read, [row])
        told = telling.Told(who, kind, label, [row], 3)
        for language in text.LANGUAGES:
            with text.speaking(language):
                assert isinstance(telling.sentence(told, names), str)
                for column in row.fields:
                    assert values.said(names, table, column, row.after)


def test_what_every_recorded_row_says_can_be_read_again(sample_office) -> None:
    with opened(sample_office, write=False) as store, store.reading() as read:
        for image in read.execute(select(row_change)).all():
            row = images.read(image.tbl, image.pk, image.body, image.subject)
            assert row.act in telling.ACTS and row.table == image.tbl


@given(st.text(alphabet="가나다 \n.", max_size=60), st.text(alphabet="가나다 \n.", max_size=60))
def test_pieces_of_two_texts_make_both_again(before: str, after: str) -> None:
    pieces = differing.differing(before, after)
    assert all(piece.kind != differing.LEFT_OUT for piece in pieces)
    same_out = "".join(p.text for p in pieces if p.kind in (differing.SAME, differing.OUT))
    same_in = "".join(p.text for p in pieces if p.kind in (differing.SAME, differing.IN))
    assert (same_out, same_in) == (before, after)


def test_of_a_long_text_only_what_differs_is_told() -> None:
    words = [f"낱말{n}" for n in range(9_000)]
    pieces = differing.differing(" ".join(words), " ".join([*words[:4_000], "새", *words[4_000:]]))
    assert [piece.text.strip() for piece in pieces if piece.kind == differing.IN] == ["새"]
    assert sum(len(piece.text) for piece in pieces) < 1_000
    assert "{+" in differing.plain(pieces) and "…" in differing.plain(pieces)


def test_korean_objects_take_their_particle() -> None:
    assert [object_of(word) for word in ("제목", "회의", "기수(대)", "SMS")] == [
        "제목을",
        "회의를",
        "기수(대)를",
        "SMS을(를)",
    ]
