"""What everybody gets is never more than what the monitoring body gets, column by column."""

from __future__ import annotations

import tomllib
from itertools import compress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from db.vocab import Profile
from gwangju_desktop.snapshots import disclose, explaining, passing, policy
from gwangju_desktop.snapshots.columns import Columns
from gwangju_desktop.snapshots.passing import Known, Passing

MONITOR, PUBLIC = policy.load(), policy.load(Profile.PUBLIC)
GROUNDS = {"duty": policy.Ground("", ""), "personal": policy.Ground("", "")}


def treated(line: dict[str, Any], whole: str | dict[str, str] | None) -> policy.ColumnPolicy:
    return policy._treated("person", "name", {"ko": "", "en": "", **line}, GROUNDS, whole)


def test_public_shows_no_column_more_than_monitor() -> None:
    assert MONITOR.profile is Profile.MONITOR and PUBLIC.profile is Profile.PUBLIC
    assert MONITOR.tables.keys() == PUBLIC.tables.keys()
    fewer = 0
    for name, table in PUBLIC.tables.items():
        theirs = {c.name: c for c in MONITOR.tables[name].columns}
        assert [c.name for c in table.columns] == list(theirs)
        for column in table.columns:
            monitor = theirs[column.name]
            assert policy.shows_no_more(column, monitor), f"{name}.{column.name}"
            # What the monitoring body may not see is looked for in the public copy as well.
            assert column.sought or not monitor.sought, f"{name}.{column.name}"
            fewer += column != monitor
    assert fewer > 100


@pytest.mark.parametrize("rules", [MONITOR, PUBLIC], ids=["monitor", "public"])
def test_no_code_leads_to_a_table_that_stays(rules: policy.Policy) -> None:
    tables = disclose.BASE.metadata.tables
    for table in rules.tables.values():
        for column in table.shown:
            if column.action == "code":
                inside = tables[table.name].c[column.name]
                there = explaining.referred(table.name, column, inside)
                assert rules.tables[there].shown, f"{table.name}.{column.name}"


@pytest.mark.parametrize("name", ["attendance", "recusal", "proposal_opinion", "proposal_score"])
def test_registers_of_the_office_are_not_public(name: str) -> None:
    assert MONITOR.tables[name].shown and not PUBLIC.tables[name].shown


def test_every_table_says_what_of_it_is_public() -> None:
    entry = tomllib.loads(resources.path("disclosure.toml").read_text("utf-8"))["table"]["term"]
    grounds = MONITOR.grounds
    for said in (None, "all", {}, {"drop": "no ground"}, {"keep": "duty"}):
        with pytest.raises(policy.PolicyGap, match="term"):
            policy._table("term", {**entry, "public": said}, grounds, Profile.MONITOR)


@pytest.mark.parametrize(
    "line",
    [
        {"drop": "personal", "public": {"keep": "duty"}},
        {"omit": "personal", "public": {"review": "duty"}},
        {"review": "duty", "public": {"keep": "duty"}},
        {"code": "duty", "public": {"keep": "duty"}},
        {"bucket": "duty", "public": {"keep": "duty"}},
        {"keep": "duty", "only": "seated", "public": {"keep": "duty"}},
        {"keep": "duty", "only": "consented", "public": {"keep": "duty", "only": "received"}},
    ],
)
def test_a_line_that_would_publish_more_fails(line: dict[str, Any]) -> None:
    for whole in (None, policy.SAME):
        with pytest.raises(policy.PolicyGap, match="person"):
            treated(line, whole)


def test_a_table_left_out_cannot_have_a_public_column() -> None:
    line = {"keep": "duty", "public": {"drop": "personal"}}
    assert treated(line, None).action == "keep"
    assert treated(line, policy.SAME).action == "drop"
    assert not treated(line, policy.SAME).sought
    with pytest.raises(policy.PolicyGap):
        treated(line, {"drop": "personal"})
    gone = treated({"keep": "duty"}, {"drop": "personal"})
    assert (gone.action, gone.ground, gone.sought) == ("drop", "personal", False)
    assert treated({"drop": "personal"}, {"drop": "personal"}).sought


def seat(person: int, body: int, capacity: str) -> dict[str, Any]:
    return {"person_id": person, "body_id": body, "capacity": capacity}


def test_people_are_named_to_everybody_by_law_or_by_consent() -> None:
    rows = {
        "body": [{"id": 1, "ordinance": "기본 조례 제10조"}, {"id": 2, "ordinance": ""}],
        "membership": [
            *(seat(1, 1, "appointed"), seat(2, 2, "appointed")),
            *(seat(3, 2, "ex_officio"), seat(4, 2, "appointed")),
        ],
    }
    rules = Passing(rows, Known(frozenset({4, 5})))
    people = Columns({"id": [*range(1, 6)], "person_id": [*range(1, 6)]})

    def let(rule: str) -> list[int]:
        return [*compress(range(1, 6), rules.over(rule, people, "name"))]

    named = let("named")
    assert named == [1, 3, 4]
    assert let("seated") == [1, 2, 3, 4]
    assert let("of_named") == named


def proposals(places: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"id": n, "district": d, "sector": s} for n, (d, s) in enumerate(places)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("가나다라마"), st.sampled_from("시청기")), max_size=60),
    st.integers(2, 7),
)
def test_no_district_and_sector_of_few_people_is_told(
    places: list[tuple[str, str]], k: int
) -> None:
    told = passing.alike(proposals(places), k)
    shown: dict[tuple[str, str | None], int] = {}
    untold = 0
    for n, (district, sector) in enumerate(places):
        assert "sector" not in told[n] or "district" in told[n]
        if "district" not in told[n]:
            untold += 1
            continue
        shown[district, sector] = shown.get((district, sector), 0) + ("sector" in told[n])
        shown[district, None] = shown.get((district, None), 0) + 1
    assert all(n == 0 or n >= k for n in shown.values())
    assert untold == 0 or untold >= k or untold == len(places)
