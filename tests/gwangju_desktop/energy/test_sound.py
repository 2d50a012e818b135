"""The check of energy figures works on both engines, whatever the periods are."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.schema.energy import EnergyFigure, ReadingMonth
from db.store import Store
from gwangju_desktop.energy import catalogue, rollup, sound
from tests.gwangju_desktop.energy.brought import bring


def test_months_and_figures_are_worked_out_anew(store: Store) -> None:
    store.run(catalogue.set_up)
    days = [(20240100 + day, 1.1, "", "29110") for day in range(1, 32)]
    hours = [(2024020100 + hour, 0.5, "", "29110") for hour in range(1, 25)]
    store.run(bring, figures={"EL01": [*days, *hours, (202300, 12.5)]})
    store.run(rollup.settle)
    with store.reading() as read:
        assert sound.false_months(read) == []
        assert sound.false_figures(read) == []
    # Behind the program's back, in a transaction that is thrown away.
    with store.office.write.connect() as connection:
        connection.info["permit"] = True
        connection.execute(update(ReadingMonth).values(total=1.0))
        connection.execute(update(EnergyFigure).values(value=2.0))
        with Session(connection) as read:
            assert sound.false_months(read) == ["EL01 29110 2024-01", "EL01 29110 2024-02"]
            assert "EL01 29000 2023" in sound.false_figures(read)
        connection.rollback()
        connection.info.pop("permit")
