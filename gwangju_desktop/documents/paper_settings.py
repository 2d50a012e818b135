"""The form of the office's documents: paper, margins, type, and the letterhead of its letters."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop import settings
from gwangju_desktop.documents.blocks import Align, Block, Rule, Space, clean, para
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.picture import picture
from gwangju_desktop.documents.styles import MM, STYLES, Style, Theme
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg, words

# Widths and heights in millimetres.
PAPERS: Mapping[str, tuple[float, float]] = {
    "A4": (210, 297),
    "A5": (148, 210),
    "B5": (182, 257),
    "Letter": (215.9, 279.4),
}
SIZES = (10.0, 11.0, 12.0, 12.5, 13.0, 14.0, 15.0, 16.0)
# The program's own type first; the others stand on every PC with Hancom Office or Windows.
FACES = ("Pretendard GOV", "맑은 고딕", "함초롬돋움", "함초롬바탕", "휴먼명조", "바탕")
ALIGNS: Mapping[Align, Msg] = {
    "left": C_("align", "Left"),
    "centre": C_("align", "Centre"),
    "right": C_("align", "Right"),
}
MOST_LINES, _MOST_LETTERS = 4, 120
_LEAST = {"top": 16, "bottom": 14, "left": 5, "right": 5}
_MOST_MARGIN = 80
_LEAST_LOGO, _MOST_LOGO = 5, 40
# A table of three columns still says something in this room, in millimetres.
_ROOM_WIDE, _ROOM_HIGH = 90, 110
_USUAL_SIZE = 12.5
_NAME, _LINE = Style(20, "B", 1.3, after=2), Style(10.5, lead=1.4, after=0, grey=0.2)


@dataclass(frozen=True, slots=True)
class Form:
    """How documents look: `text` is the size of running text in points, all else in millimetres.

    `face` is the type of files that name one (Hancom, web page); paper always has the program's
    own. `lines` and `logo` (the sha-256 of its picture) are the letterhead.
    """

    paper: str = "A4"
    left: int = 25
    right: int = 18
    top: int = 27
    bottom: int = 20
    text: float = _USUAL_SIZE
    face: str = FACES[0]
    lines: str = ""
    align: Align = "left"
    logo: str = ""
    logo_height: int = 14

    @property
    def rows(self) -> list[str]:
        """The letterhead's lines that say something."""
        return [line.strip() for line in clean(self.lines).split("\n") if line.strip()]

    def faults(self) -> dict[str, UserError]:
        """Return what is wrong, by the field it is wrong in."""
        found: dict[str, UserError] = {}
        for name, least in _LEAST.items():
            if not least <= getattr(self, name) <= _MOST_MARGIN:
                found[name] = UserError(
                    N_("Between {least} and {most} mm, please."), least=least, most=_MOST_MARGIN
                )
        wide, high = PAPERS[self.paper]
        if not {"left", "right"} & found.keys() and wide - self.left - self.right < _ROOM_WIDE:
            found["right"] = _no_room(round(wide) - _ROOM_WIDE, N_("left and right"))
        if not {"top", "bottom"} & found.keys() and high - self.top - self.bottom < _ROOM_HIGH:
            found["bottom"] = _no_room(round(high) - _ROOM_HIGH, N_("top and bottom"))
        if len(self.rows) > MOST_LINES or any(len(line) > _MOST_LETTERS for line in self.rows):
            found["lines"] = UserError(
                N_("At most {n} lines of {letters} letters."), n=MOST_LINES, letters=_MOST_LETTERS
            )
        if not _LEAST_LOGO <= self.logo_height <= _MOST_LOGO:
            found["logo_height"] = UserError(
                N_("Between {least} and {most} mm, please."), least=_LEAST_LOGO, most=_MOST_LOGO
            )
        return found


def _no_room(most: int, which: Msg) -> UserError:
    return UserError(
        N_("No room is left for the text: {which} together may take {most} mm."),
        which=which,
        most=most,
    )


def of_office(read: Session) -> Form:
    """Return the office's form; what somebody else wrote and makes no sense is as usual."""
    kept = settings.value(read, settings.PAPER_FORM)
    return formed(kept) if isinstance(kept, dict) else Form()


def formed(values: Mapping[str, Any]) -> Form:
    """Return a form of values as they are kept; a wrong one gives way to the usual."""
    usual = Form()
    known: dict[str, Any] = {}
    for field in fields(Form):
        value, as_usual = values.get(field.name), getattr(usual, field.name)
        if isinstance(as_usual, str):
            fits = isinstance(value, str)
        else:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        if fits:
            known[field.name] = value
    form = Form(**known)
    if form.paper not in PAPERS or form.align not in ALIGNS or form.text not in SIZES:
        form = replace(form, paper=usual.paper, align=usual.align, text=usual.text)
    if form.face not in FACES:
        form = replace(form, face=usual.face)
    wrong = form.faults()
    return replace(form, **{name: getattr(usual, name) for name in wrong}) if wrong else form


def logo(read: Session) -> bytes | None:
    """Return the picture of the letterhead, None where there is none or it is not what it was."""
    kept = settings.value(read, settings.PAPER_LOGO)
    if not isinstance(kept, dict):
        return None
    try:
        png = base64.b64decode(str(kept.get("png", "")), validate=True)
    except (binascii.Error, ValueError):
        return None
    return png if png and hashlib.sha256(png).hexdigest() == kept.get("sha256") else None


@usecase("Change the form of documents")
def change_form(tx: Session, *, form: Mapping[str, Any], png: str | None = None) -> str:
    """Keep a form; `png` is a new logo in base64, empty to take it away, None to leave it.

    Raises UserError where the form makes no sense.
    """
    wanted = Form(**form)
    for fault in wanted.faults().values():
        raise fault
    if wanted.paper not in PAPERS or wanted.face not in FACES or wanted.text not in SIZES:
        raise UserError(N_("This form of documents is not known."))
    if png is not None:
        kept = None
        digest = ""
        if png:
            digest = hashlib.sha256(base64.b64decode(png)).hexdigest()
            kept = {"sha256": digest, "png": png}
        settings.change_setting(tx, key=settings.PAPER_LOGO, value=kept)
        wanted = replace(wanted, logo=digest)
    return settings.change_setting(tx, key=settings.PAPER_FORM, value=asdict(wanted))


@lru_cache(8)
def theme_of(form: Form, across: bool = False) -> Theme:
    """Return the theme of a form; a page lying across has the same margins."""
    wide, high = PAPERS[form.paper]
    if across:
        wide, high = high, wide
    scale = form.text / _USUAL_SIZE
    styles = {name: replace(one, size=round(one.size * scale, 2)) for name, one in STYLES.items()}
    styles["letterhead"] = replace(_NAME, align=form.align)
    styles["letterhead-line"] = replace(_LINE, align=form.align)
    return Theme(
        width=wide * MM,
        height=high * MM,
        left=form.left * MM,
        right=form.right * MM,
        top=form.top * MM,
        bottom=form.bottom * MM,
        styles=styles,
    )


def letterhead(form: Form, png: bytes | None, name: str) -> tuple[Block, ...]:
    """Return what stands above the office's letters, nothing where it has no letterhead."""
    found: list[Block] = []
    if png is not None:
        most = theme_of(form).frame_width
        height = form.logo_height * MM
        found.append(picture(png, height=height, most=most, alternative=name, align=form.align))
    for number, line in enumerate(form.rows):
        found.append(para(line, "letterhead-line" if number else "letterhead"))
    return (*found, Space(2 * MM), Rule(), Space(3 * MM)) if found else ()


def dressed(read: Session, composed: Composed) -> Composed:
    """Return a document in the form of the office: its paper, its type, its letterhead."""
    if composed.drawn is not None:
        return composed
    form = of_office(read)
    return worn(composed, form, logo(read) if composed.letterhead and form.logo else None)


def worn(composed: Composed, form: Form, png: bytes | None) -> Composed:
    """Return a document in a form; one that lies across stays so, one on own margins keeps them."""
    own = composed.theme
    theme = theme_of(form, own is not None and own.width > own.height)
    if own is not None:
        sides = ("left", "right", "top", "bottom")
        kept = {side: min(getattr(own, side), getattr(theme, side)) for side in sides}
        special = {name: one for name, one in own.styles.items() if one != STYLES.get(name)}
        theme = replace(theme, notes=own.notes, styles={**theme.styles, **special}, **kept)
    head = composed.letterhead
    if head:
        name = composed.about.office(words(composed.language))
        head = letterhead(form, png, name) or head
    return replace(composed, theme=theme, letterhead=head, face=form.face)
