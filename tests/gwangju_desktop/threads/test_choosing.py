"""Records found for a thread: the latest without words, by words, by what people call them."""

from __future__ import annotations

from db.store import Store
from gwangju_desktop.threads import choosing
from tests.gwangju_desktop.threads.made import TODAY, Office


def test_found_by_words_number_and_kind(store: Store) -> None:
    office = Office.of(store)
    first = office.proposal(title="공공자전거 거점")
    second = office.proposal(title="햇빛발전소")
    item = office.item("자전거 정책")
    action = office.action(item, "자전거 거치대 조사")
    office.indicator()

    def found(words: str = "", **asked) -> list[tuple[str, int]]:
        with store.reading() as read:
            nodes = choosing.candidates(read, words=words, today=TODAY, **asked)
        return [(node.kind, node.id) for node in nodes]

    assert found() == [
        ("proposal", second),
        ("proposal", first),
        ("item", item),
        ("action", action),
        ("indicator", 1),
    ]
    assert found("자전거") == [("proposal", first), ("item", item), ("action", action)]
    assert found("ㅎㅂㅂㅈ") == [("proposal", second)]
    assert found("2022-001") == [("proposal", first)]
    assert found("자전거", tables=["item"]) == [("item", item)]
    assert found("power", tables=["indicator"]) == [("indicator", 1)]
    assert found("없는 말") == []
    assert len(found(limit=1)) == 4
