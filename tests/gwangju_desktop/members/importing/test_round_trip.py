"""What is exported imports again with nothing changed; what is changed is named field by field."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.store import Store
from db.vocab import Role
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import exporting, usecases
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from gwangju_desktop.members.importing.model import Change, Options
from gwangju_desktop.members.importing.reading import Source

FORMS = (".csv", ".xlsx", ".json")
HEAD = "성명,한자,성별,생년월일,위원회,역할,구분,소속,직위,위촉일,임기 만료일,휴대전화,비고"


def plan_of(store: Store, source: Source, **more: Any) -> preview.Plan:
    with store.reading() as read:
        return preview.plan(read, source=source, mapping=mapping.guess(source), **more)


def take_in(store: Store, source: Source, **more: Any) -> Any:
    return store.run(
        apply.import_members, source=source, mapping=mapping.guess(source), **more
    ).value


def made_up(n: int) -> Source:
    """Return a list of `n` made-up members of two bodies."""
    lines = [HEAD]
    for at in range(n):
        name = chr(0xAC00 + at % 11_000) + chr(0xB098 + at // 11_000) + "가상"
        role = "위원장" if at == 0 else "위원"
        lines.append(
            f"{name},,{'여' if at % 2 else '남'},{1950 + at % 50}-03-04,가상위원회 {at % 2},{role},"
            f"위촉직,가상단체 {at % 40},부장 {at},2021. 2. 25.,2023. 2. 24.,010-0000-{at % 10_000:04},"
            f"비고 {at}"
        )
    return reading.read_text("\n".join(lines), "붙여넣기")


@pytest.fixture
def two_bodies(store: Store) -> Store:
    for n in (0, 1):
        store.run(usecases.add_body, name_ko=f"가상위원회 {n}")
    return store


def exported(store: Store, path: Path, **asked: Any) -> Path:
    with store.reading() as read:
        made = exporting.roll(read, contacts=True, **asked)
    exporting.write(path, made)
    return path


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_exported_roll_changes_nothing(
    language: str, two_bodies: Store, tmp_path: Path
) -> None:
    store = two_bodies
    take_in(store, made_up(60))
    store.run(usecases.add_person, name="자리 없는 가상인", gender="female")
    head = store.head()
    text.use(language)
    for suffix in FORMS:
        path = exported(store, tmp_path / f"위원 명부 {language}{suffix}")
        source = reading.read(path)
        assert source.count == 61
        plan = plan_of(store, source)
        assert plan.counts["same"] == 61, (suffix, [row for row in plan.rows if row.changes])
        assert not plan.ignored
        take_in(store, source)
    assert store.head() == head


@pytest.mark.parametrize("suffix", FORMS)
def test_another_office_takes_the_roll_over_whole(
    suffix: str, sqlite_store: Store, tmp_path: Path
) -> None:
    for n in (0, 1):
        sqlite_store.run(usecases.add_body, name_ko=f"가상위원회 {n}")
    take_in(sqlite_store, made_up(30))
    path = exported(sqlite_store, tmp_path / f"a{suffix}")
    with Store.create(tmp_path / "다른 사무국.gwoffice") as other:
        source = reading.read(path)
        assert plan_of(other, source).counts["refused"] == 30
        options = Options(new_bodies=True)
        assert take_in(other, source, options=options)["add"] == 30
        with sqlite_store.reading() as here, other.reading() as there:
            mine, theirs = (exporting.roll(one, contacts=True).rows for one in (here, there))
        key = lambda row: row["uid"]  # noqa: E731
        assert sorted(mine, key=key) == sorted(theirs, key=key)


def test_a_thousand_members_in_and_out(two_bodies: Store, tmp_path: Path) -> None:
    # More than are written or looked up at once; five thousand are in the benchmarks.
    whole = 500 if two_bodies.shared else 1200
    source = made_up(whole)
    changes = two_bodies.run(apply.import_members, source=source, mapping=mapping.guess(source))
    assert changes.value["add"] == whole
    assert plan_of(two_bodies, source).counts["same"] == whole
    if two_bodies.shared:
        return
    for suffix in FORMS:
        plan = plan_of(two_bodies, reading.read(exported(two_bodies, tmp_path / f"명부{suffix}")))
        assert plan.counts["same"] == whole
    two_bodies.undo()
    with two_bodies.reading() as read:
        assert exporting.roll(read).rows == []


def test_a_change_is_named_field_by_field(two_bodies: Store) -> None:
    take_in(two_bodies, made_up(4))
    lines = [HEAD, "가나가상,,남,,가상위원회 0,부위원장,,가상단체 0,부장 0,2021-02-25,2024-02-24,,"]
    plan = plan_of(two_bodies, reading.read_text("\n".join(lines), "x"))
    (row,) = plan.rows
    assert (row.kind, row.line) == ("change", 2)
    assert row.changes == (
        Change("role", Role.CHAIR.value, Role.VICE_CHAIR.value),
        Change("end", dt.date(2023, 2, 24), dt.date(2024, 2, 24)),
    )
    take_in(two_bodies, reading.read_text("\n".join(lines), "x"))
    assert plan_of(two_bodies, reading.read_text("\n".join(lines), "x")).counts["same"] == 1


def test_an_overlap_names_the_days_and_can_correct_them(two_bodies: Store) -> None:
    take_in(two_bodies, made_up(2))
    lines = [HEAD, "가나가상,,,,가상위원회 0,,,가상단체 0,,2022-01-01,,,"]
    source = reading.read_text("\n".join(lines), "x")
    (row,) = plan_of(two_bodies, source).rows
    assert row.kind == "conflict"
    assert "2021. 2. 25." in str(row.why) and "2023. 2. 24." in str(row.why)
    key = row.choices[0].key
    assert key.startswith("days:")
    (row,) = plan_of(two_bodies, source, choices={2: key}).rows
    assert [change.field for change in row.changes] == ["start"]
    (row,) = plan_of(two_bodies, source, choices={2: "skip"}).rows
    assert row.kind == "refused" and row.chosen == "skip"


@pytest.mark.file_only
def test_a_name_alone_is_asked_about(two_bodies: Store) -> None:
    take_in(two_bodies, made_up(2))
    source = reading.read_text("성명,휴대전화\n가나가상,010-9999-0000\n", "x")
    (row,) = plan_of(two_bodies, source).rows
    assert row.kind == "conflict"
    assert [choice.key.partition(":")[0] for choice in row.choices] == ["person", "new", "skip"]
    agreed = plan_of(two_bodies, source, options=Options(same_name=True))
    assert agreed.rows[0].changes[0].field == "phone"
    told = plan_of(two_bodies, source, choices={2: row.choices[0].key})
    assert told.rows[0].kind == "change"
    assert plan_of(two_bodies, source, choices={2: "new"}).counts["add"] == 1
    by_phone = reading.read_text("성명\t연락처\n가나가상\t010 0000 0000\n", "x")
    assert plan_of(two_bodies, by_phone).rows[0].kind == "change"


@pytest.mark.file_only
def test_barred_numbers_and_nonsense_are_refused_by_row(two_bodies: Store) -> None:
    lines = [
        HEAD,
        "가상일,,남,800101-1234567,가상위원회 0,,,,,2021-02-25,,,",
        "가상이,,남,,가상위원회 0,,,,,2021-02-30,,,",
        "가상삼,,남,,없는위원회,,,,,2021-02-25,,,",
        "가상사,,남,,가상위원회 0,,,,,,,,",
        ",,남,,가상위원회 0,,,,,2021-02-25,,,",
        "가상오,,남,,가상위원회 0,,,,,2021-02-25,,,110-123-456789",
        "가상육,,남,,가상위원회 0,위원,당연직,,,20210225,2021-12,,",
    ]
    plan = plan_of(two_bodies, reading.read_text("\n".join(lines), "x"))
    assert [row.kind for row in plan.rows] == ["refused"] * 6 + ["add"]
    assert [row.line for row in plan.rows] == list(range(2, 9))
    said = " ".join(str(row.why) for row in plan.rows[:6])
    assert "1234567" not in said and "456789" not in said and "없는위원회" in said
    assert plan.rows[1].column == "위촉일"
    (seat,) = plan.seats
    assert seat.values["ends_on"] == dt.date(2021, 12, 31)
    assert seat.values["capacity"] == "ex_officio"


def test_columns_are_remembered_when_they_were_chosen(sqlite_store: Store) -> None:
    source = reading.read_text("성명,암호\n가상인,환경\n", "x")
    mapped = mapping.said(source, mapping.guess(source), {"암호": "note"})
    sqlite_store.run(apply.import_members, source=source, mapping=mapped)
    with sqlite_store.reading() as read:
        assert mapping.remembered(read, source=source) == ("name", "note")
    with pytest.raises(UserError, match="성명"):
        mapping.said(source, mapped, {"암": "note"})
    with pytest.raises(UserError):
        mapping.check(source, ("name", "name"))


def test_naughty_names_live_through_every_form(
    shared_data: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    naughty = shared_data / "nasty" / "unicode" / "blns.txt"
    lines = naughty.read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line.strip() and not line.startswith("#")]
    names.append(unicodedata.normalize("NFD", "광주기후"))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(
        [["성명", "소속"], *([name, f"가상 {n}"] for n, name in enumerate(names))]
    )
    path = tmp_path / "이상한 이름.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    source = reading.read(path)
    plan = plan_of(sqlite_store, source)
    kept = [row.line for row in plan.rows if row.kind == "add"]
    assert len(kept) > 0.95 * len(names)
    take_in(sqlite_store, source, skip=True)
    with sqlite_store.reading() as read:
        held = {row["name"] for row in exporting.roll(read).rows}
    literal = {unicodedata.normalize("NFC", name).strip() for name in names}
    assert len(held & literal) >= len(held) - 3  # three hold control characters, which go
    assert "광주기후" in held
    for suffix in FORMS:
        again = reading.read(exported(sqlite_store, tmp_path / f"다시{suffix}"))
        assert plan_of(sqlite_store, again).counts["same"] == len(kept), suffix


def test_no_cell_is_a_formula(sqlite_store: Store, tmp_path: Path) -> None:
    names = ["=1+1", "+82", "-1", "@x", "＝1", "'=1", "''@", "_x0041_", "a;b", '"q"']
    for name in names:
        sqlite_store.run(usecases.add_person, name=name)
    table = list(
        csv.reader(io.StringIO(exported(sqlite_store, tmp_path / "a.csv").read_text("utf-8-sig")))
    )
    at = table[0].index("성명") if "성명" in table[0] else 1
    assert all(row[at][:1] not in ("=", "+", "-", "@", "＝") for row in table[1:])
    book = openpyxl.load_workbook(exported(sqlite_store, tmp_path / "a.xlsx"))
    cells = [row[at] for row in book.active.iter_rows(min_row=2)]
    assert all(cell.data_type == "s" for cell in cells)
    assert [cell.value for cell in cells[:3]] == names[:3] and cells[0].quotePrefix
    for suffix in FORMS:
        again = reading.read(tmp_path / f"a{suffix}") if suffix != ".json" else None
        if again is not None:
            assert [row[at] for _line, row in again.rows] == names


def test_contacts_stay_out_unless_asked_for(two_bodies: Store, tmp_path: Path) -> None:
    take_in(two_bodies, made_up(3))
    with two_bodies.reading() as read:
        made = exporting.roll(read)
    for suffix in FORMS:
        path = tmp_path / f"밖으로{suffix}"
        exporting.write(path, made)
        assert plan_of(two_bodies, reading.read(path)).counts["same"] == 3
        if suffix != ".xlsx":
            assert b"010-0000" not in path.read_bytes()
    with pytest.raises(UserError):
        exporting.check(tmp_path / "a.csv", contacts=True, reason=" ")
    with pytest.raises(UserError):
        exporting.check(tmp_path / "a.pdf", contacts=False, reason="")
