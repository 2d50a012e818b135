"""A button is as wide as its words, also where they come later."""

from __future__ import annotations

from tests.ui.conftest import rest
from tests.ui.seeing import clipped
from ui.text import N_
from ui.widgets.parts import Button, column
from ui.window import Window


def test_a_button_made_without_words_grows_with_them_and_shrinks_again(window: Window) -> None:
    made, later = Button(N_("Preview reply")), Button()
    named = Button("", "ghost", "ellipsis", name=N_("Preview reply"))
    box = column(made, later, named)
    box.setParent(window)
    box.show()
    rest(window)
    icon_wide = later.width()
    assert icon_wide == named.width() < made.width()
    later.say(N_("Preview reply"))
    named.say(N_("Preview reply"))
    box.adjustSize()
    rest(window)
    assert later.width() == made.width()
    assert named.width() > made.width()
    assert not clipped(box)
    for button in (later, named):
        button.say("")
    box.adjustSize()
    rest(window)
    assert later.width() == named.width() == icon_wide
    box.deleteLater()
