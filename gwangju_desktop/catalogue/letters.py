"""Letters of a meeting and of appointments: 자료 제출 요청, 방청 안내, 위촉 통보."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.packs import AwaitedPaper
from db.vocab import Role
from gwangju_desktop import clock, settings
from gwangju_desktop.catalogue import filed, frame
from gwangju_desktop.catalogue.existing import body_of
from gwangju_desktop.catalogue.frame import Said
from gwangju_desktop.catalogue.heading import city, mayor
from gwangju_desktop.catalogue.sittings import Sitting, sitting
from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import Block, Column, Para, Space, para, table, words
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays
from gwangju_desktop.meetings.words import ITEM_KINDS
from gwangju_desktop.members.letters.model import RollData, affiliation, gather
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.members.words import ROLES
from gwangju_desktop.text import C_, N_, NN_, Words
from gwangju_desktop.text import words as spoken

DATA_REQUEST = C_("document", "Request for papers")
OBSERVERS = C_("document", "Notice to spectators")
APPOINTMENT = C_("document", "Notice of appointment")
SEATS = 10
# Papers have to be read and bound before they go out to members.
_TIME_TO_BIND = dt.timedelta(days=2)
MANY = N_("See the recipients below")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper an item still lacks: from whom, until when (None: as the letter says)."""

    label: str
    item: str
    paper: str
    office: str
    due: dt.date | None


# --- papers still to come


def wanted(read: Session, data: Sitting) -> list[Wanted]:
    """List the papers that are announced, and the items that have none and announce none."""
    say = data.say
    announced: dict[int, list[AwaitedPaper]] = {}
    found = read.scalars(
        select(AwaitedPaper)
        .join(AgendaItem, AgendaItem.id == AwaitedPaper.item_id)
        .where(AgendaItem.meeting_id == data.meeting.id)
        .order_by(AgendaItem.position, AwaitedPaper.id)
    )
    for row in found.all():
        announced.setdefault(row.item_id, []).append(row)
    rows = []
    for step in data.items:
        for row in announced.get(step.id, ()):
            # What a closed item's papers are called may say what it is about.
            title = say(N_("Papers of this item")) if step.restricted else row.title
            office = row.office or step.presenter
            rows.append(Wanted(step.label, step.shown, title, office, row.due_on))
        if not step.papers and step.id not in announced:
            title = say(N_("Papers of this item"))
            rows.append(Wanted(step.label, step.shown, title, step.presenter, None))
    return rows


def data_request(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    recipient: str = "",
    due: dt.date | None = None,
    signatory: str = "",
) -> Composed:
    """Return the request to departments for the papers a meeting still lacks.

    Raises UserError where every item has its papers and none is announced.
    """
    data = sitting(read, id=id, language=language)
    say = data.say
    rows = wanted(read, data)
    if recipient:
        rows = [row for row in rows if row.office == recipient] or rows
    if not rows:
        raise UserError(
            N_("{meeting} lacks no paper: there is nothing to ask for."),
            hint=N_("Announce a paper on an item first."),
            meeting=data.meeting.title,
        )
    until = due or _before(read, data.meeting.materials_due)
    offices = list(dict.fromkeys(row.office for row in rows if row.office))
    if recipient:
        offices = [recipient]
    said = offices[0] if len(offices) == 1 else say(MANY)
    listed = say(N_("Recipients: {offices}"), offices=", ".join(offices)) if offices[1:] else ""
    letter = frame.Letter(
        name=data.name(say(DATA_REQUEST)),
        head=say(DATA_REQUEST),
        recipient=said if offices else "",
        subject=say(N_("Papers for the {meeting}"), meeting=data.whole),
        lines=[
            (
                0,
                "",
                say(
                    N_("For the {meeting} on {day:long}."),
                    meeting=data.whole,
                    day=data.meeting.starts_at,
                ),
            ),
            (0, "", say(N_("Please send these papers by {due:long}."), due=until)),
            (
                1,
                say(C_("data request", "Form")),
                say(N_("PDF, and the original (hwpx, docx, xlsx)")),
            ),
            (
                1,
                say(C_("data request", "Closed papers")),
                say(N_("say so, with the ground (정보공개법 art. 9)")),
            ),
            (1, say(C_("data request", "Document security")), say(N_("taken off before sending"))),
        ],
        signatory=signatory or mayor(read, data.about, say),
        more=[Space(2 * MM), _papers(rows, until, say)],
        sent=filed.sent(read, say, kind="data-request", about_id=id),
        recipients=listed,
    )
    return frame.composed(letter, data.about, city(read, data.about, say), say)


def _before(read: Session, sent: dt.date) -> dt.date:
    """Return the last working day that leaves time to bind what members are sent on a day."""
    day = sent - _TIME_TO_BIND
    named = holidays.days(read, first=day - dt.timedelta(days=31), last=day)
    return holidays.working_day(named, day, -1) or day


def _papers(rows: Sequence[Wanted], until: dt.date, say: Words) -> Block:
    return table(
        [
            Column(say(C_("data request", "No.")), 0.08, style="strong"),
            Column(say(C_("data request", "Item")), 0.31),
            Column(say(C_("data request", "Paper")), 0.22),
            Column(say(C_("data request", "Department")), 0.17),
            Column(say(C_("data request", "Until")), 0.22, style="small"),
        ],
        [
            [row.label, row.item, row.paper, row.office, say.day(row.due or until, "long")]
            for row in rows
        ],
        min_row=9 * MM,
        grid=True,
        caption=say(DATA_REQUEST),
    )


# --- spectators


def observers(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    seats: int = SEATS,
    due: dt.date | None = None,
) -> Composed:
    """Return the notice to spectators; raises UserError where the meeting is not open to them."""
    data = sitting(read, id=id, language=language)
    say, meeting = data.say, data.meeting
    if data.written or not meeting.public:
        raise UserError(
            N_("{meeting} is not open to spectators."),
            hint=N_("Open it first, if its ground has gone."),
            meeting=meeting.title,
        )
    title = say(OBSERVERS)
    until = due or meeting.starts_at.date() - dt.timedelta(days=1)
    facts = [
        (C_("spectators", "Meeting"), data.whole),
        (C_("spectators", "When"), data.when()),
        (C_("spectators", "Place"), meeting.place),
        (C_("spectators", "Seats"), say(NN_("{n} seat", "{n} seats"), n=seats)),
        (C_("spectators", "Apply by"), say.day(until, "long")),
        (C_("spectators", "Enquiries"), meeting.secretariat or data.about.office(say)),
    ]
    closed = sum(step.restricted for step in data.items)
    blocks: list[Block] = [
        *frame.head(data.body, say(N_("Everybody may watch: {meeting}"), meeting=data.title)),
        frame.facts(facts, say, row=7),
        frame.section(1, C_("spectators", "Items"), say),
        _open_items(data),
    ]
    if closed:
        message = NN_(
            "{n} item is not open: spectators leave the room for it.",
            "{n} items are not open: spectators leave the room for them.",
        )
        blocks.append(para(say(message, n=closed), "note"))
    blocks += [
        frame.section(2, C_("spectators", "How to apply"), say),
        *_listed(_HOW, say),
        frame.section(3, C_("spectators", "In the room"), say),
        *_listed(_RULES, say, ended=True),
    ]
    signed = (Space(5 * MM), para(say(N_("Chair of the {body}"), body=data.body), "signatory"))
    whole = data.called(title)
    return Composed(
        whole,
        data.name(title),
        data.about,
        language,
        ((*blocks, *signed),),
        head=title,
        body=tuple(blocks),
    )


_HOW = (
    N_("Apply to the secretariat with your name; no other personal data is needed."),
    N_("If there are more applications than seats, the first to apply are admitted."),
)
_RULES = (
    N_("Be in the room ten minutes before the opening and show the pass you are given."),
    N_("Do not speak, applaud, disturb the meeting or hand out papers."),
    N_("Take pictures or recordings only with the leave of the chair."),
    N_("Leave the room when the committee decides to close the sitting."),
)


def _open_items(data: Sitting) -> Block:
    say = data.say
    if not data.items:
        return para(say(N_("No item is on the agenda yet.")))
    return table(
        [
            Column(say(C_("spectators", "No.")), 0.1, style="strong"),
            Column(say(C_("spectators", "Item")), 0.72),
            Column(say(C_("spectators", "Kind")), 0.18),
        ],
        [[step.label, step.shown, say(ITEM_KINDS[step.kind])] for step in data.items],
        min_row=6.5 * MM,
        caption=say(C_("spectators", "Items")),
    )


def _listed(sentences: Sequence[str], say: Words, *, ended: bool = False) -> list[Block]:
    said = [say(sentence) for sentence in sentences]
    if ended:
        said[-1] = official.ended(said[-1], say)
    # The last list stays with who signs below it.
    return [
        Para(words(text), "body", frame.mark(1, n, say), 1, keep=ended)
        for n, text in enumerate(said, 1)
    ]


# --- appointments


def appointment_notice(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    membership_ids: Sequence[int] | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that somebody, or several of the same body, were appointed.

    Raises UserError when there is no such membership.
    """
    say = spoken(language)
    today = clock.today()
    chosen = list(membership_ids or [id])
    roll = gather(read, body_id=body_of(read, id), on=today, membership_ids=chosen)
    ordinance = settings.value_on(read, settings.ORDINANCE_COMMITTEES, today)
    body = roll.name(say)
    organisations = list(dict.fromkeys(_organisation(seat, say) for seat in roll.seats))
    one = len(organisations) == 1 and bool(organisations[0])
    letter = frame.Letter(
        name=f"{today:%Y-%m-%d} {say(APPOINTMENT)} {body}",
        head=say(APPOINTMENT),
        recipient=organisations[0] if one else say(N_("Those appointed")),
        subject=say(N_("Appointment of members of the {body}"), body=body),
        lines=_appointed(roll, ordinance, say),
        signatory=signatory or mayor(read, roll, say),
        more=[Space(2 * MM), _people(roll, say)],
        attached=[
            say(
                NN_("Letter of appointment, {n} copy.", "Letters of appointment, {n} copies."),
                n=len(roll.seats),
            )
        ],
        sent=filed.sent(read, say, kind="appointment-notice", about_id=id),
    )
    return frame.composed(letter, roll, city(read, roll, say), say)


def _appointed(roll: RollData, ordinance: str, say: Words) -> list[Said]:
    body = roll.name(say)
    return [
        (0, "", say(N_("Under {law}."), law=ordinance)),
        (
            0,
            "",
            say(
                N_("We inform you that members of the {body} were appointed as follows."), body=body
            ),
        ),
        (
            0,
            "",
            say(N_("Please tell us before a meeting where an item concerns you (제척·기피·회피).")),
        ),
    ]


def _people(roll: RollData, say: Words) -> Block:
    rows = []
    for seat in roll.seats:
        role = "" if seat.role == Role.MEMBER else say(ROLES[seat.role])
        days = say.days(seat.starts_on, seat.ends_on)
        rows.append([f"{seat.name}\n{role}".strip(), affiliation(seat, say), days])
    return table(
        [
            Column(say(C_("appointment", "Name")), 0.22, style="strong"),
            Column(say(C_("appointment", "Affiliation and post")), 0.42),
            Column(say(C_("appointment", "Term")), 0.36),
        ],
        rows,
        min_row=9 * MM,
        grid=True,
        caption=say(APPOINTMENT),
    )


def _organisation(seat: SeatRow, say: Words) -> str:
    english = say.language == "en" and seat.organisation_en
    return seat.organisation_en if english else seat.organisation_ko
