"""Words of an SVG drawing as outlines: it looks the same where the program's font is missing."""

from __future__ import annotations

import re
from html import escape, unescape

from PySide6.QtGui import QFont, QPainterPath

from ui import theme

_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_CURVE = 2  # QPainterPath's CurveToElement; two more points follow it


def outlined(svg: str) -> str:
    """Return a drawing of QSvgGenerator's whose words are shapes; each keeps its words as a label."""
    return _TEXT.sub(_shape, svg)


def _shape(found: re.Match[str]) -> str:
    told = dict(_ATTRIBUTE.findall(found[1]))
    words = unescape(found[2])
    font = QFont([theme.FAMILY, *theme.FALLBACK])
    font.setPixelSize(round(float(told["font-size"])))
    font.setWeight(QFont.Weight(int(told["font-weight"])))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    path = QPainterPath()
    path.addText(float(told["x"]), float(told["y"]), font, words)
    return (
        f'<path aria-label="{escape(words.strip())}" fill="{told["fill"]}"'
        f' fill-opacity="{told["fill-opacity"]}" stroke="none" fill-rule="nonzero"'
        f' d="{_lines(path)}"/>'
    )


def _lines(path: QPainterPath) -> str:
    """Write a path as SVG does."""
    parts = []
    n = 0
    while n < path.elementCount():
        one = path.elementAt(n)
        at = f"{one.x:.2f} {one.y:.2f}"
        kind = one.type.value
        if kind == _CURVE:
            more = (path.elementAt(n + 1), path.elementAt(n + 2))
            parts.append(f"C{at} " + " ".join(f"{p.x:.2f} {p.y:.2f}" for p in more))
            n += 2
        else:
            parts.append(("M" if kind == 0 else "L") + at)
        n += 1
    return "".join(parts)
