"""Handover of the post (업무 인계·인수서): what is open, how the office is set up, who signs.

Signed by whoever leaves, whoever comes and a witness (인계자·인수자·입회자). No passphrase stands on
it: a sentence says where one is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.documents.blocks import Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import post as reading
from gwangju_desktop.handover import words as baton
from gwangju_desktop.handover.post import Post
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.text import C_, N_, NN_, Msg, Words, words
from gwangju_desktop.today_rows import Deadline

TITLE = C_("document", "Handover of the post")
NOTHING = "–"
COMMITTED = ("action_plan", "commitment", "milestone", "evidence", "snapshot", "snapshot_due")
CHECKS = (
    N_("Open work (parts 2 to 6) was gone through together, with the records in the program."),
    N_("The office file was handed over, or the login on the server was changed."),
    N_("The newest backup was restored as a drill, and the second folder is known."),
    N_("Where the passphrase of the signing key and its recovery sheet are kept was shown."),
    N_("A new signing key was made and signed by the old one; its fingerprint goes into minutes."),
    N_("Papers, the secured USB drive and keys of cabinets were handed over."),
    N_("Accounts of whoever leaves were closed."),
)
SIGNERS = (
    C_("handover", "Handed over by"),
    C_("handover", "Taken over by"),
    C_("handover", "Witness"),
)


def post(
    read: Session,
    *,
    id: int | None,
    language: str = "ko",
    by: str = "",
    to: str = "",
    witness: str = "",
    kept: str = "",
    remarks: str = "",
) -> Composed:
    """Return the document; names and sentences left out are blanks to be filled by hand.

    `kept` says where the passphrase of the signing key is kept. Raises UserError for a body: it is
    about the whole office.
    """
    if id is not None:
        raise UserError(
            N_("“{document}” is about the whole office, not one body."),
            hint=N_("Ask for it of the whole office."),
            document=TITLE,
        )
    say = words(language)
    day = clock.today()
    about = issued(read, body_id=None, on=day)
    found = reading.look(read, day=day)
    title = say(TITLE)
    blocks: list[Block] = [
        *frame.head(about.office(say), title),
        frame.facts(
            [
                (C_("handover", "Day"), say.day(day, "long")),
                (SIGNERS[0], by or " "),
                (SIGNERS[1], to or " "),
                (SIGNERS[2], witness or " "),
            ],
            say,
            row=8,
        ),
    ]
    sections: list[tuple[Msg, list[Block]]] = [
        (N_("Meetings ahead"), _meetings(found, say)),
        (N_("Deadlines"), _deadlines(_others(found), say)),
        (N_("Open actions"), _actions(found, say)),
        (N_("Proposals whose clock runs"), _proposals(found, say)),
        (N_("Dates of action plans, evidence and review copies"), _deadlines(_plans(found), say)),
        (N_("Documents not dispatched yet"), _unsent(found, say)),
        (N_("Settings that differ from their defaults"), _settings(found, say)),
        (N_("Office file, backups and drill"), _safety(found, say)),
        (N_("Signing key"), _key(found, kept, say)),
    ]
    if remarks.strip():
        sections.append((N_("Remarks"), [para(remarks.strip())]))
    sections.append((N_("What was done together"), _checks(say)))
    for number, (head, body) in enumerate(sections, 1):
        blocks += [Space(3 * MM), frame.section(number, head, say), *body]
    blocks += [Space(5 * MM), *_signed((by, to, witness), day, say)]
    return Composed(
        title=title,
        name=f"{day:%Y-%m-%d} {title}",
        about=about,
        language=language,
        parts=(tuple(blocks),),
    )


def _others(found: Post) -> list[Deadline]:
    # Proposals have a list of their own, with those that are not due yet.
    return [one for one in found.deadlines if one.table not in (*COMMITTED, "proposal")]


def _plans(found: Post) -> list[Deadline]:
    return [one for one in found.deadlines if one.table in COMMITTED]


def _listed(
    heads: Sequence[tuple[Msg, float]], rows: Sequence[Sequence[str]], caption: Msg, say: Words
) -> list[Block]:
    if not rows:
        return [para(say(C_("handover", "None.")))]
    columns = [Column(say(head), share) for head, share in heads]
    return [table(columns, rows, grid=True, min_row=7 * MM, caption=say(caption))]


def _meetings(found: Post, say: Words) -> list[Block]:
    rows = [
        [say.day(one.starts_at, "when"), f"{one.title}\n{_body(one, say)}", one.place or NOTHING]
        for one in found.meetings
    ]
    heads = (
        (C_("handover", "When"), 0.3),
        (C_("handover", "Meeting"), 0.42),
        (C_("handover", "Place"), 0.28),
    )
    return _listed(heads, rows, N_("Meetings ahead"), say)


def _body(one: object, say: Words) -> str:
    korean, english = str(getattr(one, "body_ko", "")), str(getattr(one, "body_en", ""))
    return english if say.language == "en" and english else korean


_DUE = (
    (C_("handover", "By"), 0.17),
    (C_("handover", "Kind"), 0.14),
    (C_("handover", "What is due"), 0.47),
    (C_("handover", "Department"), 0.22),
)


def _deadlines(listed: Sequence[Deadline], say: Words) -> list[Block]:
    rows = [
        [_by(one.due, one.days, say), say(one.kind), say(one.title, **one.values), one.owner]
        for one in listed
    ]
    return _listed(_DUE, rows, N_("Deadlines"), say)


def _by(due: dt.date, days: int, say: Words) -> str:
    day = say.day(due, "full")
    if days >= 0:
        return day
    return day + "\n" + say(NN_("{n} day over", "{n} days over"), n=-days)


def _actions(found: Post, say: Words) -> list[Block]:
    rows = [
        [_by(one.due_on, one.days, say), one.text, one.meeting or NOTHING, one.department]
        for one in found.actions
    ]
    heads = (
        (C_("handover", "By"), 0.17),
        (C_("handover", "Action"), 0.4),
        (C_("handover", "Meeting"), 0.21),
        (C_("handover", "Department"), 0.22),
    )
    return _listed(heads, rows, N_("Open actions"), say)


def _proposals(found: Post, say: Words) -> list[Block]:
    rows = [
        [
            _by(one.due_on, (one.due_on - found.today).days, say) if one.due_on else NOTHING,
            one.number or NOTHING,
            one.title,
            one.state_en if say.language == "en" and one.state_en else one.state_ko,
            one.department or NOTHING,
        ]
        for one in found.proposals
    ]
    heads = (
        (C_("handover", "By"), 0.17),
        (C_("handover", "Number"), 0.15),
        (C_("handover", "Proposal"), 0.34),
        (C_("handover", "State"), 0.14),
        (C_("handover", "Department"), 0.2),
    )
    blocks = _listed(heads, rows, N_("Proposals whose clock runs"), say)
    if found.proposals_more:
        blocks.append(para(say(N_("Others stand in the program’s list.")), "note"))
    return blocks


def _unsent(found: Post, say: Words) -> list[Block]:
    rows = [
        [say.day(one.made_on, "full"), say(one.label), one.title, one.recipient or NOTHING]
        for one in found.unsent
    ]
    heads = (
        (C_("handover", "Made on"), 0.17),
        (C_("handover", "Document"), 0.23),
        (C_("handover", "Title"), 0.38),
        (C_("handover", "Recipient"), 0.22),
    )
    return _listed(heads, rows, N_("Documents not dispatched yet"), say)


def _settings(found: Post, say: Words) -> list[Block]:
    rows = [
        [
            say(one.label),
            _value(one.value, one.since, say),
            NOTHING if one.default in (None, "") else str(one.default),
        ]
        for one in found.settings
    ]
    heads = (
        (C_("handover", "Setting"), 0.34),
        (C_("handover", "Value"), 0.36),
        (C_("handover", "Default"), 0.3),
    )
    return _listed(heads, rows, N_("Settings that differ from their defaults"), say)


def _value(value: object, since: dt.date | None, say: Words) -> str:
    if since is None:
        return str(value)
    return say(N_("{value} (from {day:full})"), value=value, day=since)


def _safety(found: Post, say: Words) -> list[Block]:
    told, safe = found.baton, found.safety
    where = say(baton.TOLD[told.standing], number=told.number, to=told.to, at=told.at)
    if not safe.file:
        on_server = say(N_("The office lies on a server; its administrator backs it up."))
        return [frame.facts([(C_("handover", "Office file"), on_server)], say)]
    if safe.made_at is None:
        made = say(N_("No backup lies beside the office file."))
    elif safe.checked_at is None:
        made = say(N_("{at:when}; not read again yet"), at=safe.made_at)
    else:
        made = say(
            N_("{at:when}; found whole on {checked:full}"), at=safe.made_at, checked=safe.checked_at
        )
    if safe.made_at is not None and safe.sealed:
        made += "\n" + say(N_("It is under a passphrase."))
    if safe.drilled_at is None:
        drilled = say(N_("No restore was tried yet."))
    else:
        well = N_("{at:full}: the office came back whole")
        badly = N_("{at:full}: something was wrong; look at it before anything else")
        drilled = say(well if safe.drilled_well else badly, at=safe.drilled_at)
    rows: list[tuple[Msg, str]] = [
        (C_("handover", "Office file"), where),
        (N_("Newest backup"), made),
        (N_("Restore drill"), drilled),
    ]
    return [frame.facts(rows, say)]


def _key(found: Post, kept: str, say: Words) -> list[Block]:
    key = found.key
    if key is None:
        return [para(say(N_("The office has no signing key yet.")))]
    groups = key.fingerprint.split(" ")
    lines = "\n".join(" ".join(groups[n : n + 8]) for n in range(0, len(groups), 8))
    follows = N_("Signed by the key before it") if key.signed else N_("The key before did not sign")
    rows: list[tuple[Msg, str]] = [
        (C_("handover", "Fingerprint"), lines),
        (C_("handover", "In use since"), say.day(key.made_at.date(), "full")),
        (C_("handover", "Succession"), say(follows) if key.follows else ""),
        (N_("Passphrase is kept"), kept.strip() or " "),
    ]
    told = N_(
        "The passphrase itself is never written here. Whoever takes over makes a new key under"
        " Settings, Signing key; the present key signs it, so that copies go on being trusted."
    )
    return [frame.facts(rows, say, share=0.24), para(say(told), "note")]


def _checks(say: Words) -> list[Block]:
    columns = [
        Column(say(C_("handover", "No.")), 0.08, "centre", "middle"),
        Column(say(C_("handover", "What")), 0.72),
        Column(say(C_("handover", "Done (initials)")), 0.2),
    ]
    rows = [[str(n), say(one), ""] for n, one in enumerate(CHECKS, 1)]
    caption = say(N_("What was done together"))
    return [table(columns, rows, grid=True, min_row=9 * MM, caption=caption, whole=True)]


def _signed(names: Sequence[str], day: dt.date, say: Words) -> list[Block]:
    columns = [
        Column(say(C_("handover", "Part")), 0.2, style="strong"),
        Column(say(C_("handover", "Office and rank")), 0.3),
        Column(say(C_("handover", "Name")), 0.2),
        Column(say(C_("handover", "Signature")), 0.3),
    ]
    mark = say(C_("handover", "(signature or seal)"))
    rows = [[say(who), "", name, mark] for who, name in zip(SIGNERS, names, strict=True)]
    sentence = N_("The work above was handed over and taken over. Three copies, one each.")
    return [
        para(say(sentence), keep=True),
        para(say.day(day, "words"), keep=True),
        table(
            columns,
            rows,
            grid=True,
            min_row=13 * MM,
            caption=say(C_("handover", "Signature")),
            whole=True,
        ),
    ]
