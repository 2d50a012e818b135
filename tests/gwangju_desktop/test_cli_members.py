"""Bodies and members on the command line: counts and verdicts on a day, no contact data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop.members import checks, usecases
from tests.gwangju_desktop.test_cli import ONE_SENTENCE, outcome, told

DAY = "2022-03-11"


def test_a_body_is_shown_with_its_counts_and_verdicts(
    sample_office: Path, capfdbinary: Any
) -> None:
    body = told(capfdbinary, "--office", sample_office, "show", "body", 1, "--on", DAY)
    assert (body["enrolled"], body["voting"], body["appointed"]) == (35, 35, 23)
    assert body["gender"] == {
        "female": 9,
        "male": 14,
        "unknown": 0,
        "limit": "6/10",
        "ok": False,
    }
    assert set(body["youth"]) >= {"count", "least", "limit", "ok"}
    ends = body["terms_ending"]
    assert ends and all(set(one) == {"id", "name", "ends_on", "days"} for one in ends)
    assert [one["days"] for one in ends] == sorted(one["days"] for one in ends)
    rule = next(one for one in body["rules"] if one["rule"] == "gender_most")
    assert (rule["value"], rule["source"]) == ("6/10", "양성평등기본법 제21조제2항")
    assert {"unverified", "since"} <= set(rule)
    verdict = next(one for one in body["verdicts"] if one["rule"] == "gender_most")
    assert verdict["ok"] is False and "13" in verdict["sentence"]


def test_a_body_is_shown_as_it_was_on_the_day(sample_office: Path, capfdbinary: Any) -> None:
    asked = ("--office", sample_office, "show", "body", 1, "--on")
    assert told(capfdbinary, *asked, "2021-02-24")["enrolled"] == 0
    assert told(capfdbinary, *asked, "2021-07-30")["enrolled"] == 35
    assert told(capfdbinary, *asked, "2025-07-17")["youth"]["limit"] is None
    assert told(capfdbinary, *asked, "2025-07-18")["youth"]["limit"] == "2/10"
    code, _, err = outcome(capfdbinary, *asked, "어제")
    assert code == 1 and "2022-03-11" in err and err.count("\n") == ONE_SENTENCE
    code, _, err = outcome(capfdbinary, "--office", sample_office, "show", "member", 1, "--on", DAY)
    assert code == 2


@pytest.mark.parametrize("json", [True, False])
def test_contact_data_is_never_printed(sample_copy: Path, capfdbinary: Any, json: bool) -> None:
    with Store.open(sample_copy) as store:
        person = store.run(
            usecases.add_person, name="가상연락", phone="010-9876-5432", email="secret@example.kr"
        ).value
        store.run(
            usecases.add_membership, person_id=person, body_id=1, starts_on=dt.date(2022, 1, 1)
        )
    form = ("--json",) if json else ()
    for words in (
        ("show", "member", person),
        ("list", "members"),
        ("list", "members", "--body", 1, "--on", DAY),
        ("show", "body", 1),
    ):
        code, out, _ = outcome(capfdbinary, "--office", sample_copy, *words, *form)
        assert code == 0
        for private in ("9876", "5432", "secret@", "s*****"):
            assert private not in out, words
    member = told(capfdbinary, "--office", sample_copy, "show", "member", person)
    assert {"memberships", "posts", "affiliations", "aliases"} <= set(member)


def test_what_the_command_line_says_is_what_the_screen_asks(
    sample_office: Path, capfdbinary: Any
) -> None:
    body = told(capfdbinary, "--office", sample_office, "show", "body", 1, "--on", DAY)
    with Store.open(sample_office, write=False) as store, store.reading() as read:
        found = checks.verdicts(read, body_id=1, on=dt.date(2022, 3, 11))
    assert [(one["rule"], one["ok"]) for one in body["verdicts"]] == [
        (one.rule, one.ok) for one in found
    ]
