"""A press release on the progress of a plan (보도자료 초안), from resources/commitments/press.toml.

A draft: quotations, names and the day of sending are left in square brackets.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

import resources
from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue.commitment_facts import COMPLETION, PlanFacts
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.catalogue.commitment_report import THEME
from gwangju_desktop.catalogue.heading import city
from gwangju_desktop.commitments.words import STATUSES
from gwangju_desktop.documents.blocks import Block, Para, Rule, Space, para
from gwangju_desktop.documents.blocks import words as spread
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.text import C_, N_, say, speaking, words

RELEASE = C_("document", "Press release on an action plan (draft)")
IN_SHORT = C_("commitment document", "Press release")
_MOST = 3
DRAFT = C_("commitment document", "Press release (draft)")


def release(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the draft of a press release on a plan, of what everybody may read alone."""
    with speaking(language):
        data = told.gathered(read, id, public=True)
        template = templates()[language]
        values, lists = _values(read, data), _lists(data)
        whole = say(N_("{document}, {period}"), document=IN_SHORT, period=data.title)
        blocks: list[Block] = [
            para(say(DRAFT), "lead"),
            para(filled(template["headline"], values), "h1"),
            para(filled(template["subtitle"], values), "lead"),
            Rule(),
            Space(2 * MM),
        ]
        for one in template["paragraph"]:
            if one.get("needs") and not (values.get(one["needs"]) or lists.get(one["needs"])):
                continue
            blocks.append(para(filled(one["text"], values)))
            blocks += [
                Para(spread(line), "body", "○", 1) for line in lists.get(one.get("lines"), ())
            ]
        blocks += [
            Space(4 * MM),
            para(filled(template["contact"], values), "note", keep=True),
            para(say(END)),
        ]
        name = f"{data.today:%Y-%m-%d} {whole}"
        parts = (tuple(blocks),)
        return Composed(whole, name, data.about, language, parts, head=say(RELEASE), theme=THEME)


@lru_cache(1)
def templates() -> dict[str, dict[str, Any]]:
    """Return the template by language."""
    data = tomllib.loads(resources.path("commitments/press.toml").read_text("utf-8"))
    return {language: data[language] for language in ("ko", "en")}


def filled(text: str, values: dict[str, str]) -> str:
    """Return a sentence of the template with the facts in it; KeyError for one there is none of."""
    return text.format(**values)


def _values(read: Session, data: PlanFacts) -> dict[str, str]:
    rows = [whole.row for whole in data.commitments]
    return {
        "plan": data.title,
        "city": city(read, data.about, words()),
        "leads": data.leads,
        "day": words().day(data.today, "full"),
        "count": str(len(rows)),
        "milestones": str(sum(row.milestones for row in rows)),
        "completed": str(sum(row.completed for row in rows)),
        "evidence": str(len(data.whole_files) or ""),
        "url": data.plan.url,
        "contact": data.about.office(words()),
    }


def _lists(data: PlanFacts) -> dict[str, list[str]]:
    """Return what is listed: commitments with status and rating, milestones done and to come."""
    line = C_("commitment document", "{title}: {value}")
    own, rated = [], []
    for whole in data.commitments:
        row = whole.row
        title = named(row.title, row.title_en)
        own.append(say(line, title=title, value=STATUSES[row.status]))
        rating = data.ratings.get(row.id, {}).get(COMPLETION)
        if rating is not None:
            rated.append(say(line, title=title, value=told.rated(rating)))
    steps = [one for whole in data.commitments for one in told.counting(whole)]
    done = sorted((one.completed_on, one.id) for one in steps if one.completed_on)
    ahead = sorted((one.due_on, one.id) for one in steps if one.due_on and not one.completed_on)
    held = {one.id: named(one.title, one.title_en) for one in steps}
    by = C_("commitment document", "{title} (by {day:full})")
    dated = C_("commitment document", "{title} ({day:full})")
    return {
        "list": own,
        "rated": rated,
        "done": [say(dated, title=held[id], day=day) for day, id in done[-_MOST:]],
        "next": [say(by, title=held[id], day=day) for day, id in ahead[:_MOST]],
    }
