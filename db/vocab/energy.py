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


class TargetKind(StrEnum):
    """What a point of a target path is: only a target is compared with as one."""

    TARGET = "target"
    LEAST = "least"
    START = "start"


class AnnotationKind(StrEnum):
    """What an annotation tells of."""

    POLICY = "policy"
    WEATHER = "weather"
    METHOD = "method"
    EVENT = "event"


class AreaLevel(StrEnum):
    """How large a place is."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    DONG = "dong"
    OTHER = "other"


class Frequency(StrEnum):
    """How often figures are published."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
