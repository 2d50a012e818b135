"""The sample's papers: texts of resources/sample/papers.toml made into real PDF files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from gwangju_desktop.documents.blocks import (
    Block,
    Column,
    Heading,
    PageBreak,
    Space,
    prose,
    table,
)
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import MM, Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer

# Form -> width and height in millimetres of the page as it is read.
FORMS = {"a4": (210, 297), "landscape": (297, 210), "a3-turned": (420, 297)}
TURNED = "a3-turned"
MARK = "예시 자료 · 사무국 작성"


def write(text: dict[str, Any], target: Path) -> Path:
    """Write one paper as PDF and return its path."""
    width, height = FORMS[text["form"]]
    theme = replace(Theme(), width=width * MM, height=height * MM)
    stacks = Layout(metrics(), theme).flow(_blocks(text["part"]))
    canvas = Canvas(
        title=text["title"], author="사무국(예시)", language="ko-KR", link_text="", accessible=False
    )
    writer = Writer(canvas, theme)
    for stack in stacks:
        writer.sheet(Sheet("paper", "", text["title"], "", MARK, stack))
    content = canvas.finish()
    target.write_bytes(_turned(content) if text["form"] == TURNED else content)
    return target


def _blocks(parts: Iterable[dict[str, Any]]) -> Iterable[Block]:
    for part in parts:
        if part.get("page"):
            yield PageBreak()
        if "heading" in part:
            yield Heading(2, part["heading"])
        if "text" in part:
            yield from prose(part["text"].strip())
        if "columns" in part:
            columns = [
                Column(title, share)
                for title, share in zip(part["columns"], part["shares"], strict=True)
            ]
            yield table(columns, part["rows"], min_row=9 * MM, caption=part["columns"][0])
            yield Space(4 * MM)


def _turned(content: bytes) -> bytes:
    """Keep pages lying on their side with /Rotate 90, as drawings often come."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            _x0, _y0, width, height = (float(edge) for edge in page.mediabox)
            page.contents_add(f"q 0 1 -1 0 {height:.2f} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, height, width])
            for box in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                if box in page.obj:
                    del page.obj[box]
            page.obj["/Rotate"] = 90
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
