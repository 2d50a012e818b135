"""Markdown as rich text for the screen; every word in it is escaped."""

from __future__ import annotations

import html

from gwangju_desktop.meetings import markdown
from ui import theme


def page(text: str) -> str:
    """Return Markdown as rich text."""
    line = theme.color("line").name()
    parts = []
    for node in markdown.parse(text):
        match node:
            case markdown.Heading():
                size = {1: 20, 2: 16, 3: 14}.get(node.level, 13)
                parts.append(
                    f'<p style="font-size:{theme.px(size)}px;font-weight:700;margin:12px 0 4px 0">'
                    f"{_rich(node.spans)}</p>"
                )
            case markdown.Paragraph():
                inset = 16 if node.quote else 0
                parts.append(f'<p style="margin:0 0 6px {inset}px">{_rich(node.spans)}</p>')
            case markdown.Item():
                inset = 8 + 16 * node.depth
                mark = "•" if node.mark == "-" else html.escape(node.mark)
                parts.append(f'<p style="margin:0 0 3px {inset}px">{mark} {_rich(node.spans)}</p>')
            case markdown.Line():
                parts.append("<hr>")
            case markdown.Grid():
                rows = "".join(
                    "<tr>" + "".join(f"<td>{_rich(cell)}</td>" for cell in cells) + "</tr>"
                    for cells in node.rows
                )
                parts.append(
                    f'<table width="100%" border="1" cellspacing="0" cellpadding="5"'
                    f' style="border-collapse:collapse;border-color:{line}">{rows}</table>'
                )
    return f'<div style="font-size:{theme.px(13)}px;line-height:150%">{"".join(parts)}</div>'


def _rich(spans) -> str:
    return "".join(
        f"<b>{html.escape(span.text)}</b>" if span.bold else html.escape(span.text)
        for span in spans
    )
