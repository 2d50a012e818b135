"""What a page of the site must have, read from its HTML: names, order, labels, nothing inline."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from gwangju_desktop.text import N_, Msg

FaultOf = tuple[Msg, dict[str, object]]
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Fields that need a label; the others name themselves or are not seen.
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
# What loads a file to show the page, by the attribute that names it.
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "object": "data"}
STYLES = frozenset({"stylesheet", "icon", "preload"})
REFERS = ("aria-labelledby", "aria-describedby", "aria-controls")

NO_LANGUAGE = N_("The page does not say its language (WCAG 3.1.1).")
NO_TITLE = N_("The page has no title (WCAG 2.4.2).")
NOT_ONE_H1 = N_("The page has {n} headings of the first level, and not one (WCAG 1.3.1).")
HEADING_SKIPS = N_("A heading of level {after} follows one of level {before} (WCAG 1.3.1).")
NO_MAIN = N_("The page does not say where its content begins (WCAG 1.3.1).")
NO_SKIP = N_("No link leads past the menu to the content (WCAG 2.4.1).")
NO_ALT = N_("A picture has no text for those who do not see it (WCAG 1.1.1).")
NO_NAME = N_("A link or button has no name (WCAG 4.1.2).")
NO_LABEL = N_("The field {name} has no label (WCAG 3.3.2).")
NO_CAPTION = N_("A table has no caption (WCAG 1.3.1).")
NO_HEADS = N_("A table has no heading cells with a scope (WCAG 1.3.1).")
TWICE = N_("The id {id} stands twice.")
REFERS_NOWHERE = N_("{attribute} names {id}, which is not on the page (WCAG 1.3.1).")
TAB_ORDER = N_("A tabindex above 0 changes the order of the Tab key (WCAG 2.4.3).")
INLINE = N_("A script or style stands in the page itself, and browsers are told to refuse it.")
NO_VIEWPORT = N_("The page does not fit itself to narrow screens (WCAG 1.4.10).")


@dataclass(slots=True)
class _Table:
    caption: bool = False
    heads: bool = False
    presentation: bool = False


@dataclass(slots=True)
class Seen:
    """A page as it was read: faults, links (leading on or loading), ids, what it loads to be seen."""

    faults: list[FaultOf] = field(default_factory=list)
    links: list[tuple[str, bool]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    loads: list[str] = field(default_factory=list)


def seen(content: bytes) -> Seen:
    """Read a page of UTF-8 HTML."""
    reader = _Reader()
    reader.feed(content.decode("utf-8", "replace"))
    reader.close()
    reader.finish()
    return reader.seen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.headings: list[int] = []
        self.said: set[str] = set()
        self.tables: list[_Table] = []
        self.open: list[str] = []
        # What gets its name from the texts inside: links, buttons, title, drawn pictures.
        self.naming: list[tuple[str, list[str]]] = []
        self.labels: set[str] = set()
        self.fields: list[tuple[str, str]] = []
        self.referred: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold an element against the rules."""
        has = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self._common(has)
        self._loads(tag, has)
        named = bool(has.get("aria-label") or has.get("aria-labelledby"))
        if tag == "html" and has.get("lang"):
            self.said.add("language")
        elif tag == "meta" and has.get("name") == "viewport":
            self.said.add("viewport")
        elif tag == "main":
            self.said.add("main")
        elif tag in HEADINGS:
            self._heading(HEADINGS[tag])
        elif tag in ("table", "caption", "th"):
            self._table(tag, has, named)
        elif tag == "img":
            if "alt" not in has:
                self._fault(NO_ALT)
            for _, texts in self.naming:
                texts.append(has.get("alt", ""))
        elif tag == "svg" and has.get("role") == "img" and not named:
            self.naming.append((tag, []))
        elif tag in ("input", "select", "textarea"):
            self._field(tag, has, named)
        elif tag == "label":
            self.labels.add(has.get("for", ""))
        elif tag == "title" and "svg" not in self.open:
            self.naming.append((tag, []))
        elif tag in ("a", "button"):
            self.naming.append((tag, ["named"] if named else []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that ends where it begins."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if self.naming and self.naming[-1][0] == tag:
            _, texts = self.naming.pop()
            named = bool("".join(texts).strip())
            for _, above in self.naming:
                above += texts
            if tag == "title":
                self.said |= {"title"} if named else set()
            elif not named:
                self._fault(NO_ALT if tag == "svg" else NO_NAME)
        if tag == "table" and self.tables:
            table = self.tables.pop()
            if not table.presentation and not table.caption:
                self._fault(NO_CAPTION)
            if not table.presentation and not table.heads:
                self._fault(NO_HEADS)

    def handle_data(self, data: str) -> None:
        """Give a text to what it names."""
        for _, texts in self.naming:
            texts.append(data)

    def finish(self) -> None:
        """Judge what only the whole page tells."""
        for what, fault in (
            ("language", NO_LANGUAGE),
            ("title", NO_TITLE),
            ("main", NO_MAIN),
            ("viewport", NO_VIEWPORT),
        ):
            if what not in self.said:
                self._fault(fault)
        firsts = self.headings.count(1)
        if firsts != 1:
            self._fault(NOT_ONE_H1, n=firsts)
        for before, after in zip(self.headings, self.headings[1:], strict=False):
            if after > before + 1:
                self._fault(HEADING_SKIPS, before=before, after=after)
        if "nav" in self.said and not any(link.startswith("#") for link, _ in self.seen.links[:9]):
            self._fault(NO_SKIP)
        for name, id_ in self.fields:
            if id_ not in self.labels or not id_:
                self._fault(NO_LABEL, name=name)
        for attribute, id_ in self.referred:
            if id_ not in self.seen.ids:
                self._fault(REFERS_NOWHERE, attribute=attribute, id=id_)

    def _common(self, has: dict[str, str]) -> None:
        if id_ := has.get("id"):
            if id_ in self.seen.ids:
                self._fault(TWICE, id=id_)
            self.seen.ids.add(id_)
        if "style" in has or any(name.startswith("on") for name in has):
            self._fault(INLINE)
        if has.get("tabindex", "0").isdigit() and int(has.get("tabindex", "0")) > 0:
            self._fault(TAB_ORDER)
        self.referred += ((name, one) for name in REFERS for one in has.get(name, "").split())

    def _loads(self, tag: str, has: dict[str, str]) -> None:
        if tag == "nav":
            self.said.add("nav")
        if tag in ("a", "area") and "href" in has:
            self.seen.links.append((has["href"], True))
        elif tag == "form" and has.get("action"):
            self.seen.links.append((has["action"], True))
        elif tag == "link" and "href" in has:
            loading = bool(STYLES & set(has.get("rel", "").split()))
            self.seen.links.append((has["href"], not loading))
            if loading:
                self.seen.loads.append(has["href"])
        elif tag in LOADING and LOADING[tag] in has:
            self.seen.links.append((has[LOADING[tag]], False))
            if tag == "script":
                self.seen.loads.append(has["src"])
        elif tag == "style" or (tag == "script" and "json" not in has.get("type", "")):
            self._fault(INLINE)

    def _heading(self, level: int) -> None:
        self.headings.append(level)

    def _table(self, tag: str, has: dict[str, str], named: bool) -> None:
        if tag == "table":
            self.tables.append(_Table(named, False, has.get("role") == "presentation"))
        elif self.tables and tag == "caption":
            self.tables[-1].caption = True
        elif self.tables and has.get("scope"):
            self.tables[-1].heads = True

    def _field(self, tag: str, has: dict[str, str], named: bool) -> None:
        if has.get("type", "") not in UNLABELLED and not named and "label" not in self.open:
            self.fields.append((has.get("name") or tag, has.get("id", "")))

    def _fault(self, message: Msg, **values: Any) -> None:
        self.seen.faults.append((message, values))
