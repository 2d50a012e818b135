"""Say in another language what a vote's kept sentence says.

A vote keeps its arithmetic in Korean, the language of the record, and the record is never written
anew. Its sentences come from a few messages, so one can be read back and said again with the same
numbers; what somebody wrote otherwise stays as it is.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Mapping

from gwangju_desktop.meetings import verdicts
from gwangju_desktop.text import C_, N_, Msg, Words, words

ELECTED = N_("{counted}; {required} needed: {name} elected.")
NOBODY = N_("{counted}; {required} needed: nobody elected.")
VOTES_OF = N_("{name} {n} votes")
UNDECIDED = N_("{replies} of {enrolled} replied; {quorum} needed: nothing is decided.")
REPLIED = C_("vote", "{n} replies")
REGISTERED = N_("From the register: {yes} for, {no} against, {abstain} abstained.")

_SENTENCES = (
    *(verdicts.EVEN, verdicts.EVEN_LOST, verdicts.LOST, verdicts.CARRIED),
    *(verdicts.SEEN, verdicts.NOT_SEEN, ELECTED, NOBODY, UNDECIDED),
)
# What stands inside a sentence and is a message itself.
_INNER: Mapping[str, tuple[Msg, ...]] = {
    "base": (*verdicts.BASES.values(), REPLIED),
    "part": (verdicts.HALF, verdicts.MORE, verdicts.LEAST),
}

_TEXTS = {"base", "part", "counted", "name"}


def retold(kept: str, say: Words) -> str:
    """Return a vote's kept sentence in a language; one that is not ours comes back unchanged."""
    if say.language == "ko" or not kept:
        return kept
    if counted := _said(REGISTERED, kept, say, whole=False):
        text, rest = counted
        return f"{text} {retold(rest, say)}".strip()
    for message in _SENTENCES:
        if said := _said(message, kept, say):
            return said[0]
    return kept


def _said(message: Msg, kept: str, say: Words, *, whole: bool = True) -> tuple[str, str] | None:
    """Return a text said anew and what follows it, None where it does not come from the message."""
    pattern = _pattern(message, message.context)
    match = pattern.fullmatch(kept) if whole else pattern.match(kept)
    if match is None:
        return None
    values = {name: _value(name, text, say) for name, text in match.groupdict().items()}
    return say(message, **values), kept[match.end() :].strip()


def _value(name: str, text: str, say: Words) -> str:
    if name == "counted":
        found = [_said(VOTES_OF, one, say) for one in text.split(", ")]
        return ", ".join(one[0] for one in found if one) if all(found) else text
    for message in _INNER.get(name, ()):
        if said := _said(message, text, say):
            return said[0]
    return text


@functools.cache
def _pattern(message: str, context: str) -> re.Pattern[str]:
    """Turn what a message is in Korean into a pattern that names its values."""
    korean = words("ko")(Msg(message, context))
    parts = []
    for text, name, _, _ in string.Formatter().parse(korean):
        parts.append(re.escape(text))
        if name:
            parts.append(f"(?P<{name}>{'.+?' if name in _TEXTS else '[0-9]+'})")
    return re.compile("".join(parts))
