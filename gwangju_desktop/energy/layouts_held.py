"""Layouts of published tables that this office declared itself, beside those that are shipped.

A declaration is a small TOML file in the form of the shipped ones; it says how a table is known
and only what the table never says of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import Dataset, EnergyLayout, EnergySource, Indicator
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets import declaring, layouts
from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.text import N_

# A declaration is some ten lines; this is a file that is none.
_LONGEST = 64_000


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One layout; `datasets` counts the files read with it. `id` of a shipped one is negative."""

    id: int
    own: bool
    code: str
    title: str
    publisher: str
    indicators: tuple[str, ...]
    unit: str
    file_name: str
    datasets: int


def read_declaration(path: Path) -> str:
    """Return the text of a declaration's file; raises UserError for what is no short text."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            N_("{file} is not there."), hint=N_("Check the file's name."), file=path.name
        ) from None
    except (OSError, UnicodeDecodeError):
        data, text = b"", ""
    if not text or len(data) > _LONGEST:
        raise UserError(
            N_("{file} cannot be read as a table layout."),
            hint=N_("Choose the small TOML file that declares one table."),
            file=path.name,
        )
    return text


@usecase("Add table layout")
def add_layout(tx: Session, *, declaration: str, file_name: str = "") -> int:
    """Keep a declaration (TOML), in place of this office's own of the same name; return its id.

    Raises UserError for what is no declaration, or one of indicators this office has not.
    """
    layout = _checked(tx, declaration)
    held = tx.scalars(select(EnergyLayout).where(EnergyLayout.code == layout.id)).one_or_none()
    if held is None:
        held = EnergyLayout(code=layout.id, title="", declaration="")
        tx.add(held)
    held.title = writable(layout.title_ko)
    held.declaration = declaration
    held.file_name = writable(file_name)
    tx.flush()
    return held.id


@usecase("Remove table layout")
def remove_layout(tx: Session, *, id: int) -> None:
    """Forget a declaration; files read with it stay. Raises UserError when there is none."""
    held = tx.get(EnergyLayout, id)
    if held is None:
        raise UserError(N_("There is no table layout {id}."), id=id)
    tx.delete(held)


def declared(read: Session) -> tuple[str, ...]:
    """Return this office's own declarations, as they were added."""
    query = select(EnergyLayout.declaration).order_by(EnergyLayout.id)
    return tuple(read.scalars(query))


def declaration(read: Session, *, code: str) -> str:
    """Return the text of a layout's declaration, this office's own before the shipped one.

    Raises UserError when there is no such layout.
    """
    query = select(EnergyLayout.declaration).where(EnergyLayout.code == code)
    held = read.scalars(query).one_or_none()
    if held is not None:
        return held
    file = resources.path("layouts", f"{code}.toml")
    if not file.is_file():
        raise UserError(N_("There is no table layout {id}."), id=code)
    return file.read_text("utf-8")


def layout_rows(read: Session) -> list[LayoutRow]:
    """Return the layouts files are known by: this office's own, then the shipped ones."""
    own = {
        row.code: (row.id, row.file_name)
        for row in read.execute(
            select(EnergyLayout.id, EnergyLayout.code, EnergyLayout.file_name)
        ).all()
    }
    used: dict[str, int] = {
        row[0]: row[1]
        for row in read.execute(
            select(EnergySource.code, func.count())
            .join(Dataset, Dataset.source_id == EnergySource.id)
            .group_by(EnergySource.code)
        ).all()
    }
    found = [
        LayoutRow(
            id=own[one.id][0] if one.id in own else -place,
            own=one.id in own,
            code=one.id,
            title=named(one.title_ko, one.title_en),
            publisher=one.publisher,
            indicators=_indicators(one),
            unit=one.unit,
            file_name=own[one.id][1] if one.id in own else "",
            datasets=used.get(one.id, 0),
        )
        for place, one in enumerate(layouts.known(declared(read)), start=1)
    ]
    return sorted(found, key=lambda row: (not row.own, row.publisher, row.title))


def _indicators(layout: Layout) -> tuple[str, ...]:
    codes = [layout.indicator, *(one.indicator for one in layout.measures.values())]
    return tuple(dict.fromkeys(code for code in codes if code))


def _checked(tx: Session, declaration: str) -> Layout:
    layout = declaring.parse(declaration)
    wanted = _indicators(layout)
    held = set(tx.scalars(select(Indicator.code).where(Indicator.code.in_(wanted))))
    lacking = [code for code in wanted if code not in held]
    if lacking:
        raise UserError(
            N_("The layout fills the indicator {code}, which this office does not have."),
            hint=N_("Add the indicator first, or correct its code in the file."),
            code=lacking[0],
        )
    return layout
