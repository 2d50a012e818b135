"""The payment sheet (수당 지급조서) of a meeting, as pages to sign and as a workbook.

Date of birth, bank and account are empty columns to fill by hand; nothing of them is read back.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from db.files import atomic_write
from gwangju_desktop.documents.blocks import Block, Column, Rule, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.money import in_words
from gwangju_desktop.documents.styles import MM, Theme
from gwangju_desktop.meetings import taxes
from gwangju_desktop.meetings.allowances import PayRow, PaySheet, Terms, pay_sheet
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import TAX_MODES
from gwangju_desktop.members.words import CAPACITIES
from gwangju_desktop.text import C_, N_, Words, words

TITLE = C_("document", "Payment sheet for attendance allowances")
# Twelve columns do not stand on an upright page.
ACROSS = Theme(
    width=297 * MM, height=210 * MM, left=16 * MM, right=16 * MM, top=20 * MM, bottom=20 * MM
)
BY_HAND = (
    C_("payment", "Date of birth"),
    C_("payment", "Bank"),
    C_("payment", "Account no."),
    C_("payment", "Signature"),
)


def compose(read: Session, *, meeting_id: int, language: str = "ko") -> Composed:
    """Return the payment sheet of a meeting."""
    say = words(language)
    made = pay_sheet(read, meeting_id=meeting_id)
    about = issued(read, body_id=made.body_id, on=made.day)
    title, called = say(TITLE), spoken_title(made.title, say)
    blocks: list[Block] = [
        para(f"{about.name(say)} {called}", "lead"),
        para(title, "h1"),
        Rule(),
        Space(2 * MM),
        *(para(line, "note") for line in _facts(made, say)),
        Space(2 * MM),
        table(
            _columns(made.terms, say),
            [*_rows(made, say), _total(made, say)],
            min_row=10 * MM,
            grid=True,
            caption=title,
        ),
        Space(3 * MM),
        para(say(N_("Paid out in all: {sum}"), sum=_sum(made.total.net, say)), "lead"),
    ]
    blocks += [
        para(say(N_("Exception: {name} – {reason}"), name=row.name, reason=row.reason), "note")
        for row in made.payees
        if row.by_hand
    ]
    if made.others:
        blocks += [
            para(say(N_("Not paid")), "h2", keep=True),
            table(_other_columns(say), [_other(n, row, say) for n, row in _numbered(made)]),
        ]
    blocks += _ground(made, say)
    whole = f"{called} {title}"
    return Composed(
        whole,
        f"{made.day:%Y-%m-%d} {whole}",
        about,
        say.language,
        (tuple(blocks),),
        head=title,
        theme=ACROSS,
    )


def write_workbook(read: Session, target: Path, *, meeting_id: int, language: str = "ko") -> None:
    """Write the payment sheet as .xlsx, whole or not at all."""
    from gwangju_desktop.members import exporting

    say = words(language)
    made = pay_sheet(read, meeting_id=meeting_id)
    about = issued(read, body_id=made.body_id, on=made.day)
    head = [
        say(C_("payment", "No.")),
        say(N_("Affiliation and post")),
        say(C_("payment", "Name")),
        say(C_("payment", "Minutes attended")),
        say(C_("payment", "Allowance")),
        say(C_("payment", "Income tax")),
        say(C_("payment", "Local income tax")),
        say(C_("payment", "Paid out")),
        *(say(title) for title in BY_HAND),
        say(C_("payment", "Remark")),
    ]
    rows: list[list[str | int]] = []
    for number, row in enumerate(made.payees, 1):
        paid = row.paid
        who: list[str | int] = [number, _office(row, say), row.name, row.minutes]
        rows.append([*who, paid.gross, paid.tax, paid.local, paid.net, *[""] * 4, str(row.reason)])
    total = made.total
    rows.append(
        ["", say(C_("payment", "Total")), "", "", total.gross, total.tax, total.local, total.net]
    )
    rows.append([])
    rows += [
        [number, _office(row, say), row.name, row.minutes, *[""] * 8, say(row.reason)]
        for number, row in _numbered(made)
    ]
    rows.append([])
    rows += [
        [line]
        for line in (f"{about.name(say)} {spoken_title(made.title, say)}", *_facts(made, say))
    ]
    with atomic_write(target) as file:
        exporting.write_workbook(file, say(C_("payment", "Payment sheet")), head, rows)


def name(read: Session, *, meeting_id: int, language: str = "ko") -> str:
    """Return what the file of a meeting's payment sheet is called, without a suffix."""
    made = pay_sheet(read, meeting_id=meeting_id)
    say = words(language)
    return f"{made.day:%Y-%m-%d} {spoken_title(made.title, say)} {say(TITLE)}"


def _facts(made: PaySheet, say: Words) -> list[str]:
    """Return when and where the meeting was, and how long."""
    if made.opened_at is None:
        return [say(N_("The meeting was not opened."))]
    end = f"{made.closed_at:%H:%M}" if made.closed_at else ""
    lines = [
        say(
            N_("Held: {day:long} {opened:time}~{end} · {place}"),
            day=made.day,
            opened=made.opened_at,
            end=end,
            place=made.place or "–",
        )
    ]
    if made.resting:
        message = N_("Time: {time} (recesses of {rest} min not counted)")
        lines.append(say(message, time=length(made.minutes, say), rest=made.resting))
    else:
        lines.append(say(N_("Time: {time}"), time=length(made.minutes, say)))
    return [*lines, rule_line(made.terms, say)]


def rule_line(terms: Terms, say: Words) -> str:
    """Return the body's rule in one sentence."""
    if terms.hours is None or not terms.more:
        said = say(N_("Rule: {amount} won"), amount=f"{terms.amount:,}")
    else:
        said = say(
            N_("Rule: {amount} won, {more} won more after {hours} hours"),
            amount=f"{terms.amount:,}",
            more=f"{terms.more:,}",
            hours=terms.hours,
        )
    return f"{said} · {say(TAX_MODES[terms.mode])}"


def length(minutes: int, say: Words) -> str:
    """Return a time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say(N_("{n} min"), n=rest)
    if not rest:
        return say(C_("length", "{h} h"), h=hours)
    return say(C_("length", "{h} h {n} min"), h=hours, n=rest)


def _columns(terms: Terms, say: Words) -> list[Column]:
    held = (
        [
            Column(say(C_("payment", "Income tax")), 0.075, "right", "number"),
            Column(say(C_("payment", "Local income tax")), 0.075, "right", "number"),
            Column(say(C_("payment", "Paid out")), 0.085, "right", "number"),
        ]
        if terms.taxed
        else []
    )
    shares = (0.075, 0.065, 0.11, 0.09) if terms.taxed else (0.1, 0.09, 0.16, 0.12)
    by_hand = [Column(say(title), share) for title, share in zip(BY_HAND, shares, strict=True)]
    first = Column(say(C_("payment", "No.")), 0.04, "right", "number")
    others = [
        Column(say(C_("payment", "Name")), 0.09, style="strong"),
        Column(say(C_("payment", "Attended")), 0.09, "centre", "middle"),
        Column(say(C_("payment", "Allowance")), 0.08, "right", "number"),
        *held,
        *by_hand,
    ]
    rest = 1 - first.share - sum(column.share for column in others)
    return [first, Column(say(N_("Affiliation and post")), rest), *others]


def _rows(made: PaySheet, say: Words) -> list[list[str]]:
    rows = []
    for number, row in enumerate(made.payees, 1):
        who = [str(number), _office(row, say), row.name, length(row.minutes, say)]
        rows.append([*who, *_amounts(row.paid, made.terms), "", "", "", ""])
    return rows


def _total(made: PaySheet, say: Words) -> list[str]:
    label = say(N_("{n} people"), n=len(made.payees))
    return [
        "",
        say(C_("payment", "Total")),
        label,
        "",
        *_amounts(made.total, made.terms),
        *[""] * 4,
    ]


def _amounts(paid: taxes.Paid, terms: Terms) -> list[str]:
    if not terms.taxed:
        return [f"{paid.gross:,}"]
    return [f"{amount:,}" for amount in (paid.gross, paid.tax, paid.local, paid.net)]


def _sum(amount: int, say: Words) -> str:
    """Return an amount as the language's documents write it."""
    return in_words(amount) if say.language == "ko" else f"{amount:,} won"


def _numbered(made: PaySheet) -> list[tuple[int, PayRow]]:
    return list(enumerate(made.others, 1))


def _other_columns(say: Words) -> list[Column]:
    return [
        Column(say(C_("payment", "No.")), 0.05, "right", "number"),
        Column(say(N_("Affiliation and post")), 0.33),
        Column(say(C_("payment", "Name")), 0.14, style="strong"),
        Column(say(C_("payment", "Capacity")), 0.14),
        Column(say(C_("payment", "Why not")), 0.34),
    ]


def _other(number: int, row: PayRow, say: Words) -> list[str]:
    capacity = say(CAPACITIES[row.capacity])
    return [str(number), _office(row, say), row.name, capacity, say(row.reason)]


def _office(row: PayRow, say: Words) -> str:
    english = say.language == "en" and row.organisation_en
    organisation = row.organisation_en if english else row.organisation_ko
    return " ".join(part for part in (organisation, row.post) if part)


def _ground(made: PaySheet, say: Words) -> list[Block]:
    """Return where the rule and the rates stand, and that sums are to be checked."""
    terms = made.terms
    lines = [say(N_("Ground: {sources}"), sources=" · ".join(terms.sources))]
    if terms.taxed:
        lines.append(say(N_("Tax: {source}"), source=taxes.rate_on(made.day).source))
    if terms.unverified:
        lines.append(say(N_("Amounts and ground are to be checked before payment.")))
    return [Space(2 * MM), *(para(line, "small") for line in lines)]
