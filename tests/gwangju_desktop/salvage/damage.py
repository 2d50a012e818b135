"""Ways a file comes to harm: pages wiped, bits turned, an end that is gone; all by a seed."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

PAGE = 4096
# What `check` says of content alone; the file, the journal and the index must be whole.
FORM = ("The file is damaged", "The journal was changed", "The search index differs")


def root_of(office: Path, name: str) -> int:
    """Return the page where a table begins."""
    with contextlib.closing(sqlite3.connect(office)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(connection.execute(query, (name,)).fetchone()[0])


def wipe(office: Path, *pages: int) -> None:
    """Fill pages with zeros, the first one behind its header."""
    with office.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def wipe_some(office: Path, chance: random.Random, count: int) -> None:
    """Wipe so many pages by chance."""
    pages = office.stat().st_size // PAGE
    wipe(office, *(1 + page for page in chance.sample(range(pages), min(count, pages))))


def turn_bits(office: Path, chance: random.Random, count: int) -> None:
    """Turn so many bits by chance."""
    content = bytearray(office.read_bytes())
    for _ in range(count):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    office.write_bytes(content)


def cut(office: Path, share: float) -> None:
    """Leave a share of the file, from its start."""
    with office.open("r+b") as file:
        file.truncate(int(office.stat().st_size * share))


def garble(office: Path, chance: random.Random) -> None:
    """Do one of these, as bad as chance will have it."""
    way = chance.randrange(4)
    if way == 0:
        wipe_some(office, chance, chance.choice((1, 3, 10, 40)))
    elif way == 1:
        turn_bits(office, chance, chance.choice((1, 20, 400)))
    elif way == 2:
        cut(office, chance.uniform(0.05, 0.99))
    else:
        with office.open("r+b") as file:
            file.write(chance.randbytes(chance.choice((16, 100, 512, PAGE))))
