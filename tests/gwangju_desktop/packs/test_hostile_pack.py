"""Whatever is attached or typed, the pack is bound: a bad paper costs its own sheet, words stay words."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import time
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from db.vocab import Edition, ItemKind
from gwangju_desktop import clock, text
from gwangju_desktop.meetings import agenda, awaited
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs.papers import take_in
from gwangju_desktop.packs.usecases import bind_pack
from tests.gwangju_desktop.packs import hostile
from tests.gwangju_desktop.packs.made import A4, Leaf, make_paper
from tests.gwangju_desktop.packs.test_intake import keys_of

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
# What no pack may hold; its own links, outline and structure are none of these.
ACTIVE = {
    *("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction", "/URI", "/XFA", "/AcroForm"),
    *("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/SubmitForm", "/GoToR", "/RichMedia"),
}
CANARY = (37, 41)


def planned(store, **words) -> int:
    """Plan a meeting with one member and return it."""
    text.use("ko")
    body = store.run(members.add_body, name_ko=words.get("body", "가상위원회")).value
    store.run(
        members.add_member,
        person={"name": words.get("name", "가상가"), "fictional": True},
        membership={
            "body_id": body,
            "starts_on": dt.date(2021, 2, 25),
            "post": words.get("post", "국장"),
            "capacity": "appointed",
        },
    )
    return store.run(
        meetings.add_meeting, body_id=body, starts_at=AT, place=words.get("place", "중회의실")
    ).value


def added(store, meeting: int, **values) -> int:
    given = {"title": "가상 안건", "kind": ItemKind.DELIBERATION.value, "minutes": 10} | values
    return store.run(agenda.add_item, meeting_id=meeting, **given).value


def attached(store, item: int, path: Path, **values) -> int:
    facts = take_in(store.papers, path)
    return store.run(attachments.attach_paper, item_id=item, **asdict(facts), **values).value


def words_of(path: Path) -> str:
    """The text of a PDF without blanks: where lines break is not its writer's affair."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    finally:
        document.close()
    # A hyphen that ends a line is read back as U+FFFE.
    return re.sub(r"\s", "", "".join(pages)).replace("\ufffe", "-")


def bound(store, folder: Path, paths: list[Path]):
    """Attach files to an item, bind the pack and look at it; its entries by the files' names."""
    meeting = planned(store)
    item = added(store, meeting)
    papers = {path.name: attached(store, item, path) for path in paths}
    target = folder / "회의자료.pdf"
    started = time.monotonic()
    facts = bind_pack(store, meeting_id=meeting, target=target)
    assert time.monotonic() - started < 15
    assert not keys_of(target) & ACTIVE
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == facts.pages
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", target], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stdout[-400:]
    entries = {entry.key: entry for entry in facts.entries}
    return target, {name: entries[f"paper-{id}"] for name, id in papers.items()}


def test_a_bad_paper_costs_only_its_own_sheet(sqlite_store, tmp_path):
    folder = tmp_path / "보낸 자료"
    folder.mkdir()
    paths = []
    for name, make in (hostile.REFUSED | hostile.EITHER | hostile.CLEANED).items():
        paths.append(folder / f"{name}.pdf")
        make(paths[-1])
    paths.append(folder / "부서 문서.hwp")
    paths[-1].write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    leaves = [Leaf(A4, 90), Leaf((1190.55, 841.89)), Leaf((300, 400))]
    paths.append(make_paper(folder / "좋은 자료.pdf", leaves))
    target, entries = bound(sqlite_store, tmp_path, paths)
    for name in [*(f"{refused}.pdf" for refused in hostile.REFUSED), "부서 문서.hwp"]:
        assert entries[name].trouble and entries[name].count == 1, name
    for name in [*(f"{cleaned}.pdf" for cleaned in hostile.CLEANED), "좋은 자료.pdf"]:
        assert entries[name].trouble is None, name
    assert entries["좋은 자료.pdf"].count == 3
    said = words_of(target)
    assert "비밀번호가걸려" in said and "아직PDF가접수되지않은문서" in said
    assert "붙임자료본문3" in said


def test_published_nasty_files_cost_only_their_own_sheets(sqlite_store, shared_data, tmp_path):
    paths = sorted((shared_data / "nasty" / "pdf").glob("*.pdf"))
    paths += (shared_data / "meeting_docs").glob("*.pdf")
    _target, entries = bound(sqlite_store, tmp_path, paths)
    assert len(entries) > 10
    troubled = [name for name, entry in entries.items() if entry.trouble]
    assert troubled == ["pypdf_libreoffice-writer-password.pdf"]
    assert next(e.count for name, e in entries.items() if name.startswith("korean")) == 16


def test_typed_words_are_only_words(sqlite_store, tmp_path):
    canary = tmp_path / "canary.png"
    Image.new("RGB", CANARY, "red").save(canary)
    markup = f'<img src="{canary}"/><b>굵게 &amp; <a href="file:///etc/passwd">x</a>'
    odd = "漢字 光州廣域市 🌱 Ａ ㈜ \u202eabc"
    store = sqlite_store
    meeting = planned(store, body=f"가 {markup}", name=markup[:60], post=markup, place=markup)
    item = added(
        store,
        meeting,
        title=f"제목 {markup}",
        presenter=f"부서 {markup}",
        request=f"주문 {markup}",
        reason=f"이유 {odd}",
        contents="끝없는" + "x" * 50_000,
        reference=markup,
    )
    closed = added(
        store,
        meeting,
        title="비밀 안건",
        restricted=True,
        restricted_ground=f"근거 {markup}",
        open_title=f"공개 제목 {markup}",
    )
    store.run(awaited.announce_paper, item_id=item, title=f"예고 {markup}", office=markup)
    title = f"자료 {markup}"
    attached(store, item, make_paper(tmp_path / "자료.pdf"), title=title)
    broken = tmp_path / "깨진.pdf"
    broken.write_bytes(b"")
    attached(store, closed, broken, title=f"깨진 {markup}")

    plain = re.sub(r"\s", "", markup)
    for edition in (Edition.MEMBERS, Edition.PUBLIC, Edition.CHAIR, Edition.LARGE):
        target = tmp_path / f"{edition.value}.pdf"
        started = time.monotonic()
        bind_pack(store, meeting_id=meeting, target=target, edition=edition)
        assert time.monotonic() - started < 30
        said = words_of(target)
        assert f"제목{plain}" in said, edition
        assert said.count("x") >= 50_000, edition
        assert "漢字光州廣域市" in said, edition
        assert no_canary(target), edition
        assert not keys_of(target) & ACTIVE, edition
        if edition is Edition.PUBLIC:
            assert "비밀안건" not in said
            assert f"공개제목{plain}" in said


def no_canary(path: Path) -> bool:
    """Say whether no picture of the canary's size is in a file."""
    with pikepdf.open(path) as pdf:
        return not any(
            isinstance(thing, pikepdf.Stream)
            and thing.get("/Subtype") == "/Image"
            and (int(thing.Width), int(thing.Height)) == CANARY
            for thing in pdf.objects
        )


@pytest.mark.parametrize("name", ["가" * 200 + ".pdf", "漢字 🌱 <b>.pdf", "A&B;#1 %s {x}.pdf"])
def test_a_files_own_name_is_only_a_name(sqlite_store, tmp_path, name):
    store = sqlite_store
    meeting = planned(store)
    item = added(store, meeting)
    path = make_paper(tmp_path / "자료.pdf")
    facts = take_in(store.papers, path, name=name)
    store.run(attachments.attach_paper, item_id=item, **asdict(facts))
    target = tmp_path / "pack.pdf"
    bind_pack(store, meeting_id=meeting, target=target)
    stem = re.sub(r"\s", "", name.removesuffix(".pdf"))
    assert stem in words_of(target)
