"""The office's declared settings: key, default, meaning. Values lie in the office.

What laws change (names, codes, ordinances) has values with days: the one in force on a day counts,
and where none is, the setting's own value or default.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db import baton
from db.schema.office import Setting, SettingPeriod
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_, Msg

NOTHING = Msg("")


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting: its default, and what it means to a person; `secret` ones are never shown.

    `kind` says what may be typed: "text", "count", "day" or "address"; "" for what a form or the
    program itself sets. `about` says what it does and where it counts.
    """

    key: str
    label: Msg
    default: Any = None
    secret: bool = False
    kind: str = "text"
    about: Msg = NOTHING


OFFICE_NAME_KO = "office.name_ko"
OFFICE_NAME_EN = "office.name_en"
CITY_KO = "city.name_ko"
CITY_EN = "city.name_en"
CITY_CODE = "city.code"
ORDINANCE_COMMITTEES = "ordinance.committees"
ORDINANCE_CLIMATE = "ordinance.climate"
ORDINANCE_ENERGY = "ordinance.energy"
SMALL_CELL = "inclusion.small_cell"
OFFICE_ID = "office.id"
ID_SECRET = "office.id_secret"
TODAY = "today"
PAPER_SECURITY = "papers.security"
PAPER_FORM = "paper.form"
PAPER_LOGO = "paper.logo"
ENERGY_EDITION = "energy.edition"
SITE_ADDRESS = "site.address"
FORMER_MONTHS = "privacy.former_months"
HANDOVER = baton.KEY

_HEAD = N_("Stands at the head of the window, on documents and on the public site.")
_ORDINANCE = N_("Quoted in documents and rules where the ordinance is the ground.")

DECLARED = {
    declared.key: declared
    for declared in (
        Declared(OFFICE_NAME_KO, N_("Office name (Korean)"), "탄소중립위 사무국", about=_HEAD),
        Declared(
            OFFICE_NAME_EN, N_("Office name (English)"), "Carbon Neutrality Office", about=_HEAD
        ),
        # The name and its codes may change by law, so they are settings (2026 merger).
        Declared(CITY_KO, N_("City (Korean)"), "광주광역시", about=_HEAD),
        Declared(CITY_EN, N_("City (English)"), "Gwangju Metropolitan City", about=_HEAD),
        Declared(
            CITY_CODE,
            N_("City code"),
            "29000",
            about=N_("By this code the city's figures are found in published tables."),
        ),
        Declared(
            ORDINANCE_COMMITTEES,
            N_("Committee ordinance"),
            "광주광역시 각종위원회 구성 및 운영 등에 관한 조례",
            about=_ORDINANCE,
        ),
        Declared(
            ORDINANCE_CLIMATE,
            N_("Climate ordinance"),
            "광주광역시 기후위기 대응 기본 조례",
            about=_ORDINANCE,
        ),
        Declared(
            ORDINANCE_ENERGY,
            N_("Energy ordinance"),
            "광주광역시 에너지 기본 조례",
            about=_ORDINANCE,
        ),
        Declared(
            SMALL_CELL,
            N_("Counts of people below this are hidden"),
            5,
            kind="count",
            about=N_("In tables of members by group, so that nobody is recognised by them."),
        ),
        Declared(
            FORMER_MONTHS,
            N_("Months contact data of former members is kept"),
            12,
            kind="count",
            about=N_(
                "From the end of the last seat; then they are listed as due. The law names no"
                " period, so the office's privacy officer decides."
            ),
        ),
        Declared(OFFICE_ID, N_("Office number"), kind=""),
        Declared(ID_SECRET, N_("Secret for coded ids"), secret=True, kind=""),
        Declared(
            TODAY,
            N_("The day the sample lives on"),
            kind="day",
            about=N_(
                "Deadlines count from this day; empty for the day it is. For samples, courses."
            ),
        ),
        Declared(PAPER_SECURITY, N_("Beginnings of files under document security"), kind=""),
        Declared(PAPER_FORM, N_("Form of documents"), kind=""),
        Declared(PAPER_LOGO, N_("Logo of the letterhead"), kind=""),
        Declared(ENERGY_EDITION, N_("Edition of the energy catalogue"), 0, kind=""),
        # Not shown, not copied to another office: it says which copy may be written.
        Declared(HANDOVER, N_("Handing over of the office file"), secret=True, kind=""),
        Declared(
            SITE_ADDRESS,
            N_("Web address of the public site"),
            kind="address",
            about=N_("Where the site will lie; its feeds, site map and picture cards name it."),
        ),
    )
}
# What may have another value from a day on, in the order it is shown.
PERIODIC = (
    CITY_KO,
    CITY_EN,
    OFFICE_NAME_KO,
    OFFICE_NAME_EN,
    CITY_CODE,
    ORDINANCE_COMMITTEES,
    ORDINANCE_CLIMATE,
    ORDINANCE_ENERGY,
)
EVE = dt.timedelta(days=1)
NO_PERIOD = N_("There is no dated setting {id}.")


@dataclass(frozen=True, slots=True)
class Period:
    """A setting's value from a day to a day or open, with where it stands."""

    id: int
    key: str
    value: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str


def value(read: Session, key: str) -> Any:
    """Return a setting's value, or its default; a key nobody declared is our bug."""
    declared = DECLARED[key]
    row = read.execute(select(Setting.value).where(Setting.key == key)).first()
    return declared.default if row is None else row[0]


def values(read: Session) -> dict[str, Any]:
    """Return every setting that is not secret."""
    return _held(read)


def _held(read: Session) -> dict[str, Any]:
    known = {row.key: row.value for row in read.execute(select(Setting.key, Setting.value)).all()}
    return {
        key: known.get(key, declared.default)
        for key, declared in DECLARED.items()
        if not declared.secret
    }


def values_on(read: Session, day: dt.date) -> dict[str, Any]:
    """Return every setting that is not secret as it holds on a day."""
    held = values(read)
    for period in periods(read, on=day):
        held[period.key] = period.value
    return held


def value_on(read: Session, key: str, day: dt.date) -> Any:
    """Return a setting's value on a day: that of the period it lies in, else the setting's own."""
    dated = [period.value for period in periods(read, on=day) if period.key == key]
    return dated[-1] if dated else value(read, key)


def periods(read: Session, *, on: dt.date | None = None) -> list[Period]:
    """List the dated values, those of one setting by their first day; `on` keeps that day's."""
    query = select(
        SettingPeriod.id,
        SettingPeriod.key,
        SettingPeriod.value,
        SettingPeriod.valid_from,
        SettingPeriod.valid_to,
        SettingPeriod.source,
    )
    if on is not None:
        query = query.where(
            SettingPeriod.valid_from <= on,
            or_(SettingPeriod.valid_to.is_(None), SettingPeriod.valid_to >= on),
        )
    found_rows = read.execute(query.order_by(SettingPeriod.valid_from, SettingPeriod.id))
    rows = [Period(**row) for row in found_rows.mappings() if row["key"] in PERIODIC]
    return sorted(rows, key=lambda row: PERIODIC.index(row.key))


def names(read: Session, on: dt.date | None = None) -> dict[str, tuple[str, str]]:
    """Return the office's and the city's name by language, as they are on a day (today)."""
    held = values_on(read, on or clock.today())
    return {
        "ko": (held[OFFICE_NAME_KO], held[CITY_KO]),
        "en": (held[OFFICE_NAME_EN], held[CITY_EN]),
    }


def typed(key: str, text: str) -> Any:
    """Read a setting's value as a person types it; "" takes it back to its default.

    Raises UserError for a setting that is none or is set by its form, and for another kind of value.
    """
    declared = DECLARED.get(key)
    if declared is None or declared.secret:
        raise UserError(NO_SETTING, key=key)
    text = text.strip()
    if not declared.kind:
        raise UserError(
            N_("“{key}” is not set by typing."), hint=N_("Its form in the window does."), key=key
        )
    if not text:
        return declared.default
    if declared.kind == "count" and not (text.isascii() and text.isdigit()):
        raise UserError(N_("“{value}” is not a count."), value=text)
    if declared.kind == "address" and not _ADDRESS.fullmatch(text):
        raise UserError(
            N_("“{value}” is not a web address; write it as https://www.example.kr/carbon."),
            value=text,
        )
    return int(text) if declared.kind == "count" else text


_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?")
NO_SETTING = N_("There is no setting “{key}”.")


@usecase("Change settings")
def change_settings(tx: Session, *, values: Mapping[str, Any]) -> int:
    """Set several declared settings in one step; return how many differ from before.

    Raises UserError as `change_setting` does.
    """
    held = _held(tx)
    new = {key: value for key, value in values.items() if held.get(key) != value}
    for key, value in new.items():
        change_setting(tx, key=key, value=value)
    return len(new)


@usecase("Change a setting")
def change_setting(tx: Session, *, key: str, value: Any) -> str:
    """Set one declared setting; raise UserError for a key that is none or a day that is none."""
    if key not in DECLARED or DECLARED[key].secret:
        raise UserError(NO_SETTING, key=key)
    if key == TODAY and value is not None:
        try:
            dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise UserError(
                N_("“{day}” is not a day; write it as 2022-03-11."), day=value
            ) from None
    _set(tx, key, value)
    return key


@usecase("Change names and codes")
def change_from(tx: Session, *, values: Mapping[str, str], valid_from: dt.date, source: str) -> int:
    """Give settings new values from a day on, all in one step; return how many were new.

    The value before ends on the eve; where a later one is known, the new one ends on its eve.
    Raises UserError without a source or for a value that is empty.
    """
    texts = tidy({"source": source}, ("source",))
    required(texts["source"], N_("A change of names or codes needs its source (law, article)."))
    held = values_on(tx, valid_from)
    new = {key: text for key, text in _texts(values).items() if text != held[key]}
    if not new:
        raise UserError(N_("Nothing differs from what holds on {day:full}."), day=valid_from)
    for key, text in new.items():
        _begin(tx, key, text, valid_from, texts["source"])
    return len(new)


@usecase("Edit a dated name or code")
def edit_period(
    tx: Session,
    *,
    id: int,
    value: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    source: str,
) -> int:
    """Change a dated value; raises UserError where its days would meet another's."""
    row = found(tx, SettingPeriod, id, NO_PERIOD)
    texts = tidy({"source": source}, ("source",))
    required(texts["source"], N_("A change of names or codes needs its source (law, article)."))
    if valid_to is not None and valid_to < valid_from:
        raise UserError(
            N_("The last day ({end:full}) is before the first ({start:full})."),
            hint=N_("Correct one of the two."),
            start=valid_from,
            end=valid_to,
        )
    for other in _dated(tx, row.key):
        apart = (other.valid_to is not None and other.valid_to < valid_from) or (
            valid_to is not None and valid_to < other.valid_from
        )
        if other.id != id and not apart:
            raise UserError(
                N_("“{value}” holds from {day:full} on; the days of two values may not meet."),
                hint=N_("Correct one of the two."),
                value=other.value,
                day=other.valid_from,
            )
    text = _texts({row.key: value})[row.key]
    change(row, {"value": text, "valid_from": valid_from, "valid_to": valid_to, **texts})
    return id


@usecase("Remove a dated name or code")
def remove_period(tx: Session, *, id: int) -> str:
    """Take a dated value away; the one before it holds on to the day this one ended."""
    row = found(tx, SettingPeriod, id, NO_PERIOD)
    key = row.key
    before = [other for other in _dated(tx, key) if other.valid_to == row.valid_from - EVE]
    for other in before:
        other.valid_to = row.valid_to
    tx.delete(row)
    return key


def _texts(values: Mapping[str, str]) -> dict[str, str]:
    texts = tidy(values, PERIODIC)
    for key, text in texts.items():
        if not text:
            raise UserError(N_("“{name}” may not be empty."), name=DECLARED[key].label)
    return texts


def _dated(tx: Session, key: str) -> list[SettingPeriod]:
    rows = select(SettingPeriod).where(SettingPeriod.key == key)
    return list(tx.scalars(rows.order_by(SettingPeriod.valid_from)).all())


def _begin(tx: Session, key: str, text: str, day: dt.date, source: str) -> None:
    """Let a value begin on a day between those before and after it."""
    ends = None
    for other in _dated(tx, key):
        if other.valid_from == day:
            change(other, {"value": text, "source": source})
            return
        if other.valid_from < day and (other.valid_to is None or other.valid_to >= day):
            other.valid_to = day - EVE
        elif other.valid_from > day and ends is None:
            ends = other.valid_from - EVE
    tx.add(SettingPeriod(key=key, value=text, valid_from=day, valid_to=ends, source=source))
    tx.flush()


@usecase("Set up the office", undoable=False)
def set_up(tx: Session) -> str:
    """Give a new office its number and the secret its coded ids are made with."""
    _set(tx, OFFICE_ID, secrets.token_hex(8))
    _set(tx, ID_SECRET, secrets.token_hex(32))
    return OFFICE_ID


def hand_over(tx: Session, value: Mapping[str, Any]) -> None:
    """Write down who has the office file; for gwangju_desktop.handover alone."""
    _set(tx, HANDOVER, dict(value))


@usecase("Name the office", undoable=False)
def name_office(tx: Session, *, values: Mapping[str, str]) -> int:
    """Give a new office and its city their names; raises UserError for an empty one."""
    texts = _texts(values)
    for key, text in texts.items():
        _set(tx, key, text)
    return len(texts)


def _set(tx: Session, key: str, value: Any) -> None:
    row = tx.scalars(select(Setting).where(Setting.key == key)).one_or_none()
    if row is None:
        tx.add(Setting(key=key, value=value))
    else:
        row.value = value
