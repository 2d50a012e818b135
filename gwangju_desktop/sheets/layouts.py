"""Published layouts: how to know a table, and only what its file never says. No positions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import resources
from gwangju_desktop.sheets.cells import key
from gwangju_desktop.sheets.model import Line, Table

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

    `axes` must all be found and no other area or hour; of each group in `words` one must occur.
    `grain` is what one file covers without naming it; `plausible` the city's range in `unit`.
    """

    id: str
    publisher: str
    title_ko: str
    title_en: str
    axes: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    unit: str = ""
    indicator: str = ""
    dimension: str = ""
    grain: str = ""
    area: str = ""
    doubled: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    plausible: tuple[float, float] | None = None

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
        return "" if said == "all" else said

    def knows(self, label: str) -> bool:
        """Say whether the declaration names a label itself."""
        return key(label) in self.labels


@lru_cache(1)
def known() -> tuple[Layout, ...]:
    """Return the declared layouts, by file name."""
    return tuple(_load(file) for file in sorted(resources.path("layouts").glob("*.toml")))


def matching(table: Table, words: str) -> list[Layout]:
    """Return the layouts a table may be; several only when none is more specific.

    `words` is further text that belongs to the file, such as its sheet of metadata.
    """
    axes = axes_of(table)
    said = _said(table)
    said.add(key(words))
    fitting = [layout for layout in known() if _fits(layout, axes, said)]
    most = max((_weight(layout) for layout in fitting), default=0)
    return [layout for layout in fitting if _weight(layout) == most]


def axes_of(table: Table) -> frozenset[str]:
    """Return what a table tells apart: year, month, day, hour, province, district, items."""
    axes = set()
    for line in [*table.rows, *table.columns]:
        for part in ("year", "month", "day", "hour"):
            if getattr(line.period, part) is not None:
                axes.add(part)
        if line.province:
            axes.add("province")
        if line.sub:
            axes.add("district")
    if _tell_items(table.rows) or _tell_items(table.columns):
        axes.add("items")
    return frozenset(axes)


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


def _fits(layout: Layout, axes: frozenset[str], said: set[str]) -> bool:
    if not layout.axes <= axes:
        return False
    foreign = {"province", "district", "hour"} & axes - layout.axes
    if foreign - ({"province"} if layout.area else set()):
        return False
    return all(any(word in text for word in group for text in said) for group in layout.words)


def _load(file: Path) -> Layout:
    raw = tomllib.loads(file.read_text("utf-8"))
    when = raw["when"]
    plausible = raw.get("plausible")
    return Layout(
        id=file.stem,
        publisher=raw["publisher"],
        title_ko=raw["title"]["ko"],
        title_en=raw["title"]["en"],
        axes=frozenset(when["axes"]),
        words=tuple(tuple(map(key, group.split("|"))) for group in when.get("words", [])),
        unit=raw.get("unit", ""),
        indicator=raw.get("indicator", ""),
        dimension=raw.get("dimension", ""),
        grain=raw.get("grain", ""),
        area=raw.get("area", ""),
        doubled=raw.get("doubled", False),
        labels={key(label): code for label, code in raw.get("labels", {}).items()},
        measures={key(name): Measure(**of) for name, of in raw.get("measures", {}).items()},
        plausible=(plausible[0], plausible[1]) if plausible else None,
    )
