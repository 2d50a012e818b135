"""What a person can order of the window: commands by key, and files dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gwangju_desktop import text
from ui import qt_words, theme
from ui.actions import COPY_SUFFIXES, all_actions, room, taker
from ui.server import door
from ui.settings import kept
from ui.text import LANGUAGES, N_, Msg, say
from ui.widgets.parts import Align, Label, column, frame


class Commands(QObject):
    """The methods that ui/actions.py names for the window.

    Mixed into the shell, which brings `window`, `desk`, `rooms`, `palette`, `stacks`, `open_file`.
    """

    def act(self, key: str) -> None:
        """Carry out an action by its key."""
        action = next(action for action in all_actions() if action.key == key)
        if not action.room:
            getattr(self, action.run)()
        elif self.rooms is not None:
            self.go(action.room)
            getattr(self.rooms.page(action.room), action.run)()

    def on_action(self) -> None:
        self.act(self.sender().property("key"))

    def offered(self) -> list[tuple]:
        """Return (action, title) of what can be done now, undo and redo with their names."""
        offered = []
        for action in all_actions():
            if action.writes and (self.desk is None or self._reads(action.room)):
                continue
            title = say(action.title)
            if action.key in ("undo", "redo"):
                label = self.stacks[action.key == "redo"]
                if label is None:
                    continue
                title = f"{title}: {say(Msg(label))}"
            offered.append((action, title))
        return offered

    def _reads(self, room: str) -> bool:
        """Say whether nothing may be written in a room ("" for the office as a whole)."""
        return door.desk_for(self.desk, room).read_only if room else self.desk.read_only

    # --- commands
    def on_search(self) -> None:
        if self.rooms is not None:
            self.palette.open(self.offered(), self.desk)

    def on_undo(self) -> None:
        if self.desk is not None and not self.desk.read_only:
            self.desk.undo()

    def on_redo(self) -> None:
        if self.desk is not None and not self.desk.read_only:
            self.desk.redo()

    def on_back(self) -> None:
        if self.rooms is not None:
            self.rooms.back()

    def on_forward(self) -> None:
        if self.rooms is not None:
            self.rooms.forward()

    def on_copy_link(self) -> None:
        if self.rooms is not None:
            QGuiApplication.clipboard().setText(self.rooms.link())
            self.window.toast.tell(N_("Link copied. Paste it into the search."), undo=False)

    def on_history(self) -> None:
        from ui.history import front

        front.show(self.window)

    def on_next_pane(self) -> None:
        self._pane(1)

    def on_previous_pane(self) -> None:
        self._pane(-1)

    def _pane(self, by: int) -> None:
        if self.rooms is not None:
            stop = self.rooms.step(by)
            self.window.ring.moving(stop.setFocus, Qt.FocusReason.ShortcutFocusReason)

    def on_settings(self) -> None:
        self.show_settings()

    def show_settings(self, key: str = "") -> None:
        """Show the settings, and a section of them; without an office in the place of the rooms."""
        if self.rooms is not None and self.desk.store is not None:
            self.go("settings")
            page = self.rooms.page("settings")
        else:
            from ui.settings.page import SettingsPage

            page = SettingsPage(None, self, self.welcome)
            self.put_front(page)
            self.window.retitle()
        if key:
            page.show_pane(key)

    def on_paper(self) -> None:
        if self.desk is None or self.desk.read_only:
            return
        from ui.settings.paper import PaperDialog

        PaperDialog(self.window, self.desk).open()

    def on_backups(self) -> None:
        """Show how the backups of the open office stand."""
        if self.desk is not None and self.desk.store is not None:
            self.show_settings("backups")

    def on_backup(self) -> None:
        """Back the open office up now."""
        if self.desk is not None and self.desk.store is not None:
            from ui.backups.now import Now

            Now(self).begin()

    def on_restore(self, path: Path | None = None) -> None:
        """Restore the open office, or where none may be written one to a new file."""
        from ui.backups.restore import RestoreDialog

        office = None
        if self.desk is not None and self.desk.store is not None and not self.desk.read_only:
            store = self.desk.store
            office = None if store.shared else Path(store.office.place)
        RestoreDialog(self.window, self, office=office, path=path).open()

    def on_help(self) -> None:
        """Open the manual at the chapter of the page in front."""
        from ui.help import front

        front.show(self)

    def on_guide(self) -> None:
        """Show the steps to a first meeting, or bring them forward."""
        from ui.help import front

        front.guide(self)

    def on_keys(self) -> None:
        from ui.settings.keys import KeysDialog

        KeysDialog(self.window, self.window.side.current).open()

    def on_scheme(self) -> None:
        self.wear("dark" if theme.mode == "light" else "light", theme.scale)

    def on_size(self) -> None:
        sizes = theme.SCALES
        self.wear(theme.scheme, sizes[(sizes.index(theme.scale) + 1) % len(sizes)])

    def wear(self, scheme: str, scale: float) -> None:
        """Put on a scheme and a text size and remember them."""
        app = QApplication.instance()
        app.setOverrideCursor(Qt.CursorShape.WaitCursor)
        theme.dress(app, scheme, scale)
        app.restoreOverrideCursor()
        kept.keep("scheme", scheme)
        kept.keep("text_size", scale)

    def on_system_scheme(self, scheme: Qt.ColorScheme) -> None:
        mode = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        if theme.scheme == "system" and mode != theme.mode:
            theme.dress(QApplication.instance(), "system", theme.scale)

    def on_language(self) -> None:
        others = [code for code in LANGUAGES if code != text.language()]
        self.speak(others[0])

    def speak(self, language: str) -> None:
        """Speak a language and remember it."""
        text.use(language)
        if not qt_words.follow():
            theme.speak_again()
        kept.keep("language", language)

    # --- files dropped on the window
    def on_drag(self, event) -> None:
        data = event.mimeData()
        key = self._taker(data)
        if key is None and self._file(data) is None:
            return
        event.acceptProposedAction()
        if self.drop is None:
            self.drop = frame("drop")
            # What lies under it may take the files itself: a row of papers.
            self.drop.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.drop.setParent(self.window)
            self.drop.words = Label("", "h2", "acc")
            column(None, (self.drop.words, Align.AlignHCenter), None, into=self.drop)
        if key is None:
            self.drop.words.say(N_("Drop to open it"))
        else:
            self.drop.words.say(N_("Drop to open it in “{room}”"), room=room(key).title)
        area = self.window.stack.geometry().adjusted(12, 12, -12, -12)
        self.drop.setGeometry(area)
        self.drop.show()
        self.drop.raise_()

    def on_drag_left(self) -> None:
        if self.drop is not None:
            self.drop.hide()

    def on_dropped(self, event) -> None:
        self.on_drag_left()
        data = event.mimeData()
        key, file = self._taker(data), self._file(data)
        if key is not None:
            event.acceptProposedAction()
            self.go(key)
            self.rooms.page(key).take(_paths(data))
        elif file is not None:
            event.acceptProposedAction()
            self.open_file(str(file))

    def _file(self, data) -> Path | None:
        """Return the one office or review copy dropped where nothing else takes it.

        A copy is looked at also in a window whose office is open for reading only.
        """
        paths = _paths(data)
        if len(paths) != 1:
            return None
        suffix = paths[0].suffix.lower()
        if self.rooms is None:
            return paths[0] if suffix in (".gwoffice", *COPY_SUFFIXES) else None
        return paths[0] if suffix in COPY_SUFFIXES and self.desk.store is not None else None

    def _taker(self, data) -> str | None:
        """Return the room that takes all these files, the one in front first."""
        paths = _paths(data)
        if not paths or self.rooms is None or self.desk.store is None or self.desk.read_only:
            return None
        keys = {taker(path.suffix, self.rooms.here.key) for path in paths}
        return keys.pop() if len(keys) == 1 else None


def _paths(data) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
