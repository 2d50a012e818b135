"""Is the office whole: file, references, journal, index, papers, figures of polls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import integrity, search
from db.errors import Damaged
from db.schema.energy import Boundary
from db.schema.papers import StoredFile
from db.store import Store
from gwangju_desktop import history
from gwangju_desktop.energy import sound as figures_sound
from gwangju_desktop.members import access as access_record
from gwangju_desktop.polls import sound
from gwangju_desktop.text import N_, Msg, say


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: `what` a msgid, `where` the place."""

    what: Msg
    where: str


def check(store: Store) -> list[Finding]:
    """Return everything found wrong; an empty list is a whole office."""
    findings: list[Finding] = []
    for what, look in _LOOKS:
        try:
            with store.reading() as read:
                findings += [Finding(what, where) for where in look(read)]
        except Damaged as error:
            # Damage in one place hides nothing that can still be read elsewhere.
            findings.append(damage(error))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # Nor do records that contradict each other, after a salvage for instance.
            findings.append(Finding(what, say(N_("the records contradict each other"))))
    try:
        findings += _papers(store)
    except Damaged as error:
        findings.append(damage(error))
    return list(dict.fromkeys(findings))


def damage(error: Damaged) -> Finding:
    """Return the finding for a file that could not be read to its end."""
    return Finding(DAMAGED, str(error))


def _papers(store: Store) -> list[Finding]:
    with store.reading() as read:
        files = read.execute(select(StoredFile.name, StoredFile.sha256, StoredFile.clean)).all()
        drawn = read.execute(select(Boundary.file_name, Boundary.sha256)).all()
    findings = []
    named = [(file.name, (file.sha256, file.clean)) for file in files]
    named += [(file.file_name, (file.sha256, None)) for file in drawn]
    for name, digests in named:
        for digest in filter(None, digests):
            try:
                store.papers.path(digest)
            except FileNotFoundError:
                findings.append(Finding(PAPERS[0], name))
            except (Damaged, OSError):
                findings.append(Finding(PAPERS[1], name))
    return findings


DAMAGED = N_("The file is damaged")
PAPERS = (N_("A paper's file is missing"), N_("A paper's file was changed or cannot be read"))
_LOOKS: tuple[tuple[Msg, Callable[[Session], list[str]]], ...] = (
    (DAMAGED, lambda read: integrity.faults(read.connection())),
    (N_("The journal was changed outside the program"), history.verify),
    (N_("The access record was changed outside the program"), access_record.altered),
    (
        N_("The search index differs from the records"),
        lambda read: search.differences(read.connection()),
    ),
    (N_("Raw answers of a poll are missing or cannot be read"), sound.without_answers),
    (N_("The wording of a poll question was changed outside the program"), sound.other_wording),
    (N_("The totals of a poll do not add up"), sound.false_sums),
    (N_("The totals of a poll differ from its answers"), sound.false_totals),
    (N_("A sum of energy readings is not that of its days or hours"), figures_sound.false_months),
    (
        N_("A figure of an energy indicator is not that of its readings"),
        figures_sound.false_figures,
    ),
)
