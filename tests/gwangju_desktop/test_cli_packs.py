"""`pack` on the command line: drafts, the issue, its editions, supplements."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from db.store import Store
from gwangju_desktop.meetings import agenda
from tests.gwangju_desktop.packs.office import add_item, attach, new_meeting
from tests.gwangju_desktop.test_cli import outcome, told


@pytest.fixture
def office(tmp_path: Path, _empty_office: Path) -> tuple[Path, int, int]:
    """An office with a meeting and its item; returns the file and the ids."""
    path = tmp_path / "사무국 1.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        meeting = new_meeting(store)
        item = add_item(store, meeting)
        attach(store, item, 2)
    return path, meeting, item


def first(path: Path) -> str:
    return pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()


def test_a_draft_is_marked_and_changes_nothing(
    office: tuple[Path, int, int], tmp_path: Path, capfdbinary: Any
) -> None:
    path, meeting, _item = office
    target = tmp_path / "초안.pdf"
    asked = ("--office", path, "pack", meeting, "-o", target)
    facts = told(capfdbinary, *asked)
    assert facts["issue"] is None and facts["pages"] == len(facts["labels"])
    assert "초안" in first(target)
    for edition in ("public", "chair", "large"):
        more = told(capfdbinary, *asked, "--draft", "--edition", edition)
        assert more["frozen"]["total"] == facts["pages"]
        assert "초안" in first(target)
    with Store.open(path) as store:
        assert not any("Issue" in entry.label for entry in store.since(0))


def test_an_issue_is_made_once_and_its_editions_from_it(
    office: tuple[Path, int, int], tmp_path: Path, capfdbinary: Any
) -> None:
    path, meeting, item = office
    target = tmp_path / "배부본.pdf"
    asked = ("--office", path, "pack", meeting, "-o", target)
    code, _, err = outcome(capfdbinary, *asked[:-1], tmp_path / "없는 폴더" / "a.pdf", "--issue")
    assert code == 1 and "없는 폴더" in err
    facts = told(capfdbinary, *asked, "--issue")
    assert facts["issue"]["number"] == 1 and facts["issue"]["total"] == facts["pages"]
    assert hashlib.sha256(target.read_bytes()).hexdigest() == facts["sha256"]
    assert facts["issue"]["short_hash"] in first(target) and "초안" not in first(target)
    again = told(capfdbinary, *asked, "--issue")
    assert (again["sha256"], again["issue"]["id"]) == (facts["sha256"], facts["issue"]["id"])
    public = told(capfdbinary, *asked, "--issue", "--edition", "public")
    assert public["issue"] == facts["issue"] and public["sha256"] != facts["sha256"]
    assert public["issue"]["short_hash"] in first(target)
    told(capfdbinary, *asked)
    assert "초안" in first(target)
    with Store.open(path) as store:
        store.run(agenda.edit_item, id=item, request="달라졌다.")
    before = target.read_bytes()
    code, _, err = outcome(capfdbinary, *asked, "--issue")
    assert code == 1 and err.count("\n") == 1 and "바뀌었습니다" in err
    assert target.read_bytes() == before


def test_supplements_are_made_in_turn_and_written_again(
    office: tuple[Path, int, int], tmp_path: Path, capfdbinary: Any
) -> None:
    path, meeting, item = office
    target = tmp_path / "보충.pdf"
    asked = ("--office", path, "pack", meeting, "-o", target)
    code, _, err = outcome(capfdbinary, *asked, "--supplement", "1")
    assert code == 1 and "확정하지" in err
    total = told(capfdbinary, *asked, "--issue")["pages"]
    target.unlink()
    code, _, err = outcome(capfdbinary, *asked, "--supplement", "1")
    assert code == 1 and "보충할 자료가 없습니다" in err and not target.exists()
    with Store.open(path) as store:
        attach(store, item, 1, "늦은 자료")
    code, _, err = outcome(capfdbinary, *asked, "--supplement", "2")
    assert code == 1 and "다음 번호는 1" in err
    facts = told(capfdbinary, *asked, "--supplement", "1")
    assert facts["labels"][0] == f"{total + 1} 보충 1"
    assert facts["issue"]["kind"] == "supplement" and facts["issue"]["first_page"] == total + 1
    made = target.read_bytes()
    target.unlink()
    assert told(capfdbinary, *asked, "--supplement", "1")["sha256"] == facts["sha256"]
    assert target.read_bytes() == made
    for wrong in (("--issue",), ("--draft",), ("--edition", "public")):
        assert outcome(capfdbinary, *asked, "--supplement", "1", *wrong)[0] == 2
    assert outcome(capfdbinary, *asked, "--draft", "--issue")[0] == 2
    assert outcome(capfdbinary, *asked, "--edition", "nobody")[0] == 2
    code, out, _ = outcome(capfdbinary, *asked, "--supplement", "1")
    assert code == 0 and "해시" in out
