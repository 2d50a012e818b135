"""Whatever somebody attaches: facts or one sentence, in time, and nothing active gets in."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.packs.papers import TROUBLES, WARNINGS, Facts, Trouble, examine, sentence
from tests.gwangju_desktop.packs import hostile
from tests.gwangju_desktop.packs.made import A4, Leaf, add_note, make_paper

ACTIVE = [
    "/JavaScript",
    "/JS",
    "/Launch",
    "/AA",
    "/OpenAction",
    "/URI",
    "/XFA",
    "/AcroForm",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/EF",
    "/Annots",
    "/SubmitForm",
    "/GoToR",
    "/RichMedia",
    "/Names",
    "/StructTreeRoot",
    "/Metadata",
]
# A child takes 0.2 s, and the machine may be busy.
PATIENCE = 15.0


def keys_of(path: Path) -> set[str]:
    """Every key and every name value in a file."""
    found: set[str] = set()
    with pikepdf.open(path) as pdf:
        todo = list(pdf.objects)
        while todo:
            thing = todo.pop()
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                found.update(thing.keys())
                todo.extend(value for value in dict(thing.items()).values() if not_far(value))
            elif isinstance(thing, pikepdf.Array):
                todo.extend(value for value in thing if not_far(value))
            elif isinstance(thing, pikepdf.Name):
                # A damaged name need not be UTF-8.
                found.add(thing.unparse().decode("latin-1"))
    return found


def not_far(value) -> bool:
    """Direct values only: indirect ones are in the list of objects already."""
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def taken(make, folder: Path) -> Facts | Trouble:
    path = folder / "붙임 자료.pdf"
    make(path)
    started = time.monotonic()
    found = examine(path, folder, seconds=10)
    assert time.monotonic() - started < PATIENCE
    return found


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_refused_paper_says_one_sentence(name, tmp_path):
    found = taken(hostile.REFUSED[name], tmp_path)
    assert isinstance(found, Trouble)
    assert found.code in TROUBLES
    said = sentence(found.code, "붙임 자료.pdf")
    assert said.startswith("붙임 자료.pdf: ")
    assert "\n" not in said


@pytest.mark.parametrize("name", hostile.EITHER)
def test_an_odd_paper_is_taken_in_or_refused_but_never_hangs(name, tmp_path):
    found = taken(hostile.EITHER[name], tmp_path)
    if isinstance(found, Facts):
        with pikepdf.open(found.clean) as pdf:
            assert len(pdf.pages) == found.pages == 1
    else:
        assert found.code in TROUBLES


@pytest.mark.parametrize("name", hostile.CLEANED)
def test_nothing_active_reaches_the_clean_copy(name, tmp_path):
    found = taken(hostile.CLEANED[name], tmp_path)
    assert isinstance(found, Facts)
    assert not keys_of(found.clean) & set(ACTIVE)
    assert ("active" in found.warnings) == (name != "owner password only")
    document = pypdfium2.PdfDocument(found.clean)
    assert "붙임 자료 본문" in document[0].get_textpage().get_text_range()
    document.close()


def test_every_published_nasty_file_is_taken_in_or_refused(shared_data, tmp_path):
    files = sorted((shared_data / "nasty" / "pdf").glob("*.pdf"))
    assert len(files) >= 10
    for number, path in enumerate(files):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = examine(path, folder)
        if "password" in path.name:
            assert found == Trouble("encrypted")
            continue
        assert isinstance(found, Facts), path.name
        assert not keys_of(found.clean) & set(ACTIVE), path.name
        assert set(found.warnings) <= set(WARNINGS)


def test_damaged_papers_are_read_or_refused_in_time(tmp_path):
    chance = random.Random(11)
    whole = [layered(tmp_path / "layers.pdf").read_bytes()]
    for name, make in hostile.CLEANED.items():
        make(tmp_path / f"{name}.pdf")
        whole.append((tmp_path / f"{name}.pdf").read_bytes())
    for number in range(12):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 4, 30))):
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] = chance.randrange(256)
            else:
                del data[place : place + chance.randrange(1, 30)]
        folder = tmp_path / str(number)
        folder.mkdir()
        found = taken(lambda path, data=data: path.write_bytes(data), folder)
        if isinstance(found, Facts):
            assert not keys_of(found.clean) & set(ACTIVE), number
        else:
            assert found.code in TROUBLES


def test_reasons_differ_by_what_is_wrong(tmp_path):
    expected = {
        "zero bytes": "empty",
        "a program": "not_pdf",
        "a web page": "not_pdf",
        "user password": "encrypted",
        "501 pages": "pages",
        "huge box": "size",
    }
    for name, code in expected.items():
        folder = tmp_path / name
        folder.mkdir()
        assert taken(hostile.REFUSED[name], folder) == Trouble(code), name


def test_a_stamp_becomes_part_of_the_page(tmp_path):
    path = make_paper(tmp_path / "stamped.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        red = b"1 0 0 rg 0 0 100 50 re f"
        look = pdf.make_stream(
            red, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 50])
        )
        note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([300, 500, 500, 600]))
        note.AP = Dictionary(N=look)
        note.F = 4
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(path)
    found = examine(path, tmp_path)
    assert isinstance(found, Facts)
    assert "notes" not in found.warnings
    assert pixel(found.clean, 400, 550) == (255, 0, 0)
    assert pixel(found.clean, 290, 550) == (255, 255, 255)


def test_a_note_that_is_hidden_stays_away(tmp_path):
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array([300, 500, 500, 600]),
        F=2,
        C=Array([1, 0, 0]),
    )
    path = add_note(make_paper(tmp_path / "hidden.pdf"), note)
    found = examine(path, tmp_path)
    assert isinstance(found, Facts)
    assert pixel(found.clean, 300, 550) == (255, 255, 255)


def pixel(path: Path, x: float, y: float, number: int = 0) -> tuple[int, ...]:
    """The colour at a point of a page, in points from its lower left corner."""
    document = pypdfium2.PdfDocument(path)
    try:
        image = document[number].render(scale=1).to_pil().convert("RGB")
        return image.getpixel((int(x), int(image.height - y)))
    finally:
        document.close()


def layered(path: Path) -> Path:
    """Two pages with one resource dictionary: a shown and a hidden layer, text, a form, a note."""
    make_paper(path, [Leaf(), Leaf()])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="비밀 layer-name"))
        on = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="표시"))
        either = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([on, off])))
        both = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name.AllOn))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([off, on]), D=Dictionary(OFF=Array([off]), Order=Array())
        )
        form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 600, 800])}
        secret = pdf.make_stream(b"0 0 1 rg 100 300 80 80 re f % secret-form", **form, OC=off)
        inner = pdf.make_stream(
            b"/OC /L BDC 0 0 1 rg 200 300 80 80 re f EMC 0 1 0 rg 300 300 80 80 re f", **form
        )
        resources = pdf.pages[0].obj.Resources
        resources.Properties = Dictionary(L=off, S=on, E=either, B=both)
        resources.XObject = Dictionary(Secret=secret, Inner=inner)
        inner.Resources = Dictionary(Properties=Dictionary(L=off))
        drawn = (
            b"/OC /L BDC q 1 0 0 rg 300 500 200 100 re f BT /F0 20 Tf (secret-words) Tj ET Q EMC "
            b"/OC /S BDC 0 1 0 rg 100 500 80 80 re f EMC "
            b"/OC /E BDC 0 1 0 rg 200 500 80 80 re f EMC "
            b"/OC /B BDC 1 0 0 rg 400 400 80 80 re f EMC /Secret Do /Inner Do"
        )
        for page in pdf.pages:
            page.obj.Resources = resources
            page.contents_add(pdf.make_stream(drawn))
        look = pdf.make_stream(b"1 0 0 rg 0 0 600 800 re f", **form)
        note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([50, 700, 150, 750]))
        note.AP, note.OC, note.F = Dictionary(N=look), off, 4
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(path)
    return path


def test_hidden_layers_are_cut_out(tmp_path):
    found = examine(layered(tmp_path / "layers.pdf"), tmp_path)
    assert isinstance(found, Facts)
    # PDFium shows a note whatever its layer is, so it is said that page 1 looks different.
    assert (found.warnings, found.changed) == (("layers", "notes"), (1,))
    white, green = (255, 255, 255), (0, 255, 0)
    for number in (0, 1):
        for x, y in ((400, 550), (440, 440), (140, 340), (240, 340), (100, 725)):
            assert pixel(found.clean, x, y, number) == white, (number, x, y)
        for x, y in ((140, 540), (240, 540), (340, 340)):
            assert pixel(found.clean, x, y, number) == green, (number, x, y)
    held = [found.clean.read_bytes()]
    with pikepdf.open(found.clean) as pdf:
        for thing in pdf.objects:
            held.append(thing.unparse())
            if isinstance(thing, pikepdf.Stream):
                held.append(thing.read_bytes())
    whole = b"".join(held)
    for secret in (b"secret", "비밀".encode("utf-16-be"), "비밀".encode(), b"layer-name"):
        assert secret not in whole


def test_the_clean_copy_keeps_what_shows_a_page_rightly(tmp_path):
    leaves = [
        Leaf(A4, 270),
        Leaf((800, 1000), 0, (100, 120, 500, 700)),
        Leaf((300, 400), 0, None, 2.0),
    ]
    found = examine(make_paper(tmp_path / "a.pdf", leaves), tmp_path)
    assert isinstance(found, Facts)
    with pikepdf.open(found.clean) as pdf:
        pages = [page.obj for page in pdf.pages]
        assert [int(page.get("/Rotate", 0)) for page in pages] == [270, 0, 0]
        assert [float(value) for value in pages[1].MediaBox] == [100, 120, 500, 700]
        assert float(pages[2].UserUnit) == 2
        assert all(0 < float(page.Ink[0]) < float(page.Ink[1]) <= 1 for page in pages)


def test_the_same_paper_gives_the_same_clean_copy(tmp_path):
    path = make_paper(tmp_path / "a.pdf")
    copies = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found = examine(path, tmp_path / name)
        assert isinstance(found, Facts)
        copies.append(found.clean.read_bytes())
    assert copies[0] == copies[1]


def test_every_turn_and_size_keeps_its_own(tmp_path):
    sizes = [A4, (A4[1], A4[0]), (1190.55, 841.89), (419.53, 595.28), (300, 2000)]
    leaves = [Leaf(size, turn) for size in sizes for turn in (0, 90, 180, 270)]
    found = examine(make_paper(tmp_path / "섞인 자료.pdf", leaves), tmp_path)
    assert isinstance(found, Facts)
    assert found.warnings == ()
    document = pypdfium2.PdfDocument(found.clean)
    try:
        for number, leaf in enumerate(leaves):
            wide, high = leaf.size if leaf.rotate in (0, 180) else leaf.size[::-1]
            assert document[number].get_size() == pytest.approx((wide, high), abs=0.1)
    finally:
        document.close()


def test_five_hundred_pages_are_taken_in_time(tmp_path):
    started = time.monotonic()
    found = examine(make_paper(tmp_path / "500쪽.pdf", [Leaf()] * 500), tmp_path)
    assert isinstance(found, Facts)
    assert found.pages == 500
    assert time.monotonic() - started < 20


def test_a_filled_form_keeps_what_was_filled_in(tmp_path):
    path = make_paper(tmp_path / "신청서.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        # As forms come from browsers: a value, and no appearance of it.
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="FILLED IN",
            DA="/Helv 40 Tf 0 g",
            Rect=Array([100, 400, 500, 460]),
            F=4,
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(
            Fields=pdf.pages[0].obj.Annots,
            DA="/Helv 40 Tf 0 g",
            DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font))),
        )
        pdf.save(path)
    found = examine(path, tmp_path)
    assert isinstance(found, Facts)
    assert "active" in found.warnings
    assert not keys_of(found.clean) & set(ACTIVE)
    document = pypdfium2.PdfDocument(found.clean)
    try:
        image = document[0].render(scale=1).to_pil().convert("L")
        assert "FILLED IN" in document[0].get_textpage().get_text_range()
    finally:
        document.close()
    area = image.crop((100, int(image.height - 460), 500, int(image.height - 400)))
    assert min(area.tobytes()) < 100


def test_sixteen_pages_from_hangul_are_taken_whole(shared_data, tmp_path):
    (path,) = (shared_data / "meeting_docs").glob("*.pdf")
    found = examine(path, tmp_path)
    assert isinstance(found, Facts)
    assert found.pages == 16
    before, after = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument(found.clean)
    try:
        for number in (0, 7, 15):
            old, new = (
                pdf[number].render(scale=0.5).to_pil().convert("L") for pdf in (before, after)
            )
            assert old.size == new.size
            pairs = zip(old.tobytes(), new.tobytes(), strict=True)
            assert sum(abs(a - b) > 40 for a, b in pairs) < 0.001 * old.width * old.height
        words = [pdf[7].get_textpage().get_text_range() for pdf in (before, after)]
        assert words[0] == words[1]
    finally:
        before.close()
        after.close()


def test_the_person_can_stop_it(tmp_path):
    path = make_paper(tmp_path / "a.pdf")
    with pytest.raises(Cancelled):
        examine(path, tmp_path, cancelled=lambda: True)
