"""Put the members of a snapshot together: database, tables, pages, evidence, keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.evidence import Evidence
from db.schema.meetings import Meeting
from db.schema.packs import PackFile, PackIssue
from db.schema.papers import StoredFile
from db.vocab import Disclosure, Edition
from gwangju_desktop.snapshots import (
    container,
    monitor_page,
    readme,
    signing,
    sshsig,
    tabular,
)
from gwangju_desktop.snapshots.codes import Codes
from gwangju_desktop.snapshots.container import Measured
from gwangju_desktop.snapshots.manifest import Withheld
from gwangju_desktop.snapshots.policy import Ground
from gwangju_desktop.snapshots.readme import About
from gwangju_desktop.snapshots.since import Since
from gwangju_desktop.snapshots.sqlite_file import Row

_SUFFIX = re.compile(r"[a-z0-9]{1,8}")


class Shelf(Protocol):
    """Where stored files lie."""

    def path(self, digest: str) -> Path:
        """Return a real local file whose bytes have this SHA-256."""


# What has a file of its own in a copy, and the word of a column by which the file is everybody's.
_OPEN = (
    ("evidence", "disclosure", Disclosure.PUBLIC.value),
    ("pack_file", "edition", Edition.PUBLIC.value),
)


def evidence_names(read: Session) -> dict[str, str]:
    """Return the name under which each public file came, by its SHA-256: evidence, public packs."""
    proofs = (
        select(StoredFile.sha256, StoredFile.name, StoredFile.id)
        .join(Evidence, Evidence.file_id == StoredFile.id)
        .where(Evidence.disclosure == Disclosure.PUBLIC.value)
    )
    packs = (
        select(StoredFile.sha256, StoredFile.name, StoredFile.id)
        .join(PackFile, PackFile.file_id == StoredFile.id)
        .join(PackIssue, PackIssue.id == PackFile.issue_id)
        .join(Meeting, Meeting.id == PackIssue.meeting_id)
        .where(PackFile.edition == Edition.PUBLIC.value, Meeting.public.is_(True))
    )
    found = [*read.execute(proofs), *read.execute(packs)]
    return {row.sha256: row.name for row in sorted(found, key=lambda row: -row.id)}


def public_evidence(codes: Codes, names: Mapping[str, str]) -> dict[str, str]:
    """Return the member of each evidence file that goes out, by its SHA-256.

    Only of records that stand in the copy, and there as public.
    """
    files = codes.tables.get("stored_file")
    there = {} if files is None else {column.name: n for n, column in enumerate(files.fields)}
    if files is None or not {"id", "sha256"} <= set(there):
        return {}
    hashes = {row[there["id"]]: row[there["sha256"]] for row in files.rows}
    shown: set[str] = set()
    for name, column, public in _OPEN:
        table = codes.tables.get(name)
        at = {} if table is None else {field.name: n for n, field in enumerate(table.fields)}
        if table is not None and {column, "file_id"} <= set(at):
            shown |= {
                str(hashes.get(row[at["file_id"]]))
                for row in table.rows
                if row[at[column]] == public
            }
    return {
        sha256: f"{container.EVIDENCE_FOLDER}/{sha256}.{_suffix(name)}"
        for sha256, name in sorted(names.items())
        if sha256 in shown
    }


def withheld(rows: Iterable[Row], grounds: Mapping[str, Ground]) -> dict[str, Withheld]:
    """Add up a copy's `withheld` table by ground; raises KeyError for a ground the policy has not."""
    codes = {(ground.ko, ground.en): code for code, ground in grounds.items()}
    counts: dict[str, int | None] = {}
    for row in rows:
        code, count = codes[str(row[7]), str(row[8])], row[9]
        if isinstance(count, int):
            counts[code] = (counts.get(code) or 0) + count
        else:
            counts.setdefault(code, None)
    return {
        code: Withheld(grounds[code].ko, grounds[code].en, counts[code]) for code in sorted(counts)
    }


def assemble(
    workshop: Path,
    database: Path,
    about: About,
    codes: Codes,
    evidence: Mapping[str, str],
    shelf: Shelf,
    since: Since | None,
    key_chain: bytes | None = None,
) -> dict[str, Measured]:
    """Return every member the manifest lists, measured; files are written into `workshop`.

    Evidence is read from the store while it is measured and written, never held.
    """
    made = tabular.csv_files(workshop, codes)
    made[container.PACKAGE] = container.measure(tabular.package(about, codes, made))
    made[container.DATABASE] = container.measure(database)
    for sha256, name in evidence.items():
        made[name] = container.measure(shelf.path(sha256))
    small = {
        container.PUBLIC_KEY: signing.public_pem(about.public),
        container.ALLOWED_SIGNERS: sshsig.allowed_signers(about.public),
        container.PAGE: monitor_page.page(about, codes, evidence, since),
    }
    if key_chain:
        small[container.KEY_CHAIN] = key_chain
    made |= {name: container.measure(content) for name, content in small.items()}
    pages = (("ko", container.README_KO), ("en", container.README_EN))
    listed = {*made, *container.FIRST, container.SSH_SIGNATURE, *(name for _, name in pages)}
    for language, name in pages:
        made[name] = container.measure(readme.page(language, about, listed))
    return made


def _suffix(name: str) -> str:
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return suffix if _SUFFIX.fullmatch(suffix) else "bin"
