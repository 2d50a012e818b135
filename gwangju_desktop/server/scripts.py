"""The scripts a server's administrator runs: roles and database, a person's login, the backup.

What is told by the person is a variable of psql at the head of the script, quoted by psql where it
is used. No script holds a password: psql asks, and sends its SCRAM form.
"""

from __future__ import annotations

import re
import unicodedata

import resources
from db import rights
from gwangju_desktop.errors import UserError
from gwangju_desktop.server.roles import Role
from gwangju_desktop.text import N_

DATABASE = "gwangju"
# PostgreSQL cuts longer names without a word; others must be quoted wherever they are typed.
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_LONGEST = 100


def roles_script(database: str = DATABASE) -> str:
    """Return the script that makes roles and database; raises UserError for an odd name."""
    _refuse_odd(database)
    return _with({"database": database}, "roles.sql")


def login_script(login: str, *, name: str, role: Role, database: str = DATABASE) -> str:
    """Return the script that makes or changes a person's login; raises UserError for odd names."""
    _refuse_odd(login)
    _refuse_odd(database)
    if login.startswith((rights.PREFIX, "pg_")):
        raise UserError(
            N_("“{name}” is a name the server uses itself."),
            hint=N_("Choose another, the person’s account in the office for instance."),
            name=login,
        )
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UserError(N_("Give the person’s name in one line of up to {n} letters."), n=_LONGEST)
    path = "public" if role is Role.SECRETARY else f"{rights.VEILED}, public"
    variables = {
        "database": database,
        "login": login,
        "name": name,
        "role": f"{rights.PREFIX}{role.value}",
        "path": path,
    }
    return _with(variables, "login.sql")


def backup_script(*, windows: bool) -> str:
    """Return the script of the nightly backup: for PowerShell, or for sh."""
    name = "back_up.ps1" if windows else "back_up.sh"
    return resources.path("server", name).read_text(encoding="utf-8")


def _with(variables: dict[str, str], file: str) -> str:
    text = resources.path("server", file).read_text(encoding="utf-8")
    head = "".join(f"\\set {name} {_quoted(value)}\n" for name, value in variables.items())
    return f"\\encoding UTF8\n{head}{text}"


def _quoted(value: str) -> str:
    """Write an argument of a psql command, which knows backslashes inside quotes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _refuse_odd(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(
            N_("“{name}” cannot be a name on the server."),
            hint=N_("Use small Latin letters, digits and _, at most 63, with a letter first."),
            name=name,
        )
