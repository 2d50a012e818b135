"""Opinion polls: how they were made, what was answered on both bases, and what became policy."""

from __future__ import annotations

from collections.abc import Iterator

from db.vocab import PollSource, Sampling, WaveState
from gwangju_desktop.polls import method
from gwangju_desktop.site import poll_tables
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.page import Page, Section
from gwangju_desktop.site.records import WITHHELD, Pages, day_of, in_order, joined, latest
from gwangju_desktop.text import C_, NN_, Msg, Words

_TITLE = C_("site", "Polls")
_KIND = C_("site record", "Poll")
_UNKNOWN = C_("method", "Not known")
_PEOPLE = NN_("{n:,} person", "{n:,} people")
_SIZED = C_("method", "{who} ({n:,} people)")
_RATE = C_("method", "{n:,} of {invited:,} invited ({rate:.1f}%)")
_STATED_LATER = C_("method", "Stated once the wave is closed")
_WEIGHTS = C_("site", "Weighted; the figures are sums of weights")
_NO_WEIGHTS = C_("method", "None")
_WAVE = C_("site", "{poll}: {wave}")
# What a wave leaves empty is that of its series.
_INHERITED = ("commissioner", "population", "population_size")
_TONES = {
    WaveState.PUBLISHED.value: "ok",
    WaveState.FIELDING.value: "info",
    WaveState.CLOSED.value: "warn",
}


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of polls, each poll's page and each of its waves."""
    made = Pages(copy, say)
    polls = in_order(copy.of("poll"))
    listed = [(poll, _waves(made, poll)) for poll in polls]
    yield Page(
        "polls/index.html",
        "polls/index.html",
        "polls",
        say(_TITLE),
        made.facts(polls=listed),
        say(C_("site", "What citizens were asked, what they answered and what became of it.")),
    )
    for poll, waves in listed:
        yield _poll(made, poll, waves)
        for wave in waves:
            yield _wave(made, poll, wave)


def poll_address(poll: Record) -> str:
    """Return the address of a poll's page."""
    return f"polls/{poll['id']}/index.html"


def wave_address(wave: Record) -> str:
    """Return the address of a wave's page."""
    return f"polls/{wave['poll_id']}/{wave['id']}.html"


def _waves(pages: Pages, poll: Record) -> list[Record]:
    """Return a poll's waves with their page, state and days left, in the order of their days."""
    found = []
    rows = pages.copy.by("poll_wave", "poll_id", poll["id"])
    for row in sorted(rows, key=lambda one: str(one.get("from_on") or one.get("planned_on") or "")):
        fielding = row["state"] == WaveState.FIELDING
        planned = row["state"] == WaveState.PLANNED
        left = pages.left(row.get("until_on")) if fielding else None
        if planned:
            left = pages.left(row.get("from_on") or row.get("planned_on"), ahead=True)
        inherited = {name: row.get(name) or poll.get(name) for name in _INHERITED}
        found.append(
            {
                **row,
                **inherited,
                "address": wave_address(row),
                "said": pages.word("poll_wave", "state", row["state"]),
                "tone": _TONES.get(row["state"], ""),
                "left": left,
                "days": _days(pages, row),
            }
        )
    return found


def _poll(pages: Pages, poll: Record, waves: list[Record]) -> Page:
    trends = poll_tables.trends(pages, waves)
    return Page(
        poll_address(poll),
        "polls/poll.html",
        "polls",
        pages.text(poll, "name"),
        pages.facts(poll=poll, waves=waves, trends=trends, wave_address=wave_address),
        description=str(poll.get("purpose") or ""),
        text=joined(poll.get("purpose"), poll.get("population"), *(one.title for one in trends)),
        kind=pages.say(_KIND),
        updated=latest(*(wave.get("published_on") for wave in waves)),
    )


def _wave(pages: Pages, poll: Record, wave: Record) -> Page:
    asked = poll_tables.questions(pages, wave)
    told = wave["state"] in poll_tables.TOLD
    findings = [(one, finding) for one in asked for finding in one.findings]
    title = pages.say(_WAVE, poll=pages.text(poll, "name"), wave=wave["label"])
    return Page(
        wave_address(wave),
        "polls/wave.html",
        "polls",
        title,
        pages.facts(
            poll=poll,
            poll_address=poll_address(poll),
            wave=wave,
            method=_method(pages, wave),
            questions=[one for one in asked if not one.attribute],
            people=[one for one in asked if one.attribute],
            findings=findings,
            told=told,
            hidden=any(one.withheld for one in asked),
        ),
        description=" ".join(str(finding.row["sentence"]) for _, finding in findings)[:300],
        text=joined(*(one.title for one in asked), *(f.row["sentence"] for _, f in findings)),
        kind=pages.say(_KIND),
        updated=latest(wave.get("published_on")) if told else day_of(wave.get("from_on")),
        feed=told or wave["state"] == WaveState.FIELDING,
    )


def _method(pages: Pages, wave: Record) -> list[tuple[str, str]]:
    """Return what must stand beside figures of a poll: what nobody said reads as not known."""
    say = pages.say
    unknown = say(_UNKNOWN)
    population = wave.get("population") or ""
    if population and wave.get("population_size") is not None:
        population = say(_SIZED, who=population, n=wave["population_size"])
    lines: list[tuple[Msg, str]] = [
        (method.COMMISSIONED, wave.get("commissioner") or unknown),
        (method.CONDUCTED, wave.get("conductor") or unknown),
        (method.FIELDWORK, _days(pages, wave) or unknown),
        (method.POPULATION, population or unknown),
        (
            method.SAMPLING,
            pages.word("poll_wave", "sampling", wave.get("sampling") or "") or unknown,
        ),
        (method.FRAME, wave.get("frame") or unknown),
        (method.MODE, pages.word("poll_wave", "mode", wave.get("mode") or "") or unknown),
        (method.RESPONDENTS, _respondents(pages, wave)),
        (method.WEIGHTING, say(_WEIGHTS if wave.get("weighted") else _NO_WEIGHTS)),
        (method.ERROR, _error(pages, wave)),
    ]
    if wave.get("source") == PollSource.TOTALS and wave.get("published"):
        lines.append((method.SOURCE, str(wave["published"])))
    return [(say(label), str(text)) for label, text in lines]


def _days(pages: Pages, wave: Record) -> str:
    first, last = day_of(wave.get("from_on")), day_of(wave.get("until_on"))
    if first is None and last is None:
        planned = day_of(wave.get("planned_on"))
        return pages.say.day(planned, "full") if planned else ""
    if first == last:
        return pages.say.day(first, "full")
    return pages.say.days(first, last)


def _respondents(pages: Pages, wave: Record) -> str:
    say, n, invited = pages.say, wave.get("respondents"), wave.get("invited")
    if n is None:
        return say(_UNKNOWN if wave["state"] in poll_tables.TOLD else _STATED_LATER)
    if invited:
        return say(_RATE, n=n, invited=invited, rate=100 * n / invited)
    return say(_PEOPLE, n=n)


def _error(pages: Pages, wave: Record) -> str:
    sampling = Sampling(wave.get("sampling") or "")
    if sampling is Sampling.PROBABILITY:
        if wave["state"] not in poll_tables.TOLD:
            return pages.say(_STATED_LATER)
        if wave.get("weighted"):
            # How many respondents the weights are worth is not in the copy.
            return pages.say(WITHHELD)
    # What is said of the error is said in one place, which loads numpy.
    from gwangju_desktop.polls import notes

    told = notes.error(wave.get("respondents"), sampling, wave.get("population_size"))
    return " ".join(pages.say(one.message, **one.values) for one in told) or pages.say(_UNKNOWN)


SECTION = Section("polls", _TITLE, pages)
