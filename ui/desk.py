"""The bridge: one thread writes, one thread reads, the window hears of every change in order.

A page asks with `do`, `read` and `work` and is answered on the window's thread through bound
methods; a method of a widget that is gone is not called.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import sys
import threading
import weakref
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from db.changes import ChangeSet
from db.errors import Busy, Unreachable
from gwangju_desktop.errors import Cancelled
from ui.line import GONE, Line
from ui.work import Work

POLL = 3.0  # seconds between two looks for other people's changes
TURN = 0.001  # seconds a thread keeps the window waiting for the interpreter; Python's are 0.005
LOOK = object()  # asks the reader to look for changes now
EAR = 0.5  # seconds the ear listens at a time, hence may delay the end


class Desk(QObject):
    """Carry use cases to the writer and queries to the reader; bring values back.

    Connect the signals, then `start()`: a thread started earlier would speak before anyone
    listens.
    """

    ready = Signal(object)  # the Store, once it is open
    unopened = Signal(object)  # why it could not be opened
    changed = Signal(object)  # ChangeSet, everyone's, in id order
    done = Signal(object)  # ChangeSet of this desk's own do, undo or redo
    stacked = Signal(object, object)  # labels of what undo and redo would take, or None
    failed = Signal(object)  # an exception nobody asked to handle
    working = Signal(object)  # a Work that has begun
    cut = Signal(object)  # why the office server does not answer; None when it does again
    _back = Signal(object)

    def __init__(self, open_store: Callable[[], object], poll: float = POLL) -> None:
        super().__init__()
        self.store = None
        self.drafter = None  # a ui.drafting.Drafter while an office is open
        self.last = 0
        self.read_only = False
        # Called on the writer ahead of each use case: what is to be saved first.
        self.ahead: Callable[[object], None] | None = None
        self._open_store, self._poll = open_store, poll
        self._order = threading.Lock()
        self._newest: dict[tuple, int] = {}
        self._serial = 0
        self._works: list[Work] = []
        self._writes: queue.Queue = queue.Queue()
        self._reads: queue.SimpleQueue = queue.SimpleQueue()
        self._opened = threading.Event()
        self._closed = False
        self._heard = self._shown = 0  # the newest entry told of, and that every page has read
        self.changed.connect(self._on_changed)
        self.line = Line(self.cut.emit)
        self._back.connect(self._on_back)
        self._threads = [
            threading.Thread(target=self._write, name="writer"),
            threading.Thread(target=self._read, name="reader"),
        ]

    def start(self) -> None:
        """Open the office on the writer."""
        sys.setswitchinterval(TURN)
        for thread in self._threads:
            thread.start()

    def do(self, usecase, *, then=None, otherwise=None, **asked) -> None:
        """Run a use case on the writer with the keywords `asked`.

        `then(value)` or `otherwise(error)` are bound methods of living objects; without
        `otherwise` an error goes to the alerts. Where the object of `otherwise` has a Look
        `seen_at`, what it would overwrite unseen is refused.
        """
        look = getattr(getattr(otherwise, "__self__", None), "seen_at", None)
        self._writes.put((usecase, asked, _weak(then), _weak(otherwise), look))

    def undo(self, number: int | None = None, *, then=None, otherwise=None) -> None:
        """Take back this person's latest change, or the entry `number` of the journal."""
        self._writes.put(("undo", {"number": number}, _weak(then), _weak(otherwise)))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._writes.put(("redo", {}, None, None))

    def read(self, query, *, then, otherwise=None, **asked) -> None:
        """Run `query(session, **asked)` on the reader and hand the value to `then`.

        A newer read with the same `then` replaces this one.
        """
        answer, refusal = _weak(then), _weak(otherwise)
        self._serial += 1
        key = (id(then.__self__), then.__func__)
        self._newest[key] = self._serial
        self._reads.put((query, asked, answer, refusal, key, self._serial))

    def peek(self, query, **asked):
        """Return at most 256 rows read on the window's own thread, or None while it is busy.

        A server that is gone is busy too: the window does not wait for it, the reader does.
        """
        if self.line.fault is not None:
            return None
        try:
            return self._peeked(query, asked)
        except Busy:
            return None
        except Unreachable:
            if not self.store.shared:
                raise
        try:
            # Of the connections that lay idle none is good any more; this is a new one.
            return self._peeked(query, asked)
        except GONE:
            self._reads.put(
                LOOK
            )  # the reader waits for the server, and what is shown is asked anew
            return None

    def _peeked(self, query, asked):
        with self.store.peeking() as session:
            return query(session, **asked)

    def work(self, job, *, title, then=None, otherwise=None, **asked) -> Work:
        """Run `job(work, **asked)` on a thread of its own, with progress and cancel.

        The job tells `work.progress(done, of, message)`, asks `work.cancelled()` and reaches the
        office through `work.run(usecase, …)`, `work.reading()` and `work.store.papers`. `then`
        gets its value, `otherwise` its error (Cancelled when stopped).
        """
        work = Work(self, job, asked, title, _weak(then), _weak(otherwise))
        self._works = [w for w in self._works if w.is_alive()]
        self._works.append(work)
        work.start()
        self.working.emit(work)
        return work

    @property
    def idle(self) -> bool:
        """Say whether nothing that was asked for is still to come."""
        busy = any(work.is_alive() for work in self._works)
        return not self._newest and not busy and not self._writes.unfinished_tasks

    @property
    def shown(self) -> int:
        """Return the newest journal entry that everything on the screen is as new as."""
        return self._shown if self._newest else self._heard

    @property
    def unwritten(self) -> int:
        """Return how many writes that were asked for are not carried out yet."""
        return self._writes.unfinished_tasks

    def close(self) -> None:
        """Finish every write already asked for, then stop the threads and close the store.

        A server that does not answer is asked once more; what waits for it is given up.
        """
        if self._closed:
            return
        self._closed = True
        self.line.end()
        for work in self._works:
            work.cancel()
            work.join()
        self._writes.put(None)
        self._reads.put(None)
        for thread in self._threads:
            if thread.ident:
                thread.join()
        if self.store is not None:
            self.store.close()

    def answer(self, then, ticket, value) -> None:
        """Bring a value to the window's thread; for `Work`."""
        self._back.emit((then, ticket, value))

    def run_and_wait(self, usecase, asked):
        """Run a use case on the writer and return its ChangeSet; for `Work`'s thread only."""
        done: queue.SimpleQueue = queue.SimpleQueue()
        self._writes.put((usecase, asked, done, done))
        value = done.get()
        if isinstance(value, Exception):
            raise value
        return value

    # --- the writer
    def _write(self) -> None:
        try:
            self.store = self._open_store()
            self.last = self.store.head()
            self._heard = self._shown = self.last
            self.read_only = self.store.why_read_only is not None
        except Exception as error:
            self._opened.set()
            self.unopened.emit(error)
            while (asked := self._writes.get()) is not None:
                if isinstance(asked[2], queue.SimpleQueue):
                    asked[2].put(error)
                self._writes.task_done()
            return
        self._opened.set()
        self.ready.emit(self.store)
        if self.store.shared:
            ear = threading.Thread(target=self._listen, name="ear")
            self._threads.append(ear)
            ear.start()
        self._say_stacks()
        while (asked := self._writes.get()) is not None:
            try:
                self._write_one(*asked)
            finally:
                self._writes.task_done()

    def _write_one(self, usecase, asked, then, otherwise, look=None) -> None:
        # One number for all tries: where the answer was lost, the second try brings it.
        command = secrets.token_hex(16)
        try:
            if self.ahead is not None:
                self.ahead(usecase)
            if isinstance(usecase, str):
                act = partial(getattr(self.store, usecase), command=command, **asked)
            else:
                act = partial(self.store.run, usecase, command=command, look=look, **asked)
            changes = self._kept(act)
        except Exception as error:
            if isinstance(otherwise, queue.SimpleQueue):
                otherwise.put(error)
            else:
                self._back.emit((otherwise, None, error))
            # A conflicting entry may have left the undo stack.
            self._say_stacks()
            return
        if changes is None:
            return
        with contextlib.suppress(*GONE):  # the next look finds it too
            self._kept(partial(self._catch_up, changes))
        self._say_stacks()
        if not getattr(usecase, "aside", False):
            self.done.emit(changes)
        if isinstance(then, queue.SimpleQueue):
            then.put(changes)
        elif then:
            self._back.emit((then, None, changes.value))

    def _kept(self, act):
        """Carry out what an office server may not answer now; a file is never gone for a while."""
        return self.line.keep(act) if self.store.shared else act()

    def _say_stacks(self) -> None:
        try:
            self.stacked.emit(self.store.undoable, self.store.redoable)
        except Exception as error:
            self._back.emit((None, None, error))

    # --- the reader
    def _read(self) -> None:
        self._opened.wait()
        if self.store is None:
            return
        while True:
            try:
                asked = self._reads.get(timeout=self._poll)
            except queue.Empty:
                self.look_for_changes()
                continue
            if asked is None:
                return
            if asked is LOOK:
                self.look_for_changes()
                self.cut.emit(None)
            else:
                self._read_one(*asked)

    def _read_one(self, query, asked, then, otherwise, key, serial) -> None:
        if self._newest.get(key) != serial:
            return  # overtaken while waiting
        try:
            value = self._kept(partial(self._answer, query, asked))
        except Exception as error:
            self._back.emit((otherwise, (key, serial), error))
        else:
            self._back.emit((then, (key, serial), value))

    def _answer(self, query, asked):
        with self.store.reading() as session:
            return query(session, **asked)

    # --- the ear, on an office server
    def _listen(self) -> None:
        """Look as soon as another PC says that it wrote; without an ear the reader's poll is left."""
        try:
            while not self._closed:
                if self._kept(partial(self.store.wait, EAR)):
                    self.look_for_changes()
        except GONE:
            return  # given up at the end
        except Exception as error:
            self._back.emit((None, None, error))

    def look_for_changes(self) -> None:
        """Tell what others changed since the last look; a fault waits for the next look."""
        try:
            self._kept(partial(self._catch_up, None))
        except (Busy, *GONE):
            return
        except Exception as error:
            self._back.emit((None, None, error))

    def _catch_up(self, own: ChangeSet | None) -> None:
        with self._order:
            following = own is not None and own.id == self.last + 1
            for changes in [own] if following else self.store.since(self.last):
                self.last = changes.id
                self.changed.emit(changes)

    # --- the window's thread
    @Slot(object)
    def _on_changed(self, changes) -> None:
        self._heard = changes.id

    @Slot(object)
    def _on_back(self, answer) -> None:
        then, ticket, value = answer
        if ticket:
            key, serial = ticket
            if self._newest.get(key) != serial:
                return  # overtaken on the way
            del self._newest[key]
            if not self._newest:
                self._shown = self._heard
        method = then() if then else None
        if method is not None and isValid(method.__self__):
            method(value)
        elif isinstance(value, Exception) and then is None and not isinstance(value, Cancelled):
            self.failed.emit(value)


def _weak(method):
    """Return a reference that does not keep a closed dialog alive; refuse lambdas and partials."""
    if method is None:
        return None
    if not hasattr(method, "__self__"):
        raise TypeError("then= and otherwise= take bound methods")
    return weakref.WeakMethod(method)
