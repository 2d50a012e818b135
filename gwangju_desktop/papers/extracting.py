"""The words of a foreign file, read out in a child: PDF by its pages, documents by paragraphs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

# Characters kept of one page, of one file, and of a part of what has no pages.
PAGE, FILE, PART = 20_000, 2_000_000, 2_000
# Bytes read of one member of a zipped document; more is a way to fill the memory.
_MEMBER = 64 * 1024 * 1024
# By suffix: where the words lie in the zip, and the local names of paragraphs and of texts.
_INSIDE: dict[str, tuple[tuple[str, ...], frozenset[str], frozenset[str]]] = {
    ".hwpx": (("Contents/section",), frozenset(("p",)), frozenset(("t",))),
    ".docx": (("word/document", "word/footnotes"), frozenset(("p",)), frozenset(("t",))),
    ".pptx": (("ppt/slides/slide",), frozenset(("p",)), frozenset(("t",))),
    ".xlsx": (("xl/sharedStrings",), frozenset(("si",)), frozenset(("t",))),
    ".odt": (("content",), frozenset(("p", "h")), frozenset()),
    ".ods": (("content",), frozenset(("p",)), frozenset()),
}
ZIPPED = tuple(_INSIDE)


def texts_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read the words of `asked["file"]`, of the kind `asked["suffix"]`.

    Answers `{"texts": [by page or part]}`, empty for a file without words or that cannot be read.
    """
    path, suffix = Path(asked["file"]), str(asked["suffix"])
    try:
        found = _pages(path) if suffix == ".pdf" else parts(_paragraphs(path, suffix))
        return {"texts": list(_within(found))}
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, SyntaxError):
        return {"texts": []}


def parts(paragraphs: Iterable[str]) -> Iterator[str]:
    """Put paragraphs together until a part is long enough to stand for itself."""
    held: list[str] = []
    length = 0
    for paragraph in paragraphs:
        for at in range(0, len(paragraph), PART):
            piece = paragraph[at : at + PART]
            if held and length + len(piece) > PART:
                yield "\n".join(held)
                held, length = [], 0
            held.append(piece)
            length += len(piece) + 1
    if held:
        yield "\n".join(held)


def _within(texts: Iterable[str]) -> Iterator[str]:
    left = FILE
    for text in texts:
        kept = text[: min(PAGE, left)]
        left -= len(kept)
        yield kept
        if not left:
            return


def _pages(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))  # PdfiumError is a RuntimeError
    try:
        for page in document:
            words = page.get_textpage()
            yield (
                words.get_text_range(0, min(words.count_chars(), PAGE))
                if (words.count_chars())
                else ""
            )
            words.close()
            page.close()
    finally:
        document.close()


def _paragraphs(path: Path, suffix: str) -> Iterator[str]:
    where, paragraphs, texts = _INSIDE[suffix]
    with zipfile.ZipFile(path) as held:
        names = [
            name for name in held.namelist() if name.endswith(".xml") and name.startswith(where)
        ]
        for name in sorted(names, key=lambda name: (len(name), name)):
            if held.getinfo(name).file_size <= _MEMBER:
                with held.open(name) as member:
                    yield from _of_member(member, paragraphs, texts)


def _of_member(member: Any, paragraphs: frozenset[str], texts: frozenset[str]) -> Iterator[str]:
    """Return the words of each paragraph, one that stands inside another before it."""
    from lxml import etree

    source: BinaryIO = member
    events = etree.iterparse(source, resolve_entities=False, no_network=True, huge_tree=False)
    for _event, element in events:
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname not in paragraphs:
            continue
        words = (
            "".join(element.itertext())
            if not texts
            else "".join(
                "".join(one.itertext())
                for one in element.iter()
                if isinstance(one.tag, str) and etree.QName(one).localname in texts
            )
        )
        element.clear()
        if words.strip():
            yield words
