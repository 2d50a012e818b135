"""Who may read and write what on an office server: rights of its roles, and who is signed in.

The roles are made by the server's administrator (resources/server/roles.sql). Their rights follow
the tables: whoever makes or converts an office gives them anew in the same transaction. Where the
roles are absent, nothing is given and everything stays the owner's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from db import schema
from db.base import Recorded
from db.engine import Office, permit
from db.faults import translated

SECRETARY, DEPARTMENT, CHAIR, AUDITOR, READER = (
    "secretary",
    "department",
    "chair",
    "auditor",
    "reader",
)
# What a person signs in as, the widest first; a tool that only reads is a reader.
ROLES = (SECRETARY, DEPARTMENT, CHAIR, AUDITOR, READER)
READS = frozenset({CHAIR, AUDITOR, READER})
PREFIX = "gwangju_"
APP, OWNER = f"{PREFIX}app", f"{PREFIX}migrator"
# Views in the place of tables that hold contacts or secrets; it stands first in the search path.
VEILED = "without_contacts"
# What only the secretariat reads. A rule for rows could not hide a column.
HIDDEN = {
    "person": ("phone", "email"),
    "proposer": ("phone", "email", "address"),
    "signing_key": ("sealed",),
}
# The journal's images of those rows are empty, as those of erased people: the chain verifies.
_IMAGES = "row_change"
_VEILED_TABLES = {*HIDDEN, _IMAGES}
_ADD, _CHANGE, _BOTH, _ALL = "INSERT", "UPDATE", "INSERT, UPDATE", "INSERT, UPDATE, DELETE"
# What a department is asked for: progress and its evidence, actions, comments and opinions.
WRITES = {
    "progress_note": _ALL,
    "milestone": _CHANGE,
    "evidence": _BOTH,
    "evidence_claim": _ALL,
    "action": _CHANGE,
    "action_evidence": _ALL,
    "review_comment": _ALL,
    "proposal_opinion": _CHANGE,
    "item_opinion": _CHANGE,
    "stored_file": _BOTH,
    "thread_link": "INSERT, DELETE",
    "file_part": _ADD,
    "file_text": "INSERT, DELETE",
    "draft": _ALL,
    "change_log": _ADD,
    _IMAGES: _ADD,
    "search_doc": _ALL,
    "search_fts": _ALL,
}
# The journal is only ever added to; of an image the words go with a person who is erased.
_KEPT = {"change_log": "INSERT", _IMAGES: "INSERT, UPDATE (salt, body)", "alembic_version": ""}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a connection is: login, the person's name, and one of ROLES.

    The role is "" for the owner of the tables, an administrator, and on a server without roles.
    """

    login: str
    name: str
    role: str


def signed_in(connection: Connection) -> SignedIn:
    """Return who is signed in; an office file has neither logins nor roles."""
    if connection.dialect.name != "postgresql":
        return SignedIn("", "", "")
    row = connection.exec_driver_sql(
        "SELECT rolname, coalesce(shobj_description(oid, 'pg_authid'), ''),"
        " rolsuper OR (SELECT relowner = r.oid FROM pg_class WHERE oid = to_regclass('change_log'))"
        " FROM pg_roles r WHERE rolname = current_user"
    ).one()
    held = connection.exec_driver_sql(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(oid, 'MEMBER')",
        ([PREFIX + role for role in ROLES],),
    ).scalars()
    roles = {str(name).removeprefix(PREFIX) for name in held}
    role = "" if row[2] else next((known for known in ROLES if known in roles), "")
    return SignedIn(row[0], row[1].strip() or row[0], role)


def encrypted(connection: Connection) -> bool:
    """Say whether what goes over this connection is under TLS, or never leaves the machine."""
    if connection.dialect.name != "postgresql":
        return True
    found = connection.exec_driver_sql(
        "SELECT ssl OR inet_client_addr() IS NULL FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    )
    return bool(found.scalar())


def is_replica(connection: Connection) -> bool:
    """Say whether this is a server's copy, which follows it and is never written to."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())


def owns(connection: Connection) -> bool:
    """Say whether this login may convert the office on a server."""
    asked = "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(%s)"
    return bool(connection.exec_driver_sql(asked, ("public.change_log",)).scalar())


def known(connection: Connection) -> bool:
    """Say whether the server has our roles."""
    wanted = [APP, *(PREFIX + role for role in ROLES)]
    asked = "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)"
    return connection.exec_driver_sql(asked, (wanted,)).scalar() == len(wanted)


def withdraw(connection: Connection) -> None:
    """Take the views away, which would stand in the way of a conversion."""
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {VEILED} CASCADE")


def give(connection: Connection) -> bool:
    """Give the roles their rights on the tables there are; False where there are no roles.

    What stood before is taken back first, so that it may be done at any time.
    """
    if not known(connection):
        return False
    withdraw(connection)
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)
    return True


def _statements(connection: Connection) -> Iterator[str]:
    reader, department = PREFIX + READER, PREFIX + DEPARTMENT
    tables = _tables(connection)
    for what in (
        "REVOKE ALL ON DATABASE %%I FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE %%I TO {APP}, {reader}",
        # Imports are staged in temporary tables.
        f"GRANT TEMPORARY ON DATABASE %%I TO {APP}",
    ):
        yield f"DO $$ BEGIN EXECUTE format('{what}', current_database()); END $$"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {APP}, {reader}, {department}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {APP}, {department}"
    yield f"GRANT USAGE ON SCHEMA public TO {APP}, {reader}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}"
    yield f"CREATE SCHEMA {VEILED}"
    yield f"GRANT USAGE ON SCHEMA {VEILED} TO {reader}"
    for name, columns in tables.items():
        for role, what in _planned(name).items():
            yield f"GRANT {what} ON public.{name} TO {role}"
        if name in _VEILED_TABLES:
            shown = _shown(name, columns)
            yield f"CREATE VIEW {VEILED}.{name} AS SELECT {shown} FROM public.{name}"
            yield f"GRANT SELECT ON {VEILED}.{name} TO {reader}"
        if _ADD in WRITES.get(name, "") and '"id"' in columns:
            yield from _numbers(connection, name, department)
    yield from _added_through(tables[_IMAGES], department)


def _planned(name: str) -> dict[str, str]:
    """Return what each role may do with a table of ours."""
    change = _KEPT.get(name, _ADD if name in _only_added() else _ALL)
    planned = {APP: f"SELECT, {change}" if change else "SELECT"}
    if name not in _VEILED_TABLES:
        planned[PREFIX + READER] = "SELECT"
    if name in WRITES:
        planned[PREFIX + DEPARTMENT] = WRITES[name]
    return planned


def strays(connection: Connection) -> list[str]:
    """Return the tables whose rights are not as they were given, or all may enter the database."""
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in _tables(connection)}
    rows = connection.exec_driver_sql(
        "SELECT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,"
        " a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition AND a.grantee <> c.relowner"
    ).all()
    for name, role, what in rows:
        found[name].add((role, what))
    differing = [
        name
        for name, held in found.items()
        if held
        != {
            (role, what)
            for role, given in _planned(name).items()
            for what in given.partition(", UPDATE (")[0].split(", ")
        }
    ]
    entered = "SELECT has_database_privilege('public', current_database(), 'CONNECT')"
    if connection.exec_driver_sql(entered).scalar():
        differing.append("PUBLIC")
    return differing


def renew(office: Office) -> bool:
    """Give the roles of an office on a server their rights anew; False where there are no roles.

    Raises Forbidden for a login that does not own the tables.
    """
    with translated(office.place), office.writing() as connection, permit(connection):
        return give(connection)


def settings(connection: Connection) -> dict[str, str]:
    """Return what the server was told about keeping data and passwords."""
    asked = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    names = ["data_checksums", "fsync", "full_page_writes", "password_encryption"]
    names += ["server_encoding", "synchronous_commit"]
    return {row[0]: row[1] for row in connection.exec_driver_sql(asked, (names,)).all()}


def _tables(connection: Connection) -> dict[str, list[str]]:
    """Return the columns of every table, partitions left to the table they are of."""
    rows = connection.exec_driver_sql(
        "SELECT c.relname, a.attname FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition ORDER BY c.relname, a.attnum"
    ).all()
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        tables.setdefault(table, []).append(f'"{column}"')
    return tables


@cache
def _only_added() -> frozenset[str]:
    return frozenset(
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded) and mapper.class_.__only_added__
    )


def _shown(name: str, columns: list[str]) -> str:
    """Return what a view shows of a table: all columns in order, the hidden ones empty."""
    if name == _IMAGES:
        hidden = ", ".join(f"'{table}'" for table in HIDDEN)
        empty = {
            f'"{column}"': f"CASE WHEN tbl IN ({hidden}) THEN NULL ELSE {column} END"
            for column in ("salt", "body")
        }
    else:
        empty = {f'"{column}"': "''::text COLLATE \"C\"" for column in HIDDEN[name]}
    return ", ".join(
        f"{empty[column]} AS {column}" if column in empty else column for column in columns
    )


def _numbers(connection: Connection, name: str, role: str) -> Iterator[str]:
    asked = "SELECT pg_get_serial_sequence(%s, 'id')"
    sequence = connection.exec_driver_sql(asked, (f"public.{name}",)).scalar()
    if sequence:
        yield f"GRANT USAGE ON SEQUENCE {sequence} TO {role}"


def _added_through(columns: list[str], role: str) -> Iterator[str]:
    """Let images be added through their view, which the search path of a department meets."""
    names = ", ".join(columns)
    values = ", ".join(f"NEW.{column}" for column in columns)
    yield (
        f"CREATE FUNCTION {VEILED}.add_image() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = pg_catalog AS $$ BEGIN INSERT INTO public.{_IMAGES} ({names})"
        f" VALUES ({values}); RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER add_image INSTEAD OF INSERT ON {VEILED}.{_IMAGES}"
        f" FOR EACH ROW EXECUTE FUNCTION {VEILED}.add_image()"
    )
    yield f"GRANT INSERT ON {VEILED}.{_IMAGES} TO {role}"
