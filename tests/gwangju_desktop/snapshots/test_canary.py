"""A token in every text column of every table: none of what stays is in a copy, of either profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from db.vocab import Profile
from gwangju_desktop.snapshots.build import make_snapshot
from tests.gwangju_desktop.snapshots import offices


@pytest.mark.parametrize("profile", list(Profile))
def test_no_token_of_what_stays_is_in_the_file(
    sqlite_store: Store, tmp_path: Path, profile: Profile
) -> None:
    tokens = offices.fill_tokens(sqlite_store)
    target = tmp_path / "whole.gwsnap"
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
    assert offices.leaked(target, tokens, profile) == {}
    # Half of the rows are gone: the journal remembers them, the copy does not.
    assert offices.thin(sqlite_store) > 50
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
    assert offices.leaked(target, tokens, profile) == {}
