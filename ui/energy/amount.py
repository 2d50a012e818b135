"""A field for a number with decimals, as people write and paste it."""

from __future__ import annotations

import re
from decimal import Decimal

from gwangju_desktop.errors import UserError
from ui.text import N_
from ui.widgets.fields import Field
from ui.widgets.parts import Align

_NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d{1,2})?", re.ASCII)


class AmountField(Field):
    """A number typed as 8,973,446.068; `value()` is a float or None."""

    def __init__(self, name: str = "", value: float | None = None, width: int = 0) -> None:
        super().__init__("", name, width=width)
        self.setAlignment(Align.AlignRight)
        if value is not None:
            self.setText(plain(value))

    def value(self) -> float | None:
        """Return the number; raise UserError when it is none."""
        typed = self.text().strip()
        if not typed:
            return None
        found = _NUMBER.fullmatch(typed)
        if found is None or not any(char.isdigit() for char in typed):
            raise UserError(
                N_("“{typed}” is no number. Write it as 1,234.5 without its unit."), typed=typed
            )
        return float(typed.replace(",", "").replace("−", "-"))


def plain(value: float) -> str:
    """Write a number with all its digits: 8,973,446.068."""
    text = f"{Decimal(repr(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
