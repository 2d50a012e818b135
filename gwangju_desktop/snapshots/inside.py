"""Look for words inside a document, whatever it is packed in; runs in a child that may die.

Looked into: text of any common coding, PDF (every decoded stream, every string, the text of the
pages, files inside), documents that are zips (hwpx, docx, xlsx, odt: every inner file, texts across
their marks), the notes in pictures. What a picture shows is not read. Whatever cannot be looked
into says so: nothing is taken for clean because it was not understood.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import leaks, scanning

DEEPEST = 3
MOST_PARTS = 10_000
MOST_BYTES = 300 * 1024 * 1024
MOST_PAGES = 2_000
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*")
# Packed in ways nobody here unpacks: hwp and doc, 7z, gzip, bzip2, xz, rar, zstd.
_PACKED = (
    *(b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
    *(b"Rar!", b"\x28\xb5\x2f\xfd"),
)
_PICTURE_FILTERS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
_CODINGS = ("utf-8-sig", "cp949")
_MARK, _SPACE = re.compile(r"<[^<>]*>"), re.compile(r"\s+")


class Unreadable(Exception):
    """The document cannot be looked into; the text says why: password, packed, broken or size."""


@dataclass(slots=True)
class _Looked:
    """What was found so far, and how much may still be unpacked."""

    search: leaks.Search
    squeezed: leaks.Search
    places: set[str] = field(default_factory=set)
    residents: int = 0
    room: int = MOST_BYTES
    parts: int = MOST_PARTS

    def data(self, data: bytes) -> None:
        """Look through bytes that may be anything."""
        self.room -= len(data)
        if self.room < 0:
            raise Unreadable("size")
        binary = b"\0" in data
        shortest = leaks.SHORTEST_IN_BINARY if binary else leaks.SHORTEST
        self.places |= set(self.search.within(data, shortest).values())

    def text(self, text: str) -> None:
        """Look through letters: as they are, and without the spaces a page puts between them."""
        plain = scanning.plain(text)
        self.data(plain.encode("utf-8", "surrogatepass"))
        bare = _SPACE.sub("", plain).encode("utf-8", "surrogatepass")
        self.places |= set(self.squeezed.within(bare).values())
        for span in scanning.residents(plain):
            number = plain[span.start : span.end]
            # Thirteen figures in a row are a number of something; apart, or by their last, a person.
            self.residents += not number.isdigit() or bool(scanning.checksum_holds(number))


def look_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Look into `asked["files"]` (paths) for `asked["sought"]` (text -> place).

    Answers `{"files": [{"places", "residents", "why"}]}`, `why` empty where it could be looked into.
    """
    sought = asked["sought"]
    search = leaks.Search(sought)
    bare = {_SPACE.sub("", text): place for text, place in sought.items()}
    squeezed = leaks.Search({t: place for t, place in bare.items() if len(t) >= leaks.SHORTEST})
    answers = []
    for path in asked["files"]:
        looked, why = _Looked(search, squeezed), ""
        try:
            _look(Path(path).read_bytes(), looked, 0)
        except Unreadable as reason:
            why = str(reason)
        answers.append({"places": sorted(looked.places), "residents": looked.residents, "why": why})
    return {"files": answers}


def _look(data: bytes, looked: _Looked, depth: int) -> None:
    if depth > DEEPEST:
        raise Unreadable("packed")
    looked.parts -= 1
    if looked.parts < 0:
        raise Unreadable("size")
    if b"%PDF-" in data[:1024]:
        _pdf(data, looked, depth)
    elif data.startswith(b"PK"):
        _zip(data, looked, depth)
    elif data.startswith(_PICTURES) or data[8:12] == b"WEBP":
        _picture(data, looked)
    elif data.startswith(_PACKED):
        raise Unreadable("packed")
    else:
        text = _decoded(data)
        # Bytes that are no text: part of a document, or a file nobody here knows.
        if text is None and depth == 0:
            raise Unreadable("packed")
        looked.data(data)
        if text is not None:
            looked.text(text)
            if "<" in text:
                looked.text(html.unescape(_MARK.sub("", text)))


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codings: tuple[str, ...] = ("utf-16",)
    else:
        codings = () if b"\0" in data else _CODINGS
    for coding in codings:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return None


def _zip(data: bytes, looked: _Looked, depth: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            looked.data(archive.comment)
            for entry in archive.infolist():
                if entry.flag_bits & 1:
                    raise Unreadable("password")
                if entry.file_size > looked.room:
                    raise Unreadable("size")
                looked.text(entry.filename)
                looked.data(entry.comment)
                _look(archive.read(entry), looked, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        raise Unreadable("broken") from None


def _picture(data: bytes, looked: _Looked) -> None:
    from PIL import Image

    # Its own bytes tell by chance: values of few letters are looked for in its notes alone.
    looked.room -= len(data)
    looked.places |= set(looked.search.within(data, leaks.SHORTEST_IN_BINARY).values())
    try:
        with Image.open(io.BytesIO(data)) as picture:
            # Texts that are packed in the file, and those behind the picture, come out with it.
            getattr(picture, "text", None)
            notes = [*picture.info.values(), *picture.getexif().values()]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Unreadable("broken") from None
    for note in notes:
        if isinstance(note, str):
            looked.text(note)
        elif isinstance(note, bytes):
            looked.data(note)


# --- PDF ------------------------------------------------------------------------------------------


def _pdf(data: bytes, looked: _Looked, depth: int) -> None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            words = [*_strings(pdf.trailer, 0)]
            for thing in pdf.objects:
                words += _strings(thing, 0)
                if isinstance(thing, pikepdf.Stream):
                    _stream(thing, looked, depth)
            looked.text("\n".join(words))
    except pikepdf.PasswordError:
        raise Unreadable("password") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unreadable("broken") from None
    looked.text(_pages(data))


def _strings(thing: Any, depth: int) -> Iterator[str]:
    """Give every text of an object, not of the objects it refers to: they come by themselves."""
    import pikepdf

    if isinstance(thing, pikepdf.String):
        yield str(thing)
        return
    if depth > 50:
        raise Unreadable("broken")
    if isinstance(thing, pikepdf.Array):
        inner = list(thing.as_list())
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        names = list(thing.keys())
        inner = [thing[name] for name in names]
        yield from names
    else:
        return
    for one in inner:
        if not getattr(one, "is_indirect", False):
            yield from _strings(one, depth + 1)


def _stream(stream: Any, looked: _Looked, depth: int) -> None:
    import pikepdf

    filters = stream.get("/Filter", [])
    names = {str(filters)} if isinstance(filters, pikepdf.Name) else set(map(str, filters))
    if stream.get("/Subtype") == "/Image" or names & _PICTURE_FILTERS:
        return  # What a picture shows is not read.
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        raise Unreadable("broken") from None
    if stream.get("/Type") == "/EmbeddedFile":
        _look(data, looked, depth + 1)
        return
    looked.data(data)
    if data.lstrip().startswith(b"<"):
        looked.text(html.unescape(_MARK.sub("", data.decode("utf-8", "replace"))))


def _pages(data: bytes) -> str:
    """Return the letters of all pages as PDFium reads them: fonts hide them from any byte search."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable("broken") from None
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("size")
        texts = []
        for number in range(len(document)):
            page = document[number]
            letters = page.get_textpage()
            texts.append(letters.get_text_bounded())
            letters.close()
            page.close()
        return "\n".join(texts)
    finally:
        document.close()
