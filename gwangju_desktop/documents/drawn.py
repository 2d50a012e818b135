"""Further kinds of blocks: how one is measured and drawn is registered with its class.

A kind's module registers both; the writer imports it, so whoever lays out can draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gwangju_desktop.documents.blocks import Block

if TYPE_CHECKING:
    from gwangju_desktop.documents.layout import Fit, Layout
    from gwangju_desktop.documents.tags import Node
    from gwangju_desktop.documents.writer_pdf import Writer

Measure = Callable[["Layout", Any, float], "Fit"]
Drawing = Callable[["Writer", "Fit", float, float, "Node"], None]

MEASURES: dict[type[Block], Measure] = {}
DRAWINGS: dict[type[Block], Drawing] = {}


def measures(kind: type[Block]) -> Callable[[Measure], Measure]:
    """Register how a kind is measured: (layout, block, width in points) to its Fit."""

    def register(measure: Measure) -> Measure:
        MEASURES[kind] = measure
        return measure

    return register


def draws(kind: type[Block]) -> Callable[[Drawing], Drawing]:
    """Register how a kind is drawn: (writer, fit, left, top in points, parent element)."""

    def register(draw: Drawing) -> Drawing:
        DRAWINGS[kind] = draw
        return draw

    return register
