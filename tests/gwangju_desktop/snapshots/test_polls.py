"""Polls in a copy: both bases are there and add up, no answer of anybody is."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import paths
from gwangju_desktop.polls import opened, questions, series, waves
from gwangju_desktop.snapshots import leaks
from gwangju_desktop.snapshots.build import make_snapshot
from tests.gwangju_desktop.snapshots import offices

TOTALS = """
SELECT w.label, q.code, q.kind, t.measure, o.code, o.role, t.value
FROM poll_total t
JOIN wave_question wq ON wq.id = t.wave_question_id
JOIN poll_wave w ON w.id = wq.wave_id
JOIN poll_question q ON q.id = wq.question_id
LEFT JOIN poll_option o ON o.id = t.option_id
"""
FACTS = {("2", "1"): 33, ("2", "2"): 21, ("1", "1"): 27, ("1", "2"): 20}


@pytest.fixture(scope="module")
def copy(
    sample_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The sample's copy, opened as a monitor opens it without this program."""
    folder = tmp_path_factory.mktemp("copy")
    target = folder / "점검용 사본.gwsnap"
    office = folder / sample_office.name
    shutil.copy(sample_office, office)
    shutil.copytree(f"{sample_office}.files", f"{office}.files")
    with pytest.MonkeyPatch.context() as patch, Store.open(office) as store:
        patch.setenv(paths.HOME, str(folder / "사람"))
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
        with store.reading() as read:
            (poll,) = series.polls(read)
            first = waves.find(read, poll.id, "1차")
            place = next(
                one for one in questions.questionnaire(read, first) if one.question.code == "9"
            )
            said = [one.text for one in opened.answers(read, place.wave_question_id)]
    with zipfile.ZipFile(target) as archive:
        database = folder / "look.sqlite"
        database.write_bytes(archive.read("snapshot.sqlite"))
    whole = database.read_bytes()
    assert said and not any(form in whole for text in said for form in leaks.forms(text))
    with closing(sqlite3.connect(database)) as connection:
        yield connection


def test_a_monitor_finds_both_bases_and_can_add_them_up(copy: sqlite3.Connection) -> None:
    bases: dict[tuple[str, str], dict[str, float]] = {}
    counts: dict[tuple[str, str], dict[str, float]] = {}
    votes: dict[tuple[str, str], float] = {}
    hidden: set[tuple[str, str]] = set()
    kinds: dict[tuple[str, str], str] = {}
    for label, code, kind, measure, option, role, value in copy.execute(TOTALS):
        kinds[label, code] = kind
        if option is None:
            bases.setdefault((label, code), {})[measure] = value
            continue
        counts.setdefault((label, code), {})[option] = value
        if value is None:
            hidden.add((label, code))
            continue
        assert value >= 5 or value == 0
        if role not in ("dont_know", "no_answer"):
            votes[label, code] = votes.get((label, code), 0) + value
    for (code, option), count in FACTS.items():
        place = ("기초조사", code)
        assert counts[place][option] == count
        assert (bases[place]["votes"], bases[place]["answered"]) == (89, 51)
    shares = [
        (round(100 * n / 89, 1), round(100 * n / 51, 1)) for n in (FACTS["2", "1"], FACTS["2", "2"])
    ]
    assert shares == [(37.1, 64.7), (23.6, 41.2)]
    assert {label for label, _code in bases} == {"기초조사", "1차"}
    for place, base in bases.items():
        assert base["asked"] == base["answered"] + base["missing"] + base["blank"], place
        if kinds[place] not in ("number", "open"):
            assert (votes[place] == base["votes"]) == (place not in hidden), place
    assert hidden == {("기초조사", "4"), ("기초조사", "S1"), ("1차", "S4")}
    marked = copy.execute(
        "SELECT action, ground_ko, count FROM withheld WHERE table_name = 'poll_total'"
    ).fetchall()
    assert [(action, count) for action, ground, count in marked if "5명 미만" in ground] == [
        ("part", 6)
    ]
    # A table by group is in no copy, so no small group is.
    assert not {"poll_column", "poll_ballot", "poll_tagging"} & {
        name for (name,) in copy.execute("SELECT name FROM sqlite_master")
    }


def test_codes_of_polls_are_told_in_words(copy: sqlite3.Connection) -> None:
    words = {
        (table, column, code): ko
        for table, column, code, ko in copy.execute(
            "SELECT table_name, column_name, code, ko FROM words"
        )
    }
    assert words["poll_total", "measure", "votes"] == "응답 건수"
    for table, column in (("poll_wave", "state"), ("poll_question", "kind")):
        used = {code for (code,) in copy.execute(f"SELECT {column} FROM {table}")}
        assert used <= {code for one, two, code in words if (one, two) == (table, column)}
    measures = {code for (code,) in copy.execute("SELECT DISTINCT measure FROM poll_total")}
    assert measures <= {code for table, _column, code in words if table == "poll_total"}
