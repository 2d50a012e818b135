"""Data on the site: the copy's own files, described so that other programs understand them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest

from gwangju_desktop.site import copy, data, metadata


def test_every_register_is_there_as_csv_and_json(public_copy: Path, site_folder: Path) -> None:
    with copy.opened(public_copy) as opened:
        held = data.registers(opened)
        assert len(held) > 60 and held[0].name == "body"
        for one in held:
            content = (site_folder / one.csv).read_bytes()
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            objects = json.loads((site_folder / one.json).read_bytes())
            assert len(rows) - 1 == len(objects) == one.rows
            assert set(rows[0]) == set(objects[0])
            facts = opened.manifest.files[one.member]
            assert hashlib.sha256(content).hexdigest() == facts.sha256


def test_the_package_names_what_is_here(site_folder: Path) -> None:
    folder = site_folder / "data"
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert package["licenses"][0]["name"] == "KOGL-1"
    names = {one["name"] for one in package["resources"]}
    for one in package["resources"]:
        assert (folder / one["path"]).stat().st_size == one["bytes"]
        for key in one["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in {"", *names}


def test_catalogue_and_page_say_licence_and_files(site_folder: Path) -> None:
    folder = site_folder / "data"
    catalogue = json.loads((folder / "catalogue.jsonld").read_bytes())
    assert catalogue["@type"] == "dcat:Catalog" and len(catalogue["dcat:dataset"]) > 60
    asked = {"dct:title", "dct:description", "dct:publisher", "dct:accrualPeriodicity"}
    for dataset in catalogue["dcat:dataset"]:
        assert asked <= set(dataset)
        assert {one["@language"] for one in dataset["dct:title"]} == {"ko", "en"}
        for one in dataset["dcat:distribution"]:
            assert (folder / one["dcat:downloadURL"]["@id"]).is_file()
    page = (site_folder / "en" / "data" / "index.html").read_text("utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    said = json.loads(block[1])
    assert said["@type"] == "Dataset" and said["license"].startswith("https://")
    for one in said["distribution"]:
        assert (site_folder / "en" / "data" / one["contentUrl"]).is_file()
    assert "Korea Open Government License" in page
    register = (site_folder / "ko" / "data" / "reading.html").read_text("utf-8")
    assert "series_id" in register and "계열" in register


def test_readings_keep_their_publishers_terms_and_registers_those_of_the_office(
    public_copy: Path, site_folder: Path
) -> None:
    catalogue = json.loads((site_folder / "data" / "catalogue.jsonld").read_bytes())
    by_name = {one["dct:identifier"]: one for one in catalogue["dcat:dataset"]}
    (own,) = by_name["proposal"]["dcat:distribution"][0]["dct:license"]
    assert own["@id"].startswith("https://www.kogl.or.kr/")
    used = by_name["energy-EL01"]
    # A publisher that says no terms is given none, least of all those of the office.
    said = used["dcat:distribution"][0].get("dct:license", [])
    labels = [one["rdfs:label"] for one in said]
    with copy.opened(public_copy) as opened:
        (row,) = opened.by("indicator", "code", "EL01")
        sources = {
            one["source_id"]: opened.one("energy_source", one["source_id"])
            for one in opened.by("series", "indicator_id", row["id"])
        }
        years = [
            int(one["period"]) // 100
            for series in opened.by("series", "indicator_id", row["id"])
            for one in opened.by("reading", "series_id", series["id"])
            if int(one["period"]) < 10**6
        ]
    assert set(labels) == {one["licence"] for one in sources.values() if one["licence"]}
    assert len(used["dct:provenance"]) == len(sources)
    assert used["dct:temporal"]["dcat:startDate"]["@value"] == str(min(years))
    assert used["dct:temporal"]["dcat:endDate"]["@value"] == str(max(years))
    assert used["dct:accrualPeriodicity"]["@id"].endswith(("/ANNUAL", "/MONTHLY"))


def test_a_strict_reader_takes_the_package(site_folder: Path) -> None:
    """Frictionless reads the package and every row of every table by its schema."""
    frictionless = pytest.importorskip("frictionless")
    # The tables lie in the folder of the package: nothing is asked of anybody else.
    report = frictionless.Package(str(site_folder / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_terms_without_an_address_stand_in_words(public_copy: Path) -> None:
    one = metadata.Described(
        "x", metadata.both("가", ""), metadata.both("나", "n"), ["data/x.csv"], [("출처표시", "")]
    )
    with copy.opened(public_copy) as opened:
        made = json.loads(metadata.catalogue(opened, data.TITLE, [one]))
        page = metadata.schema_org(opened, "en", one)
    (dataset,) = made["dcat:dataset"]
    assert dataset["dcat:distribution"][0]["dct:license"] == [
        {"@type": "dct:LicenseDocument", "rdfs:label": "출처표시"}
    ]
    assert dataset["dct:title"][1] == {"@language": "en", "@value": "가"}
    assert (page["license"], page["name"]) == ("출처표시", "가")
    assert page["distribution"][0]["contentUrl"] == "../../data/x.csv"
