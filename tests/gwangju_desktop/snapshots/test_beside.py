"""What lies beside the database: pages, tables, evidence, and the lines people type to check them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import paths
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.guards import BEGINNINGS, guarded, unguarded
from gwangju_desktop.snapshots import container, keys, signing, succession
from gwangju_desktop.snapshots.build import Made, make_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.snapshots import offices

TOOLS = ("ssh-keygen", "openssl", "sha256sum", "grep", "sed", "find")
PAGES = (container.README_KO, container.README_EN, container.PAGE)


@dataclass(frozen=True)
class Unpacked:
    """The sample's second snapshot: the file, what was made, and a folder it was unpacked into."""

    path: Path
    made: Made
    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    """Two snapshots of the sample, the second compared with the first."""
    top = tmp_path_factory.mktemp("beside")
    office = top / sample_office.name
    shutil.copy(sample_office, office)
    files = sample_office.name + ".files"
    shutil.copytree(sample_office.with_name(files), office.with_name(files))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(top / "person"))
        with Store.open(office) as store:
            first = top / "1.gwsnap"
            make_snapshot(store, target=first, passphrase=offices.PASSPHRASE)
            path = top / "점검용 사본 2.gwsnap"
            made = make_snapshot(store, target=path, passphrase=offices.PASSPHRASE, previous=first)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(top / "풀린 사본")
    return Unpacked(path, made, top / "풀린 사본")


def typed(page: str, system: str) -> list[str]:
    """Return the lines a page tells people to type on a system."""
    return [
        html.unescape(line)
        for line in re.findall(rf'<pre data-system="{system}">(.*?)</pre>', page, re.S)
    ]


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True)


# --- the hand check -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [container.README_KO, container.README_EN])
def test_every_line_for_linux_works_as_written(sample: Unpacked, name: str) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {missing}")
    page = sample.text(name)
    lines = typed(page, "linux")
    said = {}
    for line in lines:
        done = run(line, sample.folder)
        assert done.returncode == 0, (line, done.stderr)
        said[line] = done.stdout
    assert len(lines) == len(set(lines)) == 8
    good, verified, one, all_files, unlisted, key, previous, _ = (said[line] for line in lines)
    with zipfile.ZipFile(sample.path) as archive:
        public = signing.read_pem(archive.read(container.PUBLIC_KEY))
    assert public is not None
    assert good.startswith("Good") and html.escape(good.split()[-1]) in page
    assert "Verified" in verified and all_files == unlisted == ""
    manifest = json.loads(sample.text(container.MANIFEST))
    assert one.split()[0] == manifest["files"][container.DATABASE]["sha256"]
    assert (
        signing.grouped(key.split()[0]) == sample.made.fingerprint
        and sample.made.fingerprint in page
    )
    assert manifest["previous"] in previous and manifest["previous"] in page


def test_the_lines_find_what_was_changed(sample: Unpacked, tmp_path: Path) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {missing}")
    ssh, openssl, _, all_files, unlisted, *_ = typed(sample.text(container.README_KO), "linux")
    folder = tmp_path / "바뀐 사본"
    shutil.copytree(sample.folder, folder)
    csv_file = folder / "csv" / "person.csv"
    csv_file.write_bytes(csv_file.read_bytes() + b"\r\n")
    (folder / "evidence" / "more.pdf").write_bytes(b"%PDF-")
    done = run(all_files, folder)
    assert done.returncode != 0 and "csv/person.csv: FAILED" in done.stdout
    assert run(unlisted, folder).stdout.split() == ["evidence/more.pdf"]
    manifest = folder / container.MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b'"sequence":2', b'"sequence":3'))
    assert run(ssh, folder).returncode != 0 and run(openssl, folder).returncode != 0


def test_lines_for_windows_name_files_that_are_there(sample: Unpacked) -> None:
    page = sample.text(container.README_KO)
    lines = typed(page, "cmd") + typed(page, "powershell")
    assert len(lines) == 6 and lines[0] == typed(page, "linux")[0]
    assert any(line.startswith("certutil -hashfile") for line in lines)
    assert any(line.startswith("Get-FileHash") for line in lines)
    named = re.findall(r"\b(?:manifest|snapshot|allowed)[._][a-z_.]+", " ".join(lines))
    assert len(named) >= 6
    for name in named:
        assert (sample.folder / name.rstrip(".")).is_file(), name


def test_what_was_withheld_is_said_in_manifest_and_pages_alike(sample: Unpacked) -> None:
    withheld = json.loads(sample.text(container.MANIFEST))["withheld"]
    assert len(withheld) > 5
    with closing(sqlite3.connect(sample.folder / container.DATABASE)) as database:
        rows = database.execute(
            "SELECT ground_ko, sum(count) FROM withheld GROUP BY ground_ko, ground_en"
        ).fetchall()
    assert sorted((one["ko"], one["count"]) for one in withheld.values()) == sorted(rows)
    for one in withheld.values():
        count = "세지 않음" if one["count"] is None else f"{one['count']:,}"
        row = f'<td>{html.escape(one["ko"])}</td><td class="number">{count}</td>'
        assert row in sample.text(container.README_KO)
        assert html.escape(one["en"]) in sample.text(container.README_EN)


# --- the tables -----------------------------------------------------------------------------------


def test_frictionless_finds_no_fault(sample: Unpacked) -> None:
    code = (
        "import frictionless, json;"
        "found = frictionless.Package('datapackage.json').validate();"
        "print(json.dumps([found.stats['tasks'], found.stats['errors'],"
        " [str(e) for e in found.flatten(['title', 'note'])[:9]]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sample.folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    tasks, errors, notes = json.loads(done.stdout)
    assert errors == 0, notes
    assert tasks == len(sample.made.rows)


def test_the_package_names_its_sources_and_to_everybody_its_licence(
    sample: Unpacked, office: Store, tmp_path: Path
) -> None:
    monitors = json.loads(sample.text(container.PACKAGE))
    assert "licenses" not in monitors, "a copy for monitors is given to them alone"
    own, *others = monitors["sources"]
    assert own["title"] == monitors["contributors"][0]["title"] and others
    assert all(one["title"].partition(", ")[2] for one in others)
    target = tmp_path / "public.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE, profile=Profile.PUBLIC)
    with zipfile.ZipFile(target) as archive:
        public = json.loads(archive.read(container.PACKAGE))
    (licence,) = public["licenses"]
    assert licence["path"].startswith("https://www.kogl.or.kr/") and "제1유형" in licence["title"]
    assert public["sources"] == [{"title": public["contributors"][0]["title"]}]


def test_csv_database_and_manifest_hold_the_same(sample: Unpacked) -> None:
    resources = json.loads(sample.text(container.PACKAGE))["resources"]
    rows = json.loads(sample.text(container.MANIFEST))["rows"]
    assert {r["name"]: r["path"] for r in resources} == {n: f"csv/{n}.csv" for n in rows}
    linked = 0
    with closing(sqlite3.connect(sample.folder / container.DATABASE)) as database:
        for resource in resources:
            data = (sample.folder / resource["path"]).read_bytes()
            assert data.startswith(b"\xef\xbb\xbf") and len(data) == resource["bytes"]
            text = data.decode("utf-8-sig")
            head, *cells = csv.reader(io.StringIO(text, newline=""), strict=True)
            assert head == [field["name"] for field in resource["schema"]["fields"]]
            assert all(
                field["title"] and field["title_en"] for field in resource["schema"]["fields"]
            )
            there = database.execute(f'SELECT * FROM "{resource["name"]}"').fetchall()
            assert len(cells) == rows[resource["name"]]
            for told, kept in zip(cells, there, strict=True):
                assert [unguarded(c) for c in told] == ["" if v is None else str(v) for v in kept]
            linked += len(resource["schema"].get("foreignKeys", ()))
    assert linked > 50


def test_every_beginning_of_a_formula_is_known() -> None:
    letters = filter(str.isprintable, map(chr, range(0x110000)))
    begun = {letter for letter in (*letters, "\t", "\r", "\n") if guarded(letter) != letter}
    assert begun | {"'"} == BEGINNINGS


def test_pandas_reads_database_and_tables(sample: Unpacked) -> None:
    import pandas

    with closing(sqlite3.connect(sample.folder / container.DATABASE)) as database:
        people = pandas.read_sql("SELECT * FROM membership", database)
    table = pandas.read_csv(sample.folder / "csv" / "membership.csv")
    assert len(people) == len(table) == sample.made.rows["membership"]
    assert list(people.columns) == list(table.columns)


@usecase("Enter what is dangerous")
def dangerous(tx: Session, *, text: str) -> None:
    """Add an item whose title and contents are the text."""
    meeting = tx.query(Meeting).first()
    assert meeting is not None
    position = 1 + max(tx.scalars(select(AgendaItem.position)))
    tx.add(
        AgendaItem(
            meeting_id=meeting.id, position=position, kind="report", title=text, contents=text
        )
    )


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "<script>alert(1)</script>", '"a",\r\n+1', "</td>&amp;<img src=x>"]
)
def test_what_people_wrote_is_shown_and_never_run(office: Store, tmp_path: Path, text: str) -> None:
    office.run(dangerous, text=text)
    target = tmp_path / "2.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    with zipfile.ZipFile(target) as archive:
        page = archive.read(container.PAGE).decode()
        table = archive.read("csv/agenda_item.csv").decode("utf-8-sig")
    assert not re.search(r"<script|<img|<td></td>&amp;<", page, re.I)
    assert html.escape(text.replace("\r\n", "\n")) in page
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert text in map(unguarded, cells)
    assert not any(cell.startswith(("=", "+")) for cell in cells)


# --- the pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_pages_need_nothing_from_outside(sample: Unpacked, name: str) -> None:
    page = sample.text(name)
    assert len(page.encode()) < 3_000_000
    assert "default-src 'none'" in page
    assert not re.search(
        r"<script|<link|<iframe|<img|@import|url\(|\son[a-z]+=|http-equiv=.refresh", page
    )
    addresses = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert len(addresses) > 5
    for address in addresses:
        if address.startswith("#"):
            assert f'id="{address[1:]}"' in page, address
        else:
            assert (sample.folder / address).is_file(), address


def test_every_register_stands_on_the_page_in_words(sample: Unpacked) -> None:
    page = sample.text(container.PAGE)
    with closing(sqlite3.connect(sample.folder / container.DATABASE)) as database:
        titles = dict(
            database.execute("SELECT table_name, ko FROM codebook WHERE column_name IS NULL")
        )
        english = dict(
            database.execute("SELECT table_name, en FROM codebook WHERE column_name IS NULL")
        )
        held = {name: n for name, n in sample.made.rows.items() if name in titles and n}
        for name, count in held.items():
            assert f'id="t-{name}"' in page
            said = f'{html.escape(titles[name])} <i lang="en">{html.escape(english[name])}</i>'
            assert f"{said} <span>{count:,}건</span>" in page
        # Codes are said by the name of the record they lead to, closed words in Korean.
        names = [n for (n,) in database.execute("SELECT name FROM person WHERE name IS NOT NULL")]
    assert all(html.escape(name) in page for name in names)
    assert "정기회의" in page
    for code in ("appointed", "civil_society", "co_chair", "conditional", "office", "weekly"):
        assert f">{code}<" not in page
    # What stands over the records is in English too, for whom Korean is not read.
    assert f'href="{container.README_EN}"' in page and "The records are in Korean" in page
    assert ' <i lang="en">Ground</i></th>' in page
    many = [name for name, count in held.items() if count > 200]
    assert many and all(f'href="csv/{name}.csv"' in page for name in many)


def test_evidence_is_there_when_public_and_only_then(sample: Unpacked) -> None:
    with closing(sqlite3.connect(sample.folder / container.DATABASE)) as database:
        rows = database.execute(
            "SELECT e.disclosure, f.sha256 FROM evidence e JOIN stored_file f ON f.id = e.file_id"
        ).fetchall()
    public = {sha256 for disclosure, sha256 in rows if disclosure == "public"}
    closed = {sha256 for disclosure, sha256 in rows if disclosure != "public"} - public
    there = {path.stem: path for path in (sample.folder / "evidence").iterdir()}
    assert set(there) == public and closed
    listed = json.loads(sample.text(container.MANIFEST))["files"]
    page = sample.text(container.PAGE)
    for sha256, path in there.items():
        assert listed[f"evidence/{path.name}"]["sha256"] == sha256
        assert f'href="evidence/{path.name}"' in page
    assert all(sha256 in page for sha256 in closed)


# --- since the copy before ------------------------------------------------------------------------


def since(path: Path) -> str:
    """Return that part of the page."""
    with zipfile.ZipFile(path) as archive:
        page = archive.read(container.PAGE).decode()
    return page.partition('id="since"')[2].partition("<details")[0]


def test_a_known_edit_is_named_and_nothing_that_was_taken_out(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    with office.reading() as read:
        item = read.query(AgendaItem).filter_by(title="안건 3").one()
        id, version = item.id, item.version

    @usecase("Change the item")
    def change(tx: Session) -> None:
        found = tx.get(AgendaItem, id)
        assert found is not None and found.version == version
        found.contents = "다른 글"
        gone = tx.query(AgendaItem).filter_by(title="안건 2").one()
        tx.delete(gone)

    office.run(dangerous, text="새 안건")
    office.run(change)
    exact, counted = tmp_path / "2.gwsnap", tmp_path / "2b.gwsnap"
    make_snapshot(office, target=exact, passphrase=offices.PASSPHRASE, previous=copy)
    told = since(exact)
    assert "<td>안건 3</td><td>주요내용</td>" in told
    assert "<td>새 안건</td><td>추가됨</td>" in told
    counts = '<td class="number">1</td>' * 3
    assert counts in told
    assert "안건 2" not in told and "그대로 나가는 글" not in told
    office.run(dangerous, text="또 새 안건")
    make_snapshot(office, target=counted, passphrase=offices.PASSPHRASE)
    told = since(counted)
    assert (
        "제2호" in told
        and 'Agenda items</i></a></td><td class="number">1</td><td class="number">0</td>' in told
    )
    with pytest.raises(UserError, match=copy.name):
        make_snapshot(
            office, target=tmp_path / "4.gwsnap", passphrase=offices.PASSPHRASE, previous=copy
        )


def test_the_first_copy_says_that_it_is_the_first(copy: Path) -> None:
    assert "첫 사본" in since(copy)


# --- keys -----------------------------------------------------------------------------------------


def test_a_key_that_followed_another_brings_the_proof(office: Store, tmp_path: Path) -> None:
    new = "새 암호구절 둘째"
    keys.succeed(office, old=offices.PASSPHRASE, new=new, reason="예시")
    target = tmp_path / "2.gwsnap"
    make_snapshot(office, target=target, passphrase=new)
    verdict = verify(target)
    assert verdict.ok and verdict.manifest is not None
    chain = succession.check_chain(
        verdict.key_chain, verdict.manifest.key, verdict.manifest.office_id
    )
    assert len(chain.links) == 1
    with zipfile.ZipFile(target) as archive:
        assert archive.read(container.KEY_CHAIN) == verdict.key_chain
        assert container.KEY_CHAIN in archive.read(container.README_KO).decode()
