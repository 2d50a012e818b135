"""Published layouts: how to know a table, and only what its file never says. No positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import resources
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas
from gwangju_desktop.sheets.cells import key
from gwangju_desktop.sheets.model import Line, Table
from gwangju_desktop.text import N_

# In a declaration, the whole that its items are parts of.
WHOLE = "all"

# The dimension `use`: what electricity was used for, by every name the publishers give it.
_USES = {
    "residential": ("주택용", "주거용", "가정용"),
    "general": ("일반용",),
    "education": ("교육용",),
    "industrial": ("산업용", "산업용계"),
    "agricultural": ("농사용",),
    "streetlight": ("가로등",),
    "night": ("심야", "심야전력"),
    "public": ("공공용",),
    "service": ("서비스업",),
    "business": ("업무용", "업무용계"),
    "manufacturing": ("제조업", "제조업계"),
}
_USE_OF = {name: code for code, names in _USES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a header name counts, where a table counts several things."""

    indicator: str
    unit: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One published table's declaration.

    `axes` must all be found and no other area or hour but those in `may`; of each group in `words` one must occur and
    of `without` none. `grain` is what one file covers without naming it; `plausible` the range of
    an area's largest value in `unit`; `expected` the codes (items, or indicators of measures;
    "all" the whole) it always fills; `sums` those that are no parts of the whole.
    """

    id: str
    publisher: str
    title_ko: str
    title_en: str
    axes: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    may: frozenset[str] = frozenset()
    unit: str = ""
    indicator: str = ""
    dimension: str = ""
    grain: str = ""
    area: str = ""
    doubled: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    plausible: dict[str, tuple[float, float]] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def code(self, items: list[str]) -> str:
        """Return the dimension value that a path of labels stands for; "" where it is the whole."""
        if not items:
            return ""
        last = key(items[-1])
        said = self.labels.get(last)
        if said is None and self.dimension == "use":
            said = _USE_OF.get(last)
        if said is None:
            said = "/".join(key(item) for item in items)
        return "" if said == WHOLE else said

    def knows(self, label: str) -> bool:
        """Say whether the declaration names a label itself."""
        return key(label) in self.labels


@lru_cache(8)
def known(declared: tuple[str, ...] = ()) -> tuple[Layout, ...]:
    """Return the layouts shipped, by file name, and those of further declarations (TOML).

    A further one replaces the shipped one of its id. Raises UserError where one is wrong.
    """
    from gwangju_desktop.sheets.declaring import parse

    found = {file.stem: parse(text, id=file.stem) for file, text in _shipped()}
    for text in declared:
        layout = parse(text)
        found[layout.id] = layout
    return tuple(found.values())


def _shipped() -> list[tuple[Path, str]]:
    files = sorted(resources.path("layouts").glob("*.toml"))
    return [(file, file.read_text("utf-8")) for file in files]


def named(id: str, layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout of an id, None for ""; raises UserError with the known ones."""
    for layout in layouts:
        if layout.id == id:
            return layout
    if not id:
        return None
    raise UserError(
        N_("There is no layout {name}."),
        hint=N_("Known layouts: {known}."),
        name=id,
        known=", ".join(layout.id for layout in layouts),
    )


def matching(table: Table, words: str, layouts: Sequence[Layout]) -> list[Layout]:
    """Return the layouts a table may be; several only when none is more specific.

    `words` is further text that belongs to the file, such as its sheet of metadata.
    """
    axes = axes_of(table)
    said = _said(table) | {key(words)}
    fitting = [layout for layout in layouts if _fits(layout, axes, said)]
    most = max((_weight(layout) for layout in fitting), default=0)
    return [layout for layout in fitting if _weight(layout) == most]


def likely(
    tables: Sequence[Table], layouts: Sequence[Layout], words: str, name: str = ""
) -> tuple[str, ...]:
    """Return the ids of layouts a table may be, the nearest first: only proposals.

    One axis is too little to go by, unless the table has one of the layout's words. The file's
    `name` only sorts; a table by months is none of years.
    """
    told = [(axes_of(table), _said(table) | {key(words)}) for table in tables]
    fitting = []
    for place, layout in enumerate(layouts):
        for axes, said in told:
            finer = any(
                part in axes and _coarser(layout, part) for part in ("month", "day", "hour")
            )
            if not finer and not _lacking(layout, axes):
                hits = sum(any(w in text for w in group for text in said) for group in layout.words)
                if hits or len(layout.axes) > 1:
                    called = any(w in key(name) for group in layout.words for w in group)
                    called |= any(word in key(name) for word in _own_words(layout))
                    fitting.append((-called, -hits, -len(layout.axes), place, layout.id))
    return tuple(dict.fromkeys(id for *_, id in sorted(fitting)))


def _coarser(layout: Layout, part: str) -> bool:
    """Say whether a layout tells periods, but none as fine as a part of one."""
    parts = ("year", "quarter", "month", "day", "hour")
    told = [parts.index(axis) for axis in layout.axes if axis in parts]
    if layout.grain:
        told.append(parts.index(layout.grain))
    return bool(told) and max(told) < parts.index(part)


def _own_words(layout: Layout) -> list[str]:
    return [key(word) for word in layout.title_ko.split() if not word.endswith(("별", "별:"))]


def lacking(layout: Layout, table: Table) -> frozenset[str]:
    """Return the axes for which a table is not of a layout: missing, or not known to it.

    Periods are left out: a title may say them, or a person.
    """
    return _lacking(layout, axes_of(table)) - {"year", "quarter", "month", "day"}


def axes_of(table: Table) -> frozenset[str]:
    """Return what a table tells apart: parts of the period, kinds of area, items."""
    if table.axes:
        return table.axes
    axes = set()
    for line in [*table.rows, *table.columns]:
        for part in ("year", "quarter", "month", "day", "hour"):
            if getattr(line.period, part) is not None:
                axes.add(part)
        if line.province or line.code:
            axes.add("province")
        if line.sub:
            axes.add("district")
        if line.dong:
            axes.add("dong")
    subs = [line.sub for line in [*table.rows, *table.columns] if line.sub]
    if subs and areas.are_the_five(subs):
        # The five districts need not name their city.
        axes.add("province")
    if _tell_items(table.rows) or _tell_items(table.columns):
        axes.add("items")
    table.axes = frozenset(axes)
    return table.axes


def _tell_items(lines: list[Line]) -> bool:
    return len({line.items for line in lines}) > 1


def _weight(layout: Layout) -> int:
    return len(layout.words) + len(layout.axes)


def _said(table: Table) -> set[str]:
    said = {key(text) for line in [*table.rows, *table.columns] for text in line.path}
    said |= {key(item) for line in [*table.rows, *table.columns] for item in line.items}
    said |= {key(text) for _, text in table.titles}
    said |= {key(part) for name in table.roles for part in name.split(" / ")}
    return said


def speaks_of(layout: Layout, table: Table, words: str) -> bool:
    """Say whether a table has a layout's words; `words` belong to the file as a whole."""
    return _speaks(layout, _said(table) | {key(words)})


def _fits(layout: Layout, axes: frozenset[str], said: set[str]) -> bool:
    return not _lacking(layout, axes) and _speaks(layout, said)


def _speaks(layout: Layout, said: set[str]) -> bool:
    if any(word in text for word in layout.without for text in said):
        return False
    return all(any(word in text for word in group for text in said) for group in layout.words)


def _lacking(layout: Layout, axes: frozenset[str]) -> frozenset[str]:
    foreign = {"province", "district", "dong", "hour"} & axes - layout.axes - layout.may
    return (layout.axes - axes) | (foreign - ({"province"} if layout.area else set()))
