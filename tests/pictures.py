"""Make docs/pictures anew: `python -m tests.pictures`.

Every page in Korean and light, and in English and dark, on the sample office.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from gwangju_desktop import offices

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LOOKS = (("ko", "light"), ("en", "dark"))


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
