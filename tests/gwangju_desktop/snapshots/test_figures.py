"""Figures worked out anew from the rows of a copy, held against those the office tells."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.schema.meetings import Meeting
from db.store import Store
from gwangju_desktop import cli, paths, settings
from gwangju_desktop.energy import catalogue, imports
from gwangju_desktop.meetings import votes
from gwangju_desktop.snapshots import disclose, sqlite_file
from gwangju_desktop.snapshots import recompute as recomputing
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.recompute import (
    ABSENT,
    DIFFERENT,
    EQUAL,
    UNKNOWN,
    Figure,
    Recomputed,
)
from gwangju_desktop.snapshots.reworking import measures, surveys
from gwangju_desktop.snapshots.reworking.rows import Rows
from gwangju_desktop.snapshots.reworking.task import alike, printed
from gwangju_desktop.text import speaking
from tests.gwangju_desktop.meetings import room as rooms
from tests.gwangju_desktop.sheets import made as sheets
from tests.gwangju_desktop.snapshots import offices

Row = tuple[Any, ...]


def copied(sample: Path, folder: Path) -> Path:
    office = folder / sample.name
    shutil.copy(sample, office)
    shutil.copytree(f"{sample}.files", f"{office}.files")
    return office


@pytest.fixture(scope="module")
def copy(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample office, made once."""
    folder = tmp_path_factory.mktemp("figures")
    target = folder / "점검용 사본.gwsnap"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "사람"))
        with Store.open(copied(sample_office, folder)) as store:
            make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    return target


@pytest.fixture(scope="module")
def found(copy: Path) -> Recomputed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(copy.parent / "사람"))
        return recomputing.recompute(copy)


def test_every_figure_of_the_sample_comes_out_as_the_office_says(found: Recomputed) -> None:
    assert found.told and not found.different
    equal = [one for one in found.figures if one.state == EQUAL]
    assert {one.kind for one in equal} == {"quorum", "vote", "poll", "commitment", "energy"}
    # Only what hidden totals would be needed for is left.
    left = [one for one in found.figures if one.state == UNKNOWN]
    assert left and {one.kind for one in left} == {"poll"}
    assert all(one.missing == ("poll_total.value",) and one.why for one in left)
    assert len(equal) > 300
    assert all(one.parts and one.steps for one in equal)


def one_of(found: Recomputed, kind: str, measure: str, **named: Any) -> Figure:
    return next(
        one
        for one in found.figures
        if (one.kind, one.measure) == (kind, measure)
        and all(str(value) in one.label[0] for value in named.values())
    )


def test_a_calculation_is_shown_down_to_its_rows(found: Recomputed) -> None:
    met = one_of(found, "quorum", "met", title="제1회")
    assert met.steps == (
        "재적 35명의 과반수 18명, 출석 29명 → 성립",
        "More than half of 35 enrolled is 18, 29 present: met.",
    )
    assert [part.table for part in met.parts].count("attendance") == 29
    assert met.parts[0].table == "body_rule" and met.parts[0].value[0] == "> 1/2 enrolled"
    assert {part.value for part in met.parts[1:]} == {("출석", "Present"), ("이석", "Left early")}
    with speaking("ko"):
        assert met.shown(met.ours) == met.shown(met.worked) == "성립"
    carried = one_of(found, "vote", "result", title="제1회")
    assert carried.steps and carried.steps[0] == "출석 29명의 과반수 15명 필요, 찬성 29명으로 가결"


def test_both_bases_of_a_poll_are_recomputed(found: Recomputed) -> None:
    """T7: 51 respondents, at most two choices, 89 responses (domain 8)."""
    shares = {
        one.measure: [] for one in found.figures if one.measure in ("pct_votes", "pct_respondents")
    }
    for one in found.figures:
        if one.measure in shares and "기초조사 · 2." in one.label[0]:
            assert isinstance(one.worked, float)
            shares[one.measure].append(str(printed(one.worked, 1)))
    assert {"37.1", "23.6"} <= set(shares["pct_votes"])
    assert {"64.7", "41.2"} <= set(shares["pct_respondents"])


def test_what_cannot_be_checked_is_listed_with_its_ground(found: Recomputed) -> None:
    with speaking("en"):
        groups = {one.group for one in found.unchecked}
        assert {"figures", "tables", "columns", "evidence"} <= groups
        by_name = {one.what[1]: one for one in found.unchecked if one.group == "tables"}
    assert "Comings and goings" in by_name and "Ballots" in by_name
    assert all(all(one.ground) for one in found.unchecked)
    hashed = [one for one in found.unchecked if one.group == "evidence"]
    assert all("SHA-256" in one.ground[0] for one in hashed)


# --- a copy whose signer tells other figures than its rows give ------------------------------------


TAMPERED = {
    "quorum": ("present", 7.0),
    "vote": ("required", 1.0),
    "poll": ("pct_votes", 99.9),
    "commitment": ("share", 100.0),
    "energy": ("total", 1.0),
}


def altering(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., None]:
    """Return a writer of the database that changes rows of the figures before they are signed."""
    plain = sqlite_file.write

    def write(path: Path, tables: Sequence[tuple[sqlite_file.Shape, Sequence[Row]]]) -> None:
        changed = []
        for shape, rows in tables:
            if shape.name == "figure":
                names = [name for name, _ in shape.columns]
                kept = [dict(zip(names, row, strict=True)) for row in rows]
                rows = [tuple(change(row).values()) for row in kept]
            changed.append((shape, rows))
        plain(path, changed)

    return write


@pytest.fixture(scope="module")
def tampered(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tampered")
    target = folder / "고친 사본.gwsnap"
    left = dict(TAMPERED)

    def change(row: dict[str, Any]) -> dict[str, Any]:
        wanted = left.get(row["kind"])
        if wanted is not None and wanted[0] == row["measure"]:
            row["value"] = left.pop(row["kind"])[1]
        elif row["measure"] == "result" and "vote word" not in left:
            left["vote word"] = ("", 0.0)
            row["text"] = "lost"
        return row

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "사람"))
        patch.setattr(sqlite_file, "write", altering(change))
        with Store.open(copied(sample_office, folder)) as store:
            make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    assert not set(left) - {"vote word"}
    return target


def test_figures_the_office_altered_before_signing_are_found(tampered: Path) -> None:
    found = recomputing.recompute(tampered)
    assert found.verdict.ok
    different = sorted((one.kind, one.measure) for one in found.different)
    expected = [(kind, measure) for kind, (measure, _) in TAMPERED.items()]
    assert different == sorted([*expected, ("vote", "result")])
    share = next(one for one in found.different if one.kind == "poll")
    assert share.steps and share.ours == 99.9 and share.worked != 99.9


def test_figures_the_office_left_out_are_named(
    sample_office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    found: Recomputed,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One of each kind is not told: each follows from the rows, so each is missed."""
    monkeypatch.setenv(paths.HOME, str(tmp_path / "사람"))
    gone: dict[str, str] = {}
    told = {one.key for one in found.figures if one.state == EQUAL}

    def left(row: dict[str, Any]) -> bool:
        if row["key"] in told and row["measure"] != "recused":
            gone.setdefault(row["kind"], row["key"])
        return row["key"] in gone.values()

    target = tmp_path / "사본.gwsnap"
    with Store.open(copied(sample_office, tmp_path)) as store:
        # The build counts rows before it writes, so the manifest is made to fit what was written.
        plain = disclose.disclose

        def shorter(*given: Any, **more: Any) -> Any:
            made = plain(*given, **more)
            for n, (shape, rows) in enumerate(made.tables):
                if shape.name == "figure":
                    names = [name for name, _ in shape.columns]
                    kept = [r for r in rows if not left(dict(zip(names, r, strict=True)))]
                    made.tables[n] = (shape, kept)
            return made

        monkeypatch.setattr(disclose, "disclose", shorter)
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    assert set(gone) == set(TAMPERED)
    missed = recomputing.recompute(target)
    assert missed.verdict.ok
    absent = [one for one in missed.figures if one.state == ABSENT]
    assert {one.key for one in absent} == set(gone.values())
    before = {one.key: one for one in found.figures}
    for one in absent:
        was = before[one.key]
        assert one.ours is None and one.worked == was.worked and one.steps and one.parts
        assert (one.label, one.unit, one.digits, one.rule, one.table, one.code) == (
            *(was.label, was.unit, was.digits, was.rule, was.table, was.code),
        )
    assert missed.counts()[DIFFERENT] == 0 and missed.counts()[ABSENT] == len(gone)
    assert cli.main(["snapshot", "recompute", str(target)]) == 1
    assert "5개가 빠져" in capfd.readouterr().out


def test_the_command_line_recomputes(
    tampered: Path, copy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["snapshot", "recompute", str(copy), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["ok"] and told["different"] == 0 and told["uncheckable"]
    assert cli.main(["snapshot", "recompute", str(tampered), "--json"]) == 1
    told = json.loads(capfd.readouterr().out)
    different = [one for one in told["figures"] if one["state"] == DIFFERENT]
    assert not told["ok"] and len(different) == told["different"] == 6
    assert all(one["parts"] and one["calculation"]["ko"] for one in different)
    assert cli.main(["snapshot", "recompute", str(tampered)]) == 1
    assert "다르게 계산됩니다" in capfd.readouterr().out


# --- rules by example ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "came", "required", "met"),
    [(50, 25, 26, "short"), (51, 26, 26, "met"), (41, 21, 21, "met"), (24, 12, 13, "short")],
)
def test_quorums_from_the_rows(people: int, came: int, required: int, met: str) -> None:
    """T1 of domain 8, from the rows of a sheet alone."""
    from gwangju_desktop.snapshots.reworking import sittings

    found = sittings.rework(rows_of(sitting_rows(people, came)))
    assert found["quorum:M:enrolled"].value == people
    assert found["quorum:M:required"].value == required
    assert found["quorum:M:present"].value == came
    assert found["quorum:M:met"].value == met


@pytest.mark.parametrize(
    ("present", "yes", "no", "abstain", "result"),
    [
        (26, 13, 13, 0, "lost"),
        (26, 14, 12, 0, "carried"),
        (30, 15, 10, 5, "lost"),
        (30, 16, 9, 5, "carried"),
    ],
)
def test_majorities_from_the_rows(
    present: int, yes: int, no: int, abstain: int, result: str
) -> None:
    """T2 of domain 8."""
    from gwangju_desktop.snapshots.reworking import sittings

    tables = sitting_rows(50, present)
    tables["vote"] = [vote_row(present, yes, no, abstain)]
    found = sittings.rework(rows_of(tables))
    assert found["vote:V:result"].value == result
    assert found["vote:V:required"].value == present // 2 + 1


def test_recusals_from_the_rows() -> None:
    """T3 of domain 8: 27 present, 2 recused: 13 of 25 carry, the quorum of 26 stays met."""
    from gwangju_desktop.snapshots.reworking import sittings

    tables = sitting_rows(50, 27)
    tables["vote"] = [vote_row(25, 13, 12, 0)]
    tables["recusal"] = [
        {"id": f"R{n}", "item_id": "I", "attendance_id": f"A{n}", "kind": "self"} for n in (0, 1)
    ]
    found = sittings.rework(rows_of(tables))
    assert found["vote:V:recused"].value == 2
    assert (found["vote:V:required"].value, found["vote:V:result"].value) == (13, "carried")
    assert found["quorum:M:met"].value == "met"


def rows_of(tables: dict[str, list[dict[str, Any]]]) -> Rows:
    return Rows(lambda name: tables[name], frozenset(tables))


def sitting_rows(people: int, came: int) -> dict[str, list[dict[str, Any]]]:
    meeting = {
        "id": "M",
        "body_id": "B",
        "title": "제1회 정기회의",
        "state": "closed",
        "starts_at": "2022-03-17T14:00:00+09:00",
        "opened_at": None,
        "enrolled_at_opening": people,
        "present_at_opening": came,
    }
    seats = [
        {
            "id": f"A{n}",
            "meeting_id": "M",
            "membership_id": f"S{n}",
            "person_id": f"P{n}",
            "reply": "coming",
            "presence": "present" if n < came else "absent",
        }
        for n in range(people)
    ]
    return {
        "meeting": [meeting],
        "attendance": seats,
        "membership": [{"id": f"S{n}", "voting": 1, "person_id": f"P{n}"} for n in range(people)],
        "person": [{"id": f"P{n}", "name": rooms.called(n % 28)} for n in range(people)],
        "recusal": [],
    }


def vote_row(present: int, yes: int, no: int, abstain: int) -> dict[str, Any]:
    return {
        "id": "V",
        "meeting_id": "M",
        "item_id": "I",
        "subject": "item",
        "state": "closed",
        "method": "show_of_hands",
        "label": "",
        "uncounted": 0,
        "enrolled": 50,
        "present": present,
        "entitled": present,
        "yes": yes,
        "no": no,
        "abstain": abstain,
        "invalid": 0,
        "result": "carried",
        "recusal_id": None,
    }


def test_a_hidden_total_gives_no_share(found: Recomputed) -> None:
    tables = {
        "wave_question": [{"id": "W", "question_id": "Q"}],
        "poll_question": [{"id": "Q", "kind": "single"}],
        "poll_option": [
            {"id": f"O{n}", "question_id": "Q", "label": str(n), "role": "normal"} for n in range(3)
        ],
        "poll_part": [],
        "poll_wave": [],
        "poll_total": [
            {"id": f"T{n}", "wave_question_id": "W", "part_id": None, **one}
            for n, one in enumerate(
                [
                    {"option_id": None, "measure": "votes", "value": 40.0},
                    {"option_id": None, "measure": "answered", "value": 40.0},
                    {"option_id": "O0", "measure": "count", "value": 30.0},
                    {"option_id": "O1", "measure": "count", "value": None},
                    {"option_id": "O2", "measure": "count", "value": None},
                ]
            )
        ],
    }
    got = surveys.rework(rows_of(tables))
    assert got["poll:W:O0:pct_votes"].value == 75.0
    assert "poll:W:O1:pct_votes" not in got
    assert got["poll:W:votes"].value is None


# --- energy ---------------------------------------------------------------------------------------


def test_conversions_from_the_rows(tmp_path: Path) -> None:
    """T15, T18, T19 of domain 8, by the rules and factors that stand in the rows."""
    with Store.create(tmp_path / "사무국.gwoffice") as store:
        store.run(settings.set_up)
        store.run(catalogue.set_up)
        with store.reading() as read:
            from gwangju_desktop.energy import factors

            known = factors.factors(read)
    from fractions import Fraction

    from gwangju_desktop.energy.derived.measures import Measures

    rows = [
        {
            "id": f"F{n}",
            "position": n,
            "kind": one.kind,
            "variant": one.variant,
            "name_ko": one.name_ko,
            "name_en": one.name_en,
            "value": one.value,
            "unit": one.unit,
            "valid_from": str(one.valid_from) if one.valid_from else None,
            "valid_to": str(one.valid_to) if one.valid_to else None,
            "basis": one.basis,
            "source": one.source,
            "mark": one.mark,
            "sample": int(one.sample),
        }
        for n, one in enumerate(known)
    ]
    inputs = measures.CopyInputs(rows_of({"factor": rows}), "ko")
    used = Fraction("8973446")
    year = Measures(inputs.factors, 2021)
    assert round(float(year.emitted(used, "MWh", "electricity").value or 0), 1) == 4_046_126.8
    fixed = Measures(inputs.factors, 2021, mode="fixed")
    assert round(float(fixed.emitted(used, "MWh", "electricity").value or 0), 1) == 4_074_841.8
    assert round(float(year.into(used, "MWh", "toe").value or 0), 1) == 771_716.4
    assert round(float(year.into(used, "MWh", "TJ").value or 0), 1) == 32_304.4
    primary = Measures(inputs.factors, 2021, power="primary")
    assert round(float(primary.into(used, "MWh", "toe").value or 0), 1) == 2_054_919.1


def test_independence_is_in_the_sample(found: Recomputed) -> None:
    """T19: what is produced in the city over what it uses, in percent."""
    of = [one for one in found.figures if one.label[0].startswith("전력자립률")]
    assert of and all(one.state == EQUAL for one in of)
    assert all("÷" in (one.steps or ("",))[0] for one in of)


# --- rounding -------------------------------------------------------------------------------------


@given(
    st.floats(-1e9, 1e9, allow_nan=False),
    st.integers(0, 6),
)
def test_a_value_is_alike_to_what_it_is_printed_as(value: float, digits: int) -> None:
    assert alike(value, float(printed(value, digits)), digits)
    assert alike(value, value, digits)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(1, 9))
def test_values_that_print_otherwise_are_different(whole: int, digits: int, steps: int) -> None:
    value = Decimal(whole).scaleb(-digits)
    other = value + Decimal(steps * 2).scaleb(-digits)
    assert not alike(float(value), float(other), digits)


def test_halves_go_away_from_zero_and_dust_is_no_difference() -> None:
    assert str(printed(0.125, 2)) == "0.13"
    assert str(printed(-2.5, 0)) == "-3"
    # Two ways to one number may end on either side of a half.
    assert alike(37.05, 37.049999999999997, 1)
    assert not alike(37.0, 37.06, 1)
    assert not alike("met", "short", 0) and alike("met", "met", 0)


# --- both databases -------------------------------------------------------------------------------


def test_an_office_tells_the_same_figures_on_both_databases(store: Store, tmp_path: Path) -> None:
    """A meeting with a vote and an import of readings, from the first step to the copy."""
    store.run(settings.set_up)
    store.run(catalogue.set_up)
    store.run(imports.import_readings, prepared=imports.prepare(sheets.kepco(tmp_path / "a.csv")))
    room = rooms.Room.made(store, people=7)
    room.open(5)
    store.run(votes.record_vote, item_id=room.item, yes=2, no=3)
    counted = {"enrolled_at_opening": 7, "required_at_opening": 4, "present_at_opening": 5}
    store.run(rooms.changed, entity=Meeting, id=room.meeting, **counted)
    target = tmp_path / "사본.gwsnap"
    make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    found = recomputing.recompute(target)
    assert found.figures and {one.state for one in found.figures} == {EQUAL}
    energy = {one.label[0]: one.ours for one in found.figures if one.kind == "energy"}
    assert energy["전력사용량 · 2031"] == 1_277_088.75
    assert energy["최종에너지 소비량 · 2031"] == pytest.approx(109_829.6325)
    votes_told = {one.measure: one.ours for one in found.figures if one.kind == "vote"}
    assert votes_told == {
        "yes": 2,
        "no": 3,
        "abstain": 0,
        "recused": 0,
        "required": 3,
        "result": "lost",
    }
    opened = {one.measure: one.ours for one in found.figures if one.kind == "quorum"}
    assert opened == {"enrolled": 7, "required": 4, "present": 5, "met": "met"}
