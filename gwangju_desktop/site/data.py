"""Data: every register of the copy as CSV and JSON, its columns explained, with licence and metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from gwangju_desktop.site import filed, metadata
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.metadata import Described
from gwangju_desktop.site.page import DATA, Asset, Page, Section
from gwangju_desktop.snapshots import container
from gwangju_desktop.text import C_, LANGUAGES, Msg, Words, words

TITLE = C_("site", "Data")
_ABOUT = C_(
    "site",
    "Every register behind this site as CSV and JSON, with its columns explained and its licence.",
)
PACKAGE, CATALOGUE = f"{DATA}/datapackage.json", f"{DATA}/catalogue.jsonld"
# What a copy says of itself and of its columns, after the records it is about.
# What explains the registers has no line in the codebook: how it is called, and what it is for.
EXPLAINING: dict[str, tuple[Msg, Msg]] = {
    "codebook": (
        C_("site", "Codebook"),
        C_("site", "What each register and each of its columns is called, in Korean and English."),
    ),
    "words": (
        C_("site", "Meanings of codes"),
        C_("site", "What the codes in the columns mean, in Korean and English."),
    ),
    "meta": (
        C_("site", "Facts about the copy"),
        C_("site", "Which copy these data are of, who made it and when."),
    ),
}


@dataclass(frozen=True, slots=True)
class Register:
    """A table of the copy: its name in the database and in words, how many rows, its columns."""

    name: str
    ko: str
    en: str
    rows: int
    columns: tuple[Record, ...]

    def title(self, language: str) -> str:
        """Return what it is called."""
        return self.ko if language == "ko" else self.en

    @property
    def csv(self) -> str:
        """Return where its CSV file stands."""
        return f"{DATA}/{self.name}.csv"

    @property
    def json(self) -> str:
        """Return where its JSON file stands."""
        return f"{DATA}/{self.name}.json"

    @property
    def member(self) -> str:
        """Return the member of the copy its CSV file is."""
        return f"{container.CSV_FOLDER}/{self.name}.csv"


def registers(copy: Copy) -> list[Register]:
    """Return every table of the copy that has rows, in the order of its codebook."""
    columns: dict[str, list[Record]] = {}
    titles: dict[str, Record] = {}
    for row in copy.of("codebook"):
        if row["column_name"] is None:
            titles[row["table_name"]] = row
        else:
            columns.setdefault(row["table_name"], []).append(row)
    names = [*titles, *(name for name in copy.manifest.rows if name not in titles)]
    names.sort(key=lambda name: name in EXPLAINING)
    return [
        Register(
            name,
            *_titles(name, titles.get(name)),
            copy.manifest.rows[name],
            tuple(columns.get(name, ())),
        )
        for name in names
        if copy.manifest.rows.get(name)
    ]


def _titles(name: str, line: Record | None) -> tuple[str, str]:
    if line is not None:
        return str(line["ko"]), str(line["en"])
    if name in EXPLAINING:
        return words("ko")(EXPLAINING[name][0]), words("en")(EXPLAINING[name][0])
    return name, name


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of registers and the page of each."""
    held = registers(copy)
    package = _package(copy)
    facts: dict[str, Any] = {
        "registers": held,
        "package": PACKAGE,
        "catalogue": CATALOGUE,
        "licence": next(iter(package.get("licenses", ())), None),
        "sources": package.get("sources", ()),
        "day_made": copy.manifest.made_at,
    }
    yield Page(
        "data/index.html",
        "data/index.html",
        "data",
        say(TITLE),
        facts,
        say(_ABOUT),
        linked_data=metadata.schema_org(copy, say.language, _whole(copy, held, package)),
    )
    for one in held:
        yield Page(
            f"data/{one.name}.html",
            "data/register.html",
            "data",
            one.title(say.language),
            {
                "one": one,
                "licence": facts["licence"],
                "purpose": EXPLAINING[one.name][1] if one.name in EXPLAINING else "",
            },
            kind=say(TITLE),
            text=one.name,
            linked_data=metadata.schema_org(copy, say.language, _described(one, package)),
        )


def assets(copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give each register's files, the Data Package and the catalogue."""
    for one in registers(copy):
        yield Asset(one.csv, partial(filed.content, copy, one.member))
        yield Asset(one.json, partial(_json, copy, one.name))
    yield Asset(PACKAGE, partial(_own_package, copy))
    yield Asset(CATALOGUE, partial(_catalogue, copy))


def _json(copy: Copy, table: str) -> bytes:
    """Write a table as a list of objects, a row a line."""
    rows = (
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in copy.stream(table)
    )
    return b"[\n" + ",\n".join(rows).encode() + b"\n]\n"


def _package(copy: Copy) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(filed.content(copy, container.PACKAGE))
    return made


def _own_package(copy: Copy) -> bytes:
    """Return the copy's Data Package of the tables that are here, each beside it."""
    said = _package(copy)
    here = {one.name for one in registers(copy)}
    own = [one for one in said["resources"] if one["name"] in here]
    for one in own:
        one["path"] = f"{one['name']}.csv"
        keys = one["schema"].get("foreignKeys")
        if keys:
            there = [key for key in keys if key["reference"]["resource"] in {"", *here}]
            one["schema"]["foreignKeys"] = there
    said["resources"] = own
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _licences(package: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["name"], one["path"]) for one in package.get("licenses", ())]


def _described(one: Register, package: dict[str, Any]) -> Described:
    """Describe a register: it is whole as of its copy, and the next copy brings the next one."""
    return Described(
        one.name,
        metadata.both(one.ko, one.en),
        {language: _meaning(one, language) for language in LANGUAGES},
        [one.csv, one.json],
        _licences(package),
    )


def _meaning(one: Register, language: str) -> str:
    """Name a register and its columns."""
    columns = ", ".join(str(column[language]) for column in one.columns)
    return f"{one.title(language)}: {columns}" if columns else one.title(language)


def _whole(copy: Copy, held: list[Register], package: dict[str, Any]) -> Described:
    """Describe the site's data as one set."""
    said = copy.manifest
    titles = {
        language: f"{office}: {words(language)(TITLE)}"
        for language, office in metadata.both(said.office_ko, said.office_en).items()
    }
    return Described(
        "data",
        titles,
        {language: words(language)(_ABOUT) for language in LANGUAGES},
        [one.csv for one in held],
        _licences(package),
    )


def _catalogue(copy: Copy) -> bytes:
    """Write the catalogue: a set of data for each register and for each indicator's readings."""
    package = _package(copy)
    own = [_described(one, package) for one in registers(copy)]
    return metadata.catalogue(copy, _ABOUT, [*own, *metadata.indicators(copy)])


SECTION = Section("data", TITLE, pages, assets)
