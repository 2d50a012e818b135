"""The energy catalogue: whole in a new office, completed in an older one, and never twice."""

from __future__ import annotations

import tomllib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import EnergySource, Factor, Indicator, IndicatorSource
from db.schema.office import Setting
from db.store import Store, usecase
from db.vocab import Direction, Frequency, IndicatorKind
from gwangju_desktop.energy import catalogue
from gwangju_desktop.sheets.layouts import known

# Every indicator of the domain facts, with its unit.
TOLD = {
    "EL01": "MWh",
    "GS01": "천Nm3",
    "HT01": "Gcal",
    "WT01": "m3",
    "OI01": "kL",
    "FE01": "toe",
    "EL02": "MWh/명",
    "EL03": "kWh",
    "SE01": "%",
    "BD01": "toe",
    "BD02": "kWh/m2",
    "PV01": "kW",
    "PV02": "MWh",
    "PV03": "개소",
    "RE01": "%",
    "SU01": "%",
    "SU02": "%",
    "GH01": "tCO2eq",
    "GH02": "tCO2eq/명",
    "GH03": "%",
    "EV01": "대",
    "PT01": "%",
    "CP01": "가구",
    "EW01": "가구",
}


@pytest.fixture(scope="module")
def told() -> list[dict[str, object]]:
    return tomllib.loads(resources.path("energy/catalogue.toml").read_text("utf-8"))["indicator"]


def test_every_indicator_says_what_it_is(told: list[dict[str, object]]) -> None:
    by_code = {one["code"]: one for one in told}
    assert len(by_code) == len(told)
    for code, unit in TOLD.items():
        assert by_code[code]["unit"] == unit
    for one in told:
        assert one["frequency"] in set(Frequency)
        assert one["kind"] in set(IndicatorKind)
        assert one["better"] in set(Direction)
        for word in ("level", "origin", "quality", "section"):
            assert one[word], (one["code"], word)
        assert one["name"]["ko"]
        assert one["name"]["en"].isascii() or "÷" in one["name"]["en"]
        assert bool(one.get("note", {}).get("ko")) == bool(one.get("note", {}).get("en"))


def test_every_table_named_is_known_and_feeds_its_indicator(
    told: list[dict[str, object]],
) -> None:
    feeds = {
        layout.id: {layout.indicator, *(m.indicator for m in layout.measures.values())}
        for layout in known()
    }
    for one in told:
        for source in one.get("sources", ()):
            if source not in ("city_reports", "sample"):
                assert one["code"] in feeds[source], (one["code"], source)


@usecase("Forget what came with this edition")
def forget(tx: Session) -> None:
    """Make the office one of an earlier program."""
    for row in tx.scalars(select(Factor)).all():
        tx.delete(row)
    tx.delete(tx.scalars(select(Setting).where(Setting.key == "energy.edition")).one())
    for code in ("GE01", "PP01"):
        indicator = tx.scalars(select(Indicator).where(Indicator.code == code)).one()
        for ranked in tx.scalars(
            select(IndicatorSource).where(IndicatorSource.indicator_id == indicator.id)
        ).all():
            tx.delete(ranked)
        tx.flush()
        tx.delete(indicator)
    kept = tx.scalars(select(Indicator).where(Indicator.code == "GH01")).one()
    kept.rule, kept.frequency, kept.name_ko = None, "", "온실가스(우리 시)"


@usecase("Remove one factor")
def drop(tx: Session, *, kind: str) -> None:
    tx.delete(tx.scalars(select(Factor).where(Factor.kind == kind)).one())


def order(store: Store) -> list[str]:
    with store.reading() as read:
        return list(read.scalars(select(Indicator.code).order_by(Indicator.position)))


def test_an_older_office_gets_what_it_lacks_and_keeps_its_own(store: Store) -> None:
    store.run(catalogue.set_up)
    before = order(store)
    with store.reading() as read:
        factors = read.scalars(select(Factor.kind)).all()
        assert len(factors) == 36
        assert not catalogue.incomplete(read)
    store.run(forget)
    with store.reading() as read:
        assert catalogue.incomplete(read)
    added = store.run(catalogue.complete).value
    assert added >= 38
    assert order(store) == before
    with store.reading() as read:
        kept = read.execute(
            select(Indicator.rule, Indicator.frequency, Indicator.name_ko).where(
                Indicator.code == "GH01"
            )
        ).one()
        assert kept.rule["form"] == "sum"
        assert kept.frequency == "year"
        assert kept.name_ko == "온실가스(우리 시)"
        sources = read.scalars(select(EnergySource.code)).all()
        assert len(sources) == len(set(sources))
    # What somebody takes away afterwards stays away.
    store.run(drop, kind="toe")
    assert store.run(catalogue.complete).value == 0
