"""Words of indicators."""

from __future__ import annotations

from enum import StrEnum


class IndicatorKind(StrEnum):
    """How an indicator adds up over time: flows add, stocks and rates do not."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Direction(StrEnum):
    """Which way is better."""

    DOWN = "down"
    UP = "up"
    NONE = "none"
