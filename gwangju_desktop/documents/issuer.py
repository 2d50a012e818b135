"""Who stands round a document: whose it is, who prints it, for which day."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from gwangju_desktop.text import N_, Words


class Issuer(Protocol):
    """What stands round a document: the body it is about, the office that prints, the day."""

    @property
    def on(self) -> dt.date:
        """Return the day it is printed for."""

    @property
    def sample(self) -> bool:
        """Say whether anybody on it is made up."""

    def name(self, say: Words) -> str:
        """Return the body's name."""

    def office(self, say: Words) -> str:
        """Return the office that prints."""


def footer(about: Issuer, say: Words) -> str:
    """Return the foot: the day, the office, and whether people are made up."""
    parts = [say.day(about.on, "full"), about.office(say)]
    if about.sample:
        parts.append(say(N_("Sample data · all people are fictional")))
    return " · ".join(parts)
