"""The written file: tagged, linked, every font embedded, the same bytes every time."""

from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

from gwangju_desktop.documents.blocks import (
    Column,
    Heading,
    PageBreak,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer


def blocks():
    rows = [(str(n), "행 내용 " * 12, f"{n}쪽") for n in range(60)]
    return [
        Heading(1, "회의 순서", "first", "곁글"),
        para("사람이 쓴 글 <b>굵게</b> & <img src='/etc/passwd'> 그대로 😀"),
        *prose("- (목적) 하나\n- 둘"),
        PageBreak(),
        Heading(1, "표", "second"),
        table(
            [Column("번호", 0.1), Column("내용", 0.75), Column("쪽", 0.15, "right", "page")],
            rows,
            links=tuple("first" for _ in rows),
        ),
    ]


def write() -> tuple[bytes, Canvas]:
    theme = Theme()
    canvas = Canvas(
        title="시험 <문서> & 제목",
        author="가상",
        language="ko-KR",
        link_text="이동",
        accessible=True,
    )
    writer = Writer(canvas, theme)
    pages = Layout(metrics(), theme).flow(blocks())
    for number, page in enumerate(pages, 1):
        writer.sheet(Sheet("본문", f"{number} / {len(pages)}", "왼쪽", "오른쪽", "바닥", page))
    return canvas.finish(), canvas


@pytest.fixture(scope="module")
def written() -> bytes:
    return write()[0]


@pytest.fixture
def pdf(written):
    with pikepdf.open(io.BytesIO(written)) as opened:
        yield opened


def test_the_same_document_gives_the_same_bytes(written):
    assert write()[0] == written


def test_title_language_and_outline(pdf):
    assert str(pdf.docinfo.Title) == "시험 <문서> & 제목"
    assert str(pdf.Root.Lang) == "ko-KR"
    assert "시험 &lt;문서&gt; &amp; 제목" in pdf.Root.Metadata.read_bytes().decode()
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["회의 순서", "표"]
    assert pdf.Root.MarkInfo.Marked is True


def test_all_fonts_are_embedded_and_there_is_one_a_weight(pdf):
    fonts = [one for one in pdf.objects if is_dictionary(one, "/Font")]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    assert sorted(str(font.BaseFont).split("-")[1] for font in whole) == [
        "Bold",
        "Regular",
        "SemiBold",
    ]
    for font in whole:
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font


def is_dictionary(thing, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


def test_text_from_people_is_literal_and_copies_out(written):
    document = pypdfium2.PdfDocument(written)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "<b>굵게</b> & <img src='/etc/passwd'> 그대로" in text


def test_a_character_without_a_shape_is_told():
    assert write()[1].missing == ("😀",)


def test_every_link_leads_to_its_destination(pdf):
    first = pdf.pages[0].obj.objgen
    links = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    assert len(links) == 60
    assert all(link.Subtype == "/Link" and link.Dest[0].objgen == first for link in links)
    assert all("/A" not in link for link in links)


def test_every_marked_content_has_its_element_and_back(pdf):
    rows = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(rows[n]): rows[n + 1] for n in range(0, len(rows), 2)}
    for number, page in enumerate(pdf.pages):
        assert page.obj.StructParents == number
        marks = page.obj.Contents.read_bytes().count(b"/MCID")
        assert marks == len(parents[number])
    roles = {str(one.S) for one in pdf.objects if is_dictionary(one, "/StructElem")}
    assert roles >= {"/Document", "/Sect", "/H1", "/P", "/L", "/LI", "/LBody", "/Lbl", "/Table"}
    assert roles >= {"/TR", "/TH", "/TD", "/Link"}


def test_a_table_over_several_pages_is_one_element(pdf):
    tables = [one for one in pdf.objects if is_dictionary(one, "/StructElem") and one.S == "/Table"]
    assert len(tables) == 1
    assert len(tables[0].K) == 61


def test_qpdf_finds_nothing_wrong(written, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed here")
    (tmp_path / "x.pdf").write_bytes(written)
    done = subprocess.run(["qpdf", "--check", tmp_path / "x.pdf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
