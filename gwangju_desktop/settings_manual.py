"""The page of the manual that lists every setting, made of the same declarations as the screen."""

from __future__ import annotations

from gwangju_desktop import text
from gwangju_desktop.settings import DECLARED, PERIODIC
from gwangju_desktop.text import C_, N_, Msg, say

TITLE = C_("manual", "Settings of the office")
LEAD = N_(
    "Each is changed on the settings page, or with `settings set KEY VALUE`; `settings list` shows"
    " what holds. An empty value takes the default again."
)
DATED = N_("May have another value from a day on, with the law that says so.")
KINDS: dict[str, Msg] = {
    "text": C_("setting", "Text"),
    "count": C_("setting", "Count"),
    "day": C_("setting", "Day, 2022-03-11 for instance"),
    "address": C_("setting", "Web address"),
}


def page(language: str) -> str:
    """Return the page in a language, as Markdown."""
    with text.speaking(language):
        lines = [f"# {say(TITLE)}", "", say(LEAD), ""]
        for key, one in DECLARED.items():
            if one.secret or not one.kind:
                continue
            lines += [f"## {say(one.label)}", "", f"`{key}` · {say(KINDS[one.kind])}"]
            if one.default is not None:
                lines[-1] += " · " + say(C_("setting", "default: {value}"), value=one.default)
            lines += ["", say(one.about)]
            if key in PERIODIC:
                lines.append(say(DATED))
            lines.append("")
        return "\n".join(lines)
