"""`server roles | login | backup | rights | check`, and `copy` from a file to a server or back."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, NN_, say


def server(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    acts = {
        "roles": _roles,
        "login": _login,
        "backup": _backup,
        "rights": _rights,
        "check": _check,
    }
    return acts[asked.act](asked)


def _roles(asked: argparse.Namespace) -> int:
    from gwangju_desktop.server.scripts import roles_script

    return _script(asked, roles_script(asked.database))


def _login(asked: argparse.Namespace) -> int:
    from gwangju_desktop.server.roles import Role
    from gwangju_desktop.server.scripts import login_script

    role = Role(asked.role)
    return _script(
        asked, login_script(asked.login, name=asked.name, role=role, database=asked.database)
    )


def _backup(asked: argparse.Namespace) -> int:
    from gwangju_desktop.server.scripts import backup_script

    return _script(asked, backup_script(windows=asked.windows))


def _script(asked: argparse.Namespace, text: str) -> int:
    if asked.json:
        output.document({"script": text})
    else:
        output.line(text.rstrip("\n"))
    return 0


def _rights(asked: argparse.Namespace) -> int:
    from db import rights

    with output.office(asked, write=True) as store:
        _demand_server(store.shared)
        if not rights.renew(store.office):
            from gwangju_desktop.server.sound import NO_ROLES

            raise UserError(NO_ROLES)
    if asked.json:
        output.document({"ok": True})
    else:
        output.line(say(N_("The roles have their rights.")))
    return 0


def _check(asked: argparse.Namespace) -> int:
    from gwangju_desktop.server import sound

    with output.office(asked) as store, store.reading() as read:
        _demand_server(store.shared)
        found = [say(message, what=what) for message, what in sound.findings(read)]
    if asked.json:
        output.document({"ok": not found, "problems": found})
    else:
        for sentence in found or [say(N_("The server is set up as the office needs it."))]:
            output.line(sentence)
    return 1 if found else 0


def _demand_server(shared: bool) -> None:
    if not shared:
        raise UserError(
            N_("This is an office file and no office server."),
            hint=N_("Give the server’s address with --office postgresql+psycopg://…"),
        )


def copy(asked: argparse.Namespace) -> int:
    """Copy an office to a place where there is none yet, and compare both."""
    from gwangju_desktop.copying import copy_office

    done = copy_office(asked.source, asked.target, progress=output.progress_line)
    if asked.json:
        output.document(
            {
                "office": done.place,
                "rows": done.rows,
                "files": done.files,
                "entries": done.entries,
                "missing": done.missing,
                "journal_whole": not done.breaks,
                "tables": done.tables,
            }
        )
        return 0
    output.line(
        say(
            N_("{place} is equal to the office copied: {rows:,} records and {files:,} files."),
            place=done.place,
            rows=done.rows,
            files=done.files,
        )
    )
    if done.missing:
        message = NN_(
            "{n} file that a record names was missing or changed; “check” names it.",
            "{n} files that records name were missing or changed; “check” names them.",
        )
        output.aside(say(message, n=len(done.missing)))
    if done.breaks:
        output.aside(say(N_("The journal was broken before the copy; “check” says where.")))
    return 0
