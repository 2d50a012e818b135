"""A figure as an inline SVG: what is drawn on paper, drawn by the same hand, in words for a web page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from gwangju_desktop.documents.blocks import Block, Word
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.drawn import DRAWINGS
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.plainer import said
from gwangju_desktop.documents.styles import Style, Theme
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.documents.writer_pdf import Writer

_WEIGHTS = {"": 400, "R": 400, "S": 600, "B": 700}
_TOKEN = re.compile(r"\[[^\]]*\]|\S+")
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?$")


def svg(block: Block, alternative: str, theme: Theme) -> str:
    """Return a figure as an element; what it shows in words is its name."""
    width = theme.frame_width
    canvas = _SvgCanvas()
    fit = Layout(metrics(), theme).fit(block, width)
    canvas.page(width, fit.height)
    canvas.height = fit.height
    drawing = DRAWINGS[type(block)]
    drawing(Writer(canvas, theme), fit, 0.0, fit.height, canvas.tree.root)
    return (
        f'<figure><svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.1f}'
        f' {fit.height:.1f}" width="{width:.1f}pt" height="{fit.height:.1f}pt"'
        f' aria-label="{escape(alternative)}">\n' + "\n".join(canvas.elements) + "\n</svg></figure>"
    )


@dataclass(frozen=True, slots=True)
class _State:
    weight: float = 1.0
    stroke: float = 0.0
    fill: float = 0.0
    dash: str = ""
    cap: int = 0
    join: int = 0


_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
_PAINTS = {"S": (False, True), "f": (True, False), "B": (True, True)}


class _SvgCanvas(Canvas):
    """A canvas that keeps elements; the few operators figures use are read as they are put."""

    def __init__(self) -> None:
        super().__init__(title="", author="", language="", link_text="", accessible=False)
        self.elements: list[str] = []
        self.height = 0.0
        self._state, self._kept = _State(), list[_State]()
        self._path: list[str] = []

    @contextlib.contextmanager
    def marked(self, node: Node) -> Iterator[None]:
        """Keep no tags."""
        yield

    @contextlib.contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Keep no tags."""
        yield

    def line(self, x: float, y: float, said_: Sequence[Word], style: Style, *, last: bool) -> None:
        """Write a line of text."""
        text = said(said_)
        if text.strip():
            self.elements.append(
                f'<text x="{x:.1f}" y="{self.height - y:.1f}" font-size="{style.size:g}"'
                f' font-weight="{_WEIGHTS[style.weight]}" fill="{_grey(style.grey)}"'
                f' xml:space="preserve">{escape(text)}</text>'
            )

    def put(self, operator: str) -> None:
        """Read drawing operators."""
        operands: list[Any] = []
        for token in _TOKEN.findall(operator):
            if _NUMBER.match(token):
                operands.append(float(token))
            elif token.startswith(("[", "/")):
                operands.append(token)
            else:
                self._do(token, operands)
                operands = []

    def _do(self, word: str, said_: list[Any]) -> None:
        match word:
            case "q":
                self._kept.append(self._state)
            case "Q":
                self._state = self._kept.pop()
            case "w":
                self._state = replace(self._state, weight=said_[0])
            case "G":
                self._state = replace(self._state, stroke=said_[0])
            case "g":
                self._state = replace(self._state, fill=said_[0])
            case "d":
                self._state = replace(self._state, dash=said_[0].strip("[] "))
            case "J":
                self._state = replace(self._state, cap=int(said_[0]))
            case "j":
                self._state = replace(self._state, join=int(said_[0]))
            case "m" | "l" | "c":
                pairs = zip(said_[::2], said_[1::2], strict=True)
                places = " ".join(f"{x:.2f} {self.height - y:.2f}" for x, y in pairs)
                self._path.append(f"{word.upper()}{places}")
            case "re":
                x, y, wide, high = said_
                top = self.height - y - high
                self._path.append(f"M{x:.2f} {top:.2f}h{wide:.2f}v{high:.2f}h{-wide:.2f}Z")
            case "h":
                self._path.append("Z")
            case "S" | "f" | "B":
                self._paint(*_PAINTS[word])
            case _:
                raise ValueError(word)

    def _paint(self, fill: bool, stroke: bool) -> None:
        state, path = self._state, "".join(self._path)
        self._path = []
        looks = f'fill="{_grey(state.fill) if fill else "none"}"'
        if stroke:
            looks += f' stroke="{_grey(state.stroke)}" stroke-width="{state.weight:g}"'
            if state.dash:
                looks += f' stroke-dasharray="{state.dash}"'
            if state.cap:
                looks += f' stroke-linecap="{_CAPS[state.cap]}"'
            if state.join:
                looks += f' stroke-linejoin="{_JOINS[state.join]}"'
        self.elements.append(f'<path d="{path}" {looks}/>')


def _grey(value: float) -> str:
    return f"#{round(value * 255):02x}" + f"{round(value * 255):02x}" * 2
