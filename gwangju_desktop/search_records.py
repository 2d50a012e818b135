"""Records found by words, for the palette and the command line; narrowed by page, body and days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import schema, search
from db.schema.answers import PollBatch, PollFinding, PollTag
from db.schema.energy import Annotation, Dataset, Factor, Indicator
from db.schema.handling import (
    ProposalBoard,
    ProposalNote,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.members import Body, BodyName, Membership, Organisation, Person
from db.schema.people import Affiliation, PersonAlias
from db.schema.polls import Poll, PollOption, PollPart, PollQuestion, PollWave, WaveQuestion
from db.schema.posts import Post
from db.schema.proposals import OutsideNumber, Proposal, ProposalFile, Proposer
from gwangju_desktop import search_facts, search_files, search_promises, search_sittings
from gwangju_desktop.search_found import EVERY, Filters, Finder, Found, excerpt, led, named

# Rows looked at for each record shown: some only lead to another record, filters leave some out.
LOOKED_AT, LOOKED_AT_NARROWED = 3, 30
PAGES_OF_ONE = 8
MOST_OF_ONE = 100  # people that one search shows of the organisations it found


def find(
    read: Session,
    *,
    words: str,
    limit: int = 20,
    filters: Filters = EVERY,
) -> list[Found]:
    """Return records whose text contains `words`, what files say after what records say.

    Initial consonants stand for syllables, but not in files.
    """
    looked_at = limit * (LOOKED_AT_NARROWED if filters.narrow else LOOKED_AT)
    folded = search.fold(words)
    found = _of_hits(read, search.find(read.connection(), words, looked_at))
    # What is called so comes before what only mentions it.
    found.sort(key=lambda one: not _called(one, folded))
    chosen = _narrowed(read, found, filters, limit)
    if len(chosen) < limit and len(folded) > 1:
        # A file that says it on one page says it on others.
        pages = search.find(read.connection(), words, looked_at * PAGES_OF_ONE, long=True)
        chosen += _narrowed(read, _of_hits(read, pages), filters, limit - len(chosen))
    return _with_excerpts(read, chosen, folded)


def bodies(read: Session) -> list[tuple[int, str]]:
    """Return id and name of the bodies a search may be narrowed to, as the register has them."""
    query = select(Body.id, Body.name_ko, Body.name_en).order_by(Body.position, Body.id)
    return [(id, named(korean, english)) for id, korean, english in read.execute(query).all()]


def _of_hits(read: Session, hits: Iterable[tuple[str, int]]) -> list[Found]:
    by_table: dict[str, list[int]] = {}
    for table, ref in hits:
        by_table.setdefault(table, []).append(ref)
    found: dict[tuple[str, int], Found] = {}
    for table, refs in by_table.items():
        own = set(refs)
        for record in SHOWN.get(table, _nothing)(read, refs):
            if record.hit is None and record.table == table and record.id in own:
                record = replace(record, hit=(table, record.id))
            found.setdefault((record.table, record.id), record)
    return list(found.values())


def _narrowed(read: Session, found: list[Found], filters: Filters, limit: int) -> list[Found]:
    if filters.kinds:
        found = [one for one in found if one.table in filters.kinds]
    if not filters.narrow:
        found = found[:limit]
    told = search_facts.told(read, found, bodies=filters.body_id is not None)
    return [one for one in told if filters.lets(one)][:limit]


def _with_excerpts(read: Session, found: list[Found], folded: str) -> list[Found]:
    """Say of each record whose name does not hold what was asked where it stands."""
    by_table: dict[str, dict[int, str]] = {}
    for one in found:
        if one.hit and not one.excerpt:
            by_table.setdefault(one.hit[0], {})[one.hit[1]] = ""
    for table, texts in by_table.items():
        fields = (search.LONG[table],) if table in search.LONG else search.searched()[table]
        columns = schema.table(table).c
        rows = read.execute(
            select(columns.id, *(columns[name] for name in fields)).where(columns.id.in_(texts))
        ).all()
        for row in rows:
            said = (excerpt(field, folded) for field in row[1:] if isinstance(field, str))
            texts[row[0]] = next(filter(None, said), "")
    return [
        replace(one, excerpt=words)
        if one.hit
        and (words := by_table.get(one.hit[0], {}).get(one.hit[1], ""))
        and folded not in search.fold(f"{one.title} {one.detail}")
        else one
        for one in found
    ]


def _called(one: Found, folded: str) -> bool:
    texts = (one.title, *one.detail.split(" · "))
    return any(search.fold(text).startswith(folded) for text in texts)


def where(read: Session, table: str, id: int) -> Found | None:
    """Return the page and the record that show a row; None where no page does."""
    return next(iter(SHOWN.get(table, _nothing)(read, [id])), None)


def _nothing(_read: Session, _refs: Sequence[int]) -> list[Found]:
    return []


def _people(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Person.id, Person.name, Organisation.name_ko, Organisation.name_en, Membership.post)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.id.in_(refs), Person.merged_into_id.is_(None), Person.erased_on.is_(None))
        .order_by(Person.name, Membership.id)
    )
    return [
        Found(
            "person",
            row[0],
            row[1],
            " ".join(filter(None, (named(row[2] or "", row[3] or ""), row[4]))),
            "members",
            ("person", row[0]),
        )
        for row in read.execute(query).all()
    ]


def _aliases(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(PersonAlias.person_id).where(PersonAlias.id.in_(refs)).distinct()
    return _people(read, read.scalars(query).all())


def _organisations(read: Session, refs: Sequence[int]) -> list[Found]:
    """Return who belongs to organisations: a person is how one is shown."""
    query = select(Membership.person_id).where(Membership.organisation_id.in_(refs)).distinct()
    # Of an organisation with thousands nobody reads the thousandth.
    return _people(read, read.scalars(query.limit(MOST_OF_ONE)).all())


def _posts(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Post.id, Post.name_ko, Post.name_en, Organisation.name_ko, Organisation.name_en)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id.in_(refs))
        .order_by(Post.position, Post.id)
    )
    return [
        Found(
            "post",
            row[0],
            named(row[1], row[2]),
            named(row[3] or "", row[4] or ""),
            "members",
            ("post", row[0]),
        )
        for row in read.execute(query).all()
    ]


def _bodies(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Body.id, Body.name_ko, Body.name_en).where(Body.id.in_(refs))
    return [
        Found("body", row[0], named(row[1], row[2]), "", "members", ("body", row[0]))
        for row in read.execute(query).all()
    ]


def _body_names(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Body.id, Body.name_ko, Body.name_en, BodyName.name)
        .join(BodyName, BodyName.body_id == Body.id)
        .where(BodyName.id.in_(refs))
    )
    return [
        Found("body", row[0], named(row[1], row[2]), row[3], "members", ("body", row[0]))
        for row in read.execute(query).all()
    ]


def _indicators(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Indicator.id, Indicator.code, Indicator.name_ko, Indicator.name_en)
    return [
        Found("indicator", row[0], named(row[2], row[3]), row[1], "energy", ("indicator", row[0]))
        for row in read.execute(query.where(Indicator.id.in_(refs))).all()
    ]


def _factors(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Factor.id, Factor.name_ko, Factor.name_en, Factor.value, Factor.unit)
    return [
        Found("factor", id, named(ko, en), f"{value:,.10g} {unit}", "energy", ("factor", id))
        for id, ko, en, value, unit in read.execute(query.where(Factor.id.in_(refs))).all()
    ]


def _annotations(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Annotation.id, Annotation.text, Annotation.source)
    return [
        Found("annotation", id, words, source, "energy", ("annotation", id))
        for id, words, source in read.execute(query.where(Annotation.id.in_(refs))).all()
    ]


def _datasets(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Dataset.id, Dataset.title, Dataset.publisher, Dataset.file_name)
    return [
        Found("dataset", id, title, f"{publisher} · {file}", "energy", ("dataset", id))
        for id, title, publisher, file in read.execute(query.where(Dataset.id.in_(refs))).all()
    ]


def _proposal(id: int, title: str, detail: str) -> Found:
    return Found("proposal", id, title, detail, "proposals", ("proposal", id))


def _proposals(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Proposal.id, Proposal.title, Proposal.number, Proposal.department)
    found = read.execute(query.where(Proposal.id.in_(refs)).order_by(Proposal.id.desc())).all()
    return [
        _proposal(row.id, row.title, " · ".join(filter(None, (row.number, row.department))))
        for row in found
    ]


def _outside_numbers(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Proposal.id, Proposal.title, OutsideNumber.system, OutsideNumber.number)
        .join(OutsideNumber, OutsideNumber.proposal_id == Proposal.id)
        .where(OutsideNumber.id.in_(refs))
    )
    return [
        _proposal(row.id, row.title, f"{row.system} {row.number}")
        for row in read.execute(query).all()
    ]


def _proposers(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Proposal.id, Proposal.title, Proposal.number, Proposer.name)
        .join(Proposer, Proposer.proposal_id == Proposal.id)
        .where(Proposer.id.in_(refs))
        .order_by(Proposal.id.desc())
    )
    return [
        _proposal(row.id, row.title, " · ".join(filter(None, (row.number, row.name))))
        for row in read.execute(query).all()
    ]


def _calls(read: Session, refs: Sequence[int]) -> list[Found]:
    """Return the latest proposals that answered a call."""
    query = select(Proposal.id).where(Proposal.call_id.in_(refs)).order_by(Proposal.id.desc())
    return _proposals(read, read.scalars(query.limit(len(refs) * 3)).all())


def _polls(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Poll.id, Poll.name, Poll.name_en, Poll.commissioner)
        .where(Poll.id.in_(refs))
        .order_by(Poll.id.desc())
    )
    return [
        Found("poll", id, named(name, name_en), commissioner, "polls", ("poll", id))
        for id, name, name_en, commissioner in read.execute(query).all()
    ]


def _waves(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(PollWave.id, PollWave.label, Poll.name, Poll.name_en)
        .join(Poll, Poll.id == PollWave.poll_id)
        .where(PollWave.id.in_(refs))
        .order_by(PollWave.id.desc())
    )
    return [
        Found("poll_wave", id, label, named(name, name_en), "polls", ("poll_wave", id))
        for id, label, name, name_en in read.execute(query).all()
    ]


def _questions(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(PollQuestion, Poll.name, Poll.name_en)
        .join(Poll, Poll.id == PollQuestion.poll_id)
        .where(PollQuestion.id.in_(refs))
        .order_by(PollQuestion.id.desc())
    )
    return [
        Found(
            "poll_question",
            row.id,
            named(row.title, row.title_en) or row.wording or row.code,
            " · ".join((named(name, name_en), row.code)),
            "polls",
            ("poll_question", row.id),
        )
        for row, name, name_en in read.execute(query).all()
    ]


def _of_questions(entity: Any) -> Callable[[Session, Sequence[int]], list[Found]]:
    """Return what finds the questions that options or parts belong to."""

    def found(read: Session, refs: Sequence[int]) -> list[Found]:
        query = select(entity.question_id).where(entity.id.in_(refs)).distinct()
        return _questions(read, read.scalars(query).all())

    return found


def _batches(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(PollBatch.wave_id).where(PollBatch.id.in_(refs)).distinct()
    return _waves(read, read.scalars(query).all())


def _asked(entity: Any, page_table: str, title: Any) -> Callable[..., list[Found]]:
    """Return what finds findings and tags, with the question and the wave they are of."""

    def found(read: Session, refs: Sequence[int]) -> list[Found]:
        query = (
            select(entity.id, title, PollQuestion.title, PollQuestion.code, PollWave.label)
            .join(WaveQuestion, WaveQuestion.id == entity.wave_question_id)
            .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
            .join(PollWave, PollWave.id == WaveQuestion.wave_id)
            .where(entity.id.in_(refs))
            .order_by(entity.id.desc())
        )
        return [
            Found(
                page_table,
                id,
                words,
                " · ".join((label, question or code)),
                "polls",
                (page_table, id),
            )
            for id, words, question, code, label in read.execute(query).all()
        ]

    return found


SHOWN: dict[str, Finder] = {
    **search_sittings.SHOWN,
    **search_promises.SHOWN,
    **search_files.SHOWN,
    "person": _people,
    "person_alias": _aliases,
    "affiliation": led(Affiliation, "person_id", _people),
    "membership": led(Membership, "person_id", _people),
    "organisation": _organisations,
    "post": _posts,
    "body": _bodies,
    "body_name": _body_names,
    "indicator": _indicators,
    "factor": _factors,
    "annotation": _annotations,
    "dataset": _datasets,
    "proposal": _proposals,
    "outside_number": _outside_numbers,
    "proposer": _proposers,
    "proposal_file": led(ProposalFile, "proposal_id", _proposals),
    "proposal_step": led(ProposalStep, "proposal_id", _proposals),
    "proposal_supplement": led(ProposalSupplement, "proposal_id", _proposals),
    "proposal_opinion": led(ProposalOpinion, "proposal_id", _proposals),
    "proposal_note": led(ProposalNote, "proposal_id", _proposals),
    "proposal_board": led(ProposalBoard, "proposal_id", _proposals),
    "proposal_reply": led(ProposalReply, "proposal_id", _proposals),
    "proposal_notice": led(ProposalNotice, "proposal_id", _proposals),
    "proposal_call": _calls,
    "poll": _polls,
    "poll_wave": _waves,
    "poll_question": _questions,
    "poll_option": _of_questions(PollOption),
    "poll_part": _of_questions(PollPart),
    "poll_batch": _batches,
    "poll_tag": _asked(PollTag, "poll_tag", PollTag.name),
    "poll_finding": _asked(PollFinding, "poll_finding", PollFinding.sentence),
}
# What is searched and stands on no page of its own, and where it is searched instead.
NOT_SHOWN = {
    "agenda_template": "its dialog",
    "area": "the choice of areas",
    "boundary": "the map's dialog",
    "consultation": "its card",
    "energy_layout": "the import",
    "energy_source": "the publishers' pane",
    "holiday": "the calendar",
    "meeting_series": "the calendar",
    "proposal_check": "its pane",
    "stored_file": "the paper or evidence it is the file of",
}
