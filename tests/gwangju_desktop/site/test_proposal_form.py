"""The proposal form: what it calls its fields is what the office's import reads, in one step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from db.schema.proposals import Proposal, Proposer
from db.store import Store
from db.vocab import ProposalConsent
from gwangju_desktop import clock
from gwangju_desktop.proposals.importing import columns, preview, reading
from gwangju_desktop.proposals.importing.apply import import_proposals
from gwangju_desktop.proposals.importing.fields import FIELDS
from gwangju_desktop.proposals.importing.reading import SITE_FORM

WORDS = '함께 씁시다.\n둘째 줄 "따옴표" <b>'


@pytest.fixture(scope="module")
def form(site_folder: Path) -> Any:
    """The form as a page."""
    text = (site_folder / "ko" / "proposals" / "form.html").read_bytes()
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def made(folder: Path, **fields: str) -> Path:
    """Write what the form's script writes."""
    path = folder / "시민제안-2022-03-11.json"
    said = {"format": SITE_FORM, "proposals": [{"channel": "web"} | fields]}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def test_every_field_and_choice_of_the_form_is_one_the_import_knows(form: Any) -> None:
    boxes = {box.get("name"): box for box in form.iter() if box.get("name") and box.get("id")}
    assert set(boxes) - {"agree"} <= set(FIELDS)
    assert {"title", "improvement", "consent", "name", "email", "phone"} <= set(boxes)
    kinds = [one.get("value") for one in boxes["kind"].iter("option")]
    assert [FIELDS["kind"].read(kind) for kind in kinds] == ["person", "group"]
    consents = [one.get("value") for one in form.iter("input") if one.get("name") == "consent"]
    assert {FIELDS["consent"].read(one) for one in consents} == {*ProposalConsent}
    told = json.loads(form.find(".//script[@id='said']").text)
    assert told["format"] == SITE_FORM


def test_the_form_asks_for_consent_and_says_what_for(form: Any) -> None:
    text = " ".join("".join(form.find(".//main").itertext()).split())
    for said in ("목적", "항목", "보유 기간", "동의를 거부할 권리", "14세 미만", "주민등록번호"):
        assert said in text


def test_a_file_of_the_form_is_taken_in_as_received_today(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = made(
        tmp_path,
        title="햇빛발전소 공동 운영",
        problem="지붕이 비어 있습니다.",
        improvement=WORDS,
        consent="title_only",
        kind="person",
        name="가상인",
        email="gasang@example.org",
    )
    source = reading.read(path)
    mapping = columns.guess(source)
    assert set(mapping) == {
        *("channel", "title", "problem", "improvement", "consent", "kind", "name", "email")
    }
    with sqlite_store.reading() as read:
        plan = preview.plan(read, source=source, mapping=mapping)
    assert (plan.added, plan.held_back) == (1, 0)
    sqlite_store.run(import_proposals, source=source, mapping=mapping)
    with sqlite_store.reading() as read:
        row = read.execute(select(Proposal)).scalar_one()
        assert (row.title, row.consent, row.received_on) == (
            *("햇빛발전소 공동 운영", "title_only"),
            clock.today(),
        )
        assert WORDS in row.text
        assert read.execute(select(Proposer.name)).scalar_one() == "가상인"
    again = sqlite_store.run(import_proposals, source=source, mapping=mapping)
    assert again.value["add"] == 0 and again.value["same"] == 1
