"""Documents to PDF with the LibreOffice of this PC, where there is one; it runs in a child.

It works in a profile of its own: no macros run, no links are followed, and the person's own
LibreOffice may stay open. Hangul's documents are never converted: filters for them lose text
without a word.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.papers.kinds import CONVERTED, suffix
from gwangju_desktop.text import N_

SECONDS = 90.0
# LibreOffice reserves far more than it uses.
_MEMORY_MB = 6000
_OUTPUT_MB = 256
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "{ProgramFiles}/LibreOffice/program/soffice.exe",
    "{ProgramW6432}/LibreOffice/program/soffice.exe",
    "{ProgramFiles(x86)}/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
# Path of a setting in LibreOffice's registry, its name, its value.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def program() -> Path | None:
    """Return this PC's LibreOffice, or None."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in _PLACES:
        try:
            path = Path(place.format(**os.environ))
        except KeyError:
            continue
        if path.is_file():
            return path
    return None


def converts(name: str) -> bool:
    """Say whether a document of this name is one LibreOffice may convert."""
    return suffix(name) in CONVERTED


def converted(
    source: Path, folder: Path, *, name: str, cancelled: Callable[[], bool] | None = None
) -> Path:
    """Write a document as PDF into `folder` and return it.

    Raises UserError when there is no LibreOffice or it gives no PDF, Cancelled.
    """
    office = program()
    if office is None:
        raise UserError(
            N_("There is no LibreOffice on this PC."),
            hint=N_("Open the document in its own program and save it as PDF."),
        )
    asked = {
        "program": str(office),
        "source": str(source),
        "suffix": suffix(name),
        "folder": str(folder),
    }
    try:
        told = child.run(
            "paper.convert",
            asked,
            seconds=SECONDS,
            memory_mb=_MEMORY_MB,
            output_mb=_OUTPUT_MB,
            cancelled=cancelled,
        )
    except child.ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from failure
        told = {"why": failure.why}
    if "why" in told:
        raise UserError(
            N_("LibreOffice made no PDF of {name}."),
            hint=N_("Open the document in its own program and save it as PDF."),
            name=name,
        )
    return Path(told["pdf"])


def convert(asked: dict[str, Any]) -> dict[str, Any]:
    """Convert `asked["source"]` in this child; answers `{"pdf"}` or `{"why": "broken"}`."""
    folder = Path(asked["folder"])
    profile = folder / "profile"
    _write_profile(profile)
    # Its own name says nothing here, and a short one without blanks is safest.
    source = folder / f"document{asked['suffix']}"
    shutil.copyfile(asked["source"], source)
    command = [
        asked["program"],
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    code = child.program(command)
    made = folder / "document.pdf"
    if code or not made.is_file():
        return {"why": "broken"}
    return {"pdf": str(made)}


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>"
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")
