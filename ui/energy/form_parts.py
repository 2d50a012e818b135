"""Parts of the forms of targets, areas, annotations and typed figures."""

from __future__ import annotations

from ui.text import say
from ui.widgets.forms import Field, Labelled


def labelled(title, field, help: str = "") -> Labelled:
    """Return a field under its label, which is its accessible name too."""
    field.setAccessibleName(say(title))
    return Labelled(title, field, help)


def filled(value: str) -> Field:
    """Return a field with words in it, shown from their beginning."""
    field = Field("")
    field.setText(value)
    field.setCursorPosition(0)
    return field
