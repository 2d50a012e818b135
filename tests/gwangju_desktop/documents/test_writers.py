"""Every format of any document, read back by readers of its own."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gwangju_desktop.documents import blocks, figures, picture, plainer, writers
from gwangju_desktop.documents.blocks import Block, Box, Column, Table, para, prose, table
from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.documents.figures import Bar, BarFigure, LineFigure, LineSeries, Note
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.guards import guarded
from tests.gwangju_desktop.documents.some_documents import (
    HOSTILE,
    About,
    documents,
    letters,
    told,
)

some = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WHOLE = Composed(
    "모든 글",
    "모든 글",
    About(),
    "ko",
    (
        tuple(para(text) for text in HOSTILE),
        (
            table([Column(text, 0.2) for text in HOSTILE[:5]], [HOSTILE[5:10], HOSTILE[:5]]),
            Box((para(HOSTILE[0]), table([Column("", 1.0)], [[HOSTILE[3]]], grid=True))),
        ),
    ),
)


def of(*found: Block, **more) -> Composed:
    return Composed("문서", "문서", About(), "ko", (found,), **more)


def whole(composed: Composed, *, captions: bool = False) -> str:
    return letters(
        "".join(text for part in composed.parts for text in told(part, captions=captions))
    )


# --- HTML


class Reader(HTMLParser):
    """Keeps the text inside <main>, the elements and the attributes."""

    VOID = frozenset(("meta", "hr", "br", "col", "img"))

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("src", "href", "action", "data"):
                self.addresses.append(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if "main" in self.open:
            self.text.append(data)


def read_html(data: bytes) -> Reader:
    reader = Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    assert reader.open == []
    return reader


@some
@given(documents())
@example(WHOLE)
def test_a_web_page_says_everything_and_nothing_more(composed) -> None:
    data = writers.write(composed, ".html")
    reader = read_html(data)
    assert letters("".join(reader.text)) == whole(composed, captions=True)
    assert reader.seen <= {
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "section"),
        *("p", "h1", "h2", "h3", "div", "span", "b", "br", "hr", "a", "figure", "img"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    }
    assert all(address.startswith("#") for address in reader.addresses)
    assert not re.search(
        rb"url\(|@import|https?://", re.sub(rb"(?s)<(main|title)>.*?</\1>", b"", data)
    )
    assert data == writers.write(composed, "HTML")


def test_a_web_page_has_headings_scopes_language_and_paper() -> None:
    page = writers.write(
        of(
            para("제목", "h1"),
            table(
                [Column("이름", 0.5), Column("수", 0.5)], [["가", "1"]], row_head=True, caption="표"
            ),
            *prose("1. 하나\n  가. 둘"),
        ),
        "html",
    ).decode()
    for wanted in (
        '<html lang="ko">',
        "<h1",
        '<th scope="col"',
        '<th scope="row">',
        "<caption>표</caption>",
        "@page{size:210.0mm 297.0mm;",
        "@media print",
        'role="listitem"',
        "default-src 'none'",
    ):
        assert wanted in page


def test_figures_are_drawn_in_the_page_and_told_elsewhere() -> None:
    lines = LineFigure(
        (
            LineSeries("계획", ((2018, 100), (2030, 55.5)), planned=True),
            LineSeries("실적", ((2018, 100), (2020, 97)), notes=(Note(1, "97"),)),
        ),
        (2018, 2030),
        (0, 50, 100),
        "계획보다 늦다 <예시>",
    )
    bars = BarFigure(
        (Bar("교통", 33, "33건", ("37.1 %",)), Bar("건물", 21, "21건", ("23.6 %",))),
        "막대",
        ("비율",),
    )
    composed = of(para("그림", "h2"), lines, bars)
    page = writers.write(composed, "html").decode()
    assert page.count("<svg") == 2 and 'aria-label="계획보다 늦다 &lt;예시&gt;"' in page
    assert "stroke-dasharray" in page and ">33건</text>" in page
    for root in re.findall(r"(?s)<svg.*?</svg>", page):
        ElementTree.fromstring(root)
    hancom = read_hwpx(writers.write(composed, "hwpx"))
    assert "계획보다늦다<예시>" in hancom and "55.5" in hancom and "37.1%" in hancom


# --- HWPX


def read_hwpx(data: bytes) -> str:
    """Return the letters of a package's body by reading its XML, the foot left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = ElementTree.fromstring(package.read("Contents/section0.xml"))
    inside = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
    for parent in list(root.iter()):
        for foot in parent.findall(f"{inside}footer"):
            parent.remove(foot)
    return letters("".join("".join(said.itertext()) for said in root.iter(f"{inside}t")))


@settings(some, max_examples=10)
@given(documents())
@example(WHOLE)
def test_a_hancom_document_says_everything_and_nothing_more(composed) -> None:
    from hwpx import HwpxDocument

    data = writers.write(composed, "hwpx")
    assert read_hwpx(data) == whole(composed)
    document = HwpxDocument.open(io.BytesIO(data))
    assert document.validate().issues == ()
    assert data == writers.write(composed, "hwpx")


def test_two_parsers_read_the_same_table_of_a_hancom_document(tmp_path) -> None:
    import hwp_hwpx_parser
    from hwpx import HwpxDocument

    rows = [["가나다", "1,000"], ["라마바", "2"]]
    columns = [Column("이름", 0.7), Column("수", 0.3, "right", "number")]
    composed = of(para("제목", "h1"), *prose("1. 하나\n  가. 둘"), table(columns, rows))
    path = tmp_path / "문서.hwpx"
    path.write_bytes(writers.write(composed, "hwpx"))
    with hwp_hwpx_parser.Reader(str(path)) as reader:
        assert [found.rows for found in reader.tables] == [[["이름", "수"], *rows]]
        assert "1. 하나" in reader.text and "가. 둘" in reader.text
    (found,) = [one for line in HwpxDocument.open(path).paragraphs for one in line.tables]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["이름", "수"], *rows]
    assert found.element.get("repeatHeader") == "1"


def test_a_hancom_document_has_the_paper_of_its_theme() -> None:
    from gwangju_desktop.documents.styles import MM, Theme

    across = Theme(width=297 * MM, height=210 * MM, left=16 * MM, right=16 * MM)
    data = writers.write(of(para("가로"), theme=across), "hwpx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read("Contents/section0.xml").decode()
        names = package.read("Contents/content.hpf").decode()
    assert 'landscape="NARROWLY" width="59528" height="84189"' in text
    assert 'left="4535" right="4535"' in text
    assert "<opf:title>문서</opf:title>" in names and "synthetic" not in names


# --- XLSX


def sheets(composed: Composed) -> list[list[list[object]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(writers.write(composed, "xlsx")))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if (
                    isinstance(cell.value, str)
                    and guarded(cell.value) != cell.value
                    and not cell.font.b
                ):
                    assert cell.quotePrefix
    return [[[as_excel(cell.value) for cell in row] for row in page.iter_rows()] for page in book]


def as_excel(value: object) -> object:
    """Take the escapes of a spreadsheet back, which this reader leaves in inline texts."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value)


def flat(found) -> list[Table]:
    made = []
    for block in found:
        if isinstance(block, Table):
            made.append(block)
        elif isinstance(block, Box):
            made += flat(block.children)
    return made


@some
@given(documents())
@example(WHOLE)
def test_a_workbook_holds_every_table_and_runs_nothing(composed) -> None:
    found = flat(block for part in composed.parts for block in plainer.simple(part))
    if not any(one.head for one in found):
        with pytest.raises(UserError):
            writers.write(composed, "xlsx")
        return
    pages = sheets(composed)
    assert len(pages) == len(found)
    for page, one in zip(pages, found, strict=True):
        read = letters("".join(str(cell) for row in page for cell in row if cell is not None))
        assert read.replace(",", "") == letters("".join(told([one]))).replace(",", "")
    assert writers.write(composed, "xlsx") == writers.write(composed, "xlsx")


def test_numbers_are_numbers_and_sheets_have_names_of_their_own() -> None:
    import openpyxl

    columns = [Column("이름", 0.5), Column("금액", 0.5, "right", "number")]
    rows = [["가", "1,234"], ["나", "-5"], ["다", "007"], ["라", "1,23"], ["=1", "1" * 20]]
    composed = of(
        para("지급: [조서]/2022", "h2"),
        table(columns, rows),
        table(columns, []),
        table(columns, []),
    )
    book = openpyxl.load_workbook(io.BytesIO(writers.write(composed, "xlsx")))
    assert book.sheetnames == ["지급 조서 2022", "지급 조서 2022 2", "지급 조서 2022 3"]
    values = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert values == [1234, -5, "007", "1,23", "1" * 20]


def test_what_one_cell_cannot_hold_goes_on_below() -> None:
    long = "가나" * 40_000
    (page,) = sheets(of(table([Column("글", 1.0)], [[long]])))
    assert "".join(row[0] for row in page[1:]) == long


# --- PDF and the door


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_paper_says_every_word_it_has_a_shape_for(composed) -> None:
    from gwangju_desktop.documents.press import press

    made = press(composed)
    with pypdfium2.PdfDocument(made.data) as pdf:
        assert len(pdf) == made.pages
    assert made.data == press(composed).data


def test_every_kind_of_block_can_be_said_in_plainer_ones() -> None:
    kinds = {
        kind
        for module in (blocks, figures, picture)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Block) and kind is not Block
    }
    known = {*plainer._KEPT, *plainer._PLAINERS, Box, Table}
    assert kinds <= known, kinds - known


def test_a_format_a_document_lacks_is_refused_in_one_sentence() -> None:
    with pytest.raises(UserError, match="docx"):
        writers.write(of(para("글")), ".docx")
    with pytest.raises(UserError, match="xlsx"):
        writers.write(of(para("글")), ".xlsx")
    drawn = of(drawn=lambda: Document("그림", b"%PDF", 1, ()))
    assert writers.formats(drawn) == ("pdf",)
    assert writers.write(drawn, "PDF") == b"%PDF"
    with pytest.raises(UserError, match="html"):
        writers.write(drawn, "html")


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg/>"])
def test_what_is_no_picture_is_refused(data) -> None:
    with pytest.raises(UserError, match="로고"):
        picture.taken(data, "로고.png")


@given(st.integers(1, 900), st.integers(1, 900))
@settings(max_examples=8, deadline=None)
def test_a_logo_stands_in_every_format(wide, high) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (wide, high), (0, 80, 160, 120)).save(out, "PNG")
    logo = picture.picture(
        picture.taken(out.getvalue(), "로고.png"),
        height=40,
        most=200,
        alternative="시 로고",
        align="centre",
    )
    assert logo.width <= 200.001 and logo.height <= 40.001
    composed = of(logo, para("글"))
    page = writers.write(composed, "html").decode()
    assert 'src="data:image/png;base64,' in page and 'alt="시 로고"' in page
    with zipfile.ZipFile(io.BytesIO(writers.write(composed, "hwpx"))) as package:
        assert any(name.startswith("BinData/") for name in package.namelist())
    with pypdfium2.PdfDocument(writers.write(composed, "pdf")) as pdf:
        found = {item.type for item in pdf[0].get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in found
