"""Which column of a list of proposals holds which field; one must hold their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.columns import Columns
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.proposals.importing.fields import FIELDS, PARTS, titles
from gwangju_desktop.text import N_

CONSUL, DECIDIM, PETITIONS = "CONSUL", "Decidim", "청와대 국민청원"
# What some columns give away about the system a file is from, by their folded titles.
_SIGNS = (
    ({"numsupports", "code"}, CONSUL),
    ({"cachedvotesup"}, CONSUL),
    ({"petitionidx"}, PETITIONS),
    ({"participatoryspaceid"}, DECIDIM),
    ({"componentid"}, DECIDIM),
)
_NAMED = ("국민신문고", "바로소통")


class _ProposalColumns(Columns):
    def guess(self, source: Source) -> tuple[str, ...]:
        """Guess as for any list; a plain id is the number where nothing better is there."""
        found = super().guess(source)
        if source.head is None or "number" in found:
            return found
        for at, title in enumerate(source.cells[source.head]):
            if fold(title) == "id" and not found[at]:
                return (*found[:at], "number", *found[at + 1 :])
        return found


_COLUMNS = _ProposalColumns(FIELDS, titles, kind="proposals")
CHOICES = _COLUMNS.choices
guess = _COLUMNS.guess
remember = _COLUMNS.remember


def remembered(read: Session, *, source: Source) -> tuple[str, ...]:
    """Return how the source's columns were read last time, or else the guess."""
    return _COLUMNS.remembered(read, source)


def said(source: Source, mapping: Sequence[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the mapping with some columns mapped as given ("-": ignored); raises UserError."""
    found = _COLUMNS.said(source, mapping, given)
    check(source, found)
    return found


def check(source: Source, mapping: Sequence[str]) -> None:
    """Raise UserError when no column holds the proposals' words, or two hold the same field."""
    _COLUMNS.refuse_doubled(source, mapping)
    if not {"title", *PARTS} & set(mapping):
        raise UserError(
            N_("Which column of {file} holds the titles or the texts of the proposals?"),
            hint=N_("Its columns are: {columns}."),
            file=source.name,
            columns=", ".join(source.titles),
        )


def system(source: Source) -> str:
    """Return the system a file seems to come from, by its columns; "" where they do not say."""
    if source.head is None:
        return ""
    cells = source.cells[source.head]
    folded = {fold(title) for title in cells}
    for signs, name in _SIGNS:
        if signs <= folded:
            return name
    return next((name for name in _NAMED if any(name in title for title in cells)), "")


def states(source: Source, mapping: Sequence[str], most: int = 40) -> list[str]:
    """Return the words the source has for states, in their order."""
    if "status" not in mapping:
        return []
    return source.sample(list(mapping).index("status"), most)
