"""The window come to life: an office, its pages, overlays, keys and the truth at its foot."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import Refused
from gwangju_desktop import clock, text
from gwangju_desktop.paths import person_folder
from ui.actions import COPY_SUFFIXES, ROOMS, WINDOW, digit
from ui.alerts import Teller, sentence
from ui.commands import Commands
from ui.companions import Companions
from ui.desk import Desk
from ui.healing import way as healing
from ui.rooms import Rooms
from ui.server import door
from ui.settings import kept
from ui.text import N_, Msg, say
from ui.widgets.focusring import FocusRing
from ui.widgets.notices import Banner, Toast, WorkStrip
from ui.widgets.page import State
from ui.widgets.parts import Button, column, frame

if TYPE_CHECKING:
    from ui.widgets.palette import Palette

SUFFIX = ".gwoffice"
FILES = N_("Offices ({pattern})")
COPIES = N_("Review copies ({pattern})")


class Shell(Commands):
    """What `Window` leaves to after the first paint: the office, overlays, what is told."""

    def __init__(self, window) -> None:
        super().__init__(window)
        self.window = window
        self.desk: Desk | None = None
        self.rooms: Rooms | None = None
        self.companions: Companions | None = None
        self.where = ""
        self.given_up = False  # what waits for a server may be lost
        self.beginning = None  # what the first run was told, until the office is open
        self.stacks: tuple[str | None, str | None] = (None, None)
        self.front: QWidget | None = None  # welcome, or why the office did not open
        self.alerts = Teller(window)
        self.ribbon = Banner("lock")
        self.banner = Banner()
        layout = window.layout()
        layout.insertWidget(0, self.ribbon)
        layout.insertWidget(1, self.banner)
        window.ring, window.toast = FocusRing(window), Toast(window)
        self.strip = WorkStrip(window)
        self.drop: QWidget | None = None
        window.side.chosen.connect(self.go)
        window.side.searched.connect(self.on_search)
        window.side.settled.connect(self.on_settings)
        window.setAcceptDrops(True)
        self._add_keys()

    @cached_property
    def palette(self) -> Palette:
        """Return the overlay of Ctrl+K, made when first wanted: the first rows do without."""
        from ui.widgets.palette import Palette

        made = Palette(self.window, _find, _bodies)
        made.opened.connect(self.on_target)
        return made

    def _add_keys(self) -> None:
        for action in WINDOW:
            deed = QAction(say(action.title), self.window)
            deed.setProperty("key", action.key)
            deed.setShortcut(QKeySequence(action.keys))
            deed.triggered.connect(self.on_action)
            self.window.addAction(deed)
        for n, room in enumerate(ROOMS[:9]):
            deed = QAction(say(room.title), self.window)
            deed.setProperty("room", room.key)
            deed.setShortcut(QKeySequence(f"Ctrl+{digit(n)}"))
            deed.triggered.connect(self.on_room)
            self.window.addAction(deed)

    # --- the office
    def start(self, office: str) -> None:
        """Open an office, or ask which one."""
        self.alerts.install()
        hints = QApplication.instance().styleHints()
        hints.colorSchemeChanged.connect(self.on_system_scheme)
        if office:
            self.open_file(office)
        else:
            self.welcome()

    def open_file(self, where: str) -> None:
        """Open an office, or a review copy: in its room where an office is open, else alone."""
        if Path(where).suffix.lower() == ".gwhand":
            from ui.handover import taking

            if self.desk is None and self.front is None:
                self.welcome()
            taking.ask(self, where)
        elif Path(where).suffix.lower() not in COPY_SUFFIXES:
            self.open_office(where)
        elif self.rooms is not None and self.desk.store is not None:
            self.go("snapshots")
            self.rooms.page("snapshots").open_path(Path(where))
        else:
            self.look_at(where)

    def come(self, file: str) -> bool:
        """Bring the window forward and open `file` unless it is open; False while a form is."""
        other = bool(file) and not _same(file, self.where)
        if other and QApplication.activeModalWidget() is not None:
            return False
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if other:
            self.open_file(file)
        return True

    def look_at(self, where: str) -> None:
        """Show a review copy without an office: nobody who monitors needs one."""
        from ui.snapshots.alone import CopyPage

        self.alone(where)
        self.window.side.hide()
        page = CopyPage(self.desk, self.on_open_copy, self.welcome)
        self.put_front(page)
        self.window.retitle()
        page.open_path(Path(where))

    def alone(self, where: str) -> None:
        """Close the office and work on a file without one."""
        self.leave()
        self.where, self.window.office = where, Path(where).stem
        self.desk = Desk(_no_office)
        self.desk.read_only = True
        self.desk.failed.connect(self.alerts.tell)
        self.desk.working.connect(self.strip.follow)

    def open_office(self, where: str, make: str = "", names=None) -> None:
        """Open an office file or server; `make` ("empty" or "sample") makes it before."""
        self.leave()
        # A password in an address is nothing to keep or to show.
        self.where = where = door.hidden(where) if "://" in where else where
        self.window.office = door.called(where) if "://" in where else Path(where).stem
        self.desk = Desk(partial(door.opened, where, make, names, kept.text("who")))
        self.rooms = Rooms(self.window, self.desk)
        self.rooms.arrived.connect(self.on_arrived)
        self.rooms.counted.connect(self.window.side.count)
        desk = self.desk
        desk.ready.connect(self.on_ready)
        desk.unopened.connect(self.on_unopened)
        desk.done.connect(self.on_done)
        desk.changed.connect(self.on_changed)
        desk.stacked.connect(self.on_stacked)
        desk.failed.connect(self.alerts.tell)
        desk.working.connect(self.strip.follow)
        self.window.side.say_stored(N_("Opening the office"))
        self.window.side.show()
        self.window.stack.setCurrentIndex(0)
        desk.start()

    def leave(self) -> None:
        """Close the office that is open."""
        self.hide_ribbon()
        self.banner.hide()
        self._drop_front()
        if self.companions is not None:
            self.companions.close()
            self.companions = None
        if self.rooms is not None:
            self.rooms.clear()
            self.rooms.deleteLater()
            self.rooms = None
        if self.desk is not None:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None
        self.stacks = (None, None)

    def stays(self) -> bool:
        """Say whether something must be asked before the window may close."""
        return door.stays(self)

    def close(self) -> None:
        """Finish what was asked, remember the window, leave nothing running."""
        kept.keep("geometry", self.window.saveGeometry())
        self.leave()
        self.alerts.remove()
        kept.settings().sync()

    def welcome(self) -> None:
        """Ask how to begin."""
        from ui.welcome.page import WelcomePage

        self.leave()
        self.where, self.window.office = "", ""
        self.window.side.hide()
        self.window.retitle()
        page = WelcomePage()
        page.begun.connect(self.on_begun)
        page.taken.connect(self.on_take_over)
        page.opened.connect(self.on_open_office)
        page.sampled.connect(self.on_sample)
        page.looked.connect(self.on_open_copy)
        page.restored.connect(self.on_restore)
        page.spoken.connect(self.speak)
        self.put_front(page)
        page.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def put_front(self, page: QWidget) -> None:
        """Show a page in the place of the rooms."""
        self._drop_front()
        self.front = page
        self.window.stack.addWidget(page)
        self.window.stack.setCurrentWidget(page)

    def _drop_front(self) -> None:
        if self.front is not None:
            self.window.stack.removeWidget(self.front)
            self.front.hide()
            self.front.deleteLater()
            self.front = None

    def on_ready(self, store) -> None:
        from gwangju_desktop import settings

        kept.keep("office", self.where)
        self.say_stored()
        self.say_office()
        self.go(self.window.side.current)
        # After the page's own question: rows come before names.
        self.desk.read(settings.names, then=self.on_named)
        self.companions = Companions(self)
        told, self.beginning = self.beginning, None
        if told is not None and told.file:
            self.go(told.room)
            self.rooms.page(told.room).take([Path(told.file)])

    def on_changed(self, changes) -> None:
        """Name the office anew when its names or their days changed."""
        if changes.touches("setting", "setting_period"):
            from gwangju_desktop import settings

            self.desk.read(settings.names, then=self.on_named)

    def on_named(self, names: dict[str, tuple[str, str]]) -> None:
        self.window.side.name(names)

    def on_unopened(self, error) -> None:
        if healing.begun(self, error):
            return
        why = sentence(error)
        if why is None:
            self.alerts.tell(error)
            why = say(N_("The program failed; the details are in the log."))
        again = Button(N_("Try again"), "primary", slot=self.on_again)
        other = Button(N_("Open another office"), slot=self.on_open_office)
        start = Button(N_("Start page"), slot=self.welcome)
        title = N_("The office could not be opened")
        state = State("circle-alert", title, why, again, other, start, ink="bad")
        page = frame("page")
        column(40, state, None, margins=(0, 0, 0, 0), into=page)
        self.put_front(page)
        self.window.side.say_stored(N_("No office is open"))
        again.setFocus()
        if isinstance(error, Refused) and "://" in self.where:
            from ui.server.signin import SignInDialog

            SignInDialog(self.window, self, self.where).open()

    def on_again(self) -> None:
        self.open_office(self.where)

    def on_take_over(self) -> None:
        from ui.handover import taking

        taking.ask(self)

    def on_begun(self, beginning) -> None:
        """Do what the first run was told."""
        self.beginning = beginning
        self.open_office(beginning.where, beginning.make, beginning.names)

    def on_open_office(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _filter = QFileDialog.getOpenFileName(
            self.window,
            say(N_("Open another office")),
            str(Path(self.where).parent if self.where else Path.home()),
            say(FILES, pattern=f"*{SUFFIX}"),
        )
        if name:
            self.open_office(name)

    def on_open_copy(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _filter = QFileDialog.getOpenFileName(
            self.window,
            say(N_("Open a review copy")),
            str(Path(self.where).parent if self.where else Path.home()),
            say(COPIES, pattern=" ".join(f"*{suffix}" for suffix in COPY_SUFFIXES)),
        )
        if name:
            self.look_at(name)

    def on_sample(self) -> None:
        path = person_folder() / f"sample{SUFFIX}"
        self.open_office(str(path), make="" if path.exists() else "sample")

    # --- pages
    def go(self, key: str, id: int | None = None, table: str = "") -> None:
        """Show a page, and a record of it; before the office is open only mark the room."""
        if self.rooms is None or self.desk.store is None:
            self.window.side.mark(key)
            return
        self.rooms.go(key, id, table)

    def on_arrived(self, key: str) -> None:
        self.window.side.mark(key)
        self.window.retitle()

    def on_room(self) -> None:
        self.go(self.sender().property("room"))

    def on_target(self, target: tuple, preview: bool) -> None:
        kind, *rest = target
        if kind == "room":
            self.go(rest[0])
        elif kind == "record":
            self.go(*rest)
            if preview and self.rooms is not None:
                self.rooms.page(rest[0]).on_peek()
        else:
            self.act(rest[0])

    # --- what happened
    def on_stacked(self, undo: str | None, redo: str | None) -> None:
        self.stacks = (undo, redo)

    def on_done(self, changes) -> None:
        if not changes.id:
            return
        self.say_stored(saved=True)
        told = {
            "do": N_("{what}: done."),
            "undo": N_("{what}: undone."),
            "redo": N_("{what}: done again."),
        }
        message = told.get(changes.kind)
        if message and changes.label:
            undo = changes.kind != "undo" and self.stacks[0] == changes.label
            self.window.toast.tell(message, undo=undo, what=Msg(changes.label))

    def say_stored(self, *, saved: bool = False) -> None:
        """Tell where the office lies and when it was last written: `saved` is now."""
        side, fixed = self.window.side, clock.fixed()
        if self.desk.read_only:
            side.say_stored(N_("Open for reading only"), lock=True)
            side.say_under(N_("Cannot be saved or changed"))
            return
        server = "://" in self.where
        under: str = N_("Works offline")
        if server:
            under = door.signed(self.desk.store)
            side.say_stored(N_("Saved on the server"))
        else:
            moment = f"{_now():%H:%M}" if saved else _written(self.where)
            side.say_stored(N_("Saved here · {at}"), at=moment)
        if fixed is not None and not self.desk.store.role:
            side.say_under(N_("Sample: {day:full}"), day=fixed)
        else:
            side.say_under(under)

    def fault(self, words: str) -> None:
        """Say a fault above the page until it is closed."""
        self.banner.tell(words)

    def show_ribbon(
        self,
        title: str,
        message: str,
        *,
        chip: tuple[str, str, str] | None = None,
        buttons: tuple[Button, ...] = (),
        bad: bool = False,
        closes=None,
        **values: object,
    ) -> None:
        """Say across the window what kind of office or snapshot is shown.

        `chip` is (message, tone, icon); `bad` makes it red; `closes` is called by its Close
        button, which is not there without it.
        """
        ribbon = self.ribbon
        ribbon.tone("bad" if bad else "warn", "shield-alert" if bad else "lock")
        ribbon.chip.say(*(chip or ("",)))
        ribbon.offer(*buttons)
        ribbon.close_button.setVisible(closes is not None)
        ribbon.closes = closes
        ribbon.tell(message, title, **values)

    def hide_ribbon(self) -> None:
        """Take the ribbon away."""
        self.ribbon.hide()

    def say_office(self) -> None:
        """Say of the office itself what the ribbon has to say: nothing, or that it is read-only."""
        self.hide_ribbon()
        store = self.desk.store if self.desk is not None else None
        if store is not None and store.away:
            from ui.handover.ribbon import Ribbon

            Ribbon(self)
        elif store is not None and store.why_read_only is not None:
            if store.role:
                from ui.server import obeying

                title, told = obeying.why(store)
                self.show_ribbon(title, told)
                return
            who = store.why_read_only
            elsewhere = N_("Someone else has it open: {who}. Nothing can be changed here.")
            locked = N_("Its folder cannot be written. Nothing can be changed here.")
            self.show_ribbon(N_("Open for reading only"), elsewhere if who else locked, who=who)

    def on_resized(self) -> None:
        if "palette" in vars(self) and self.palette.isVisible():
            self.palette.setGeometry(self.window.rect())


def _find(read, **asked):
    """Find records, on the reader's thread."""
    from gwangju_desktop import search_records

    return search_records.find(read, **asked)


def _bodies(read):
    """Return the bodies a search is narrowed by, on the reader's thread."""
    from gwangju_desktop import search_records

    return search_records.bodies(read)


def _no_office() -> None:
    """Stand for the office of a window that shows a review copy alone."""


def _same(one: str, other: str) -> bool:
    """Say whether two places are one office or file."""
    if "://" in one or "://" in other or not other:
        return one == other
    return Path(one).resolve() == Path(other).resolve()


def _now() -> dt.datetime:
    """Return the moment on the office's wall clock, also where it lives on a fixed day."""
    return clock.local(dt.datetime.now(dt.UTC))


def _written(where: str) -> str:
    """Return when a file was last written: the time today, else the day."""
    moment = dt.datetime.fromtimestamp(Path(where).stat().st_mtime, clock.KST)
    if moment.date() == _now().date():
        return f"{moment:%H:%M}"
    return text.words().day(moment.date(), "full")
