"""Hostile papers, made here: each tries to hang, swell, crash, or smuggle something in."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.gwangju_desktop.packs.made import make_paper

Make = Callable[[Path], None]


def _raw(objects: list[str | bytes], root: str = "1 0 R") -> bytes:
    """Return a PDF of hand-written objects, numbered from 1, with a right table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        data = body if isinstance(body, bytes) else body.encode("latin-1")
        out += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += f"trailer\n<</Size {size}/Root {root}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _stream(data: bytes, entries: str = "") -> bytes:
    head = f"<<{entries}/Length {len(data)}>>stream\n".encode()
    return head + data + b"\nendstream"


def _page(content: str = "", extra: str = "", box: str = "0 0 595 842") -> list[str | bytes]:
    return [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{extra}>>",
        _stream(content.encode()),
    ]


def _write(data: bytes) -> Make:
    return lambda path: path.write_bytes(data) and None


def _changed(change: Callable[[pikepdf.Pdf], None]) -> Make:
    def make(path: Path) -> None:
        make_paper(path)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)

    return make


def _truncated(path: Path) -> None:
    make_paper(path)
    path.write_bytes(path.read_bytes()[:700])


def _encrypted(path: Path) -> None:
    make_paper(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def _owner_locked(path: Path) -> None:
    make_paper(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=""))


def _exponential() -> bytes:
    """A page tree of 40 levels, each naming the next twice: 2^40 pages."""
    levels: list[str | bytes] = ["<</Type/Catalog/Pages 2 0 R>>"]
    for number in range(2, 42):
        kids = f"{number + 1} 0 R {number + 1} 0 R"
        levels.append(f"<</Type/Pages/Kids[{kids}]/Count 1099511627776>>")
    levels.append("<</Type/Page/MediaBox[0 0 595 842]>>")
    return _raw(levels)


def _cycle() -> bytes:
    return _raw(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 5/Parent 2 0 R>>"]
    )


def _bomb() -> bytes:
    """A page whose content is 400 MB of spaces in 400 kB."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    objects = _page()
    objects[3] = _stream(data, "/Filter/FlateDecode")
    return _raw(objects)


def _self_form() -> bytes:
    objects = _page("/X Do", "/Resources<</XObject<</X 5 0 R>>>>")
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    objects.append(_stream(b"/X Do /X Do", entries))
    return _raw(objects)


def _deep() -> bytes:
    nested = "[" * 20_000 + "]" * 20_000
    return _raw(_page("", f"/Resources<</ExtGState<</A {nested}>>>>"))


def _outside_file() -> bytes:
    objects = _page("/X Do", "/Resources<</XObject<</X 5 0 R>>>>")
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(/etc/passwd)"
    objects.append(_stream(b"", entries))
    return _raw(objects)


def _many_pages() -> bytes:
    kids = " ".join(["3 0 R"] * 501)
    return _raw(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count 501>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def _scripts(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=launch)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]))
    link.A = Dictionary(S=Name.URI, URI=String("http://example.com/"))
    page.Annots = Array([pdf.make_indirect(link)])
    page.Resources.XObject = Dictionary(
        X=pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), AA=launch
        )
    )


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["evil.exe"] = b"MZ evil"
    pdf.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array())


REFUSED: dict[str, Make] = {
    "zero bytes": _write(b""),
    "a program": _write(b"MZ\x90\x00" + b"\0" * 4000),
    "a web page": _write("<!DOCTYPE html><html>%PDF 없음</html>".encode()),
    "only a head": _write(b"%PDF-1.7\n"),
    "noise behind a head": _write(b"%PDF-1.7\n" + bytes(range(256)) * 40),
    "truncated": _truncated,
    "user password": _encrypted,
    "cycle of pages": _write(_cycle()),
    "exponential pages": _write(_exponential()),
    "501 pages": _write(_many_pages()),
    "huge box": _write(_raw(_page(box="0 0 1000000000 1000000000"))),
    "deep arrays": _write(_deep()),
    "form inside itself": _write(_self_form()),
    "content in an outside file": _write(_outside_file()),
    "no pages": _write(_raw(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"])),
}
EITHER: dict[str, Make] = {
    "flate bomb": _write(_bomb()),
    "unbalanced states": _write(_raw(_page("q q q Q Q Q Q Q"))),
    "no content": _write(_raw(_page()[:3])),
    "strange numbers": _write(_raw(_page(box="0 0 nan 1e309"))),
    "million operators": _write(_raw(_page("0 0 m 9 9 l S " * 300_000))),
}
CLEANED: dict[str, Make] = {
    "scripts and actions": _changed(_scripts),
    "files and fields": _changed(_attachment),
    "owner password only": _owner_locked,
}
