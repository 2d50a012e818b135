"""Every document of a roll, read back from its PDF."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from db.store import Store
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.letters import model
from gwangju_desktop.members.letters.making import OPTIONS, compose
from gwangju_desktop.members.letters.places import places
from gwangju_desktop.members.letters.plates import plates
from gwangju_desktop.members.letters.roster import roster
from gwangju_desktop.members.letters.seating import seating

DAY = dt.date(2022, 3, 11)


@pytest.fixture
def read(sample_office):
    with Store.open(sample_office, write=False) as store, store.reading() as session:
        yield session


def texts(data: bytes) -> list[str]:
    """Return the text of each page, spaces and line ends taken out."""
    with pypdfium2.PdfDocument(data) as pdf:
        return ["".join(page.get_textpage().get_text_range().split()) for page in pdf]


def made(read, kind, **asked):
    return compose(read, kind=kind, body_id=1, on=DAY, **asked)


def pages(composed) -> list[str]:
    return texts(press(composed).data)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", OPTIONS)
def test_every_document_is_whole(read, kind, language, tmp_path) -> None:
    document = press(made(read, kind, language=language))
    assert len(texts(document.data)) == document.pages
    assert document.missing == ()
    with pikepdf.open(io.BytesIO(document.data)) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert str(pdf.docinfo["/Title"]) == document.title
        fonts = [font for font in pdf.objects if _is_descriptor(font)]
        assert fonts and all("/FontFile2" in font for font in fonts)
    if shutil.which("qpdf"):
        path = tmp_path / "document.pdf"
        path.write_bytes(document.data)
        subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def _is_descriptor(thing) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_the_list_follows_the_order_of_precedence(read) -> None:
    text = "".join(pages(made(read, "roster")))
    data = model.gather(read, body_id=1, on=DAY)
    at = [text.index(seat.name) for seat in data.seats]
    assert at == sorted(at)
    assert "35명·당연직12·위촉직23·공석0" in text
    assert "010-" not in text


def test_contacts_stand_on_the_list_only_when_asked(read) -> None:
    found = made(read, "roster", options={"contacts": True})
    assert "member@example.kr" in "".join(pages(found))
    assert len(found.people) == 35
    assert made(read, "roster").people == ()


def test_a_letter_names_the_member_the_term_and_who_appoints(read) -> None:
    seat = next(s for s in model.gather(read, body_id=1, on=DAY).seats if s.name == "나현서")
    found = made(
        read, "letter", membership_ids=[seat.membership_id], options={"signatory": "가상시장"}
    )
    (page,) = pages(found)
    for words in ("위촉장", "광주YMCA부장", "나현서", "2021.2.25.부터2022.3.25.까지", "가상시장"):
        assert words in page


def test_a_request_says_whom_what_and_until_when(read) -> None:
    options = {"recipient": "가상단체", "field": "청년", "people": 2, "due": dt.date(2022, 4, 15)}
    (page,) = pages(made(read, "request", options=options))
    for words in ("수신", "가상단체", "위촉분야:청년", "추천인원:2명", "2022.4.15.(금)", "끝."):
        assert words in page


def test_a_consent_form_asks_each_purpose_and_says_one_may_refuse(read) -> None:
    seats = model.gather(read, body_id=1, on=DAY).seats[:2]
    ids = [seat.membership_id for seat in seats]
    sheets = pages(made(read, "consent", membership_ids=ids))
    assert len(sheets) == 4
    assert sheets[0].count("동의하지않음") == 3 and "거부할권리" in sheets[0]
    assert "서약서" in sheets[1] and seats[0].name in sheets[1]


def test_two_plates_a_page_show_a_name_on_both_faces(read) -> None:
    document = press(made(read, "plates"))
    assert document.pages == 18
    assert texts(document.data)[0].count("강해인") == 2


def test_the_plan_holds_every_name(read) -> None:
    for layout in ("u_shape", "rows", "oval"):
        (page,) = pages(made(read, "seating", options={"layout": layout}))
        data = model.gather(read, body_id=1, on=DAY)
        assert [seat.name for seat in data.seats if seat.name not in page] == []


def test_nobody_on_the_day_is_said(read) -> None:
    with pytest.raises(UserError, match="1999"):
        compose(read, kind="roster", body_id=1, on=dt.date(1999, 1, 1))
    with pytest.raises(UserError):
        compose(read, kind="poster", body_id=1, on=DAY)


@pytest.mark.parametrize("layout", ["u_shape", "rows", "oval"])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 35, 60, 100])
def test_no_two_seats_share_a_place(layout, count) -> None:
    found = places(layout, min(3, count), count)
    assert len(found) == len(set(found)) == count
    assert all(-1e-9 <= place.x <= 1 + 1e-9 and 0 <= place.y <= 1 + 1e-9 for place in found)


def test_names_of_any_kind_are_printed_as_they_are(read, shared_data) -> None:
    lines = (shared_data / "nasty" / "unicode" / "blns.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")][::6]
    data = model.gather(read, body_id=1, on=DAY)
    seats = tuple(
        replace(data.seats[0], name=name, membership_id=n) for n, name in enumerate(names)
    )
    hostile = replace(data, seats=seats)
    text = "".join(pages(roster(hostile)))
    ascii_names = [name for name in names if name.isascii() and name.isprintable()]
    assert len(ascii_names) > 20
    assert [name for name in ascii_names if "".join(name.split()) not in text] == []
    assert press(plates(hostile)).pages == (len(names) + 1) // 2
    assert press(seating(hostile)).pages == 1
