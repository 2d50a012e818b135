"""A proposer is erased from the form: shown whole before, confirmed by typing the name."""

from __future__ import annotations

import pytest

from gwangju_desktop import clock, text
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import TODAY, View, empty_copy
from tests.ui.seeing import clipped, nameless
from ui.proposals.erase import EraseProposerDialog


@pytest.fixture
def view(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    return made


def opened(view, id: int) -> EraseProposerDialog:
    dialog = EraseProposerDialog(view.window(), view.desk, view.one(id))
    dialog.open()
    spin(lambda: dialog.known)
    rest(view.window())
    return dialog


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_one_of_several_goes_after_the_name_was_typed(view, language: str) -> None:
    text.use(language)
    two = [{"name": "가상하나", "phone": "010-0000-1234"}, {"name": "가상둘"}]
    id = view.register(text="가상둘이 적음(예시)", proposers=two)
    dialog = opened(view, id)
    assert dialog.known.name == "가상하나" and not dialog.button.isEnabled()
    dialog.who.field.setCurrentIndex(1)
    spin(lambda: dialog.known and dialog.known.name == "가상둘")
    rest(view.window())
    assert not clipped(dialog) and not nameless(dialog)
    type_into(dialog.name.field, "가상하나")
    assert not dialog.button.isEnabled()
    type_into(dialog.name.field, "가상둘")
    click(dialog.button)
    rest(view.window())
    spin(lambda: view.one(id).text == "○○○이 적음(예시)")
    assert [one.name for one in view.one(id).proposers] == ["가상하나", ""]
    assert view.desk.idle


def test_a_lone_proposer_is_not_chosen(view) -> None:
    id = view.register()
    dialog = opened(view, id)
    assert not dialog.who.isVisible() and dialog.known.name == "가상 시민"
    dialog.reject()
    assert view.one(id).proposers[0].name == "가상 시민"
