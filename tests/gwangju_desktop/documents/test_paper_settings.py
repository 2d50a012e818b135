"""The form of documents: what is kept, what is refused, what every document then wears."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict, replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import Store
from gwangju_desktop import settings as office
from gwangju_desktop.documents import official, paper_settings, picture, writers
from gwangju_desktop.documents.blocks import para
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.paper_settings import Form
from gwangju_desktop.documents.press import press
from gwangju_desktop.documents.specimen import specimen
from gwangju_desktop.documents.styles import MM, Style, Theme
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import words
from tests.gwangju_desktop.documents.some_documents import About


def png(wide: int = 60, high: int = 30) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (wide, high), (0, 90, 160)).save(out, "PNG")
    return out.getvalue()


def letter() -> Composed:
    return official.letter(
        About(),
        words("ko"),
        title="제목",
        name="이름",
        sender="가상시",
        recipient="가상 부서장",
        body=[para("글")],
    )


def texts(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_a_form_is_kept_in_one_step_and_undone(store: Store) -> None:
    form = Form(paper="B5", left=30, lines="가상시 사무국\n가상로 1", text=14.0, align="centre")
    store.run(
        paper_settings.change_form,
        form=asdict(form),
        png=base64.b64encode(png()).decode(),
    )
    with store.reading() as read:
        kept = paper_settings.of_office(read)
        assert replace(kept, logo="") == form and len(kept.logo) == 64
        assert paper_settings.logo(read) == png()
        worn = paper_settings.dressed(read, letter())
    text = texts(press(worn).data)
    assert "가상시사무국" in text and "가상로1" in text
    assert worn.theme.width == pytest.approx(182 * MM) and worn.theme.left == 30 * MM
    assert worn.theme.styles["body"].size == 14.0
    store.undo()
    with store.reading() as read:
        assert paper_settings.of_office(read) == Form()
        assert paper_settings.logo(read) is None
        plain = paper_settings.dressed(read, letter())
    assert "가상시" in texts(press(plain).data)


@pytest.mark.file_only
def test_a_logo_is_taken_away_and_left_alone(store: Store) -> None:
    carried = base64.b64encode(png()).decode()
    store.run(paper_settings.change_form, form=asdict(Form()), png=carried)
    with store.reading() as read:
        held = paper_settings.of_office(read)
    store.run(paper_settings.change_form, form=asdict(replace(held, left=30)))
    with store.reading() as read:
        assert paper_settings.logo(read) == png()
        worn = paper_settings.dressed(read, letter())
    assert any(isinstance(block, picture.Picture) for block in worn.letterhead)
    store.run(paper_settings.change_form, form=asdict(held), png="")
    with store.reading() as read:
        assert paper_settings.logo(read) is None and not paper_settings.of_office(read).logo


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"left": 70, "right": 60}, "right"),
        ({"paper": "A5", "left": 41}, "right"),
        ({"top": 3}, "top"),
        ({"top": 80, "bottom": 80, "paper": "B5"}, "bottom"),
        ({"right": 200}, "right"),
        ({"lines": "하나\n둘\n셋\n넷\n다섯"}, "lines"),
        ({"lines": "가" * 200}, "lines"),
        ({"logo_height": 1}, "logo_height"),
    ],
)
@pytest.mark.file_only
def test_a_form_without_room_is_refused_at_its_field(store: Store, changes, field) -> None:
    form = replace(Form(), **changes)
    assert list(form.faults()) == [field]
    with pytest.raises(UserError):
        store.run(paper_settings.change_form, form=asdict(form))
    with store.reading() as read:
        assert office.value(read, office.PAPER_FORM) is None


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*asdict(Form()), "other"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(-50, 400), st.floats(), st.text(max_size=9)
        ),
    )
)
def test_whatever_is_kept_a_form_with_room_comes_out(values) -> None:
    form = paper_settings.formed(values)
    assert form.faults() == {}
    theme = paper_settings.theme_of(form)
    assert theme.frame_width >= 90 * MM - 1e-6 and theme.frame_height >= 110 * MM - 1e-6


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(list(paper_settings.PAPERS)),
    st.sampled_from(paper_settings.SIZES),
    st.integers(5, 25),
    st.sampled_from(paper_settings.FACES),
)
def test_the_sample_letter_stands_in_every_form(paper, size, left, face) -> None:
    form = Form(paper=paper, text=size, left=left, face=face, lines="가상시\n주소", right=20)
    made = paper_settings.worn(specimen(About(), words("ko"), "가상시"), form, png())
    document = press(made)
    with pypdfium2.PdfDocument(document.data) as pdf:
        wide, high = pdf[0].get_size()
    assert (wide / MM, high / MM) == pytest.approx(paper_settings.PAPERS[paper], abs=0.1)
    assert document.missing == () and "끝." in texts(document.data)
    assert f'"{face}"' in writers.write(made, "html").decode()
    assert len(writers.write(made, "hwpx")) > 1000


def test_pages_across_and_types_of_their_own_stay() -> None:
    own = Theme(
        width=297 * MM,
        height=210 * MM,
        left=10 * MM,
        right=10 * MM,
        styles={**Theme().styles, "script": Style(30)},
    )
    made = paper_settings.worn(
        Composed("표", "표", About(), "ko", ((para("글"),),), theme=own), Form(paper="A5"), None
    )
    assert made.theme.width == pytest.approx(210 * MM) and made.theme.left == 10 * MM
    assert made.theme.styles["script"].size == 30 and made.letterhead == ()


@pytest.mark.file_only
def test_a_changed_picture_is_no_logo(store: Store) -> None:
    store.run(
        office.change_setting, key=office.PAPER_LOGO, value={"sha256": "0" * 64, "png": "aGk="}
    )
    with store.reading() as read:
        assert paper_settings.logo(read) is None


def test_a_logo_is_read_in_a_child_and_what_is_none_is_refused(tmp_path) -> None:
    file = tmp_path / "시 로고.png"
    file.write_bytes(png(2000, 500))
    from PIL import Image

    with Image.open(io.BytesIO(picture.chosen(file))) as image:
        assert image.size == (700, 175)
    for data in (b"", b"GIF89a", png()[:40]):
        file.write_bytes(data)
        with pytest.raises(UserError, match="시 로고"):
            picture.chosen(file)
    with pytest.raises(UserError):
        picture.chosen(tmp_path / "없음.png")
