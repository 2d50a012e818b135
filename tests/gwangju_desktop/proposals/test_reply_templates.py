"""Templates of replies are filled literally; nothing a citizen writes is ever a format."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import Store
from db.vocab import DECIDED
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import filling, templates
from tests.gwangju_desktop.proposals.handled import TODAY, decided, received

HOSTILE = [
    "{title.__class__}",
    "{0}",
    "{}",
    "{{title}}",
    "%(title)s %s",
    "${title}",
    "{title!r:>99}",
    "{번호",
    "\\g<1> \\1",
    "{number:099999999}",
]


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def names(store: Store, state: str = "") -> list[str]:
    with store.reading() as read:
        return [row.name for row in templates.templates(read, state)]


@pytest.mark.parametrize("title", HOSTILE)
def test_what_a_title_holds_is_never_a_field(title: str) -> None:
    values = {"title": title, "number": "2022-031"}
    assert filling.fill("「{제목}」 {번호}", values) == f"「{title}」 2022-031"


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != "{{title}}"])
def test_what_is_no_field_stays_as_it_is(text: str) -> None:
    values = {"title": "제목", "number": "1"}
    assert filling.fill(text, values) == text.replace("${title}", "$제목")


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text())
def test_filling_any_text_never_fails(text: str, title: str) -> None:
    filled = filling.fill(text, {"title": title})
    assert filled == text or title in filled


def test_an_empty_field_stays_to_be_seen() -> None:
    filled = filling.fill("{planned}까지 {결과}", {"planned": "", "result": "채택"})
    assert filled == "{planned}까지 채택"
    assert filling.blanks(f"{filled} ○○○ {{planned}}") == ["{planned}", "○○○"]


@pytest.mark.file_only
def test_values_are_those_of_the_proposal(store: Store) -> None:
    outside = [{"system": "국민신문고", "number": "1AA"}]
    id = decided(store, "adopted", department="가상과", outside=outside, field="energy")
    with store.reading() as read:
        held = filling.values_of(read, id=id)
        english = filling.values_of(read, id=id, language="en")
        row = next(one for one in templates.templates(read, "adopted"))
        text = templates.filled(read, id=id, text=row.text)
    assert held == {
        "title": "가상 햇빛 놀이터",
        "number": "2021-001",
        "outside": "국민신문고 1AA",
        "received": "2021. 9. 6.",
        "department": "가상과",
        "field": "에너지전환",
        "result": "채택",
        "decided": "2021. 9. 20.",
        "planned": "2022. 6. 30.",
        "review": "",
        "re_exam": "15일",
    }
    assert (english["result"], english["received"]) == ("Adopted", "2021-09-06")
    assert filling.blanks(text) == []
    assert "실시 예정 시기는 2022. 6. 30.이며, 담당 부서는 가상과입니다." in text


def test_what_ships_suits_every_decision_and_is_changed_as_rows(store: Store) -> None:
    for state in DECIDED:
        assert names(store, state)
    shipped = names(store)
    id = store.run(templates.edit_template, id=None, known_as=shipped[0], name="새 이름").value
    assert names(store) == ["새 이름", *shipped[1:]]
    added = store.run(templates.add_template, name="가상 서식", text="{제목}", reasons="○○○").value
    assert names(store)[-1] == "가상 서식" and "가상 서식" in names(store, "deferred")
    store.run(templates.move_template, id=added, by=-99)
    assert names(store)[:2] == ["가상 서식", "새 이름"]
    store.run(templates.remove_template, id=id)
    assert "새 이름" not in names(store)
    store.undo()
    assert names(store)[1] == "새 이름"


def test_bad_templates_are_refused(sqlite_store: Store) -> None:
    for values in ({"name": " "}, {"name": "이름", "text": "900101-1234568"}):
        with pytest.raises(UserError):
            sqlite_store.run(templates.add_template, **values)
    for values in ({"id": 99}, {"id": None, "known_as": "없는 서식"}):
        with pytest.raises(UserError):
            sqlite_store.run(templates.remove_template, **values)
    received(sqlite_store)
    while len(names(sqlite_store)) > 1:
        known = names(sqlite_store)[0]
        sqlite_store.run(templates.remove_template, id=None, known_as=known)
    with pytest.raises(UserError, match="하나 남은"):
        sqlite_store.run(templates.remove_template, id=None, known_as=names(sqlite_store)[0])
