"""All kinds of records on the thread, in the order of the line."""

from __future__ import annotations

from gwangju_desktop.threads import (
    actions,
    commitments,
    findings,
    indicators,
    items,
    proposals,
    review_findings,
)
from gwangju_desktop.threads.model import Noun

# A kind that comes later is one line here, its columns in thread_link, and a module like these.
NOUNS: tuple[Noun, ...] = (
    findings.NOUN,
    review_findings.NOUN,
    proposals.NOUN,
    items.NOUN,
    items.DECISIONS,
    commitments.NOUN,
    actions.NOUN,
    actions.EVIDENCES,
    indicators.NOUN,
)
BY_KEY: dict[str, Noun] = {noun.key: noun for noun in NOUNS}
# A table's first kind answers for it: an agenda item's, not its decision's.
BY_TABLE: dict[str, Noun] = {noun.table: noun for noun in reversed(NOUNS)}


def noun_of(name: str) -> Noun:
    """Return the noun of a kind or of a table; raise KeyError for neither."""
    return BY_KEY.get(name) or BY_TABLE[name]
