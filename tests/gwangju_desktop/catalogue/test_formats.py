"""Every document in every format it names: written, read back, nothing private, made-up marked."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from gwangju_desktop.catalogue.entries import DRAWN, ENTRIES, PROSE, refuse_format
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import words
from tests.gwangju_desktop.catalogue.conftest import EMAIL, PHONE

# Their pages are headed otherwise, or have no head at all.
UNTITLED = ("plates", "ballots", "consent", "minutes", "letter")
MARK = {"ko": "예시자료·인물은모두가상", "en": "Sampledata·allpeoplearefictional"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said = ""

    def handle_data(self, data: str) -> None:
        self.said += data


def read_back(data: bytes, form: str) -> str:
    """Return the text of a file without blanks."""
    if form == "pdf":
        with pypdfium2.PdfDocument(data) as pdf:
            text = "".join(page.get_textpage().get_text_range() for page in pdf)
    elif form == "txt":
        text = data.decode("utf-8-sig")
    elif form == "html":
        parser = _Text()
        parser.feed(data.decode("utf-8"))
        text = parser.said
    elif form == "hwpx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            parts = [name for name in archive.namelist() if name.startswith("Contents/section")]
            text = "".join(
                "".join(ElementTree.fromstring(archive.read(name)).itertext()) for name in parts
            )
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        text = "".join(
            str(cell)
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        )
        # What is printed round the sheet.
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        text += "".join(
            part.text or "" for part in sheet.iter() if part.tag[-6:] in ("Header", "Footer")
        )
    return "".join(text.split()).replace("\u00ad", "")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ENTRIES)
def test_every_format_is_written_and_read_back(office, name: str, language: str) -> None:
    made = office.compose(name, language)
    assert made.about.sample
    for form in ENTRIES[name].formats if language == "ko" else ("pdf",):
        refuse_format(name, f".{form}")
        text = read_back(writers.write(made, form), form)
        if name not in UNTITLED:
            assert made.title.split()[-1] in text, form
        assert PHONE not in text and EMAIL not in text, form
        if name != "plates":
            assert MARK[language] in text, form


@pytest.mark.parametrize("name", [name for name in ENTRIES if ENTRIES[name].formats != DRAWN])
def test_a_copied_draft_is_plain_text_with_its_end(office, name: str) -> None:
    made = office.compose(name)
    text, end = plain(made).rstrip(), words("ko")(END)
    assert PHONE not in text and "\t\t\t\t\t\t" not in text
    # The text of a web page is no official document.
    assert text.count(end) == made.closes
    # Sheets that are signed have the day and the signature below the end.
    assert text.endswith(end) or not made.body or not made.closes


def test_contacts_stand_on_a_roster_that_asks_for_them(office) -> None:
    made = office.compose("roster", contacts=True)
    assert PHONE in read_back(writers.write(made, "html"), "html")
    assert len(made.people) == 35


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("letter", ".xlsx"), ("notice", ".xlsx"), ("plates", ".hwpx"), ("plan", "")],
)
def test_a_format_a_document_lacks_is_refused(name: str, suffix: str) -> None:
    with pytest.raises(UserError, match="형식"):
        refuse_format(name, suffix)


def test_every_document_is_named_once_and_has_a_pdf() -> None:
    assert all(entry.name == name and "pdf" in entry.formats for name, entry in ENTRIES.items())
    assert all(entry.formats[:3] == PROSE or entry.formats == DRAWN for entry in ENTRIES.values())
