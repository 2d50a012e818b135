"""What a window shows of a copy: proved, only looked into, following others, with its files."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import copies
from gwangju_desktop.snapshots import chain, container, filed, sqlite_file, unproved
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.opening import Picked, open_snapshot
from gwangju_desktop.snapshots.shapes import META, SHAPES, WITHHELD, WORDS
from gwangju_desktop.snapshots.sqlite_file import Shape
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.evidence.offices import add, plan
from tests.gwangju_desktop.snapshots import hostile, offices

HEADER = b"SQLite format 3\0"


def changed(copy: Path, mark: bytes, at: int) -> Path:
    """Return a copy in which the byte `at` bytes after the first `mark` is another."""
    data = bytearray(copy.read_bytes())
    data[data.index(mark) + at] ^= 1
    path = copy.with_name("바뀐 사본.gwsnap")
    path.write_bytes(data)
    return path


# A byte of the signature, of a page for people, of a part of the database nothing depends on.
@pytest.mark.parametrize(("mark", "at"), [(b"manifest.sig", 20), (b"<html", 30), (HEADER, 97)])
def test_a_changed_copy_may_be_looked_into_but_proves_nothing(
    copy: Path, mark: bytes, at: int
) -> None:
    path = changed(copy, mark, at)
    with pytest.raises(UserError):
        open_snapshot(path)
    view = unproved.look(path)
    assert not view.proved and view.verdict.problems and view.verdict.manifest is None
    assert view.claimed and view.manifest is view.claimed and view.claimed.sequence == 1
    assert view.table("meeting").rows and view.table("nothing") is None
    with pytest.raises(UserError):
        view.verdict.demand()
    with pytest.raises(UserError):
        filed.write(view, filed.Filed("", "", "", "", "", "", None, "x"), path.with_name("y"))


def test_a_changed_list_of_contents_is_not_even_quoted(copy: Path) -> None:
    view = unproved.look(changed(copy, b'"office":{', -1))
    assert view.manifest is None and view.table("meeting").rows


def test_a_database_that_is_not_built_as_ours_is_not_looked_into(copy: Path) -> None:
    with pytest.raises(UserError):
        unproved.look(changed(copy, HEADER, 20))


def test_a_copy_cut_in_the_middle_is_read_as_far_as_its_database(copy: Path) -> None:
    data = copy.read_bytes()
    end = data.rindex(b"PK\x01\x02")
    path = copy.with_name("잘린.gwsnap")
    path.write_bytes(data[: end - 10])
    assert unproved.look(path).table("person").total
    path.write_bytes(data[: data.index(container.DATABASE.encode()) + 5_000])
    with pytest.raises(UserError):
        unproved.look(path)


@pytest.mark.parametrize("name", ["endless view", "trigger", "garbage pages", "bad UTF-8"])
def test_a_hostile_one_is_not_looked_into_either(name: str, tmp_path: Path) -> None:
    path = hostile.sealed(tmp_path, hostile.HOSTILE[name])
    with pytest.raises(UserError) as refused:
        unproved.look(path)
    assert unproved.peek(path) is not None and not unproved.worth_a_look(refused.value, path)


def test_a_signed_copy_must_explain_itself_as_ours_do(tmp_path: Path) -> None:
    """A stranger may sign what they like; what is read in this process has one shape."""
    other = Shape("codebook", (("table_name", "TEXT"), ("column_name", "TEXT")))

    def make(path: Path) -> None:
        tables = [(META, []), (other, [("a", "b")]), (WORDS, [])]
        sqlite_file.write(path, [*tables, (WITHHELD, []), (hostile.PEOPLE, [])])

    shapes = [META, other, WORDS, WITHHELD, hostile.PEOPLE]
    rows = {shape.name: int(shape is other) for shape in shapes}
    path = hostile.sealed(tmp_path, make, shapes=shapes, rows=rows)
    assert not verify(path).ok
    for act in (open_snapshot, unproved.look):
        with pytest.raises(UserError):
            act(path)


def test_values_of_unexpected_kinds_are_read_as_nothing(tmp_path: Path) -> None:
    """Lists a window reads by name, with columns and types of a stranger's making."""
    strange = [
        Shape("milestone", (("id", "TEXT"), ("number", "TEXT"), ("commitment_id", "TEXT"))),
        Shape("commitment", (("code", "TEXT"), ("position", "TEXT"), ("plan_id", "REAL"))),
        Shape("action_plan", (("code", "TEXT"), ("title", "REAL"))),
        Shape("evidence", (("file_id", "INTEGER"), ("title", "REAL"))),
        Shape("snapshot", (("sequence", "TEXT"), ("manifest_sha256", "REAL"))),
        Shape("record_entry", (("late_days", "TEXT"), ("table_name", "REAL"))),
        Shape("register_number", (("state", "REAL"), ("text", "REAL"))),
    ]
    kinds = {"TEXT": "가", "REAL": 1.5, "INTEGER": 7}
    shapes = [*SHAPES, *strange]
    tables = [(shape, []) for shape in SHAPES]
    tables += [(shape, [tuple(kinds[kind] for _, kind in shape.columns)]) for shape in strange]
    path = hostile.sealed(
        tmp_path,
        lambda path: sqlite_file.write(path, tables),
        shapes=shapes,
        rows={shape.name: len(rows) for shape, rows in tables},
    )
    view = open_snapshot(path)
    assert copies.facts_of(view).plans[0].code == "가"
    assert filed.listed(view)[0].title == "1.5"
    assert chain.gaps(view) == () and not chain.unlisted_previous(view)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(200), b"\0" * 5_000, b"text" * 99]
)
def test_what_is_no_copy_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "무엇.gwsnap"
    path.write_bytes(content)
    assert unproved.peek(path) is None
    with pytest.raises(UserError):
        unproved.look(path)


def test_other_formats_are_refused_also_where_nothing_is_proved(copy: Path) -> None:
    for version, word in ((b"9", "newer|새"), (b"1", "earlier|이전")):
        data = copy.read_bytes().replace(b"/snapshot/2", b"/snapshot/" + version)
        path = copy.with_name("다른 판.gwsnap")
        path.write_bytes(data)
        assert unproved.peek(path) is None
        with pytest.raises(UserError, match=word):
            unproved.look(path)


# --- how copies follow each other -----------------------------------------------------------------


@pytest.fixture
def three(office: Store, copy: Path, tmp_path: Path) -> list[Path]:
    """Three copies of one office, the first from before."""
    paths = [copy, tmp_path / "2.gwsnap", tmp_path / "3.gwsnap"]
    for path in paths[1:]:
        make_snapshot(office, target=path, passphrase=offices.PASSPHRASE)
    return paths


def test_a_copy_names_the_one_before_and_a_missing_number_is_named(three: list[Path]) -> None:
    view = open_snapshot(three[2])
    assert [row["sequence"] for row in view.copies.rows] and chain.gaps(view) == ()
    assert not chain.unlisted_previous(view)
    assert chain.beside(view) == three[1]
    link = chain.link(view, three[1])
    assert link.follows and link.missing == () and link.problems == ()
    three[1].rename(three[1].with_suffix(".gone"))
    assert chain.beside(view) == three[0]
    link = chain.link(view, three[0])
    assert not link.follows and link.missing == (2,) and link.problems == ()
    # The same bytes under the name they are sent by.
    three[0].rename(three[0].with_suffix(".zip"))
    assert chain.beside(view) == three[0].with_suffix(".zip")


def test_only_an_older_copy_of_the_office_is_held_against_one(
    three: list[Path], tmp_path: Path
) -> None:
    view = open_snapshot(three[1])
    for wrong in (three[2], three[1]):
        with pytest.raises(UserError, match=wrong.name):
            chain.link(view, wrong)
    stranger = hostile.sealed(tmp_path, hostile.good)
    with pytest.raises(UserError):
        chain.link(view, stranger)
    with pytest.raises(UserError):
        chain.link(view, changed(three[0], b"manifest.sig", 20))


def test_a_list_of_copies_with_a_hole_is_told(three: list[Path]) -> None:
    view = open_snapshot(three[2])
    rows = tuple(row for row in view.copies.rows if row["sequence"] != 1)
    holed = dataclasses.replace(view, copies=Picked(len(rows), rows))
    assert chain.gaps(holed) == (1,)
    others = tuple({**row, "manifest_sha256": "0" * 64} for row in rows)
    assert chain.unlisted_previous(dataclasses.replace(view, copies=Picked(1, others)))


# --- the files inside -----------------------------------------------------------------------------


def test_public_evidence_is_written_out_byte_for_byte(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.run(settings.set_up)
    made = plan(sqlite_store)
    contents = {}
    for n, disclosure in enumerate(("public", "members")):
        source = tmp_path / f"자료 {n}.csv"
        source.write_bytes(f"표,값 {n}\r\n".encode() * 200_000)
        contents[disclosure] = source.read_bytes()
        add(sqlite_store, source, made.plan, title=f"자료 {n}", disclosure=disclosure)
    target = tmp_path / "사본.gwsnap"
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE)
    view = open_snapshot(target)
    inside, outside = filed.listed(view)
    assert inside.member and inside.title == "자료 0" and not outside.member
    assert outside.sha256 == hashlib.sha256(contents["members"]).hexdigest() and not outside.title
    assert inside.name == "자료 0.csv" and not inside.opens
    saved = filed.write(view, inside, tmp_path / "밖" / inside.name)
    assert saved.read_bytes() == contents["public"]
    # A file that changed after it was opened: nothing is put in its place.
    broken = shutil.copy(target, tmp_path / "깨진.gwsnap")
    data = bytearray(Path(broken).read_bytes())
    data[data.index("표,값 0\r\n".encode() * 99) + 1_000_000] ^= 1
    Path(broken).write_bytes(data)
    moved = dataclasses.replace(view, path=Path(broken))
    with pytest.raises(UserError):
        filed.write(moved, inside, tmp_path / "밖" / "둘.csv")
    assert not (tmp_path / "밖" / "둘.csv").exists()
