"""What the settings page has: sections by group, each imported when it is first shown.

A section is a QWidget made with the shell. `needs_office` leaves it out where none is open.
"""

from __future__ import annotations

from typing import NamedTuple

from gwangju_desktop.settings import DECLARED
from ui.text import C_, N_, Msg


class Section(NamedTuple):
    """One section; `words` are what else it is found by."""

    key: str
    title: Msg
    icon: str
    module: str
    name: str
    group: Msg
    needs_office: bool = True
    words: tuple[Msg, ...] = ()


PC = C_("settings", "This PC")
OFFICE, PROGRAM = C_("settings", "This office"), C_("settings", "The program")

SECTIONS = (
    Section(
        *("display", N_("Display and language"), "contrast"),
        *("ui.settings.display", "DisplaySection", PC, False),
        (N_("Language"), N_("Colours"), N_("Text size")),
    ),
    Section(
        *("server", N_("Office and server"), "hard-drive", "ui.server.section", "ServerSection"),
        *(PC, False),
        (N_("Who writes on this PC"), N_("Password")),
    ),
    Section(
        *("updates", N_("Updates"), "download", "ui.updates.section", "UpdatesSection", PC, False),
    ),
    Section(
        *("values", N_("Values of the office"), "sliders-horizontal"),
        *("ui.settings.values", "ValuesSection", OFFICE),
        words=tuple(one.label for one in DECLARED.values() if one.kind and not one.secret),
    ),
    Section(
        *("documents", N_("Form of documents"), "file-text"),
        *("ui.settings.documents", "DocumentsSection", OFFICE),
    ),
    Section(
        *("backups", N_("Backups"), "hard-drive", "ui.backups.section", "BackupsSection", OFFICE),
        words=(N_("Restore drill"), N_("Second folder")),
    ),
    Section(
        *("handover", C_("settings", "Handing over the office file"), "upload"),
        *("ui.handover.section", "HandoverSection", OFFICE),
    ),
    Section(
        *("privacy", N_("Privacy"), "shield-check", "ui.privacy.section", "PrivacySection", OFFICE),
        words=(N_("Consents"), N_("Due to be erased")),
    ),
    Section(
        *("key", N_("Signing key"), "key-round", "ui.settings.signing", "SigningSection", OFFICE),
        words=(N_("Review copies"),),
    ),
    Section(
        *("about", C_("settings", "About and licences"), "info"),
        *("ui.settings.about", "AboutSection", PROGRAM, False),
        (N_("Licences"),),
    ),
)


def section(key: str) -> Section:
    """Return the section of that key."""
    return next(one for one in SECTIONS if one.key == key)
