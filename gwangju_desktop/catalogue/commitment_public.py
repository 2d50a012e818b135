"""What everybody may read of a plan: one page of it, and the text of its web page.

Built of public evidence alone; nobody is named, and monitors are one body.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue import commitment_figures as figures
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.commitment_facts import COMPLETION, PlanFacts
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.catalogue.commitment_report import COMMITMENT, OWN_STATUS, RATED, steps
from gwangju_desktop.catalogue.energy_parts import ONE_PAGE
from gwangju_desktop.commitments import deadlines, queries
from gwangju_desktop.commitments.rows import CommitmentWhole
from gwangju_desktop.commitments.words import CHANNELS, STATUSES
from gwangju_desktop.documents import paper_settings, writer_figures  # noqa: F401 - measures bars
from gwangju_desktop.documents.blocks import Block, Cell, Column, Para, para, table
from gwangju_desktop.documents.blocks import words as spread
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import Bar, BarFigure
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.reviews import queries as rounds
from gwangju_desktop.text import C_, N_, NN_, Msg, say, speaking, words

SUMMARY = C_("document", "Public summary of an action plan")
WEB = C_("document", "Text of the web page of an action plan")
IN_SHORT = C_("commitment document", "Summary at a glance")
WEB_TITLE = C_("commitment document", "Progress of the action plan")
AS_OF = N_(
    "As of {day:full}. The own status is the city's; completion is rated by the independent"
    " monitoring body alone."
)
# Characters of each text and commitments shown; the first that fits one page is taken.
_ROOMS = (420, 350, 290, 240, 200, 165, 135, 110, 90, 50, 0)
_BUDGETS = (*((room, 12) for room in _ROOMS), (0, 8), (0, 5), (0, 3))
_LONGEST_TITLE = 90
_CHAPTERS = ("vision", "challenges")
_WEB_TEXTS = ("problem", "action", "outcomes")


def summary(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return one page of a plan for everybody; long texts and lists are cut so that it is one."""
    with speaking(language):
        data = told.gathered(read, id, public=True)
        # The theme is the page's own; the office's form is put on it where it is printed.
        for room, most in _BUDGETS:
            made = _page(read, data, room, most, language)
            if pages(paper_settings.dressed(read, made)) == 1:
                return made
        return made


def pages(made: Composed) -> int:
    """Return how many pages a document takes."""
    layout = Layout(metrics(), made.theme or Theme())
    return sum(len(layout.flow(part)) for part in made.sheets)


def cut(text: str, room: int) -> str:
    """Return a text of at most so many characters, cut at a space where it is longer."""
    flat = " ".join(text.split())
    if len(flat) <= room:
        return flat
    if room < 2:
        return ""
    return flat[: room - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _page(read: Session, data: PlanFacts, room: int, most: int, language: str) -> Composed:
    whole = say(N_("{document}, {period}"), document=IN_SHORT, period=data.title)
    title, shown = cut(data.title, _LONGEST_TITLE), data.commitments[:most]
    blocks: list[Block] = [
        *frame.head(f"{data.about.office(words())} · {say(IN_SHORT)}", title),
        para(_counted(data), "lead", keep=True),
    ]
    texts = {one.section: one for one in queries.texts(read, data.plan.id)}
    for key in _CHAPTERS:
        said = cut(named(texts[key].text, texts[key].text_en), room)
        if said:
            blocks += [frame.heading(say(texts[key].label)), para(said)]
    if shown:
        blocks += [frame.heading(say(COMMITMENT)), _commitments(data, shown, room)]
        blocks += _bars(shown)
    if len(data.commitments) > most:
        rest = len(data.commitments) - most
        blocks.append(para(say(N_("and {n} more"), n=rest), "note"))
    blocks += _co_creation(data, room)
    blocks += [para(line, "note") for line in _foot(data)]
    blocks.append(para(say(END)))
    name = f"{data.today:%Y-%m-%d} {whole}"
    parts = (tuple(blocks),)
    head = say(SUMMARY)
    return Composed(whole, name, data.about, language, parts, head=head, theme=ONE_PAGE)


def _counted(data: PlanFacts) -> str:
    """Say in one line how far the plan is."""
    rows = [whole.row for whole in data.commitments]
    done, whole = sum(row.completed for row in rows), sum(row.milestones for row in rows)
    message = NN_(
        "{n} commitment; {done} of {whole} milestones are completed.",
        "{n} commitments; {done} of {whole} milestones are completed.",
    )
    return say(message, n=len(rows), done=done, whole=whole)


def _commitments(data: PlanFacts, shown: tuple[CommitmentWhole, ...], room: int) -> Block:
    columns = [
        Column(say(COMMITMENT), 0.5),
        Column(say(C_("commitment document", "Period")), 0.19),
        Column(say(OWN_STATUS), 0.13),
        Column(say(RATED), 0.18),
    ]
    rows: list[list[str | Block | Cell]] = []
    for whole in shown:
        row = whole.row
        said: list[Block] = [para(cut(named(row.title, row.title_en), _LONGEST_TITLE), "strong")]
        text = next(one for one in whole.texts if one.section == "action")
        action = cut(named(text.text, text.text_en), room // 2)
        if action:
            said.append(para(action, "cell"))
        rated = cut(data.rated(row.id), _LONGEST_TITLE)
        rows.append([tuple(said), told.months(row), say(STATUSES[row.status]), rated])
    return table(columns, rows, grid=True, caption=say(COMMITMENT))


def _bars(shown: tuple[CommitmentWhole, ...]) -> list[Block]:
    """Return how much of each commitment's weight is completed."""
    counted = [(whole.row, told.share(whole.row)) for whole in shown]
    bars = tuple(
        Bar(
            row.code,
            float(part),
            f"{part}%",
            (f"{row.completed}/{row.milestones}",),
        )
        for row, part in counted
        if part is not None
    )
    if not bars:
        return []
    title = say(C_("commitment document", "Weight of the milestones completed"))
    values = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    alternative = say(N_("{title}: {told}."), title=title, told=values)
    heads = (say(C_("commitment document", "Milestones")),)
    return [para(title, "strong", keep=True), BarFigure(bars, alternative, heads, whole=100.0)]


def _co_creation(data: PlanFacts, room: int) -> list[Block]:
    """Say in one paragraph who took part in making the plan."""
    parts = [
        f"{named(one.label, one.label_en)} {one.number}"
        for one in data.counts
        if one.number is not None
    ]
    said = cut(", ".join(parts), max(room, 120))
    if not said:
        return []
    title = C_("commitment document", "Co-creation")
    return [frame.heading(say(title)), para(said)]


def _foot(data: PlanFacts) -> Iterator[str]:
    yield say(AS_OF, day=data.today)
    public = len(data.whole_files)
    if public:
        message = NN_("{n} public evidence file.", "{n} public evidence files.")
        yield say(message, n=public)
    if data.plan.url:
        yield data.plan.url


# --- the web page --------------------------------------------------------------------------------


def web(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the text of a plan's web page: what was promised, how far it is, what shows it."""
    with speaking(language) as spoken:
        data = told.gathered(read, id, public=True)
        whole = say(N_("{document}, {period}"), document=WEB_TITLE, period=data.title)
        blocks: list[Block] = [
            *frame.head(data.about.office(spoken), whole),
            para(_counted(data), "lead"),
            para(say(AS_OF, day=data.today), "note"),
        ]
        for text in queries.texts(read, data.plan.id):
            said = named(text.text, text.text_en)
            if text.section in _CHAPTERS and said:
                blocks += [frame.heading(say(text.label)), para(said)]
        for one in data.commitments:
            blocks += _web_commitment(data, one)
        blocks += _published(read, data)
        name = f"{data.today:%Y-%m-%d} {whole}"
        parts = (tuple(blocks),)
        return Composed(whole, name, data.about, language, parts, head=say(WEB), closes=False)


def _web_commitment(data: PlanFacts, whole: CommitmentWhole) -> list[Block]:
    row = whole.row
    rating = data.ratings.get(row.id, {}).get(COMPLETION)
    rated = say(told.NOT_RATED)
    if rating is not None:
        rated = f"{told.rated(rating)} ({told.origin(rating)})"
    facts: list[tuple[Msg, str]] = [
        (C_("commitment document", "Period"), told.months(row)),
        (OWN_STATUS, f"{say(STATUSES[row.status])} – {row.status_why}"),
        (RATED, rated),
    ]
    blocks: list[Block] = [
        frame.heading(f"{row.code} {named(row.title, row.title_en)}"),
        frame.facts(facts, words(), row=7.5),
    ]
    for text in whole.texts:
        said = named(text.text, text.text_en)
        if text.section in _WEB_TEXTS and said:
            blocks += [para(say(text.label), "strong", keep=True), para(said)]
    blocks += figures.timeline(whole, data.today)
    blocks += steps(data, whole)
    proved = data.proves(row)
    if proved:
        title = C_("commitment document", "Public evidence")
        blocks.append(para(say(title), "strong", keep=True))
    for one in proved:
        said = told.marked(named(one.title, one.title_en), one.sample)
        line = f"{said} ({words().day(one.obtained_on, 'full')}), SHA-256 {one.sha256}"
        blocks.append(Para(spread(line), "note", "-", 1))
    return blocks


def _published(read: Session, data: PlanFacts) -> list[Block]:
    """List where results were published, and when the page is to be brought up to date next."""
    rows = rounds.publications(read, plan_id=data.plan.id)
    blocks: list[Block] = []
    if rows:
        title = C_("commitment document", "Published")
        blocks.append(frame.heading(say(title)))
    for one in rows:
        parts = [
            words().day(one.published_on, "full"),
            say(CHANNELS[one.channel]),
            named(one.title, one.title_en),
            one.url,
        ]
        blocks.append(Para(spread(" · ".join(filter(None, parts))), "body", "-", 1))
    for due in deadlines.of_plan(read, data.plan.id, data.today):
        if due.kind == deadlines.WEB and due.done_on is None:
            message = N_("This page is brought up to date by {day:full}.")
            blocks.append(para(say(message, day=due.due_on), "note"))
    return blocks
