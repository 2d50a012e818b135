"""The program's own type: one Type0 font a weight, subset to what a document uses.

reportlab's ready-made font class makes one font for every 256 glyphs and switches inside Korean
words; here a character has two bytes and a weight has one font.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import resources
from gwangju_desktop.documents.lines import Metrics
from gwangju_desktop.documents.pdf_file import PdfFile, Ref

FILES = {
    "R": "PretendardGOV-Regular.ttf",
    "S": "PretendardGOV-SemiBold.ttf",
    "B": "PretendardGOV-Bold.ttf",
}
_MAPPING = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{chunks}
endcmap CMapName currentdict /CMap defineresource pop end end"""
_FACE = (
    "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
    "/Ascent {face.ascent:.0f}/Descent {face.descent:.0f}/CapHeight {face.capHeight:.0f}"
    "/StemV {face.stemV:.0f}/FontFile2 {file}>>"
)
_DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/FontDescriptor {descriptor}/W[1[{widths}]]/CIDToGIDMap {glyphs}>>"
)
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
    "/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"
)


@lru_cache(1)
def faces() -> Mapping[str, Any]:
    """Return the three faces by weight; read once (about 50 ms each)."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    return {
        weight: TTFontFile(str(resources.path("fonts", name))) for weight, name in FILES.items()
    }


@lru_cache(1)
def metrics() -> Metrics:
    """Return the widths of the program's own type; shared, because measured words are kept."""
    return Metrics({w: (face.charWidths, face.defaultWidth) for w, face in faces().items()})


class Font:
    """One weight within one document.

    A character the face has no glyph for shows as a box and keeps its Unicode value, so it still
    copies and searches right; `missing` collects it.
    """

    def __init__(self, face: Any) -> None:
        self._face = face
        self._codes: dict[str, int] = {}
        self.missing: set[str] = set()
        self.hex = lru_cache(100_000)(self._hex)

    def _hex(self, text: str) -> str:
        codes = self._codes
        for character in text:
            if character not in codes:
                codes[character] = len(codes) + 1
                if ord(character) not in self._face.charToGlyph:
                    self.missing.add(character)
        return "".join([f"{codes[character]:04X}" for character in text])

    @property
    def used(self) -> bool:
        """Whether the document has a character in this weight."""
        return bool(self._codes)

    def write(self, file: PdfFile) -> Ref:
        """Write the subset and return the font's reference."""
        face, points = self._face, [ord(character) for character in self._codes]
        # The subset numbers glyphs in the order of first use; two characters may share one.
        glyphs = {0: 0}
        ids = [0]
        for point in points:
            glyph = face.charToGlyph.get(point, 0)
            ids.append(glyphs.setdefault(glyph, len(glyphs)))
        data = face.makeSubset(points)
        letters = zlib.crc32(data).to_bytes(4, "big") + b"GW"
        name = "".join(chr(65 + byte % 26) for byte in letters) + "+" + face.name.decode()
        descriptor = file.add(
            _FACE.format(
                name=name,
                face=face,
                box=" ".join(f"{value:.0f}" for value in face.bbox),
                file=file.stream(data, f"/Length1 {len(data)}"),
            )
        )
        widths = [face.charWidths.get(point, face.defaultWidth) for point in points]
        descendant = file.add(
            _DESCENDANT.format(
                name=name,
                descriptor=descriptor,
                widths=" ".join(f"{width:.0f}" for width in widths),
                glyphs=file.stream(b"".join(glyph.to_bytes(2, "big") for glyph in ids)),
            )
        )
        unicode = file.stream(self._unicode().encode())
        return file.add(_FONT.format(name=name, descendant=descendant, unicode=unicode))

    def _unicode(self) -> str:
        pairs = [
            f"<{code:04X}> <{character.encode('utf-16-be').hex()}>"
            for character, code in self._codes.items()
        ]
        chunks: list[str] = []
        for start in range(0, len(pairs), 100):
            chunk = pairs[start : start + 100]
            chunks.append("\n".join([f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]))
        return _MAPPING.format(chunks="\n".join(chunks))
