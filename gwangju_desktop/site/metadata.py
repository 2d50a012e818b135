"""Metadata other programs read: a DCAT-AP 3 catalogue and schema.org data sets, with everybody's terms.

The words of frequencies and themes are those of the vocabularies the profile asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.vocab import Frequency
from gwangju_desktop.energy import rules
from gwangju_desktop.site import energy
from gwangju_desktop.site.copy import Copy, Record, text_of
from gwangju_desktop.text import LANGUAGES, Msg, words

_EU = "http://publications.europa.eu/resource/authority"
FREQUENCIES = {
    Frequency.YEAR: "ANNUAL",
    Frequency.QUARTER: "QUARTERLY",
    Frequency.MONTH: "MONTHLY",
    Frequency.DAY: "DAILY",
    Frequency.HOUR: "HOURLY",
}
IRREGULAR = f"{_EU}/frequency/IRREG"
ENERGY_THEME = f"{_EU}/data-theme/ENER"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_KINDS = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Described:
    """A set of data: its name in addresses, titles and descriptions by language, its files.

    Files are addresses from the site's root. `licences` are (name, address or "") of those whose
    terms hold; `years` the first and last year it tells of; `frequency` an address, how often more
    of it is published; `sources` whose figures it is made of.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    files: Sequence[str]
    licences: Sequence[tuple[str, str]]
    sources: Sequence[str] = ()
    years: tuple[int, int] | None = None
    frequency: str = IRREGULAR
    theme: str = ""


def both(ko: object, en: object) -> dict[str, str]:
    """Return a text by language, the Korean one where there is no English."""
    return {"ko": str(ko), "en": str(en or ko)}


def indicators(copy: Copy) -> Iterator[Described]:
    """Describe the published readings of each indicator, under the terms of their publishers."""
    for row in copy.of("indicator"):
        series = copy.by("series", "indicator_id", row["id"])
        periods = [
            int(one["period"])
            for own in series
            for one in copy.by("reading", "series_id", own["id"])
        ]
        if not periods:
            continue
        published = energy.sources(copy, row)
        names = both(row["name_ko"], row["name_en"])
        yield Described(
            f"energy-{row['code']}",
            names,
            {
                language: " ".join(
                    part
                    for part in (
                        f"{names[language]} ({row['unit']}).",
                        text_of(row, "note", language),
                    )
                    if part
                )
                for language in LANGUAGES
            },
            [energy.csv_address(row)],
            [(text, "") for text in _each(published, "licence")],
            [f"{one['publisher']}: {one['title_ko']}" for one in published],
            (rules.year_of(min(periods)), rules.year_of(max(periods))),
            _often(published),
            ENERGY_THEME,
        )


def _each(rows: Sequence[Record], column: str) -> list[str]:
    return list(dict.fromkeys(str(row[column]) for row in rows if row[column]))


def _often(published: Sequence[Record]) -> str:
    """Return the frequency of the source that is asked first and says one."""
    said = next((one["frequency"] for one in published if one["frequency"]), None)
    return f"{_EU}/frequency/{FREQUENCIES[Frequency(said)]}" if said else IRREGULAR


def catalogue(copy: Copy, about: Msg, described: Sequence[Described]) -> bytes:
    """Write the catalogue as JSON-LD; addresses are beside it."""
    said = copy.manifest
    office = _said(both(said.office_ko, said.office_en))
    publisher = {"@type": "foaf:Agent", "foaf:name": office}
    modified = {"@type": "xsd:dateTime", "@value": said.made_at}
    content = {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "dct:title": office,
        "dct:description": _said({one: words(one)(about) for one in LANGUAGES}),
        "dct:language": ["ko", "en"],
        "dct:publisher": publisher,
        "dct:modified": modified,
        "dcat:dataset": [_dataset(one, publisher, modified) for one in described],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _dataset(one: Described, publisher: dict[str, Any], modified: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "dct:identifier": one.name,
        "dct:title": _said(one.titles),
        "dct:description": _said(one.descriptions),
        "dct:publisher": publisher,
        "dct:modified": modified,
        "dct:accrualPeriodicity": {"@id": one.frequency},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": _beside(name)},
                "dcat:downloadURL": {"@id": _beside(name)},
                "dcat:mediaType": {
                    "@id": f"https://www.iana.org/assignments/media-types/{_kind(name)}"
                },
                **({"dct:license": _licences(one)} if one.licences else {}),
            }
            for name in one.files
        ],
    }
    if one.years:
        made["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:gYear", "@value": str(one.years[0])},
            "dcat:endDate": {"@type": "xsd:gYear", "@value": str(one.years[1])},
        }
    if one.theme:
        made["dcat:theme"] = {"@id": one.theme}
    if one.sources:
        made["dct:provenance"] = [
            {"@type": "dct:ProvenanceStatement", "rdfs:label": text} for text in one.sources
        ]
    return made


def _licences(one: Described) -> list[dict[str, str]]:
    return [
        {"@id": address} if address else {"@type": "dct:LicenseDocument", "rdfs:label": name}
        for name, address in one.licences
    ]


def _said(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@language": language, "@value": text} for language, text in texts.items()]


def _beside(name: str) -> str:
    return name.removeprefix("data/")


def _kind(name: str) -> str:
    return _KINDS[name.rsplit(".", 1)[1]]


def schema_org(copy: Copy, language: str, one: Described, *, up: str = "../../") -> dict[str, Any]:
    """Return a set of data as a schema.org Dataset for a page `up` from the site's root."""
    said = copy.manifest
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "identifier": one.name,
        "name": one.titles[language],
        "description": one.descriptions[language],
        "creator": {
            "@type": "Organization",
            "name": said.office_ko if language == "ko" else said.office_en,
        },
        "dateModified": said.made_at,
        "version": str(said.sequence),
        "inLanguage": ["ko", "en"],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name.rsplit("/", 1)[1],
                "encodingFormat": _kind(name),
                "contentUrl": up + name,
            }
            for name in one.files
        ],
    }
    if one.licences:
        made["license"] = [address or name for name, address in one.licences]
        if len(one.licences) == 1:
            made["license"] = made["license"][0]
    if one.sources:
        made["citation"] = list(one.sources)
    if one.years:
        made["temporalCoverage"] = f"{one.years[0]}/{one.years[1]}"
    return made
