"""Evidence files are looked into, whatever they are packed in; what is not understood stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from db.store import Store
from gwangju_desktop import child
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.blocks import para
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import inside, looking, policy, texts
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.documents import some_documents
from tests.gwangju_desktop.evidence import offices as plans
from tests.gwangju_desktop.snapshots import offices
from tests.gwangju_desktop.snapshots.test_build import rows

# The note of somebody who is no member, in the small office; a number whose last digit follows.
WORD = "위원이 아닌 사람의 메모"
NUMBER = "000101-3000008"


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(fill: Callable[[pikepdf.Pdf], None], **save: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        fill(document)
        document.save(file, **save)  # type: ignore[arg-type]
    return file.getvalue()


def titled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = WORD


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["a.docx"] = pikepdf.AttachedFileSpec(document, split_runs())


def streamed(document: pikepdf.Pdf) -> None:
    document.Root.Own = document.make_stream(WORD.encode("utf-16-be"))


def split_runs() -> bytes:
    """Write the word across runs, as word processors do."""
    runs = "".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in WORD)
    return zipped({"word/document.xml": f"<w:p>{runs}</w:p>".encode()})


def noted() -> bytes:
    """Put the word into a packed note of a picture."""
    file, notes = io.BytesIO(), PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", f"{WORD} " * 20, zip=True)
    Image.new("RGB", (4, 4)).save(file, "PNG", pnginfo=notes)
    assert WORD.encode() not in file.getvalue()
    return file.getvalue()


def looked(tmp_path: Path, *contents: bytes) -> list[dict[str, object]]:
    paths = []
    for n, content in enumerate(contents):
        path = tmp_path / f"{n}.bin"
        path.write_bytes(content)
        paths.append(str(path))
    answer = inside.look_task({"files": paths, "sought": {WORD: "person.note"}})
    return list(answer["files"])


@pytest.mark.parametrize(
    "content",
    [
        WORD.encode(),
        f"안내 {WORD}".encode("cp949"),
        f"안내 {WORD}".encode("utf-16"),
        "<p>위원이 <b>아닌</b> 사람의&#32;메모</p>".encode(),
        zipped({"xl/sharedStrings.xml": f"<si><t>{WORD}</t></si>".encode()}),
        zipped({"Contents/section0.xml": b"", f"{WORD}.xml": b"<a/>"}),
        split_runs(),
        zipped({"inner.zip": zipped({"a.txt": WORD.encode("cp949")})}),
        noted(),
        pdf(titled),
        pdf(titled, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        pdf(streamed, compress_streams=True),
        pdf(attached, compress_streams=True),
    ],
    ids=[
        "utf8",
        "cp949",
        "utf16",
        "html",
        "xlsx",
        "name",
        "docx",
        "zips",
        "png",
        "info",
        "packed",
        "stream",
        "attached",
    ],
)
def test_a_value_is_found_in_it(tmp_path: Path, content: bytes) -> None:
    assert looked(tmp_path, content) == [{"places": ["person.note"], "residents": 0, "why": ""}]


@pytest.mark.parametrize("suffix", ["pdf", "hwpx", "html", "txt"])
def test_our_own_documents_are_read(tmp_path: Path, suffix: str) -> None:
    """A page of ours holds glyphs and no letters: PDFium reads them."""
    document = Composed("가상 회의록", "a", some_documents.About(), "ko", ((para(WORD),),))
    assert looked(tmp_path, writers.write(document, suffix))[0]["places"] == ["person.note"]


def locked() -> bytes:
    return pdf(titled, encryption=pikepdf.Encryption(owner="a", user="b"))


def bomb() -> bytes:
    return zipped({f"{n}": b"\0" * (inside.MOST_BYTES // 4) for n in range(5)})


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (locked, "password"),
        (bomb, "size"),
        (lambda: b"%PDF-1.7 and no more", "broken"),
        (lambda: b"PK\x03\x04 and no more", "broken"),
        (lambda: b"\x89PNG\r\n\x1a\n and no more", "broken"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"hwp", "packed"),
        (lambda: bytes(range(256)) * 4, "packed"),
        (lambda: zipped({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "packed"),
        (lambda: zipped({"1": zipped({"2": zipped({"3": zipped({"4": b"a"})})})}), "packed"),
    ],
    ids=["locked", "bomb", "pdf", "zip", "png", "hwp", "bytes", "ole", "deep"],
)
def test_what_cannot_be_looked_into_says_why(
    tmp_path: Path, make: Callable[[], bytes], why: str
) -> None:
    assert looked(tmp_path, make())[0]["why"] == why


def test_clean_files_are_clean_and_registration_numbers_are_seen(tmp_path: Path) -> None:
    clean = [b"q,n\n1,51\n", pdf(lambda _: None), b"0001013000001"]
    answers = looked(tmp_path, *clean, f"번호 {NUMBER}".encode())
    assert [one["residents"] for one in answers] == [0, 0, 0, 1]
    assert {one["why"] for one in answers} == {""} and not any(one["places"] for one in answers)


def public_office(office: Store, folder: Path, files: dict[str, bytes]) -> None:
    plan = plans.plan(office).plan
    for name, content in files.items():
        plans.add(office, plans.file(folder, name, content), plan, title=name, disclosure="public")


def test_files_that_hold_something_stay_until_somebody_decides(
    office: Store, tmp_path: Path
) -> None:
    public_office(
        office,
        tmp_path,
        {
            "가.csv": b"q,n\n1,51\n",
            "나.pdf": pdf(titled),
            "다.hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"packed",
            "라.txt": f"번호 {NUMBER}".encode(),
        },
    )
    target = tmp_path / "2.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)

    def evidence() -> set[str]:
        with zipfile.ZipFile(target) as archive:
            return {n[-3:] for n in archive.namelist() if n.startswith("evidence/")}

    def withheld() -> dict[str, int]:
        verdict = verify(target)
        assert verdict.ok and verdict.manifest is not None
        told = verdict.manifest.withheld
        return {
            code: told[code].count or 0 for code in (looking.UNREAD, looking.HOLDS) if code in told
        }

    assert evidence() == {"csv"}
    assert withheld() == {looking.UNREAD: 1, looking.HOLDS: 2}
    query = "SELECT column_ko FROM withheld WHERE table_name='evidence' AND action='drop'"
    assert len({str(row[0])[-64:] for row in rows(target, query, tmp_path)}) >= 3

    _finds, held = texts.look_through(office, policy.load())
    told = {one.find.found: one for one in held}
    assert set(told) == {"나.pdf", "다.hwp", "라.txt"}
    assert WORD not in told["나.pdf"].told(policy.load())
    letting = [told["나.pdf"].find, told["다.hwp"].find]
    office.run(texts.decide_texts, finds=letting, shown=True, reason="공개 자료")
    with pytest.raises(UserError):
        office.run(texts.decide_texts, finds=[told["라.txt"].find], shown=True, reason="-")
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    assert evidence() == {"csv", "pdf", "hwp"}
    assert withheld() == {looking.HOLDS: 1}


def test_a_file_that_kills_the_child_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends the child, the files beside the one that did are looked into."""
    paths = [plans.file(tmp_path, f"{n}.txt", f"{n} {WORD}".encode()) for n in range(5)]
    calls = []

    def dying(task: str, asked: dict[str, Any], **limits: Any) -> dict[str, Any]:
        calls.append(len(asked["files"]))
        if any(name.endswith("3.txt") for name in asked["files"]):
            raise child.ChildFailed("memory")
        return inside.look_task(asked)

    monkeypatch.setattr(child, "run", dying)
    answers = looking._ask(paths, {WORD: "person.note"}, None)
    assert [one["why"] for one in answers] == ["", "", "", "memory", ""]
    assert calls == [5, 2, 3, 1, 2, 1, 1][: len(calls)] or sum(calls) <= 14
