"""A chapter of the manual as rich text: every word escaped, links only to other chapters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from gwangju_desktop import manual
from gwangju_desktop.meetings import markdown
from gwangju_desktop.meetings.markdown import Grid, Heading, Item, Line, Node, Paragraph, Spans
from ui import theme

SIZES = {1: "title", 2: "h2", 3: "h3"}
PICTURE = "picture:"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([a-z0-9-]+)\)")
_LINK = re.compile(r"\[([^\]\[]+)\]\((chapter:[a-z-]+)\)")


def page(key: str) -> str:
    """Return a chapter in the current language as rich text in the colours shown now."""
    nodes = markdown.parse(manual.markdown(key, pictures=True))
    body = "".join(_parts(nodes))
    return f'<div style="color:{_ink("text")};font-size:{theme.px(14)}px">{body}</div>'


def heading_name(n: int) -> str:
    """Return the anchor of the n-th heading below the title, counted from 0."""
    return f"part-{n}"


def _parts(nodes: list[Node]) -> Iterator[str]:
    at, headed = 0, -1
    while at < len(nodes):
        node = nodes[at]
        if isinstance(node, Item):
            end = at
            while end < len(nodes) and isinstance(nodes[end], Item):
                end += 1
            yield _list([one for one in nodes[at:end] if isinstance(one, Item)])
            at = end
            continue
        at += 1
        match node:
            case Heading():
                headed += node.level == 2
                name = heading_name(headed) if node.level == 2 else ""
                yield _heading(node, name)
            case Paragraph(quote=True):
                yield (
                    f'<table width="100%" cellpadding="10" bgcolor="{_ink("inset")}"><tr><td>'
                    f'<p style="margin:0;line-height:150%">{_rich(node.spans)}</p></td></tr></table>'
                )
            case Paragraph() if picture := _PICTURE.fullmatch(markdown.plain(node.spans)):
                yield _shown(picture[1], picture[2])
            case Paragraph():
                yield f'<p style="margin:0 0 10px 0;line-height:150%">{_rich(node.spans)}</p>'
            case Line():
                yield "<hr>"
            case Grid():
                yield _table(node)


def _heading(node: Heading, name: str) -> str:
    font = theme.font(SIZES[min(node.level, 3)])
    above = 0 if node.level == 1 else 20
    anchor = f'<a name="{name}"></a>' if name else ""
    return (
        f'<h{node.level} style="font-size:{font.pixelSize()}px;font-weight:{font.weight()};'
        f'margin:{above}px 0 8px 0">{anchor}{_rich(node.spans)}</h{node.level}>'
    )


def _list(items: list[Item]) -> str:
    kind = "ol" if items[0].mark[0].isdigit() else "ul"
    first = f' start="{int(items[0].mark[:-1])}"' if kind == "ol" else ""
    lines = "".join(
        f'<li style="margin:0 0 6px 0;line-height:150%">{_rich(item.spans)}</li>' for item in items
    )
    return f'<{kind}{first} style="margin-top:0;margin-bottom:10px">{lines}</{kind}>'


def _shown(caption: str, name: str) -> str:
    """Return a picture under its address, which the window knows; without one there is nothing."""
    if manual.picture(name) is None:
        return ""
    return (
        f'<p style="margin:4px 0 14px 0"><img src="{PICTURE}{name}" '
        f'alt="{html.escape(caption)}"></p>'
    )


def _table(grid: Grid) -> str:
    rows = []
    for n, cells in enumerate(grid.rows):
        tag = "th" if grid.head and n == 0 else "td"
        inside = "".join(f'<{tag} align="left">{_rich(cell)}</{tag}>' for cell in cells)
        rows.append(f"<tr>{inside}</tr>")
    line = _ink("line2")
    return (
        f'<table width="100%" border="1" cellspacing="0" cellpadding="6" '
        f'style="border-collapse:collapse;border-color:{line};margin-bottom:10px">{"".join(rows)}</table>'
    )


def _rich(spans: Spans) -> str:
    return "".join(_bold(span.text) if span.bold else _linked(span.text) for span in spans)


def _bold(words: str) -> str:
    """Return what the program says as it is on the screen."""
    return f'<span style="font-weight:600;color:{_ink("acc")}">{html.escape(words)}</span>'


def _linked(words: str) -> str:
    return _LINK.sub(
        lambda match: f'<a href="{match[2]}" style="color:{_ink("acc")}">{match[1]}</a>',
        html.escape(words, quote=False),
    )


def _ink(token: str) -> str:
    return theme.color(token).name()
