"""The documents dialog on a proposal: what can be made now is offered, made, saved, registered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.schema.proposals import Proposal
from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries
from gwangju_desktop.catalogue.entries import ENTRIES, About
from gwangju_desktop.outgoing import queries as outgoing
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.documents.test_dialog import closed, made, opened
from tests.ui.seeing import clipped, nameless
from ui.documents.draft import DraftDialog


@pytest.fixture
def replied(window) -> int:
    """A proposal of the sample that was answered."""
    with window.shell.desk.store.reading() as read:
        return read.scalar(
            select(Proposal.id).where(Proposal.adoption == "not_adopted").order_by(Proposal.id)
        )


def test_the_documents_of_a_proposal_that_can_be_made_are_offered(window, replied: int) -> None:
    dialog = opened(window, "proposal-receipt", replied)
    spin(lambda: dialog.kind.field.count() < 11)
    with window.shell.desk.store.reading() as read:
        found = entries.of_proposal(read, proposal_id=replied)
    can = {one.entry.name for one in found if one.why_not is None}
    names = [name for name, _label in dialog.kind.field.options]
    assert set(names) == can and {"proposal-receipt", "proposal-result"} <= can
    for place, _name in enumerate(names):
        dialog.kind.field.setCurrentIndex(place)
        made(dialog)
        assert dialog.bound is not None, names[place]
        assert [suffix for suffix, _label in dialog.format.options][-1] == "txt"
        assert not clipped(dialog) and not nameless(dialog)
    closed(window, dialog)


def test_a_letter_is_saved_as_text_and_registered_without_a_name(
    window, replied: int, tmp_path: Path
) -> None:
    dialog = opened(window, "proposal-result", replied)
    target = tmp_path / "회신.txt"
    dialog.output.on_save_to(str(target))
    spin(target.is_file, 20)
    rest(window)
    assert "제안 심사 결과 통지" in target.read_text("utf-8-sig")
    click(dialog.dispatch.button)
    spin(lambda: dialog.dispatch.sent is not None, 20)
    with window.shell.desk.store.reading() as read:
        rows = outgoing.waiting(read, today=clock.today())
    (row,) = [one for one in rows if one.kind == "proposal-result"]
    assert (row.recipient, row.release) == ("제안자", "partly")
    closed(window, dialog)


def test_the_reply_alone_is_copied(window, replied: int) -> None:
    dialog = opened(window, "proposal-result", replied)
    click(dialog.draft_button)
    spin(lambda: dialog.findChildren(DraftDialog), 20)
    (draft,) = dialog.findChildren(DraftDialog)
    spin(draft.only_reply.isVisible)
    assert not clipped(draft) and not nameless(draft)
    click(draft.only_reply)
    text = QApplication.clipboard().text()
    assert text.startswith("[2021-002]") and "심사 결과: 불채택" in text
    assert "수신" not in text and "가상 제안자" not in text
    rest(window)
    dialog.kind.field.choose("proposal-receipt")
    made(dialog)
    click(dialog.draft_button)
    spin(lambda: [one for one in dialog.findChildren(DraftDialog) if one.isVisible()], 20)
    (draft,) = [one for one in dialog.findChildren(DraftDialog) if one.isVisible()]
    assert not draft.only_reply.isVisible()
    draft.reject()
    closed(window, dialog)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_lists_and_reports_open_without_a_record(window, language: str) -> None:
    window.resize(911, 480)
    window.shell.speak(language)
    for name in [name for name, one in ENTRIES.items() if one.about is About.PROPOSALS]:
        dialog = opened(window, name)
        assert dialog.bound is not None and dialog.bound.pages >= 1, name
        assert not clipped(dialog) and not nameless(dialog), name
        closed(window, dialog)
