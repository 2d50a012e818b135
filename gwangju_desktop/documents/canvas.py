"""Pages of drawing operators with their tags, links and destinations."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.sax.saxutils import escape

from gwangju_desktop.documents.blocks import Align, Weight, Word, words
from gwangju_desktop.documents.fonts import Font, faces, metrics
from gwangju_desktop.documents.lines import Line
from gwangju_desktop.documents.pdf_file import PdfFile, Ref, text_string
from gwangju_desktop.documents.styles import Style
from gwangju_desktop.documents.tags import Node, Tree

_PRODUCER = "Gwangju Desktop"
# Height of capitals in sizes, halved: they stand in the middle of the leading.
_HALF_CAPITAL = 0.36
# Control points of a quarter circle.
_ROUND = 0.5523
# A graphics state in which what is drawn lies over pictures too, as through film.
OVERLAY = "Film"
_OVERLAY = f"/{OVERLAY}<</BM/Multiply>>"
_XMP = """<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF
 xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''
 xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/'>
<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{accessible}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""


@dataclass(slots=True)
class Page:
    """One page, in points; `content` is its stream once the next page has begun."""

    width: float
    height: float
    label: str = ""
    links: list[Ref] = field(default_factory=list)
    content: Ref | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A destination: a page's index and a height on it in points."""

    page: int
    top: float


@dataclass(slots=True)
class _Entry:
    """An entry of the outline."""

    title: str
    key: str
    level: int
    ref: Ref
    kids: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Link:
    ref: Ref
    key: str
    page: int
    box: str
    number: int


class Canvas:
    """Draws pages and writes the tagged file.

    `accessible` claims PDF/UA; a document that carries foreign pages must not. `targets` are the
    keys that will have a place: only these can be led to, without it all.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        language: str,
        link_text: str,
        accessible: bool,
        targets: Collection[str] | None = None,
    ) -> None:
        self.title, self.author, self.language = title, author, language
        self.link_text, self.accessible = link_text, accessible
        self.targets = targets
        # No line of text is written smaller than this, in points.
        self.least = 0.0
        self.metrics = metrics()
        self.fonts: Mapping[str, Font] = {weight: Font(face) for weight, face in faces().items()}
        self.tree = Tree()
        self.pages: list[Page] = []
        self.places: dict[str, Place] = {}
        self._file = PdfFile()
        self._links: list[_Link] = []
        self._outline: list[_Entry] = []
        self._trail: list[_Entry] = []
        self._operators: list[str] = []

    # Pages

    def page(self, width: float, height: float, label: str = "") -> Page:
        """Begin a page; `label` is the number a viewer shows, its place in the file without one."""
        self._close_page()
        self.pages.append(Page(width, height, label or str(len(self.pages) + 1)))
        self.tree.pages.append([])
        return self.pages[-1]

    def _close_page(self) -> None:
        """Pack the page that is done: as text a thousand of them fill the memory."""
        if self.pages and self.pages[-1].content is None:
            data = "\n".join(self._operators).encode("latin-1")
            self.pages[-1].content = self._file.stream(data)
            self._operators = []

    def put(self, operator: str) -> None:
        """Append operators to the page."""
        self._operators.append(operator)

    @contextlib.contextmanager
    def marked(self, node: Node) -> Iterator[None]:
        """What is drawn inside is content of `node`."""
        self.put(self.tree.mark(node))
        yield
        self.put("EMC")

    @contextlib.contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is decoration, or of a `kind` such as Pagination."""
        self.put(f"/Artifact <</Type/{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self.put("EMC")

    # Text

    def width(self, text: str, size: float, weight: Weight = "R") -> float:
        """Return the width of one line of text in points."""
        line = " ".join(word.text for word in words(text))
        return self.metrics.width(line, weight) * max(size, self.least) / 1000

    def text(self, x: float, y: float, text: str, style: Style, align: Align | None = None) -> None:
        """Write one line with its baseline at `y`; `x` is its left, middle or right."""
        if style.size < self.least:
            style = replace(style, size=self.least)
        align = align or style.align
        if align != "left":
            wide = self.width(text, style.size, style.weight)
            x -= wide if align == "right" else wide / 2
        self.line(x, y, words(text), style, last=False)

    def lines(
        self, x: float, top: float, width: float, lines: Sequence[Line], style: Style
    ) -> None:
        """Write lines downwards from `top`, aligned within `width`."""
        lead = style.size * style.lead
        y = top - lead / 2 - style.size * _HALF_CAPITAL
        for line in lines:
            free = width - line.width
            shift = {"left": 0.0, "centre": free / 2, "right": free}[style.align]
            # A space ends each line, or copied lines run together.
            self.line(x + shift, y, line.words, style, last=not line.cut)
            y -= lead

    def line(self, x: float, y: float, said: Sequence[Word], style: Style, *, last: bool) -> None:
        """Write words from `x`, `y`, changing the font where the weight changes."""
        parts = [f"BT {style.grey:g} g 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        run: list[str] = []
        now = ""
        for index, word in enumerate(said):
            weight = word.weight or style.weight
            if weight != now:
                if run:
                    parts.append(f"<{''.join(run)}> Tj")
                parts.append(f"/F{weight} {style.size:g} Tf")
                now, run = weight, []
            font = self.fonts[weight]
            if index and word.space:
                run.append(font.hex(" "))
            run.append(font.hex(word.text))
        if run:
            if last:
                run.append(self.fonts[now].hex(" "))
            parts.append(f"<{''.join(run)}> Tj")
        self.put(" ".join(parts) + " ET")

    # Shapes

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5, grey: float = 0.65
    ) -> None:
        """Draw a straight line."""
        self.put(f"{weight:g} w {grey:g} G {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: float | None = None,
        line: float | None = None,
        weight: float = 0.8,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle from its lower left corner; `fill` and `line` are greys."""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
        operator = paint[fill is not None, line is not None]
        if fill is not None:
            self.put(f"{fill:g} g")
        if line is not None:
            self.put(f"{weight:g} w {line:g} G")
        if radius:
            self.put(f"{_rounded(x, y, width, height, radius)} {operator}")
        else:
            self.put(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {operator}")

    # Links

    def place(self, key: str, top: float) -> None:
        """Let `key` name this height of the current page."""
        self.places[key] = Place(len(self.pages) - 1, top)

    def entry(self, title: str, key: str, level: int) -> None:
        """Add an entry to the outline, one level below the last one at most."""
        level = min(level, len(self._trail) + 1)
        entry = _Entry(title, key, level, self._file.reserve())
        del self._trail[level - 1 :]
        (self._trail[-1].kids if self._trail else self._outline).append(entry)
        self._trail.append(entry)

    def leads(self, key: str) -> bool:
        """Tell whether a key is one that a link can lead to."""
        return bool(key) and (self.targets is None or key in self.targets)

    def link(self, key: str, x: float, y: float, width: float, height: float, node: Node) -> None:
        """Make a rectangle lead to `key`; `node` is its structure element."""
        ref = self._file.reserve()
        box = f"{x:.1f} {y:.1f} {x + width:.1f} {y + height:.1f}"
        number = self.tree.link(node)
        self._links.append(_Link(ref, key, len(self.pages) - 1, box, number))
        node.kids.append(f"<</Type/OBJR/Obj {ref}>>")
        self.pages[-1].links.append(ref)

    # The file

    def finish(self) -> bytes:
        """Return the whole file."""
        self._close_page()
        file = self._file
        pages = [file.reserve() for _ in self.pages]
        parent = file.reserve()
        fonts = " ".join(
            f"/F{weight} {font.write(file)}" for weight, font in self.fonts.items() if font.used
        )
        resource = file.add(f"<</Font<<{fonts}>>/ExtGState<<{_OVERLAY}>>>>")
        for number, (ref, page) in enumerate(zip(pages, self.pages, strict=True)):
            links = f"/Annots[{' '.join(map(str, page.links))}]" if page.links else ""
            file.set(
                ref,
                f"<</Type/Page/Parent {parent}/MediaBox[0 0 {page.width:.2f} {page.height:.2f}]"
                f"/Resources {resource}/Contents {page.content}/StructParents {number}/Tabs/S{links}>>",
            )
        kids = " ".join(map(str, pages))
        file.set(parent, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
        for link in self._links:
            file.set(link.ref, self._annotation(link, pages))
        tags = self.tree.write(file, pages, self.language)
        outline = self._write_outline(pages)
        accessible = "<pdfuaid:part>1</pdfuaid:part>" if self.accessible else ""
        words = _XMP.format(title=escape(self.title), language=self.language, accessible=accessible)
        metadata = file.stream(words.encode(), "/Type/Metadata/Subtype/XML")
        root = file.add(
            f"<</Type/Catalog/Pages {parent}/Lang{text_string(self.language)}"
            f"/MarkInfo<</Marked true>>/StructTreeRoot {tags}/Metadata {metadata}"
            f"/ViewerPreferences<</DisplayDocTitle true>>{outline}"
            f"/PageLabels<</Nums[{self._labels()}]>>>>"
        )
        info = file.add(
            f"<</Title{text_string(self.title)}/Author{text_string(self.author)}"
            f"/Producer{text_string(_PRODUCER)}>>"
        )
        out = BytesIO()
        file.write(out, root=root, info=info)
        return out.getvalue()

    def _labels(self) -> str:
        """Return the pages' labels: runs of numbers, and words as they are."""
        ranges: list[str] = []
        following = ""
        for index, page in enumerate(self.pages):
            if page.label.isdecimal():
                if page.label != following:
                    ranges.append(f"{index}<</S/D/St {page.label}>>")
                following = str(int(page.label) + 1)
            else:
                ranges.append(f"{index}<</P{text_string(page.label)}>>")
                following = ""
        return " ".join(ranges)

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters that the type has no shape for."""
        return tuple(sorted(set().union(*(font.missing for font in self.fonts.values()))))

    def _destination(self, key: str, pages: list[Ref]) -> str:
        place = self.places[key]
        return f"/Dest[{pages[place.page]}/XYZ 0 {place.top:.0f} null]"

    def _annotation(self, link: _Link, pages: list[Ref]) -> str:
        return (
            f"<</Type/Annot/Subtype/Link/Rect[{link.box}]/Border[0 0 0]/F 4/P {pages[link.page]}"
            f"{self._destination(link.key, pages)}/StructParent {len(pages) + link.number}"
            f"/Contents{text_string(self.link_text)}>>"
        )

    def _write_outline(self, pages: list[Ref]) -> str:
        if not self._outline:
            return ""
        root = self._file.reserve()
        count = self._write_entries(self._outline, root, pages)
        ends = f"/First {self._outline[0].ref}/Last {self._outline[-1].ref}"
        self._file.set(root, f"<</Type/Outlines{ends}/Count {count}>>")
        return f"/Outlines {root}/PageMode/UseOutlines"

    def _write_entries(self, entries: list[_Entry], parent: Ref, pages: list[Ref]) -> int:
        total = 0
        for number, entry in enumerate(entries):
            more = ""
            if number:
                more += f"/Prev {entries[number - 1].ref}"
            if number + 1 < len(entries):
                more += f"/Next {entries[number + 1].ref}"
            if entry.kids:
                count = self._write_entries(entry.kids, entry.ref, pages)
                more += f"/First {entry.kids[0].ref}/Last {entry.kids[-1].ref}/Count {count}"
                total += count
            target = self._destination(entry.key, pages)
            title = text_string(entry.title)
            self._file.set(entry.ref, f"<</Title{title}/Parent {parent}{more}{target}>>")
        return total + len(entries)


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return the path of a rectangle with round corners."""
    right, top, bend = x + width, y + height, radius * (1 - _ROUND)
    return " ".join(
        (
            f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l",
            f"{right - bend:.2f} {y:.2f} {right:.2f} {y + bend:.2f} {right:.2f} {y + radius:.2f} c",
            f"{right:.2f} {top - radius:.2f} l",
            f"{right:.2f} {top - bend:.2f} {right - bend:.2f} {top:.2f}"
            f" {right - radius:.2f} {top:.2f} c",
            f"{x + radius:.2f} {top:.2f} l",
            f"{x + bend:.2f} {top:.2f} {x:.2f} {top - bend:.2f} {x:.2f} {top - radius:.2f} c",
            f"{x:.2f} {y + radius:.2f} l",
            f"{x:.2f} {y + bend:.2f} {x + bend:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h",
        )
    )
