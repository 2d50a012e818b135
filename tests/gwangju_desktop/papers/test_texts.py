"""What files say is read once, page by page, and found; what cannot be read stops nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

import resources
from db.schema.papers import file_text
from db.schema.search import search_doc
from db.store import Store
from db.texts import Unread
from gwangju_desktop import check, search_records
from gwangju_desktop.evidence import evidence
from gwangju_desktop.papers import extracting, texts
from gwangju_desktop.search_found import Filters, excerpt
from tests.gwangju_desktop.evidence.offices import DAY, add, plan

PAGES = ("자치구별 에너지 사용량을 매월 25일에 공개한다.", "", "Demand response, 수요 반응")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(path: Path) -> Path:
    """Make a PDF whose pages say PAGES."""
    pdfmetrics.registerFont(TTFont("words", str(resources.path("fonts", FONT))))
    canvas = Canvas(str(path), pagesize=A4)
    for words in PAGES:
        canvas.setFont("words", 12)
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return path


FONT = "PretendardGOV-Regular.ttf"


def zipped(path: Path, member: str, xml: str) -> Path:
    """Make a document of one member."""
    with zipfile.ZipFile(path, "w") as held:
        held.writestr(member, f"<?xml version='1.0' encoding='UTF-8'?>{xml}")
    return path


def found(store: Store, words: str, **narrowed: object) -> list[search_records.Found]:
    with store.reading() as read:
        return search_records.find(read, words=words, filters=Filters(**narrowed))  # type: ignore[arg-type]


def test_a_paper_is_found_by_what_its_pages_say(store: Store, tmp_path: Path) -> None:
    ids = plan(store)
    add(store, pdf(tmp_path / "가상 계획.pdf"), ids.plan)
    assert found(store, "매월 25일") == []
    assert texts.read_files(store) == 1
    assert texts.read_files(store) == 0
    (hit,) = found(store, "매월25일에")
    assert (hit.table, hit.title, hit.page) == ("file_text", "가상 계획", "commitments")
    assert hit.record[0] == "evidence"
    assert hit.excerpt == "자치구별 에너지 사용량을 매월 25일에 공개한다."
    (third,) = found(store, "demand RESPONSE")
    assert third.record == hit.record and third.id != hit.id
    # Initial consonants are for names: a whole paper holds them all.
    assert found(store, "ㅈㅊㄱㅂ") == []
    assert check.check(store) == []
    held = store.reindex()
    assert [one.id for one in found(store, "수요반응")] == [third.id]
    assert store.reindex() == held


def test_a_search_is_narrowed_by_kind_day_and_body(store: Store, tmp_path: Path) -> None:
    ids = plan(store)
    add(store, pdf(tmp_path / "가상 계획.pdf"), ids.plan)
    texts.read_files(store)
    assert found(store, "자치구별", kinds=("file_text",))
    assert not found(store, "자치구별", kinds=("evidence",))
    assert found(store, "가상 계획", kinds=("evidence",))[0].day == DAY
    assert found(store, "가상 계획", since=DAY, until=DAY)
    assert not found(store, "가상 계획", since=DAY.replace(year=2023))
    assert not found(store, "가상 계획", body_id=1)


def test_a_file_of_two_records_and_one_of_none(store: Store, tmp_path: Path) -> None:
    ids = plan(store)
    made = add(store, pdf(tmp_path / "가상 계획.pdf"), ids.plan)
    texts.read_files(store)
    store.run(evidence.remove_evidence, id=made)
    assert found(store, "자치구별") == []
    store.undo()
    assert len(found(store, "자치구별")) == 1


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (
            "예시.docx",
            lambda p: zipped(
                p,
                "word/document.xml",
                f"<w:d {W}><w:p><w:r><w:t>예시 </w:t></w:r><w:t>본문</w:t></w:p></w:d>",
            ),
        ),
        (
            "예시.hwpx",
            lambda p: zipped(
                p,
                "Contents/section0.xml",
                "<s xmlns:h='h'><h:p><h:t>밖</h:t><h:p><h:t>예시 본문</h:t></h:p></h:p></s>",
            ),
        ),
        (
            "예시.xlsx",
            lambda p: zipped(p, "xl/sharedStrings.xml", "<sst><si><t>예시 본문</t></si></sst>"),
        ),
        (
            "예시.odt",
            lambda p: zipped(
                p, "content.xml", "<d xmlns:t='t'><t:p>예시 <t:b>본문</t:b></t:p></d>"
            ),
        ),
        ("예시.txt", lambda p: p.write_bytes("첫 줄\r\n예시 본문".encode("cp949")) and p),
        (
            "예시.html",
            lambda p: p.write_text("<p>예시 <b>본문</b><script>x</script>", "utf-8") and p,
        ),
    ],
)
def test_documents_and_plain_files_are_read_too(
    sqlite_store: Store, tmp_path: Path, name: str, made: object
) -> None:
    path = made(tmp_path / name)  # type: ignore[operator]
    digest = sqlite_store.papers.put(path)
    pages = texts.words_of(sqlite_store.papers, Unread(digest, name, path.stat().st_size))
    assert pages and "예시 본문" in " ".join(" ".join(pages).split()), pages
    assert "x" not in "".join(pages).split()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("가.pdf", b"%PDF-1.7 and nothing more"),
        ("나.docx", b"PK\x03\x04 broken"),
        ("다.png", b"\x89PNG\r\n\x1a\n"),
        ("라.bin", b"\0\1\2"),
        ("마.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked"),
    ],
)
def test_what_has_no_words_is_asked_once(
    sqlite_store: Store, tmp_path: Path, name: str, content: bytes
) -> None:
    ids = plan(sqlite_store)
    (tmp_path / name).write_bytes(content)
    add(sqlite_store, tmp_path / name, ids.plan)
    assert texts.read_files(sqlite_store) == 1
    with sqlite_store.reading() as read:
        assert texts.unread(read) == []
        assert list(read.execute(select(file_text.c.part, file_text.c.text))) == [(0, "")]
        own = select(func.count()).where(search_doc.c.tbl == "file_text")
        assert read.scalar(own) == 0


def test_a_document_with_entities_and_one_that_swells_are_left_alone(tmp_path: Path) -> None:
    laughs = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><d><p><t>&b;</t></p></d>"
    path = zipped(tmp_path / "x.docx", "word/document.xml", laughs)
    told = extracting.texts_task({"file": str(path), "suffix": ".docx"})
    assert told == {"texts": ["&b;"]}  # left as it stands, not swollen
    long = "".join(f"<p><t>{'가' * 999}</t></p>" for _ in range(4_000))
    path = zipped(tmp_path / "y.docx", "word/document.xml", f"<d>{long}</d>")
    kept = extracting.texts_task({"file": str(path), "suffix": ".docx"})["texts"]
    assert sum(map(len, kept)) <= extracting.FILE
    assert max(map(len, kept)) <= extracting.PART + 10


@pytest.mark.parametrize(
    ("words", "asked", "shown"),
    [
        ("에너지 정보를 공개", "에너지정보", "에너지 정보를 공개"),
        ("가" * 80 + "찾는 말" + "나" * 80, "찾는말", f"…{'가' * 28}찾는 말{'나' * 28}…"),
        ("Ａｂｃ DEF", "bcd", "Ａｂｃ DEF"),
        ("없는 말", "있는", ""),
    ],
)
def test_an_excerpt_shows_what_stands_around(words: str, asked: str, shown: str) -> None:
    assert excerpt(words, asked) == shown
