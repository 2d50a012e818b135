"""An outgoing document filled in cell by cell, as typed into its line of the list."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from db.schema.packs import Outgoing
from db.store import usecase
from db.vocab import Release
from gwangju_desktop import clock
from gwangju_desktop.catalogue.filed import RELEASES
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.outgoing.pasting import AHEAD, NOT_A_DAY, a_day
from gwangju_desktop.outgoing.usecases import NO_GROUND, NO_OUTGOING
from gwangju_desktop.text import LANGUAGES, N_, words


@usecase("Fill the document number")
def set_number(tx: Session, *, id: int, number: str) -> int:
    """Write the number of a document (문서번호); an empty one lets it wait again."""
    change(_open(tx, id), tidy({"number": number}, ("number",)))
    return id


@usecase("Fill the day of dispatch")
def set_day(tx: Session, *, id: int, dispatched_on: str) -> int:
    """Write the day a document went out (시행일자), typed as 2022. 3. 17. or 2022-03-17.

    An empty one lets it wait again. Raises UserError for a text that is no day, or one ahead.
    """
    row, text, day = _open(tx, id), dispatched_on.strip(), a_day(dispatched_on)
    if text and day is None:
        raise UserError(NOT_A_DAY, text=text)
    if day is not None and day > clock.today():
        raise UserError(AHEAD, hint=N_("Enter the day on which it was dispatched."), day=day)
    change(row, {"dispatched_on": day})
    return id


@usecase("Set how public the document is")
def set_openness(tx: Session, *, id: int, release: str) -> int:
    """Write how public a document is (공개구분), and behind it the ground where it is not wholly.

    "비공개 정보공개법 제9조제1항제5호"; without a ground the one the document has stays. Raises
    UserError for another word, or where no ground is known.
    """
    row = _open(tx, id)
    how, ground = _openness(tidy({"release": release}, ("release",))["release"])
    values: dict[str, Any] = {"release": how.value, "ground": ground or row.ground}
    if how is Release.PUBLIC:
        values["ground"] = ""
    elif not values["ground"]:
        said = RELEASES[how]
        raise UserError(NO_GROUND, hint=N_("Type it behind the word: “{word} …”."), word=said)
    change(row, values)
    return id


@usecase("Set the ground of the document")
def set_ground(tx: Session, *, id: int, ground: str) -> int:
    """Write why a document is not wholly public; raises UserError for one that is public."""
    row, values = _open(tx, id), tidy({"ground": ground}, ("ground",))
    if row.release == Release.PUBLIC and values["ground"]:
        raise UserError(
            N_("A document that is public has no ground."),
            hint=N_("Say first how much of it is public."),
        )
    if row.release != Release.PUBLIC and not values["ground"]:
        raise UserError(NO_GROUND)
    change(row, values)
    return id


def _open(tx: Session, id: int) -> Outgoing:
    """Return a document that may be filled in; raises UserError for one that was dropped."""
    row = found(tx, Outgoing, id, NO_OUTGOING)
    if row.dropped:
        raise UserError(
            N_("“{title}” is noted as not dispatched."),
            hint=N_("Let it wait again first."),
            title=row.title,
        )
    return row


def _openness(text: str) -> tuple[Release, str]:
    """Split a typed text into how public it means, in either language, and the ground behind it."""
    known = {
        words(language)(message).replace(" ", "").lower(): Release(code)
        for code, message in RELEASES.items()
        for language in LANGUAGES
    }
    parts = text.replace("(", " (").split()
    # "부분 공개" is one word or two, "Not public" two.
    for count in (2, 1):
        how = known.get("".join(parts[:count]).lower())
        if how is not None:
            return how, " ".join(parts[count:]).strip("() ")
    raise UserError(
        N_("“{text}” does not say how public the document is."),
        hint=N_("Type one of {known}."),
        text=text,
        known=", ".join(str(message) for message in _known()),
    )


def _known() -> list[str]:
    say = words()
    return [say(message) for message in RELEASES.values()]
