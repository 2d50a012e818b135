"""The notice of a meeting (소집통지), with its order of business and a slip to reply on.

Seven days before, with the agenda (각종위원회 조례 제9조제1항). Nobody is named in it.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop import settings
from gwangju_desktop.catalogue import filed, frame
from gwangju_desktop.catalogue.frame import Said
from gwangju_desktop.catalogue.heading import city
from gwangju_desktop.catalogue.sheets import agenda_blocks
from gwangju_desktop.catalogue.sittings import Sitting, Step, sitting
from gwangju_desktop.documents.blocks import Answer, Answers, Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.words import ITEM_KINDS
from gwangju_desktop.text import C_, N_, NN_, Words

# More items than these stand on the order of business alone.
MOST_LISTED = 12
TITLE = C_("document", "Notice of meeting")


def notice(read: Session, *, id: int, language: str = "ko", signatory: str = "") -> Composed:
    """Return the notice of a meeting; raises UserError where the agenda has no item yet."""
    data = sitting(read, id=id, language=language)
    say = data.say
    if not data.items:
        raise UserError(
            N_("{meeting} has no item yet: there is nothing to call it for."),
            hint=N_("Put an item on the agenda first."),
            meeting=data.meeting.title,
        )
    ordinance = settings.value_on(read, settings.ORDINANCE_COMMITTEES, data.about.on)
    subject = say(
        N_("Reply asked for: {meeting}") if data.written else N_("Notice of {meeting}"),
        meeting=data.whole,
    )
    attached = [say(N_("Order of business, one copy."))]
    attached.append(
        say(N_("Ballot sheet, one copy.")) if data.written else say(N_("Reply slip, one copy."))
    )
    letter = frame.Letter(
        name=data.name(say(TITLE)),
        head=say(TITLE),
        recipient=say(N_("Members of the {body}"), body=data.body),
        subject=subject,
        lines=[
            (0, "", say(N_("Under {law}, article 9."), law=ordinance)),
            *(_written(data) if data.written else _called(data)),
        ],
        signatory=signatory or say(N_("Chair of the {body}"), body=data.body),
        attached=attached,
        enclosed=[agenda_blocks(data)] if data.written else [agenda_blocks(data), _slip(data)],
        sent=filed.sent(read, say, kind="notice", about_id=id),
    )
    return frame.composed(letter, data.about, city(read, data.about, say), say)


def _called(data: Sitting) -> list[Said]:
    meeting, say = data.meeting, data.say
    lines: list[Said] = [
        (
            0,
            "",
            say(N_("We call the {meeting} as follows and ask you to attend."), meeting=data.whole),
        ),
        (1, say(C_("notice", "When")), data.when()),
    ]
    if meeting.place:
        lines.append((1, say(C_("notice", "Place")), meeting.place))
    lines += _items(data.items, say)
    if not meeting.public:
        closed = say(N_("not open to spectators"))
        lines.append((1, say(C_("notice", "Openness")), _ground(closed, meeting.closed_ground)))
    if meeting.urgency:
        lines.append((1, say(C_("notice", "Urgent because")), meeting.urgency))
    papers = (
        say(N_("sent on {day:long}"), day=meeting.distributed_on)
        if meeting.distributed_on
        else say(N_("to be sent by {day:long}"), day=meeting.materials_due)
    )
    lines.append((1, say(C_("notice", "Papers")), papers))
    if meeting.reply_by:
        message = N_("Please say by {by:when} on the reply slip whether you attend.")
        lines.append((0, "", say(message, by=meeting.reply_by)))
    else:
        lines.append((0, "", say(N_("Please say on the reply slip whether you attend."))))
    if meeting.secretariat:
        lines.append((0, "", say(N_("Enquiries: {office}."), office=meeting.secretariat)))
    return lines


def _written(data: Sitting) -> list[Said]:
    meeting, say = data.meeting, data.say
    until = meeting.reply_by or meeting.ends_at
    lines: list[Said] = [
        (0, "", say(N_("We ask for a resolution in writing on these items, without a sitting."))),
        (1, say(C_("notice", "Reply until")), say.day(until, "when")),
    ]
    if meeting.urgency or meeting.reason:
        ground = meeting.urgency or meeting.reason
        lines.append((1, say(C_("notice", "Why in writing")), ground))
    lines += _items(data.items, say)
    lines.append(
        (0, "", say(N_("Please send back the ballot sheet with your vote, opinion and signature.")))
    )
    return lines


def _items(items: tuple[Step, ...], say: Words) -> list[Said]:
    label = say(C_("notice", "Items"))
    count = say(NN_("{n} item", "{n} items"), n=len(items))
    if len(items) > MOST_LISTED:
        return [(1, label, say(N_("{count}, see the order of business"), count=count))]
    lines: list[Said] = [(1, label, count)]
    lines += [(2, "", f"{step.shown} ({say(ITEM_KINDS[step.kind])})") for step in items]
    return lines


def _ground(said: str, ground: str) -> str:
    return f"{said} ({ground})" if ground else said


def _slip(data: Sitting) -> list[Block]:
    """Return the slip members reply on; the name is left for the member to write."""
    say, meeting = data.say, data.meeting
    ticks = [N_("I attend"), N_("I do not attend"), N_("A substitute attends")]
    rows = [[say(C_("slip", "Meeting")), data.whole], [say(C_("slip", "When")), data.when()]]
    if meeting.place:
        rows.append([say(C_("slip", "Place")), meeting.place])
    blocks = [
        *frame.head(data.body, say(N_("Reply slip"))),
        table(
            [Column("", 0.2, style="strong"), Column("", 0.8)],
            rows,
            head=False,
            row_head=True,
            grid=True,
            min_row=9 * MM,
        ),
        Space(6 * MM),
        Answers(tuple(Answer("", say(tick), tick=True, share=0.33) for tick in ticks)),
        Space(3 * MM),
        Answers((Answer(say(N_("Substitute (post, name)"))),)),
        Answers((Answer(say(N_("Reason, or what we should know"))),)),
        Space(8 * MM),
        Answers((Answer(say(C_("form", "Date"))),), 0.5),
        Answers((Answer(say(C_("form", "Name")), say(N_("(signature or seal)"))),), 0.8),
        Space(4 * MM),
        para(say(N_("To {office}"), office=data.about.office(say)), "lead"),
    ]
    if meeting.reply_by:
        blocks.append(para(say(N_("Please reply by {by:when}."), by=meeting.reply_by), "note"))
    return blocks
