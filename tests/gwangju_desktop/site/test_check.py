"""What `site check` finds: each rule by a page that breaks it alone, and files that are not as listed."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop import cli
from gwangju_desktop.site import check, listing, rules
from gwangju_desktop.text import Msg

GOOD = """<!doctype html><html lang="ko"><head><meta name="viewport" content="width=device-width">
<title>쪽</title><link rel="stylesheet" href="../assets/site.css"></head><body>
<a href="#content">본문</a><nav><a href="index.html">처음</a></nav><main id="content"><h1>쪽</h1>
<h2>절</h2><p><label for="q">찾기</label><input id="q" name="q"></p>
<table><caption>표</caption><tr><th scope="col">해</th></tr><tr><td>1</td></tr></table>
<svg role="img" aria-labelledby="t"><title id="t">도표</title></svg><img src="a.png" alt="">
<button>찾기</button></main></body></html>"""


def test_a_page_that_keeps_every_rule_has_no_fault() -> None:
    page = rules.seen(GOOD.encode())
    assert page.faults == []
    assert page.ids == {"content", "q", "t"} and page.loads == ["../assets/site.css"]
    assert ("index.html", True) in page.links and ("a.png", False) in page.links


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (' lang="ko"', "", rules.NO_LANGUAGE),
        ("<title>쪽</title>", "<title> </title>", rules.NO_TITLE),
        ("<h1>쪽</h1>", "", rules.NOT_ONE_H1),
        ("<h2>절</h2>", "<h3>절</h3>", rules.HEADING_SKIPS),
        ("main", "div", rules.NO_MAIN),
        ('<a href="#content">본문</a>', "", rules.NO_SKIP),
        (' alt=""', "", rules.NO_ALT),
        (' aria-labelledby="t"><title id="t">도표</title>', ">", rules.NO_ALT),
        (">처음<", "><", rules.NO_NAME),
        ("<button>찾기", "<button>", rules.NO_NAME),
        ('for="q"', 'for="p"', rules.NO_LABEL),
        ("<caption>표</caption>", "", rules.NO_CAPTION),
        ('<th scope="col">', "<th>", rules.NO_HEADS),
        ('id="q"', 'id="q" data-x="1"><i id="q"></i><input type="hidden"', rules.TWICE),
        ('aria-labelledby="t"', 'aria-labelledby="u"', rules.REFERS_NOWHERE),
        ("<button>", '<button tabindex="2">', rules.TAB_ORDER),
        ("<button>", '<button style="color: red">', rules.INLINE),
        ("<button>", '<button onclick="x()">', rules.INLINE),
        ("<button>", "<script>1</script><button>", rules.INLINE),
        ('name="viewport"', 'name="x"', rules.NO_VIEWPORT),
    ],
)
def test_each_rule_is_found_broken(right: str, wrong: str, fault: Msg) -> None:
    assert right in GOOD
    page = rules.seen(GOOD.replace(right, wrong).encode())
    assert [message for message, _ in page.faults] == [fault]


def test_data_in_a_script_element_is_no_script() -> None:
    data = '<script type="application/json">{"a": 1}</script><button>'
    assert rules.seen(GOOD.replace("<button>", data).encode()).faults == []


@pytest.fixture
def site(site_folder: Path, tmp_path: Path) -> Path:
    """The sample's site, to be spoilt."""
    folder = tmp_path / "누리집"
    shutil.copytree(site_folder, folder)
    return folder


def spoil(site: Path, name: str, right: str, wrong: str) -> None:
    """Change a page and its line in the list, as if it had been built so."""
    held = listing.read(site)
    assert held is not None
    text = (site / name).read_text("utf-8")
    assert right in text
    content = text.replace(right, wrong, 1).encode()
    (site / name).write_bytes(content)
    files = {**held.files, name: listing.facts(content)}
    (site / listing.NAME).write_bytes(dataclasses.replace(held, files=files).to_bytes())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('href="gone.html"', "{link} leads nowhere."),
        ('href="../about/index.html#nowhere"', "{link} leads to no place on its page."),
        ('href="javascript:alert(1)"', "{link} is no link a page may have."),
        ('href="../../../etc/passwd"', "{link} leads nowhere."),
        ('href="#content"><img alt="" src="https://example.com/a.png"', "{link} from elsewhere"),
    ],
)
def test_links_are_followed(site: Path, wrong: str, said: str) -> None:
    spoil(site, "ko/about/index.html", 'href="#content"', 'href="#content">x</a><a ' + wrong)
    faults = check.check(site).faults
    assert [fault.address for fault in faults] == ["ko/about/index.html"]
    assert said in faults[0].message


def test_a_page_that_loads_too_much_is_named(site: Path) -> None:
    spoil(site, "en/index.html", "</h1>", "</h1>" + "<p>long</p>" * 25_000)
    (fault,) = check.check(site).faults
    assert fault.address == "en/index.html" and fault.values["most"] == 200


def test_changed_and_missing_files_are_named(site: Path, capfd: Any) -> None:
    assert cli.main(["site", "check", str(site), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["ok"] and not told["signed"] and told["problems"] == []
    (site / "feed.ko.atom").unlink()
    (site / "assets" / "site.css").write_bytes(b"")
    assert cli.main(["site", "check", str(site), "--json"]) == 1
    said = json.loads(capfd.readouterr().out)["problems"]
    assert {line.partition(":")[0] for line in said} == {"feed.ko.atom", "assets/site.css"}
    assert cli.main(["site", "check", str(site.parent)]) == 1
    assert "site.json" in capfd.readouterr().err


def test_the_command_builds_in_the_languages_asked_for(
    public_copy: Path, tmp_path: Path, capfd: Any
) -> None:
    folder = str(tmp_path / "site")
    asked = ["site", "build", folder, "--from", str(public_copy), "--lang", "en", "--json"]
    assert cli.main(asked) == 0
    told = json.loads(capfd.readouterr().out)
    assert "en/index.html" in told["appear"] and "ko/index.html" not in told["appear"]
    assert cli.main(asked[:-1]) == 0
    assert "right" in capfd.readouterr().out
    assert cli.main([*asked[:-2], "both"]) == 0
    assert "ko/about/index.html" in capfd.readouterr().out
    assert check.check(Path(folder)).ok
