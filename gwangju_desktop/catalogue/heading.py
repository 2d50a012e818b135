"""Who sends and signs the letters of the city."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop import settings
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.text import N_, Words


def city(read: Session, about: Issuer, say: Words) -> str:
    """Return the city's name on the day of a document."""
    named = settings.values_on(read, about.on)
    english = say.language == "en" and named[settings.CITY_EN]
    return str(named[settings.CITY_EN] if english else named[settings.CITY_KO])


def mayor(read: Session, about: Issuer, say: Words) -> str:
    """Return who signs for the city."""
    return say(N_("Mayor of {city}"), city=city(read, about, say))
