"""What a person can put right."""

from __future__ import annotations

from gwangju_desktop.text import Msg, say


class UserError(Exception):
    """A refusal in one sentence that says what, where and what to do; the form stays open.

    `message` and `hint` are msgids; `values` fill both. `str()` speaks the current language.
    """

    def __init__(self, message: Msg, *, hint: Msg | None = None, **values: object) -> None:
        super().__init__(message)
        self.message, self.hint, self.values = message, hint, values

    def __str__(self) -> str:
        text = say(self.message, **self.values)
        return f"{text} {say(self.hint, **self.values)}" if self.hint else text


class Cancelled(Exception):
    """The person stopped a long piece of work; nothing was changed."""
