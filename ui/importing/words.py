"""What the forms of files are called."""

from __future__ import annotations

from ui.text import C_, N_, Msg

FORMS: dict[str, Msg] = {
    "csv": N_("Text file (CSV)"),
    "workbook": C_("energy", "Workbook"),
    "web": N_("Web page saved as a spreadsheet"),
    "clipboard": C_("import", "Pasted rows"),
    "popolo": C_("import", "Popolo JSON"),
    "timeline": C_("import", "Published timeline (JSON)"),
    "oparl": C_("import", "OParl JSON"),
    "json": C_("import", "JSON"),
    "jsonl": C_("import", "Lines of JSON"),
}
