"""A token in every text of the sample that stays in the office: none of them is on its site."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import db.schema
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import clock, offices, paths
from gwangju_desktop.site import build, copy
from gwangju_desktop.snapshots import leaks, policy
from gwangju_desktop.snapshots.build import make_snapshot

PASSPHRASE = "누리집 시험 암호 구절 2022"
# A word of a closed list, a day, a digest or a list of codes is no text somebody wrote.
CODED = re.compile(r"[a-z0-9_:,.+/-]*|[0-9 :.T+-]+|[\[{].*", re.DOTALL)
KEPT = frozenset({"setting", "signing_key", "snapshot", "poll_release"})


@usecase("Write a token into what stays")
def write_tokens(tx: Session) -> dict[str, str]:
    """Write a token into each text column that does not go out; returns token -> its place."""
    shown = {
        f"{table.name}.{column.name}"
        for table in policy.load(Profile.PUBLIC).tables.values()
        for column in table.shown
    }
    tokens: dict[str, str] = {}
    for mapper in db.schema.mappers():
        table = mapper.local_table
        if table.name in KEPT or getattr(mapper.class_, "__only_added__", False):
            continue
        names = [
            column.name
            for column in table.c
            if column.type.python_type is str and f"{table.name}.{column.name}" not in shown
        ]
        for name in names:
            for row in tx.query(mapper.class_):
                held = getattr(row, name, None)
                if held and not CODED.fullmatch(held):
                    token = "토큰" + secrets.token_hex(4)
                    tokens[token] = f"{table.name}.{name}"
                    setattr(row, name, token)
        tx.flush()
    return tokens


def test_no_token_of_what_stays_is_on_the_site(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))
    target, folder = tmp_path / "public.gwsnap", tmp_path / "site"
    with offices.opened(sample_copy) as store:
        tokens = _written(store)
        make_snapshot(store, target=target, passphrase=PASSPHRASE, profile=Profile.PUBLIC)
    clock.fix(None)
    with copy.opened(target) as opened:
        made = build.prepare(opened, folder, build.Choice(address="https://gwangju.example"))
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert len(written) > len(made.listing.pages) > 50
    assert leaks.find((path.read_bytes() for path in written), tokens) == {}


def _written(store: Store) -> dict[str, str]:
    tokens = store.run(write_tokens).value
    assert isinstance(tokens, dict)
    assert len(set(tokens.values())) > 10 and len(tokens) > 100
    return tokens
