"""Letters that are answered by hand: the request for a recommendation, the consent form."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Box,
    Column,
    Rule,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.members.letters.model import RollData, affiliation
from gwangju_desktop.members.letters.press import KINDS, name_of
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.text import C_, N_, Words, words


def request(
    data: RollData,
    *,
    recipient: str = "",
    field: str = "",
    people: int = 1,
    due: dt.date | None = None,
    signatory: str = "",
    language: str = "ko",
) -> Composed:
    """Return the request for a recommendation, in the order of an official letter (공문서)."""
    say = words(language)
    body = data.name(say)
    title = say(N_("Request to recommend members of {body}"), body=body)
    lines = [
        say(
            N_("1. We ask you to recommend members of the {body} of {city}."),
            body=body,
            city=data.city(say),
        ),
        say(N_("2. Please send us your recommendation as follows."))
        + "\n"
        + "\n".join(_asked(say, field, people, due)),
        say(
            N_(
                "3. Please look for balance of the sexes (양성평등기본법 art. 21: one sex at most"
                " 60% of the appointed) and for people who serve on fewer than three committees."
            )
        ),
    ]
    return official.letter(
        data,
        say,
        title=title,
        name=name_of(data, title),
        sender=data.city(say),
        recipient=recipient,
        body=[block for line in lines for block in prose(line)],
        attachments=[say(N_("Consent form, one copy."))],
        signatory=signatory or say(N_("Mayor of {city}"), city=data.city(say)),
    )


def _asked(say: Words, field: str, people: int, due: dt.date | None) -> list[str]:
    lines = [say(N_("  - Field: {field}"), field=field or say(C_("field", "any")))]
    lines.append(say(N_("  - People: {n}"), n=people))
    if due is not None:
        lines.append(say(N_("  - Until: {day:long}"), day=due))
    return lines


def consent(data: RollData, *, blank: bool = False, language: str = "ko") -> Composed:
    """Return a consent form and a pledge for each seat, or one `blank` pair.

    The four notices are those of 개인정보 보호법 제15조제2항; each consent is asked separately (제22조).
    """
    say = words(language)
    title = say(KINDS["consent"])
    seats: tuple[SeatRow | None, ...] = (None,) if blank else data.seats
    parts = (tuple(page) for seat in seats for page in _pair(data, seat, say))
    return Composed(title, name_of(data, title), data, language, tuple(parts))


def _pair(data: RollData, seat: SeatRow | None, say: Words) -> tuple[list[Block], list[Block]]:
    return _consent(data, seat, say), _pledge(data, seat, say)


def _consent(data: RollData, seat: SeatRow | None, say: Words) -> list[Block]:
    columns = [
        Column(say(C_("consent", "Purpose")), 0.3),
        Column(say(C_("consent", "Data")), 0.34),
        Column(say(C_("consent", "Kept until")), 0.36),
    ]
    term = say(N_("End of office, then as records law requires"))
    asked = [
        (
            say(N_("1. Calling meetings and sending papers")),
            say(N_("Name, affiliation, mobile, e-mail")),
            term,
        ),
        (
            say(N_("2. Counts of the committee's make-up")),
            say(N_("Sex, decade of birth, disability (used as counts only)")),
            term,
        ),
        (
            say(N_("3. Publishing the member list")),
            say(N_("Name, affiliation, post, term")),
            say(N_("While the list is published")),
        ),
    ]
    blocks: list[Block] = [
        para(say(N_("Consent to the collection and use of personal data")), "h1"),
        Rule(),
        Space(2 * MM),
        para(data.name(say), "lead"),
    ]
    for row in asked:
        blocks.append(table(columns, [list(row)], min_row=14 * MM, grid=True))
        blocks.append(_tick(say, N_("I agree"), N_("I do not agree")))
    blocks += [
        Box(
            (
                para(
                    say(
                        N_(
                            "You may refuse each of these. Without the first we cannot call you to"
                            " meetings; refusing the second or third has no disadvantage."
                        )
                    ),
                    "note",
                ),
            )
        ),
        *_signed(data, seat, say),
    ]
    return blocks


def _pledge(data: RollData, seat: SeatRow | None, say: Words) -> list[Block]:
    return [
        para(say(N_("Pledge on conflicts of interest and confidentiality")), "h1"),
        Rule(),
        Space(3 * MM),
        para(data.name(say), "lead"),
        *prose(
            "\n".join(
                (
                    say(
                        N_(
                            "1. I stand aside from an item in which I, my family or my"
                            " organisation have an interest, and say so beforehand."
                        )
                    ),
                    say(
                        N_(
                            "2. I do not use for other purposes, nor tell others, what I learn"
                            " as a member before it is public."
                        )
                    ),
                    say(N_("3. I tell the office when I join or leave another committee.")),
                )
            )
        ),
        Space(6 * MM),
        Answers((Answer(say(N_("Other committees I serve on")), share=1.0),)),
        *_signed(data, seat, say),
    ]


def _tick(say: Words, *choices: str) -> Block:
    return Answers(tuple(Answer("", say(choice), tick=True, share=0.3) for choice in choices), 0.8)


def _signed(data: RollData, seat: SeatRow | None, say: Words) -> list[Block]:
    """Return the day, the name and the line to sign on, above whom it is addressed to."""
    name = seat.name if seat else ""
    office = affiliation(seat, say) if seat else ""
    return [
        Space(10 * MM),
        Answers((Answer(say(C_("form", "Date")), share=1.0),), 0.5),
        para(office, "note"),
        Answers(
            (
                Answer(
                    " ".join(part for part in (say(C_("form", "Name")), name) if part),
                    say(N_("(signature or seal)")),
                    share=1.0,
                ),
            ),
            0.8,
        ),
        Space(6 * MM),
        para(say(N_("To {office}"), office=data.office(say)), "lead"),
    ]
