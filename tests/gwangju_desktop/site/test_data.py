"""Data on the site: the copy's own files, described so that other programs understand them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

from gwangju_desktop.site import copy, data


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
    for dataset in catalogue["dcat:dataset"]:
        for one in dataset["dcat:distribution"]:
            assert (folder / one["dcat:downloadURL"]["@id"]).is_file()
            assert one["dct:license"]["@id"].startswith("https://")
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
