"""Make docs/pictures anew: `python -m tests.pictures`.

Every page in Korean and light, and in English and dark, on the sample office; and review copies as
they are opened: sound, compared with the one before, altered, of a stranger, of a later version.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.store import Store
from gwangju_desktop import offices
from gwangju_desktop.snapshots.build import make_snapshot

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LOOKS = (("ko", "light"), ("en", "dark"))
PASSPHRASE = "예시 암호구절 하나"
OPENED = ("opened", "changed", "altered", "unproved", "hostile", "newer")


def names() -> list[str]:
    """Return what the pictures are called: of every room and pane, of copies as they are opened."""
    from ui import pictures

    return [*pictures.names(), *(f"snapshots-{one}" for one in OPENED)]


def main() -> int:
    """Take the pictures in a temporary folder and put them in place."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = Path(folder)
        os.environ["GWANGJU_DESKTOP_HOME"] = str(workshop / "home")
        office = workshop / "sample.gwoffice"
        offices.new_office(office, sample=True)
        from ui import pictures

        TARGET.mkdir(parents=True, exist_ok=True)
        for old in TARGET.glob("*.png"):
            old.unlink()
        for language, scheme in LOOKS:
            for path in pictures.save(
                str(office), workshop, languages=(language,), schemes=(scheme,)
            ):
                target = TARGET / f"{path.stem.rpartition('-')[0]}.png"
                shutil.move(path, target)
                print(target.relative_to(TARGET.parent.parent))
        for path in copies(office, workshop):
            shutil.move(path, TARGET / path.name)
            print((TARGET / path.name).relative_to(TARGET.parent.parent))
    return 0


def copies(office: Path, workshop: Path) -> Iterator[Path]:
    """Make review copies of an office and yield a picture of each way one is opened."""
    from tests.gwangju_desktop.snapshots import hostile
    from tests.ui.snapshots.conftest import change
    from ui import app, pictures
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

    app.make(language=LOOKS[0][0], scheme=LOOKS[0][1], scale=1.0)
    window = Window()
    start = app.Start(window, str(office))
    window.resize(*pictures.SIZES[0])
    window.show()
    pictures.wait(window)
    for language, scheme in LOOKS:
        app.make(language=language, scheme=scheme, scale=1.0)
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
            for _round in range(2):  # what the first one leaves to be laid, and the bar of the work
                pictures.wait(window)
            path = workshop / f"snapshots-{name}-{scheme}-{language}.png"
            window.grab().save(str(path))
            yield path
    page.on_close()
    window.close()
    start.close()


if __name__ == "__main__":
    sys.exit(main())
