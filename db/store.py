"""The one door: run, undo, redo, reading, since."""

from __future__ import annotations

import contextlib
import io
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, event, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from db import (
    baton,
    bulk,
    erase,
    integrity,
    journal,
    migrate,
    rights,
    rolls,
    schema,
    seals,
    search,
    stale,
)
from db.calm import uncollected
from db.changes import ChangeSet, RowChange
from db.engine import (
    Office,
    file_url,
    guard_writes,
    listening,
    open_engines,
    permit,
)
from db.errors import (
    Busy,
    Conflict,
    DatabaseFault,
    Erased,
    HandedOver,
    Locked,
    ReadOnly,
    TooOld,
    Unreachable,
)
from db.faults import translated
from db.lock import OfficeLock, refuse_network
from db.papers import Papers
from db.schema.journal import change_log
from db.stale import Look

_LOOK = 0.5  # s between two looks at a server's copy
Usecase = Callable[..., Any]
Made = TypeVar("Made", bound=Usecase)

# What a bulk table does when its dataset row is undone or redone: table -> (connection, change).
INVERSES: dict[str, Callable[[Connection, RowChange], None]] = {
    "dataset": bulk.swap,
    "indicator": rolls.forget,
}


def usecase(
    label: str, *, undoable: bool = True, aside: bool = False, large: bool = False
) -> Callable[[Made], Made]:
    """Name a function that changes things; `undoable=False` is a step that leaves the office.

    `aside` is for notes the office takes by itself: journalled like anything else, but undo and
    redo go on as if it had not been. `large` is for thousands of rows: no garbage is looked for
    meanwhile, because all of it is still needed.
    """

    def mark(function: Made) -> Made:
        function.label = label  # type: ignore[attr-defined]
        function.undoable = undoable  # type: ignore[attr-defined]
        function.aside = aside  # type: ignore[attr-defined]
        function.large = large  # type: ignore[attr-defined]
        return function

    return mark


class Write(Session):
    """The session a use case gets: it records, and can neither commit nor open a savepoint."""


@event.listens_for(Write, "before_flush")
def _permit(session: Session, *_: Any) -> None:
    session.connection().info["permit"] = True


@event.listens_for(Write, "after_flush")
def _forbid(session: Session, *_: Any) -> None:
    session.connection().info["permit"] = False


@event.listens_for(Write, "before_commit")
def _only_the_store_commits(session: Session) -> None:
    if not session.info.get("closing"):
        raise RuntimeError("a use case may not commit")


@event.listens_for(Write, "after_transaction_create")
def _no_savepoint(_session: Session, transaction: Any) -> None:
    if transaction.nested:
        raise RuntimeError("a savepoint would tear the journal from the rows")


class Store:
    """One open office. Threads may share it: one writes at a time, any may read."""

    def __init__(
        self, office: Office, papers: Papers, *, who: str = "office", lock: OfficeLock | None = None
    ) -> None:
        self.office, self.papers, self.who = office, papers, who
        self.origin = secrets.token_hex(16)
        self.role = ""  # one of rights.ROLES on an office server that has them
        self.why_read_only: str | None = None
        # Who was given the office file and when: until it comes back this copy is only read.
        self.away: str | None = None
        # The program before did not end well; the office was looked through and found whole.
        self.after_crash = False
        self._lock = lock
        self._writer = threading.RLock()
        self._done: list[tuple[int, str]] = []
        self._undone: list[tuple[int, str]] = []
        # Own steps by the entry that took them back singly.
        self._singly: dict[int, list[tuple[int, str]]] = {}
        # The last entry whose outcome was brought back; the answer to a later one was lost.
        self._latest = 0
        # Files of answers came or went: what nothing names any more goes with the store.
        self._answers = False
        self._ear: Any = None
        self._replica = False
        self._bytes: io.FileIO | None = None
        guard_writes(office.write)

    # --- opening ------------------------------------------------------------------------------

    @classmethod
    def create(cls, where: str | Path, *, who: str = "office", locked: bool = True) -> Store:
        """Make a new, empty office; raise FileExistsError when the file is there.

        `where` is a path, or the URL of an empty PostgreSQL database.
        """
        if _is_server(where):
            office = _ready(str(where), migrate.create)
            return cls(office, Papers.on_server(office), who=who)
        path = Path(where)
        refuse_network(path)
        if path.exists():
            raise FileExistsError(str(path))
        lock = OfficeLock(path, who) if locked else None
        if lock:
            lock.take()
        try:
            office = _ready(file_url(path), migrate.create)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(office, Papers.beside(path), who=who, lock=lock)

    @classmethod
    @contextlib.contextmanager
    def making(cls, url: str, *, who: str = "office") -> Iterator[Store]:
        """Yield a new office in an empty PostgreSQL database: whole when the block has ended.

        All of it is one transaction, so whatever stops the block, a power cut too, leaves the
        database as it was. Raises FileExistsError when something is there.
        """
        office = open_engines(url)
        try:
            with translated(office.place), office.making() as whole:
                migrate.create(whole)
                with cls(whole, Papers.on_server(whole), who=who) as store:
                    yield store
        finally:
            office.dispose()

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        who: str = "office",
        write: bool = True,
        locked: bool = True,
        waiting: bool = True,
    ) -> Store:
        """Open an office, migrating an older one after a verified backup.

        A file that was handed over is only read (`away`), unless `waiting` is False: for taking it
        over or breaking that off. After a program that did not end well the office is looked through first (`after_crash`).
        When another program has the file open, or `write` is False, the store only reads and
        `why_read_only` says who has it, or "". Raises NotAnOffice, Damaged, TooNew, HandedOver,
        OnNetwork, Unreachable.
        """
        if _is_server(where):
            office = _ready(str(where), lambda office: migrate.upgrade(office, None))
            store = cls(office, Papers.on_server(office), who=who)
            try:
                store._sign_in()
            except BaseException:
                office.dispose()
                raise
            return store
        path = Path(where)
        refuse_network(path)
        migrate.look(path)
        lock: OfficeLock | None = None
        refused = None if write else ""
        if write and locked:
            lock = OfficeLock(path, who)
            try:
                lock.take()
            except Locked as error:
                lock, refused = None, str(error)
            except ReadOnly:
                # A stick with its write lock on can be read all the same.
                lock, refused = None, ""
        unclean = lock is not None and lock.unclean
        away: str | None = None

        def prepare(office: Office) -> None:
            nonlocal away
            if unclean:
                integrity.demand_whole(office)
            away = _away(office) if waiting else None
            try:
                # A conversion is an entry of the journal too: the copy that waits gets none.
                migrate.upgrade(office, path if refused is None and away is None else None)
            except TooOld:
                if away is not None:
                    raise HandedOver(away) from None
                raise

        try:
            office = _ready(file_url(path), prepare)
        except BaseException:
            if lock:
                lock.release(clean=not unclean)
            raise
        store = cls(office, Papers.beside(path), who=who, lock=lock)
        store.after_crash = unclean
        store.away = away
        store.why_read_only = refused if away is None else away
        return store

    def _sign_in(self) -> None:
        """Be whom the server knows by this login; its owner and an administrator are `who`."""
        with self.reading() as session:
            signed = rights.signed_in(session.connection())
            self._replica = rights.is_replica(session.connection())
        self.role = signed.role
        if signed.role:
            self.who = signed.name
        if (signed.role in rights.READS or self._replica) and not self.why_read_only:
            self.why_read_only = ""

    def close(self) -> None:
        """Close every connection and give the office lock back.

        Answers of files that were removed, or whose import was undone, are dropped now that nothing
        brings them back.
        """
        try:
            if self._answers:
                self._sweep()
        finally:
            self._hear_no_more()
            self.office.dispose()
            if self._bytes is not None:
                self._bytes.close()
            self.papers.close()
            if self._lock:
                self._lock.release()

    def _sweep(self) -> None:
        from db import columns

        self._answers = False
        # A database that is gone is no reason not to close: another import sweeps it too.
        with (
            contextlib.suppress(DatabaseFault),
            self._writer,
            self._faults(),
            Session(self.office.whole or self.office.write) as tx,
            tx.begin(),
        ):
            columns.sweep(tx)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- reading ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that cannot write; fetch all rows and leave: an open one stops COMMIT."""
        bound = self.office.whole or self.office.read
        with self._faults(), Session(bound, autoflush=False) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def peeking(self) -> Iterator[Session]:
        """Yield a reading session that does not wait; raise Busy when the database is held."""
        bound = self.office.whole or self.office.peek
        with self._faults(), Session(bound, autoflush=False) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def still(self) -> Iterator[io.FileIO]:
        """Yield the bytes of the office file, at their start; nobody writes while the block lasts.

        For offices that are files. The descriptor stays open as long as the store: closing one
        would drop every lock this program has on the file (sqlite.org/howtocorrupt, 2.2).
        """
        with self._writer, self._faults(), self.office.read.begin() as connection:
            # Reading takes the shared lock, and plays back what a crash left half written.
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            if self._bytes is None:
                self._bytes = io.FileIO(self.office.place)
            self._bytes.seek(0)
            yield self._bytes

    def _faults(self) -> contextlib.AbstractContextManager[None]:
        return translated(self.office.place)

    def head(self) -> int:
        """Return the id of the journal's last entry, 0 when it is empty."""
        with self.reading() as session:
            query = select(change_log.c.id).order_by(change_log.c.id.desc()).limit(1)
            return int(session.execute(query).scalar() or 0)

    def since(self, after: int, limit: int = 500) -> list[ChangeSet]:
        """Return the entries after an id, in commit order."""
        with self.reading() as session:
            return journal.entries(session.connection(), after, limit)

    @property
    def shared(self) -> bool:
        """Say whether other PCs may write to this office."""
        return self.office.dialect == "postgresql"

    def wait(self, seconds: float) -> bool:
        """Wait on a shared office until another PC wrote; False after `seconds` of silence.

        Only one thread may wait. The first call returns at once, for what came before it listened;
        so does the first after Unreachable, which is raised when the server is gone.
        """
        import psycopg

        if self._replica:
            # A server's copy tells nobody anything (LISTEN is refused): one has to look.
            time.sleep(min(seconds, _LOOK))
            return True
        try:
            if self._ear is None:
                self._ear = psycopg.connect(**listening(self.office), autocommit=True)
                self._ear.execute("LISTEN changes")
                return True
            return any(True for _ in self._ear.notifies(timeout=seconds, stop_after=1))
        except psycopg.OperationalError as error:
            self._hear_no_more()
            raise Unreachable(self.office.place) from error

    def _hear_no_more(self) -> None:
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.close()

    # --- writing ------------------------------------------------------------------------------

    @property
    def undoable(self) -> str | None:
        """Return the label of what undo would take back."""
        return self._done[-1][1] if self._done else None

    @property
    def redoable(self) -> str | None:
        """Return the label of what redo would do again."""
        return self._undone[-1][1] if self._undone else None

    def run(
        self,
        function: Usecase,
        /,
        *,
        command: str | None = None,
        look: Look | None = None,
        **values: Any,
    ) -> ChangeSet:
        """Carry out a use case once, whole or not at all.

        Running the same `command` again returns the first outcome and changes nothing: so it is
        asked again after Unreachable, which leaves open whether it was done. Raises what the use
        case raises, the faults of db.errors, and Stale when it would overwrite what somebody
        changed since `look`.
        """
        label: str = getattr(function, "label", function.__name__)
        calm = uncollected() if getattr(function, "large", False) else contextlib.nullcontext()
        changes: ChangeSet | None
        with self._writer, calm, self._writing(command) as (tx, entry):
            if entry.last.done is not None:
                changes = self._outcome(tx.connection(), entry.last.done)
            else:
                asked = values if look is None else look.asked(values)
                value = function(tx, **asked)
                tx.flush()
                if look is not None:
                    rows, head = tx.info["rows"], entry.last.id
                    stale.refuse(tx.connection(), rows, look, asked, head)
                changes = entry.close("do", label, tx.info["rows"], result=value)
        if changes is None:
            return ChangeSet(0, "do", label, entry.command, self.origin, None, (), value)
        if not changes.replayed or self._unanswered(changes):
            self._remember(function, changes)
        return changes

    def _unanswered(self, changes: ChangeSet) -> bool:
        """Say whether an entry found again is this store's own and its answer was lost."""
        return changes.origin == self.origin and changes.id > self._latest

    def _remember(self, function: Usecase, changes: ChangeSet) -> None:
        """Put what was done where undo finds it."""
        self._latest = changes.id
        self._answers |= any(row.table == "poll_batch" for row in changes.rows)
        if getattr(function, "aside", False):
            return
        if getattr(function, "undoable", True):
            self._done.append((changes.id, changes.label))
        else:
            # A step that left the office: nothing before it is taken back by Ctrl+Z.
            self._done.clear()
        self._undone.clear()

    def erase(
        self, function: Usecase, /, *, command: str | None = None, **values: Any
    ) -> tuple[ChangeSet, tuple[str, ...]]:
        """Carry out a use case that erases people; it returns an `erase.Order`.

        The journal forgets what it held of them, the entry itself holds ids alone, and what the
        rows leave in the files is overwritten. Returns the entry and what is left (`erase.scrub`).
        """
        label: str = getattr(function, "label", function.__name__)
        with self._writer:
            with self._writing(command) as (tx, entry):
                if entry.last.done is not None:
                    return self._outcome(tx.connection(), entry.last.done), ()
                order = function(tx, **values)
                tx.flush()
                with permit(entry.connection):
                    erase.forget(entry.connection, order)
                changes = entry.close(erase.ERASE, label, tx.info["rows"], result=order.value)
                assert changes is not None
            return changes, self.scrub()

    def reindex(self) -> int:
        """Make the search index anew from the rows; return how many it holds."""
        with self._writer, self._faults():
            self._refuse_reading()
            schema.everything()
            with self.office.writing() as connection, permit(connection):
                return search.rebuild(connection)

    def scrub(self) -> tuple[str, ...]:
        """Overwrite what erased rows left in the files; return what is left (`erase.scrub`)."""
        with self._writer:
            self._refuse_reading()
            return erase.scrub(self.office)

    def undo(self, number: int | None = None, *, command: str | None = None) -> ChangeSet | None:
        """Take back this store's latest operation, or the entry `number`; None when there is none.

        To take back an entry by its number is an operation of its own, which undo takes back. The
        same `command` takes back once. Raises Conflict and its kin; an entry that cannot be
        undone leaves the stack.
        """
        return self._replay(self._done, self._undone, "undo", number, command)

    def redo(self, *, command: str | None = None) -> ChangeSet | None:
        """Do again what undo took back."""
        return self._replay(self._undone, self._done, "redo", None, command)

    def _replay(
        self,
        source: list[tuple[int, str]],
        sink: list[tuple[int, str]],
        kind: str,
        number: int | None,
        command: str | None,
    ) -> ChangeSet | None:
        with self._writer:
            if number is None and not source:
                return None
            target = source[-1][0] if number is None else number
            try:
                with self._writing(command) as (tx, entry):
                    if entry.last.done is not None:
                        changes = self._outcome(tx.connection(), entry.last.done)
                    else:
                        label, rows = self._replayed(tx.connection(), target, kind)
                        closed = entry.close(kind, label, rows, target=target)
                        assert closed is not None
                        changes = closed
                self._latest = changes.id
                self._answers |= any(row.table == "poll_batch" for row in changes.rows)
            except Conflict:
                for stack in (source, sink):
                    stack[:] = [known for known in stack if known[0] != target]
                raise
            if number is None:
                self._turn(source, sink)
            else:
                mine = select(change_log.c.label).where(
                    change_log.c.id == target, change_log.c.origin == self.origin
                )
                with self.reading() as read:
                    own = [(target, str(label)) for label in read.execute(mine).scalars()]
                source[:] = [known for known in source if known[0] != target]
                # Taken back out of its order, it is this person's own latest step.
                self._done.append((changes.id, changes.label))
                self._singly[changes.id] = own
            return changes

    def _turn(self, source: list[tuple[int, str]], sink: list[tuple[int, str]]) -> None:
        """Move a step from one stack to the other; what it took back singly stands again, or not."""
        step = source.pop()
        own = self._singly.get(step[0], [])
        if sink is self._undone:
            source.extend(own)
        else:
            sink[:] = [known for known in sink if known not in own]
        sink.append(step)

    def _replayed(
        self, connection: Connection, target: int, kind: str
    ) -> tuple[str, list[RowChange]]:
        # Needs tables that a start does without.
        from db import promised

        migrated = select(change_log.c.id).where(
            change_log.c.id >= target, change_log.c.kind.in_((journal.MIGRATED, journal.SALVAGED))
        )
        if connection.execute(migrated).first():
            raise Conflict(f"entry {target} is from before the office was converted")
        label, done = connection.execute(
            select(change_log.c.label, change_log.c.kind).where(change_log.c.id == target)
        ).one()
        if done == erase.ERASE:
            raise Erased(f"entry {target} erased people")
        rows = journal.load(connection, target)
        if kind == "undo":
            # Exact reverse statement order: net changes of a row break swaps and renumbering.
            rows = [row.inverse() for row in reversed(rows)]
        seals.refuse(connection, rows)
        promises = promised.held(connection, rows)
        with permit(connection):
            for row in rows:
                bulk = INVERSES.get(row.table)
                if bulk and row.after is None:
                    bulk(connection, row)
                journal.apply(connection, row)
                if bulk and row.after is not None:
                    bulk(connection, row)
        promised.refuse(connection, promises, rows)
        return label, rows

    def _refuse_reading(self) -> None:
        if self.away is not None:
            raise HandedOver(self.away)
        if self.why_read_only is not None:
            raise Locked(self.why_read_only) if self.why_read_only else ReadOnly(self.office.place)

    @contextlib.contextmanager
    def _writing(self, command: str | None) -> Iterator[tuple[Write, Entry]]:
        self._refuse_reading()
        # A flush sorts by what tables refer to; undo and the index go by names.
        schema.everything()
        with self._faults():
            bound = self.office.whole or self.office.write
            tx = Write(bound, autoflush=True, expire_on_commit=False)
            try:
                tx.info.update(rows=[], befores={}, papers=self.papers, who=self.who)
                connection = tx.connection()
                connection.info["permit"] = False
                entry = Entry(self, connection, command or secrets.token_hex(16))
                yield tx, entry
                tx.info["closing"] = True
                tx.commit()
            except StaleDataError as error:
                raise Conflict(str(error)) from error
            finally:
                tx.close()

    def _outcome(self, connection: Connection, number: int) -> ChangeSet:
        row = connection.execute(select(change_log).where(change_log.c.id == number)).one()
        try:
            rows = tuple(journal.load(connection, number))
        except Conflict:
            rows = ()
        value = json.loads(row.result)
        return ChangeSet(
            row.id, row.kind, row.label, row.command, row.origin, row.target, rows, value, True
        )


class Entry:
    """The journal entry being written: opened under the writer's lock, closed before COMMIT."""

    def __init__(self, store: Store, connection: Connection, command: str) -> None:
        self.store, self.connection, self.command = store, connection, command
        self.last = journal.head(connection, command)

    def close(
        self,
        kind: str,
        label: str,
        rows: list[RowChange],
        *,
        target: int | None = None,
        result: Any = None,
    ) -> ChangeSet | None:
        """Write the entry, the index and the wake-up call; None when a command changed nothing."""
        if not rows and kind == "do":
            return None
        with permit(self.connection):
            search.maintain(self.connection, rows)
            rolls.unsettle(self.connection, rows)
            if kind == erase.ERASE:
                rows = [erase.ids_only(row) for row in rows]
            changes = journal.append(
                self.connection,
                self.last,
                kind=kind,
                label=label,
                command=self.command,
                who=self.store.who,
                origin=self.store.origin,
                rows=rows,
                target=target,
                result=result,
            )
            if self.connection.dialect.name == "postgresql":
                self.connection.exec_driver_sql(
                    "SELECT pg_notify('changes', %s)", (str(changes.id),)
                )
        return changes


def _ready(url: str | URL, prepare: Callable[[Office], None]) -> Office:
    """Return an office's engines after `prepare`; when that fails, no connection stays open."""
    office = open_engines(url)
    try:
        with translated(office.place):
            prepare(office)
    except BaseException:
        office.dispose()
        raise
    return office


def _away(office: Office) -> str | None:
    with office.looking() as connection:
        return baton.away(connection)


def _is_server(where: str | Path) -> bool:
    return isinstance(where, str) and where.startswith("postgresql")


__all__ = ["INVERSES", "Busy", "Store", "Write", "permit", "usecase"]
