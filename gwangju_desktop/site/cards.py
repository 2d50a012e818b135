"""Cards for the press and social networks: what was decided, answered or measured, in one picture.

A card says what its page says and nothing else; it is drawn by `card_picture`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.vocab import Outcome, VoteMethod, VoteState
from gwangju_desktop.energy.scales import Scale, written
from gwangju_desktop.site import poll_tables
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.home import has_sample
from gwangju_desktop.site.records import Pages, day_of, in_order, meeting_address, meeting_title
from gwangju_desktop.text import C_, NN_, Msg, Words

# What X takes: 280 units, of which a Hangul syllable is two and any address 23.
LONGEST, ADDRESS_UNITS = 280, 23
MOST_BARS = 4
MOST_YEARS = 3
DECIDED = frozenset(Outcome) - {Outcome.NOTED}


class Kind(StrEnum):
    """What a card is about."""

    DECISION = "decision"
    POLL = "poll"
    INDICATOR = "indicator"


KINDS: dict[Kind, Msg] = {
    Kind.DECISION: C_("card", "Decision"),
    Kind.POLL: C_("card", "Poll result"),
    Kind.INDICATOR: C_("card", "Energy indicator"),
}
SAMPLE = C_("card", "Sample")
_COUNTED = C_("card", "{present} present: {yes} for, {no} against, {abstain} abstained")
_UNOPPOSED = C_("card", "No objection among {present} present")
_PEOPLE = NN_("{n:,} person", "{n:,} people")
_OF_RESPONDENTS = C_("card", "% of the {people} who answered")
_SAMPLED = C_("card", "{sampling}, {days}")
_IN_YEAR = C_("card", "{name}, {year}")
_AGAINST = C_("card", "{change:+.1f}% against {year}")
_POINTS = C_("card", "{change:+.1f} percentage points against {year}")
_MULTIPLE = C_("card", "% of the {people} who answered; more than one answer each")
_SAME = C_("card", "The same as in {year}")
_YEARLY = C_("card", "Whole city, by year")
_SAMPLE_TEXT = C_("card", "[Sample] {text}")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, its value as written, and how long it is of 1."""

    label: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Card:
    """What one picture says; `address` is the page of its language that says it whole.

    `code` is how the copy names the record: an item, a question of a wave, an indicator.
    """

    kind: Kind
    code: str
    address: str
    language: str
    office: str
    said: str
    title: str
    figure: str
    lines: tuple[str, ...]
    bars: tuple[Bar, ...]
    note: str
    sample: str

    @property
    def page(self) -> str:
        """Return the page's own address."""
        return self.address.partition("#")[0]

    @property
    def alt(self) -> str:
        """Return in words what the picture shows."""
        parts = [self.sample, self.said, self.title, self.figure, *self.lines]
        parts += [f"{bar.label} {bar.value}" for bar in self.bars]
        return ". ".join(part.rstrip(".") for part in (*parts, self.note) if part)


def of(copy: Copy, say: Words) -> list[Card]:
    """Return every card of a copy in a language: decisions, polls, indicators, the newest first."""
    made = Pages(copy, say)
    return [*_decisions(made), *_polls(made), *_indicators(made)]


def by_page(copy: Copy, say: Words) -> dict[str, Card]:
    """Return the cards by which pages are shown where somebody shares them: of each its first."""
    found: dict[str, Card] = {}
    for card in of(copy, say):
        found.setdefault(card.page, card)
    return found


def short(card: Card, say: Words, link: str = "") -> str:
    """Return a text to post beside the picture, no longer than X takes; `link` stands last."""
    head = f"[{card.said}] {card.title}"
    rest = [" ".join(part for part in (card.figure, *card.lines[:1]) if part)]
    rest += [f"{bar.label} {bar.value}" for bar in card.bars[:2]] if not card.figure else []
    body = " · ".join(part for part in rest if part)
    room = LONGEST - (ADDRESS_UNITS + 1 if link else 0)
    whole = f"{head} — {body}" if body else head
    if card.sample:
        whole = say(_SAMPLE_TEXT, text=whole)
    return " ".join(part for part in (_shortened(whole, room), link) if part)


def units(text: str) -> int:
    """Return the length of a text as X counts it."""
    return sum(1 if ord(sign) < 0x1100 else 2 for sign in unicodedata.normalize("NFC", text))


def _shortened(text: str, room: int) -> str:
    if units(text) <= room:
        return text
    while text and units(text) > room - 2:
        text = text[:-1]
    return text.rstrip(" ,.·—") + "…"


def _card(pages: Pages, kind: Kind, row: Record, **said: object) -> Card:
    manifest = pages.copy.manifest
    office = manifest.office_ko if pages.language == "ko" else manifest.office_en
    invented = said.pop("sample", has_sample(pages.copy))
    held: dict[str, object] = {"figure": "", "lines": (), "bars": (), "note": ""}
    return Card(
        kind=kind,
        code=str(row["id"]),
        language=pages.language,
        office=office,
        said=pages.say(KINDS[kind]),
        sample=pages.say(SAMPLE) if invented else "",
        **(held | said),  # type: ignore[arg-type]
    )


def _decisions(pages: Pages) -> Iterator[Card]:
    copy = pages.copy
    meetings = sorted(copy.of("meeting"), key=lambda row: str(row["starts_at"]), reverse=True)
    for meeting in meetings:
        for item in in_order(copy.by("agenda_item", "meeting_id", meeting["id"])):
            # What was decided in a closed sitting is told on its page as far as it may be.
            if item.get("outcome") in DECIDED and not item.get("restricted"):
                yield _decision(pages, meeting, item)


def _decision(pages: Pages, meeting: Record, item: Record) -> Card:
    vote = next(
        (
            row
            for row in in_order(pages.copy.by("vote", "item_id", item["id"]))
            if row["state"] == VoteState.CLOSED and row["subject"] == "item"
        ),
        None,
    )
    counted = _counts(pages, vote) if vote else ""
    day = day_of(meeting["starts_at"])
    when = pages.say.day(day, "long")
    title = meeting_title(pages, meeting)
    return _card(
        pages,
        Kind.DECISION,
        item,
        address=f"{meeting_address(meeting['id'])}#item-{item['id']}",
        title=str(item["title"]),
        figure=pages.word("agenda_item", "outcome", item["outcome"]),
        lines=tuple(line for line in (counted, str(item.get("resolution") or "")) if line),
        note=title if str(day) in title else f"{title} · {when}",
    )


def _counts(pages: Pages, vote: Record) -> str:
    if vote.get("uncounted"):
        return ""
    if vote["method"] == VoteMethod.NO_OBJECTION:
        return pages.say(_UNOPPOSED, present=vote["present"])
    named = ("present", "yes", "no", "abstain")
    if any(vote.get(name) is None for name in named):
        return ""
    return pages.say(_COUNTED, **{name: vote[name] for name in named})


def _polls(pages: Pages) -> Iterator[Card]:
    told = [row for row in pages.copy.of("poll_wave") if row["state"] in poll_tables.TOLD]
    for wave in sorted(told, key=lambda row: str(row.get("published_on") or ""), reverse=True):
        poll = pages.copy.one("poll", wave["poll_id"])
        for one in poll_tables.questions(pages, wave):
            if not one.attribute and not one.by_part and not one.question.get("text"):
                card = _poll(pages, poll, wave, one)
                if card is not None:
                    yield card


def _poll(pages: Pages, poll: Record, wave: Record, one: poll_tables.Asked) -> Card | None:
    """Return the card of a question, None where a share of it is not told."""
    say = pages.say
    shares = [
        (row.label, row.cell.respondents)
        for block in one.blocks
        for row in block.rows
        if not row.missing and row.cell is not None
    ]
    told = [(label, share) for label, share in shares if share is not None]
    answered = one.bases.get("answered")
    if not told or len(told) < len(shares) or not answered:
        return None
    told.sort(key=lambda pair: -pair[1])
    days = say.days(day_of(wave.get("from_on")), day_of(wave.get("until_on")))
    sampling = pages.word("poll_wave", "sampling", wave.get("sampling") or "")
    how = say(_SAMPLED, sampling=sampling, days=days) if sampling else days
    people = say(_PEOPLE, n=round(answered))
    return _card(
        pages,
        Kind.POLL,
        one.place,
        address=f"polls/{wave['poll_id']}/{wave['id']}.html#q-{one.place['id']}",
        title=one.title,
        lines=(say(_MULTIPLE if one.two_bases else _OF_RESPONDENTS, people=people),),
        bars=tuple(Bar(label, f"{share:.1f}%", share / 100) for label, share in told[:MOST_BARS]),
        note=f"{pages.text(poll, 'name')} {wave['label']} · {how}",
    )


def _indicators(pages: Pages) -> Iterator[Card]:
    years = _yearly(pages.copy)
    for row in in_order(pages.copy.of("indicator")):
        found = sorted(years.get(str(row["id"]), {}).items())
        if len(found) > 1:
            yield _indicator(pages, row, found)


def _yearly(copy: Copy) -> dict[str, dict[int, float]]:
    """Return the city's figure of each year that is over, by indicator, as the copy tells them."""
    found: dict[str, dict[int, float]] = {}
    for row in copy.by("figure", "kind", "energy"):
        _, code, year, measure = str(row["key"]).split(":")
        if measure == "total" and row["value"] is not None and int(year) < copy.day.year:
            found.setdefault(code, {})[int(year)] = float(row["value"])
    return found


def _indicator(pages: Pages, row: Record, found: list[tuple[int, float]]) -> Card:
    say = pages.say
    scale = Scale.of(str(row["unit"]), [value for _, value in found])
    (before, old), (year, new) = found[-2:]
    unit = say(scale.unit)
    share = row["unit"] == "%"
    compared = ""
    if old or share:
        change = new - old if share else 100 * (new - old) / abs(old)
        message = _POINTS if share else _AGAINST
        same = f"{change:.1f}" in ("0.0", "-0.0")
        compared = say(_SAME, year=before) if same else say(message, change=change, year=before)
    shown = found[-MOST_YEARS:]
    most = max(abs(value) for _, value in shown) or 1.0
    bars = [
        Bar(str(y), f"{written(value / scale.by)}", abs(value) / most)
        for y, value in shown
        if min(v for _, v in shown) >= 0
    ]
    return _card(
        pages,
        Kind.INDICATOR,
        row,
        address=f"energy/{row['code']}.html",
        title=say(_IN_YEAR, name=pages.text(row, "name"), year=year),
        figure=f"{written(new / scale.by)}{'' if share else ' '}{unit}",
        lines=(compared.replace("-", "−"),) if compared else (),
        bars=tuple(bars),
        note=f"{say(_YEARLY)} ({unit})",
        sample=_invented(pages.copy, row),
    )


def _invented(copy: Copy, indicator: Record) -> bool:
    """Say whether a source of the indicator's figures is invented, or one of what it is made of."""
    sources = {
        str(row["source_id"]) for row in copy.by("series", "indicator_id", indicator["id"])
    } or {str(row["source_id"]) for row in copy.of("series")}
    return any(row["sample"] and str(row["source_id"]) in sources for row in copy.of("dataset"))
