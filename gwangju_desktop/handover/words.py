"""Who has the office file, in a sentence, and what the program can know of it."""

from __future__ import annotations

from gwangju_desktop.handover.state import Standing, State
from gwangju_desktop.text import N_, Msg, say

TOLD: dict[Standing, Msg] = {
    Standing.ALONE: N_("This office file was never handed over; it is written to here."),
    Standing.HERE: N_("The office file is here since handover {number}; it is written to here."),
    Standing.AWAY: N_(
        "The office file was handed over to {to} on {at:full}; here it is only read."
    ),
    Standing.UNFINISHED: N_("Handing the office file over to {to} was cut off on {at:full}."),
}
# What no program can know without asking the other PC, told before anything is given.
LIMITS = (
    N_("The file can be copied. That a copy was taken over elsewhere shows when it comes back."),
    N_("Whoever has the file or a backup of the office on another PC can open it there."),
    N_("Of two copies that were both written to, one is refused; what differs is listed."),
)


def sentence(told: State) -> str:
    """Return where the office file is, in the language of the moment."""
    return say(TOLD[told.standing], number=told.number, to=told.to, at=told.at)
