"""The way to healing: from an office that did not open, or damage met while working."""

from __future__ import annotations

from pathlib import Path

from db.errors import Damaged, NotAnOffice
from ui.text import N_


def begun(shell, error: BaseException) -> bool:
    """Show the ways out when an office that did not open is damaged; say whether it is."""
    if not isinstance(error, (Damaged, NotAnOffice)):
        return False
    from gwangju_desktop.salvage import offers

    if not offers.offered(error, shell.where):
        return False
    heal(shell, Path(shell.where))
    return True


def heal(shell, office: Path) -> None:
    """Close the office and show the ways out of its damage."""
    from ui.healing.page import HealingPage

    shell.alone(str(office))
    page = HealingPage(shell, office)
    shell.put_front(page)
    shell.window.side.say_stored(N_("No office is open"))
    shell.window.retitle()
    page.ways.salvage.setFocus()
    page.look()
