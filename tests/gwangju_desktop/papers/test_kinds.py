"""What a file is taken for, by its first bytes and its suffix."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.papers import Facts, Trouble, examine, take_in
from gwangju_desktop.papers import security, wrapped
from gwangju_desktop.papers.kinds import HEAD_BYTES, TAKEN, Kind, kind_of, opened_in
from tests.gwangju_desktop.packs.made import make_paper
from ui.meetings.actions import TAKES

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4088
LOCKED = {
    "SoftCamp": b"SCDSA002\0\0\xf0\x06\0\0" + bytes(range(256)) * 16,
    "MarkAny": b"<DOCUMENT SAFER V2010 R2>" + bytes(range(256)) * 16,
    "Fasoo": b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM",
    "Fasoo container": b"<!-- FasooSecureContainer -->",
    "NASCA": b"<## NASCA DRM FILE - VER1.00 ##>",
}
SENTENCE = "파일을 읽을 수 없습니다. 문서보안이 걸려 있으면 해제한 뒤 다시 넣어 주십시오."


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("자료.pdf", b"%PDF-1.7\n", Kind.PDF),
        ("자료.hwp", COMPOUND, Kind.DOCUMENT),
        ("옛 자료.HWP", b"HWP Document File V3.00 \x1a\1\2\3\4\5", Kind.DOCUMENT),
        ("자료.hwpx", b"PK\x03\x04mimetype", Kind.DOCUMENT),
        ("자료.docx", b"PK\x03\x04", Kind.DOCUMENT),
        ("비밀번호.xlsx", COMPOUND, Kind.DOCUMENT),
        ("사진.jpg", b"\xff\xd8\xff\xe0", Kind.PICTURE),
        ("스캔.tif", b"II*\0", Kind.PICTURE),
        ("프로그램.pdf", b"MZ\x90\0" + b"\0" * 4000, Kind.OTHER),
        ("프로그램.exe", COMPOUND, Kind.OTHER),
        ("꾸러미.zip", b"PK\x03\x04", Kind.OTHER),
        ("누리집.pdf", b"<!DOCTYPE html>", Kind.OTHER),
        ("이름은 문서.docx", b"%PDF-1.4", Kind.PDF),
        ("난수.hwp", random.Random(1).randbytes(HEAD_BYTES), Kind.LOCKED),
        ("난수.bin", random.Random(1).randbytes(HEAD_BYTES), Kind.OTHER),
        ("짧은.hwp", b"abc", Kind.OTHER),
    ],
)
def test_a_file_is_what_it_begins_with(name, head, kind):
    assert kind_of(name, head) == kind


@pytest.mark.parametrize("product", LOCKED)
@pytest.mark.parametrize("name", ["자료.hwp", "자료.pdf", "자료.xlsx"])
def test_document_security_gives_exactly_one_sentence(product, name, sqlite_store, tmp_path):
    path = tmp_path / name
    path.write_bytes(LOCKED[product])
    text.use("ko")
    with pytest.raises(UserError) as refused:
        take_in(sqlite_store.papers, path)
    assert str(refused.value) == SENTENCE


def test_the_list_is_the_offices_own(store, tmp_path):
    path = tmp_path / "자료.hwp"
    path.write_bytes(b"OWNDRM01" + bytes(4000))
    store.run(security.change_heads, text="OWNDRM\n\n  SCDSA00 ")
    with store.reading() as read:
        heads = security.heads(read)
    assert heads == ("OWNDRM", "SCDSA00")
    assert examine(path, tmp_path, heads=heads) == Trouble("security")
    assert examine(path, tmp_path) == Trouble("not_pdf")
    with pytest.raises(UserError, match="PK"):
        store.run(security.change_heads, text="PK")
    store.run(security.change_heads, text="")
    with store.reading() as read:
        assert security.heads(read) == wrapped.HEADS
    store.undo()
    with store.reading() as read:
        assert security.heads(read) == heads


def test_real_files_never_look_random(shared_data, tmp_path):
    files = [make_paper(tmp_path / "자료.pdf"), *(shared_data / "nasty" / "pdf").glob("*.pdf")]
    files += (shared_data / "energy").glob("*.xlsx")
    assert len(files) > 10
    for path in files:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        assert kind_of(path.name, head) in (Kind.PDF, Kind.DOCUMENT), path.name


def test_a_document_waits_and_says_since_when(sqlite_store, tmp_path):
    path = tmp_path / "이행 점검.hwp"
    path.write_bytes(COMPOUND)
    facts = take_in(sqlite_store.papers, path)
    assert (facts.trouble, facts.clean, facts.pages) == ("waits", None, 0)
    assert facts.facts == {"modified": int(path.stat().st_mtime)}
    assert sqlite_store.papers.path(facts.sha256).read_bytes() == COMPOUND


def test_the_button_names_the_program():
    text.use("ko")
    assert text.say(opened_in("가.HWP")) == "한글에서 열기"
    assert text.say(opened_in("가.docx")) == "워드에서 열기"
    assert text.say(opened_in("가.tif")) == "원래 프로그램에서 열기"


def test_the_window_takes_what_can_be_attached():
    assert set(TAKEN) <= set(TAKES)


def test_a_password_opens_a_locked_pdf_and_stays_nowhere(sqlite_store, tmp_path):
    import pikepdf

    path = make_paper(tmp_path / "잠긴 자료.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="주인-비밀", user="gw-열쇠-7"))
    assert examine(path, tmp_path) == Trouble("encrypted")
    assert examine(path, tmp_path, password="틀린 것") == Trouble("encrypted")
    facts = take_in(sqlite_store.papers, path, password="gw-열쇠-7")
    assert facts.trouble is None
    assert facts.pages == 1
    assert facts.clean
    with pikepdf.open(sqlite_store.papers.path(facts.clean)) as clean:
        assert not clean.is_encrypted
    held = b"".join(file.read_bytes() for file in everything(tmp_path) if file != path)
    assert "gw-열쇠-7".encode() not in held
    assert "gw-열쇠-7" not in repr(facts)


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_notes_of_a_locked_pdf_are_kept_visible(tmp_path):
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    path = make_paper(tmp_path / "잠긴 도장.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        look = pdf.make_stream(
            b"1 0 0 rg 0 0 100 50 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 100, 50]),
        )
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4)
        stamp.Rect, stamp.AP = Array([300, 500, 500, 600]), Dictionary(N=look)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    found = examine(path, tmp_path, password="u")
    assert isinstance(found, Facts)
    assert "notes" not in found.warnings
    import pypdfium2

    document = pypdfium2.PdfDocument(found.clean)
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert image.getpixel((400, int(image.height - 550))) == (255, 0, 0)
