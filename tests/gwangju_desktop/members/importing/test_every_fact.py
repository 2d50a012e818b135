"""What a form takes of a person and a seat comes with a file too, and leaves with one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.members import Membership, Person
from gwangju_desktop import text
from gwangju_desktop.members import posts, usecases
from gwangju_desktop.members.importing import mapping, reading
from gwangju_desktop.members.importing.model import Options
from tests.gwangju_desktop.members.importing.test_round_trip import exported, plan_of, take_in

D = dt.date
KOREAN = "성명,장애 여부,청년 여부,위촉일,위촉장 발급일,위촉 비고,비고"
ENGLISH = "Full name,Disability,Youth,First day,Letter date,Membership note,Note"
LINE = "가상하나,아니오,예,2021-02-25,2021. 3. 2.,보궐 위촉,가상 인물"


@pytest.fixture
def body(store):
    return store.run(usecases.add_body, name_ko="가상위원회").value


@pytest.mark.parametrize("head", [KOREAN, ENGLISH])
def test_youth_disability_letter_and_note_come_in_and_go_out(
    head: str, store, body: int, tmp_path: Path
) -> None:
    source = reading.read_text(f"{head}\n{LINE}\n", "x")
    assert mapping.guess(source) == (
        *("name", "disability", "youth", "start", "letter_on", "seat_note", "note"),
    )
    take_in(store, source, options=Options(body_id=body))
    with store.reading() as read:
        person = read.execute(select(Person.disability, Person.youth, Person.note)).one()
        seat = read.execute(select(Membership.letter_on, Membership.note)).one()
    assert tuple(person) == (False, True, "가상 인물")
    assert tuple(seat) == (D(2021, 3, 2), "보궐 위촉")
    for language in text.LANGUAGES:
        text.use(language)
        for suffix in (".csv", ".xlsx"):
            path = exported(store, tmp_path / f"{language}{suffix}")
            again = reading.read(path)
            assert {"disability", "youth", "letter_on", "seat_note"} <= set(mapping.guess(again))
            assert plan_of(store, again).counts["same"] == 1


def test_a_column_of_other_words_is_not_taken_for_yes_or_no() -> None:
    source = reading.read_text("성명,장애,청년\n가상하나,해당 없음 등급,모름\n", "x")
    assert mapping.guess(source) == ("name", "", "")


def test_a_seat_by_office_goes_with_the_post_of_its_title(store, body: int) -> None:
    post = store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=body, starts_on=D(2020, 1, 1))
    lines = "가상하나,환경국장,당연직,2021-01-01\n가상둘,환경국장,위촉직,2021-01-01\n"
    lines += "가상셋,기획국장,당연직,2021-01-01\n"
    source = reading.read_text(f"성명,직위,구분,위촉일\n{lines}", "x")
    take_in(store, source, options=Options(body_id=body))
    with store.reading() as read:
        tied = read.execute(
            select(Person.name, Membership.post_id).join(Membership).order_by(Person.id)
        ).all()
    assert [tuple(one) for one in tied] == [("가상하나", post), ("가상둘", None), ("가상셋", None)]
    # Whoever takes the post over ends it on the eve.
    heir = store.run(usecases.add_person, name="가상넷", fictional=True).value
    store.run(posts.change_holder, post_id=post, person_id=heir, on=D(2022, 7, 1))
    with store.reading() as read:
        ended = select(Membership.ends_on).join(Person).where(Person.name == "가상하나")
        assert read.scalar(ended) == D(2022, 6, 30)
