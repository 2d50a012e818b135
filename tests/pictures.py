"""Make the pictures anew: `python -m tests.pictures`, or of some looks: `ko-light-1366 en-dark-1920`.

Every page of the sample office as contact sheets, one a language, scheme and size (docs/pictures);
single ones that the README shows; those of the manual, small (resources/manual/pictures). And
review copies as they are opened: sound, compared with the one before, altered, of a stranger, of a
later version.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from db.store import Store
from gwangju_desktop import manual, offices, text
from gwangju_desktop.snapshots.build import make_snapshot
from tests import contact_sheets

ROOT = Path(__file__).resolve().parent.parent
TARGET, MANUAL = ROOT / "docs" / "pictures", ROOT / "resources" / "manual" / "pictures"
LANGUAGES, SCHEMES, SIZES = ("ko", "en"), ("light", "dark"), ((1366, 768), (1920, 1080))
PASSPHRASE = "예시 암호구절 하나"
OPENED = ("opened", "changed", "altered", "unproved", "hostile", "newer")
ALONE = ("help", "guide", "licences", "welcome")  # what is no page of the sidebar
# What the README shows one by one: the names of pictures in a look.
SHOWN = {
    ("ko", "light"): (
        *("today", "meetings", "members", "proposals", "polls", "commitments", "snapshots-opened"),
    ),
    ("en", "dark"): ("energy",),
}
WIDTH = 760  # px of a picture of the manual


def names() -> list[str]:
    """Return what the pictures are called: rooms and panes, copies as they are opened, the rest."""
    from ui import pictures

    return [*pictures.names(), *(f"snapshots-{one}" for one in OPENED), *ALONE]


def of_manual() -> set[str]:
    """Return the names of the pictures that the manual shows."""
    return {one for chapter in manual.chapters() for one in manual.pictures(chapter.key, "ko")}


def main(asked: list[str]) -> int:
    """Take the pictures of the looks asked for, else of all, and put each look in place at once."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = Path(folder)
        os.environ["GWANGJU_DESKTOP_HOME"] = str(workshop / "home")
        TARGET.mkdir(parents=True, exist_ok=True)
        for language, scheme, size in itertools.product(LANGUAGES, SCHEMES, SIZES):
            look = f"{language}-{scheme}-{size[0]}"
            if not asked or look in asked:
                taken = _take(workshop / look, language, scheme, size)
                _put(taken, look, language, scheme, size)
    return 0


def _take(workshop: Path, language: str, scheme: str, size: tuple[int, int]) -> dict[str, Path]:
    """Return name -> file of all pictures of one look."""
    from ui import pictures

    workshop.mkdir()
    office = workshop / "sample.gwoffice"
    with text.speaking("ko"):
        offices.new_office(office, sample=True)
    look = {"languages": (language,), "schemes": (scheme,), "sizes": (size,)}
    taken = {
        path.stem.rpartition(f"-{scheme}-")[0]: path
        for path in pictures.save(str(office), workshop, **look)
    }
    return taken | dict(copies(office, workshop, language, scheme, size))


def _put(
    taken: dict[str, Path], look: str, language: str, scheme: str, size: tuple[int, int]
) -> None:
    """Put the sheet of a look, and what is shown one by one of it, in place of the old ones."""
    target = TARGET / f"sheet-{look}.png"
    contact_sheets.sheet(sorted(taken.items()), target)
    print(target.relative_to(ROOT), f"{target.stat().st_size:,}", len(taken), flush=True)
    if size != SIZES[0]:
        return
    for name in SHOWN.get((language, scheme), ()):
        contact_sheets.small(taken[name], TARGET / f"{name}-{scheme}-{language}.png", size[0])
    if scheme == "light":
        for name in sorted(of_manual()):
            contact_sheets.small(taken[name], MANUAL / language / f"{name}.png", WIDTH)


def copies(
    office: Path, workshop: Path, language: str, scheme: str, size: tuple[int, int]
) -> Iterator[tuple[str, Path]]:
    """Yield (name, picture) of each way a copy of the office is opened, of help and the start."""
    from tests.gwangju_desktop.snapshots import hostile
    from tests.ui.snapshots.conftest import change
    from ui import app, pictures
    from ui.help import front
    from ui.settings.about import LicencesDialog
    from ui.snapshots import opened
    from ui.window import Window

    first, second = workshop / "점검용 사본 1.gwsnap", workshop / "점검용 사본 2.gwsnap"
    with Store.open(office) as store:
        make_snapshot(store, target=first, passphrase=PASSPHRASE)
        store.run(change)
        make_snapshot(store, target=second, passphrase=PASSPHRASE)
    data = bytearray(second.read_bytes())
    data[data.index(b"manifest.sig") + 20] ^= 1
    altered = workshop / "손댄 사본.gwsnap"
    altered.write_bytes(data)
    files = {"opened": second, "changed": second, "altered": altered, "unproved": altered}
    for name, title in (("trigger", "낯선 사본"), ("newer format", "새 형식 사본")):
        made = hostile.sealed(workshop, hostile.HOSTILE[name], name=f"{title}.gwsnap")
        files["hostile" if name == "trigger" else "newer"] = made

    app.make(language=language, scheme=scheme, scale=1.0)
    window = Window()
    start = app.Start(window, str(office))
    window.resize(*size)
    window.show()
    pictures.wait(window)

    def picture(name: str, of: QWidget) -> tuple[str, Path]:
        pictures.wait(window)
        path = workshop / f"{name}.png"
        of.grab().save(str(path))
        return name, path

    window.shell.speak(language)
    page = window.shell.rooms.go("snapshots")
    for name in OPENED:
        page.on_close()
        page.open_path(files[name])
        pictures.wait(window)
        if name == "changed":
            page.opened.tabs.parts[opened.CHANGES].click()
            page.opened.compare_with(first)
        elif name == "unproved":
            page.on_look()
        pictures.wait(window)  # what the first one leaves to be laid, and the bar of the work
        yield picture(f"snapshots-{name}", window)
    page.on_close()
    yield picture("help", front.show(window.shell, "meetings"))
    window.shell.help_window.close()
    yield picture("guide", front.guide(window.shell))
    window.shell.guide_window.close()
    licences = LicencesDialog(window)
    licences.open()
    yield picture("licences", licences)
    licences.reject()
    window.shell.welcome()
    QApplication.processEvents()
    path = workshop / "welcome.png"
    window.grab().save(str(path))
    yield "welcome", path
    window.close()
    start.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
