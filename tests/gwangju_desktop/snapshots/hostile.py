"""Databases nobody should open, signed by a stranger's key as a snapshot's contents."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from gwangju_desktop.snapshots import container, disclose, signing, sqlite_file, sshsig
from gwangju_desktop.snapshots.manifest import FileFacts, Manifest
from gwangju_desktop.snapshots.sqlite_file import Shape

_KEY: list[signing.SealedKey] = []
PASSPHRASE = "낯선 이의 암호구절"
PEOPLE = Shape("person", (("id", "TEXT"), ("name", "TEXT"), ("age", "INTEGER")))
CODES = [
    ("person", None, "사람", "People", None, None, 0, 0, None),
    ("person", "id", "부호", "Code", "code", "code", 1, 0, None),
    ("person", "name", "이름", "Name", "keep", "text", 0, 1, None),
]
ROWS = {"meta": 0, "codebook": len(CODES), "words": 0, "withheld": 0, "person": 3}
SHAPES = [disclose.META, disclose.CODEBOOK, disclose.WORDS, disclose.WITHHELD, PEOPLE]


def good(path: Path) -> None:
    """Write an honest database of three people."""
    people = [(f"ID{n}", f"가상{n}", n) for n in range(3)]
    tables = [(disclose.META, []), (disclose.CODEBOOK, CODES), (disclose.WORDS, [])]
    tables.append((disclose.WITHHELD, []))
    sqlite_file.write(path, [*tables, (PEOPLE, people)])


def _by_sql(*statements: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        good(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for statement in statements:
                database.execute(statement)

    return make


def _by_bytes(change: Callable[[bytearray], None]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        good(path)
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)

    return make


def _set(at: int, value: bytes) -> Callable[[Path], None]:
    def change(data: bytearray) -> None:
        start = at % len(data)
        data[start : start + len(value)] = value

    return _by_bytes(change)


def _schema(text: str) -> Callable[[Path], None]:
    return _by_sql(
        "PRAGMA writable_schema=1", f"UPDATE sqlite_master SET sql={text!r} WHERE name='person'"
    )


def _swap(view: str) -> Callable[[Path], None]:
    """Replace the table people by a view of the same name."""
    return _by_sql("DROP TABLE person", f"CREATE VIEW person AS {view}")


def _garbage_pages(path: Path) -> None:
    good(path)
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 7):
        data[at] ^= 0xA5
    path.write_bytes(data)


def _loop(path: Path) -> None:
    """Let the last page be an inner page whose child is itself."""
    good(path)
    data = bytearray(path.read_bytes())
    last = len(data) - 4096
    number = (len(data) // 4096).to_bytes(4, "big")
    data[last : last + 12] = b"\x05\0\0\0\0\x10\0\0" + number
    path.write_bytes(data)


HOSTILE: dict[str, Callable[[Path], None]] = {
    "endless view": _swap(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n)"
        " SELECT i AS id, i AS name, i AS age FROM n"
    ),
    "view of joined views": _swap(
        "SELECT 'a' AS id, 'b' AS name, count(*) AS age FROM sqlite_master a, sqlite_master b,"
        " sqlite_master c, sqlite_master d, sqlite_master e, sqlite_master f, sqlite_master g,"
        " sqlite_master h, sqlite_master i, sqlite_master j, sqlite_master k, sqlite_master l"
    ),
    "view with zeroblob": _swap("SELECT 'a' AS id, zeroblob(400000000) AS name, 1 AS age"),
    "view with regexp": _swap(
        "SELECT 'a' AS id, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' REGEXP '(a+)+$' AS name, 1 AS age"
    ),
    "view with load_extension": _swap("SELECT load_extension('x') AS id, 'b' AS name, 1 AS age"),
    "extra view": _by_sql("CREATE VIEW more AS SELECT 1"),
    "trigger": _by_sql("CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM meta; END"),
    "index": _by_sql("CREATE INDEX i ON person(name)"),
    "index on an expression": _by_sql("CREATE INDEX i ON person(upper(name))"),
    "generated column": _by_sql(
        "DROP TABLE person",
        "CREATE TABLE person (id TEXT, name TEXT, age AS (length(zeroblob(600000000))))",
    ),
    "check constraint": _by_sql(
        "DROP TABLE person", "CREATE TABLE person (id TEXT, name TEXT CHECK (name LIKE '%'))"
    ),
    "virtual table": _by_sql("CREATE VIRTUAL TABLE found USING fts5(body)"),
    "other schema text": _schema("CREATE TABLE person(id TEXT, name TEXT, age INTEGER)"),
    "a hundred thousand columns": _schema(
        'CREATE TABLE "person" (' + ", ".join(f'"c{n}" TEXT' for n in range(100_000)) + ")"
    ),
    "malformed schema": _schema('CREATE TABLE "person" ('),
    "five thousand tables": _by_sql(
        "BEGIN", *[f'CREATE TABLE "t{n}" ("id" TEXT)' for n in range(5000)], "COMMIT"
    ),
    "blob of 300 MB": _by_sql("UPDATE person SET name = zeroblob(5000000)"),
    "text in a number": _by_sql("UPDATE person SET age = 'many'"),
    "blob in a text": _by_sql("UPDATE person SET name = x'ff00'"),
    "NUL in a text": _by_sql("UPDATE person SET name = 'a' || char(0) || 'b'"),
    "bad UTF-8": _by_sql("UPDATE person SET name = CAST(x'c328' AS TEXT)"),
    "one row more": _by_sql("INSERT INTO person VALUES ('ID9', '가상', 9)"),
    "deleted rows on free pages": _by_sql(
        "CREATE TABLE gone (x)", "INSERT INTO gone VALUES (zeroblob(9000))", "DROP TABLE gone"
    ),
    "WAL header": _set(18, b"\2\2"),
    "page size": _set(16, b"\0\1"),
    "page count": _set(28, b"\0\xff\xff\xff"),
    "UTF-16": _set(56, b"\0\0\0\2"),
    "free list": _set(32, b"\0\0\0\2\0\0\0\1"),
    "other application": _set(68, b"\0\0\0\0"),
    "newer format": _set(60, b"\0\0\0\3"),
    "cell pointers": _set(-4096 + 8, b"\xff\xff\xff\xff"),
    "tree that loops": _loop,
    "garbage pages": _garbage_pages,
    "empty": lambda path: path.write_bytes(b"") and None,
    "text": lambda path: path.write_text("SELECT 1", encoding="utf-8") and None,
}


def sealed(
    folder: Path,
    make: Callable[[Path], None],
    *,
    name: str = "낯선 사본.gwsnap",
    shapes: Sequence[Shape] = SHAPES,
    rows: Mapping[str, int] = ROWS,
    more: Mapping[str, bytes] | None = None,
    sequence: int = 1,
    key: signing.SealedKey | None = None,
) -> Path:
    """Return a snapshot, right in every byte and signed by a stranger, around what `make` writes.

    `shapes` and `rows` are what its manifest says of the database, `more` are other members. `key`
    is under PASSPHRASE; without one all copies are signed by the same.
    """
    if not _KEY:
        _KEY.append(signing.new_key(PASSPHRASE))
    key = key or _KEY[0]
    database = folder / "inside.sqlite"
    database.unlink(missing_ok=True)
    database.touch()
    make(database)
    parts = {
        container.DATABASE: database.read_bytes(),
        container.PUBLIC_KEY: signing.public_pem(key.public),
        container.ALLOWED_SIGNERS: sshsig.allowed_signers(key.public),
        container.README_KO: b"readme",
        container.README_EN: b"readme",
        container.PAGE: b"page",
        container.PACKAGE: b"{}",
        **(more or {}),
    }
    message = Manifest(
        office_id="stranger",
        office_ko="낯선 사무국",
        office_en="Stranger",
        sequence=sequence,
        made_at="2022-03-11T14:00:00+09:00",
        profile="monitor",
        policy=1,
        key=signing.key_id(key.public),
        previous=None,
        audit_id=1,
        audit_hash="0" * 64,
        program="0.1.0",
        schema=sqlite_file.schema_hash(shapes),
        rows=rows,
        files={
            name: FileFacts(len(content), hashlib.sha256(content).hexdigest())
            for name, content in parts.items()
        },
        withheld={},
    ).to_bytes()
    secret = signing.unseal(key, PASSPHRASE)
    parts[container.MANIFEST] = message
    parts[container.SIGNATURE] = signing.sign(secret, message)
    parts[container.SSH_SIGNATURE] = sshsig.sign(secret, message)
    path = folder / name
    with path.open("wb") as file:
        container.write(file, parts)
    return path
