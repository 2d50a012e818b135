"""The office's declared settings: key, default, meaning. Values lie in the office."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.office import Setting
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, Msg


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting: its default, and what it means to a person; `secret` ones are never shown."""

    key: str
    label: Msg
    default: Any = None
    secret: bool = False


OFFICE_NAME_KO = "office.name_ko"
OFFICE_NAME_EN = "office.name_en"
CITY_KO = "city.name_ko"
CITY_EN = "city.name_en"
OFFICE_ID = "office.id"
ID_SECRET = "office.id_secret"
TODAY = "today"

DECLARED = {
    declared.key: declared
    for declared in (
        Declared(OFFICE_NAME_KO, N_("Office name (Korean)"), "탄소중립위 사무국"),
        Declared(OFFICE_NAME_EN, N_("Office name (English)"), "Carbon Neutrality Office"),
        # The name and its codes may change by law, so they are settings (2026 merger).
        Declared(CITY_KO, N_("City (Korean)"), "광주광역시"),
        Declared(CITY_EN, N_("City (English)"), "Gwangju Metropolitan City"),
        Declared(OFFICE_ID, N_("Office number")),
        Declared(ID_SECRET, N_("Secret for coded ids"), secret=True),
        Declared(TODAY, N_("The day the sample lives on")),
    )
}


def value(read: Session, key: str) -> Any:
    """Return a setting's value, or its default; a key nobody declared is our bug."""
    declared = DECLARED[key]
    row = read.execute(select(Setting.value).where(Setting.key == key)).first()
    return declared.default if row is None else row[0]


def values(read: Session) -> dict[str, Any]:
    """Return every setting that is not secret."""
    known = {row.key: row.value for row in read.execute(select(Setting.key, Setting.value)).all()}
    return {
        key: known.get(key, declared.default)
        for key, declared in DECLARED.items()
        if not declared.secret
    }


def names(read: Session) -> dict[str, tuple[str, str]]:
    """Return the office's and the city's name by language."""
    held = values(read)
    return {
        "ko": (held[OFFICE_NAME_KO], held[CITY_KO]),
        "en": (held[OFFICE_NAME_EN], held[CITY_EN]),
    }


@usecase("Change a setting")
def change_setting(tx: Session, *, key: str, value: Any) -> str:
    """Set one declared setting; raise UserError for a key that is none or a day that is none."""
    if key not in DECLARED or DECLARED[key].secret:
        raise UserError(N_("There is no setting “{key}”."), key=key)
    if key == TODAY and value is not None:
        try:
            dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise UserError(
                N_("“{day}” is not a day; write it as 2022-03-11."), day=value
            ) from None
    _set(tx, key, value)
    return key


@usecase("Set up the office", undoable=False)
def set_up(tx: Session) -> str:
    """Give a new office its number and the secret its coded ids are made with."""
    _set(tx, OFFICE_ID, secrets.token_hex(8))
    _set(tx, ID_SECRET, secrets.token_hex(32))
    return OFFICE_ID


def _set(tx: Session, key: str, value: Any) -> None:
    row = tx.scalars(select(Setting).where(Setting.key == key)).one_or_none()
    if row is None:
        tx.add(Setting(key=key, value=value))
    else:
        row.value = value
