"""Marks on what is made again from the readings: months of days and hours, figures by indicator.

Whatever changes readings marks their months as due, in the same transaction; settling them is the
program's (db/settling.py). Nothing here is journalled: it can all be made again. No table of energy
is loaded, because every office that is opened comes by here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from db.changes import RowChange

# Period numbers: up to here years, quarters and months, then days, then hours.
DAYS, HOURS = 1_000_000, 100_000_000
_MONTH = (
    f"CASE WHEN period >= {HOURS} THEN period / 10000"
    f" WHEN period >= {DAYS} THEN period / 100 ELSE period END"
)
# What decides which readings answer for an indicator or an area, beside the readings.
_DECIDES = {
    "indicator": {"unit", "kind"},
    "indicator_source": {"indicator_id", "source_id", "rank"},
    "energy_source": {"unit"},
    "area": {"code", "parent", "valid_from", "valid_to", "level"},
    "factor": {"kind", "variant", "value", "unit", "valid_from", "valid_to"},
}


def month_of(period: int) -> int:
    """Return the month of a day or hour; a longer period as it is."""
    if period >= HOURS:
        return period // 10_000
    return period // 100 if period >= DAYS else period


def months_of(periods: Sequence[int]) -> set[int]:
    """Return the months of periods in order; those of one length take no call each."""
    first, last = periods[0], periods[-1]
    if first >= DAYS and last < HOURS:
        return {period // 100 for period in periods}
    if first >= HOURS:
        return {period // 10_000 for period in periods}
    return set(map(month_of, periods))


def mark(connection: Connection, keys: str) -> None:
    """Mark the months of the selected (series_id, period) as due; the caller has the permit."""
    connection.exec_driver_sql(
        "INSERT INTO figure_due (indicator_id, period)"
        f" SELECT DISTINCT s.indicator_id, {_MONTH} FROM ({keys}) k"
        " JOIN series s ON s.id = k.series_id WHERE true ON CONFLICT DO NOTHING"
    )
    # A series that goes with its import may leave nothing behind.
    connection.exec_driver_sql(
        "DELETE FROM reading_month WHERE series_id IN"
        f" (SELECT series_id FROM ({keys}) k WHERE period >= {DAYS})"
        f" AND CASE WHEN period >= {DAYS} THEN period / 100 ELSE period END IN"
        f" (SELECT {_MONTH} FROM ({keys}) k WHERE period >= {DAYS})"
    )


def mark_months(connection: Connection, series: Collection[int], months: Collection[int]) -> None:
    """Mark months of series that had nothing in some days or hours of them."""
    numbers = ",".join(map(str, series))
    query = f"SELECT DISTINCT indicator_id FROM series WHERE id IN ({numbers})"
    indicators = connection.exec_driver_sql(query).scalars()
    keys = [(indicator, month) for indicator in indicators for month in sorted(months)]
    statement = "INSERT INTO figure_due (indicator_id, period) VALUES (?, ?) ON CONFLICT DO NOTHING"
    connection.exec_driver_sql(statement, keys)
    # Days before, or hours beside, may have been added up already.
    made = connection.exec_driver_sql(
        f"SELECT id FROM series s WHERE id IN ({numbers})"
        " AND EXISTS (SELECT 1 FROM reading_month m WHERE m.series_id = s.id)"
    ).scalars()
    gone = [(number, key) for number in made for month in months for key in (month, month * 100)]
    if gone:
        statement = "DELETE FROM reading_month WHERE series_id = ? AND period = ?"
        connection.exec_driver_sql(statement, gone)


def unsettle(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Mark everything of the indicators whose order of sources, unit, kind or areas changed."""
    indicators: set[int] = set()
    everything = turned = False
    for row in rows:
        decides = _DECIDES.get(row.table)
        if decides is None:
            continue
        before, after = row.before or {}, row.after or {}
        if all(before.get(name) == after.get(name) for name in decides):
            continue
        if row.table == "indicator":
            if row.before is not None and row.after is not None:
                indicators.add(int(row.pk[0]))
        elif row.table == "factor":
            turned = True
        elif row.table == "indicator_source":
            indicators |= {image["indicator_id"] for image in (before, after) if image}
        else:
            everything = True
    if not indicators and not everything and not turned:
        return
    keys = "SELECT r.series_id, r.period FROM reading r"
    if not everything:
        listed = ",".join(map(str, sorted(indicators))) or "0"
        keys += (
            " JOIN series i ON i.id = r.series_id JOIN indicator n ON n.id = i.indicator_id"
            f" WHERE i.indicator_id IN ({listed})"
        )
        if turned:
            # Published in another measure than the indicator's: a factor stands between.
            keys += " OR (i.unit <> '' AND i.unit <> n.unit)"
    connection.exec_driver_sql(
        "INSERT INTO figure_due (indicator_id, period)"
        f" SELECT DISTINCT s.indicator_id, {_MONTH} FROM ({keys}) k"
        " JOIN series s ON s.id = k.series_id WHERE true ON CONFLICT DO NOTHING"
    )


def forget(connection: Connection, change: RowChange) -> None:
    """Drop what was made of an indicator whose row goes; called by the journal's replay."""
    if change.after is None:
        for table in ("energy_figure", "figure_due"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE indicator_id = {change.pk[0]}")
