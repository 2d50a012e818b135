"""The documents dialog on an action plan: every document is made, broken evidence stops three."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.commitments import ActionPlan, Commitment
from gwangju_desktop.catalogue.entries import ENTRIES
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence import queries as shelves
from tests.ui.conftest import rest, spin
from tests.ui.documents.test_dialog import closed, made, opened
from tests.ui.seeing import clipped, nameless


@pytest.fixture
def plan(window) -> int:
    """The sample's action plan."""
    with window.shell.desk.store.reading() as read:
        return read.scalar(select(ActionPlan.id))


def test_every_document_of_a_plan_is_made_and_a_draft_saved_as_text(
    window, plan: int, tmp_path: Path
) -> None:
    dialog = opened(window, "progress-report", plan)
    names = [name for name, _label in dialog.kind.field.options]
    assert names == [one.name for one in ENTRIES.values() if one.about == "plan"]
    for place, name in enumerate(names):
        dialog.kind.field.setCurrentIndex(place)
        made(dialog)
        assert dialog.bound is not None and dialog.bound.composed.title, name
        assert not clipped(dialog) and not nameless(dialog)
        assert not dialog.bound.missing, name
    # The last of them is the text of the web page.
    target = tmp_path / "누리집.txt"
    dialog.output.on_save_to(str(target))
    spin(target.is_file, 20)
    rest(window)
    assert "KRGNJ0001" in target.read_text("utf-8-sig")
    closed(window, dialog)


def test_a_commitment_has_its_official_form(window, plan: int) -> None:
    with window.shell.desk.store.reading() as read:
        id = read.scalar(select(Commitment.id).where(Commitment.code == "KRGNJ0002"))
    dialog = opened(window, "closing-form", id)
    assert "KRGNJ0002" in dialog.bound.composed.title
    closed(window, dialog)


def test_broken_evidence_is_named_where_the_report_would_stand(window, plan: int) -> None:
    store = window.shell.desk.store
    with store.reading() as read:
        one = shelves.shelf(read, plan_id=plan)[0]
    file = store.papers.path(one.sha256)
    kept, mode = file.read_bytes(), file.stat().st_mode
    file.chmod(0o644)
    file.write_bytes(b"!" + kept[1:])
    try:
        dialog = opened(window, "progress-report", plan)
        assert dialog.bound is None and not dialog.button.isEnabled()
        assert one.name in dialog.preview.trouble.hint.text()
        dialog.kind.field.setCurrentIndex(list(dialog.fitting).index("evidence-list"))
        made(dialog)
        assert dialog.bound is not None and dialog.button.isEnabled()
        closed(window, dialog)
    finally:
        file.write_bytes(kept)
        file.chmod(mode)
        integrity.check(store, plan)
