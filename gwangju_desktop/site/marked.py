"""Texts of the copy as HTML: every sign of them escaped, Korean marked on English pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from gwangju_desktop.meetings import markdown
from gwangju_desktop.meetings.markdown import Grid, Heading, Item, Line, Paragraph, Spans
from gwangju_desktop.text import C_, Words

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_DEEPEST = 6


class Marked:
    """Write the copy's own texts on pages of a language.

    A text that is Korean on an English page says so to whoever reads it aloud.
    """

    def __init__(self, say: Words) -> None:
        self.language = say.language
        self.caption = say(C_("site", "Table in the text"))

    def own(self, text: object) -> Markup:
        """Write a text of one line."""
        said = escape("" if text is None else str(text))
        if self.language != "ko" and _HANGUL.search(said):
            return Markup('<span lang="ko">{}</span>').format(said)
        return said

    def paragraphs(self, text: object) -> Markup:
        """Write a text as paragraphs; its lines stay lines."""
        made = []
        for part in _PARAGRAPH.split(str(text or "").strip()):
            lines = [escape(line.strip()) for line in part.splitlines() if line.strip()]
            if lines:
                made.append(
                    Markup("<p{}>{}</p>").format(self._lang(part), Markup("<br>").join(lines))
                )
        return Markup("\n").join(made)

    def marked(self, text: object, level: int) -> Markup:
        """Write the Markdown of notes and minutes; its highest headings are of `level`.

        A heading above all others names the whole text and is left out: the page has named it.
        """
        nodes = markdown.parse(str(text or ""))
        if nodes and isinstance(nodes[0], Heading) and nodes[0].level == 1:
            nodes = nodes[1:]
        return Markup("\n").join(self._nodes(nodes, level))

    def _nodes(self, nodes: list[markdown.Node], level: int) -> Iterator[Markup]:
        highest = min((node.level for node in nodes if isinstance(node, Heading)), default=1)
        last = level - 1
        at = 0
        while at < len(nodes):
            node = nodes[at]
            if isinstance(node, Item):
                end = at
                while end < len(nodes) and isinstance(nodes[end], Item):
                    end += 1
                yield self._list([one for one in nodes[at:end] if isinstance(one, Item)])
                at = end
                continue
            at += 1
            if isinstance(node, Heading):
                # A level that was left out would be missed by who walks from heading to heading.
                last = min(level + node.level - highest, last + 1, _DEEPEST)
                yield Markup("<h{0}{1}>{2}</h{0}>").format(
                    last, self._lang(node.spans), _spans(node.spans)
                )
            elif isinstance(node, Paragraph):
                name = "blockquote" if node.quote else "p"
                yield Markup("<{0}{1}>{2}</{0}>").format(
                    name, self._lang(node.spans), _spans(node.spans)
                )
            elif isinstance(node, Grid):
                yield self._grid(node)
            elif isinstance(node, Line):
                yield Markup("<hr>")

    def _list(self, items: list[Item]) -> Markup:
        rows = [
            Markup('<li class="depth{}"{}>{}{}</li>').format(
                item.depth,
                self._lang(item.spans),
                Markup("<b>{}</b> ").format(item.mark) if item.mark != "-" else "",
                _spans(item.spans),
            )
            for item in items
        ]
        numbered = any(item.mark != "-" for item in items)
        kind = Markup(' class="numbered"') if numbered else ""
        return Markup("<ul{}>{}</ul>").format(kind, Markup("").join(rows))

    def _grid(self, grid: Grid) -> Markup:
        made = []
        for n, row in enumerate(grid.rows):
            first = grid.head and n == 0
            cells = []
            for at, spans in enumerate(row):
                if first:
                    cells.append(Markup('<th scope="col">{}</th>').format(_spans(spans)))
                elif at == 0 and len(row) > 1 and not grid.head:
                    cells.append(Markup('<th scope="row">{}</th>').format(_spans(spans)))
                else:
                    cells.append(Markup("<td>{}</td>").format(_spans(spans)))
            made.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
        whole = "".join(markdown.plain(cell) for row in grid.rows for cell in row)
        name = Markup('<caption class="hidden" lang="{}">{}</caption>').format(
            self.language, self.caption
        )
        return Markup('<table class="plain"{}>{}{}</table>').format(
            self._lang(whole), name, Markup("").join(made)
        )

    def _lang(self, said: str | Spans) -> Markup:
        text = said if isinstance(said, str) else markdown.plain(said)
        korean = self.language != "ko" and _HANGUL.search(text)
        return Markup(' lang="ko"') if korean else Markup("")


def _spans(spans: Spans) -> Markup:
    return Markup("").join(
        Markup("<strong>{}</strong>").format(span.text) if span.bold else escape(span.text)
        for span in spans
    )
