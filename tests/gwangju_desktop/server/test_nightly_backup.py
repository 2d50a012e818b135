"""The nightly backup of a server: restored before it has a name, never half there, thinned."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import resources
from gwangju_desktop.cli import main
from tests.conftest import _administer, _connected, _database
from tests.gwangju_desktop.server.conftest import OFFICE, tools

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("sh") is None,
    reason="the script for cron; back_up.ps1 is the one for Windows",
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def back_up(office_as: Callable[[str], str]) -> Run:
    """Run the script as cron does."""
    parts = urlsplit(office_as("backup"))
    told = {
        "PGHOST": parse_qs(parts.query)["host"][0],
        "PGUSER": "gwangju_backup",
        # A socket of this machine; the tools of the tests know no TLS.
        "PGSSLMODE": "disable",
        "PATH": f"{tools()}{os.pathsep}{os.environ['PATH']}",
    }

    def run(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(resources.path("server", "back_up.sh")), str(folder), OFFICE],
            env={**os.environ, **told, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def trials(postgres: str) -> list[str]:
    with _connected(postgres) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'gwangju_trial%'"
        ).fetchall()
    return [name for (name,) in rows if name != OFFICE]


def days_ago(days: int) -> str:
    return (dt.datetime.now() - dt.timedelta(days=days)).strftime("%Y%m%d")


def test_a_backup_is_restored_before_it_has_a_name(
    back_up: Run, postgres: str, tmp_path: Path
) -> None:
    folder = tmp_path / "야간 백업"
    folder.mkdir()
    recent = [f"{OFFICE}-{days_ago(days)}-020000.dump" for days in (1, 20, 34)]
    very_old = f"{OFFICE}-{days_ago(420)}-020000.dump"
    # Of a month long ago the first is kept.
    month = dt.date.today().replace(day=1) - dt.timedelta(days=100)
    old = [f"{OFFICE}-{month:%Y%m}{day}-020000.dump" for day in ("03", "04", "28")]
    others = ["other-20200101-020000.dump", f"{OFFICE}-notes.txt"]
    for name in (*recent, very_old, *old, *others):
        (folder / name).write_bytes(b"")
    done = back_up(folder)
    assert done.returncode == 0, done.stderr
    made = {path.name for path in folder.iterdir()}
    new = made - {*recent, *others, old[0]}
    assert len(new) == 1 and made > {*recent, *others, old[0]}
    dump = folder / new.pop()
    assert dump.stat().st_mode & 0o077 == 0
    assert dump.name in done.stdout and "restored and compared" in done.stdout
    listed = subprocess.run(
        [tools() / "pg_restore", "--list", dump], capture_output=True, check=True
    )
    assert b"TABLE DATA public change_log" in listed.stdout
    assert trials(postgres) == []


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE change_log SET prev = hash WHERE id = 7",
        "DELETE FROM row_change WHERE change_id = 9; DELETE FROM change_log WHERE id = 9",
    ],
)
def test_a_torn_journal_is_no_backup(
    back_up: Run, postgres: str, tmp_path: Path, spoil: str
) -> None:
    here = _database(postgres, OFFICE)
    _administer(here, "CREATE TABLE kept AS SELECT * FROM change_log")
    _administer(here, "CREATE TABLE kept_rows AS SELECT * FROM row_change")
    try:
        for statement in spoil.split("; "):
            _administer(here, statement)
        done = back_up(tmp_path)
        assert done.returncode != 0 and "NO BACKUP" in done.stderr
        assert list(tmp_path.iterdir()) == []
        assert trials(postgres) == []
    finally:
        _administer(here, "DELETE FROM row_change")
        _administer(here, "DELETE FROM change_log")
        _administer(here, "INSERT INTO change_log SELECT * FROM kept")
        _administer(here, "INSERT INTO row_change SELECT * FROM kept_rows")
        _administer(here, "DROP TABLE kept, kept_rows")


def test_a_server_that_refuses_or_a_tool_that_fails_is_no_backup(
    back_up: Run, postgres: str, tmp_path: Path
) -> None:
    assert back_up(tmp_path / "nowhere").returncode == 1
    assert back_up(tmp_path, PGUSER="trial_chair").returncode != 0
    fake = tmp_path / "tools"
    fake.mkdir()
    (fake / "pg_restore").write_text("#!/bin/sh\nexit 1\n")
    (fake / "pg_restore").chmod(0o755)
    folder = tmp_path / "backups"
    folder.mkdir()
    path = f"{fake}{os.pathsep}{tools()}{os.pathsep}{os.environ['PATH']}"
    done = back_up(folder, PATH=path)
    assert done.returncode != 0 and "NO BACKUP" in done.stderr
    assert list(folder.iterdir()) == []
    assert trials(postgres) == []


def test_the_command_prints_both_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    for more, name in (((), "back_up.sh"), (("--windows",), "back_up.ps1")):
        assert main(["server", "backup", *more]) == 0
        assert capsys.readouterr().out == resources.path("server", name).read_text("utf-8")


def test_both_scripts_do_the_same() -> None:
    """The one for Windows cannot be run everywhere: both name the same tools and questions."""
    texts = [
        resources.path("server", name).read_text(encoding="utf-8")
        for name in ("back_up.sh", "back_up.ps1")
    ]
    for part in (
        *("--format=custom", "--exit-on-error", "--no-owner", "--no-privileges", "--locale=C"),
        *("lag(hash) OVER (ORDER BY id)", "coalesce(max(id), 0)", "verify-full", "35", "13"),
        *("pg_dump", "createdb", "dropdb", "pg_restore", "ON_ERROR_STOP=1", "NO BACKUP"),
    ):
        assert all(part in text for text in texts), part
