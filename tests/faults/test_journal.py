"""Altered journals, people who were erased, names of files, a year of backups: over and over."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, update

from db import journal
from db.schema.journal import change_log, row_change
from db.schema.members import Person
from db.store import Store
from db.unsaved import NAME, Drafts, Unsaved
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import form, keeping
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.thinning import Kept, going
from gwangju_desktop.backups.why import Why
from gwangju_desktop.history import anchors, chain
from gwangju_desktop.members import erasing, people, usecases
from gwangju_desktop.papers.lending import safe_name
from gwangju_desktop.paths import HOME, person_folder
from tests.faults.budget import Outcome, within
from tests.gwangju_desktop.history.test_chain import harm, rebuild

Trials = Callable[[int], int]
Judged = Callable[[str, Outcome], None]
pytestmark = pytest.mark.timeout(24 * 3600)
DAYS, ENTRIES = 400, 12


# --- row 17


def _edit(connection: Connection, n: int, last: int) -> None:
    connection.execute(update(change_log).where(change_log.c.id == n).values(who="딴 사람"))


def _remove(connection: Connection, n: int, last: int) -> None:
    connection.execute(delete(row_change).where(row_change.c.change_id == n))
    connection.execute(delete(change_log).where(change_log.c.id == n))


def _swap(connection: Connection, n: int, last: int) -> None:
    """Let two entries change their places, rows and all."""
    other = n % (last - 1) + 1
    # References are looked at when all three moves are made.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for old, new in ((n, -1), (other, n), (-1, other)):
        connection.execute(
            update(row_change).where(row_change.c.change_id == old).values(change_id=new)
        )
        connection.execute(update(change_log).where(change_log.c.id == old).values(id=new))


def _cut(connection: Connection, n: int, last: int) -> None:
    rebuild(connection, last=n)


def _forge(connection: Connection, n: int, last: int) -> None:
    _edit(connection, n, last)
    rebuild(connection, last=last)


def test_what_was_altered_is_found(
    tmp_path: Path, trials: Trials, seed: int, judged: Judged
) -> None:
    """Edited, deleted, moved: by the chain. Cut off, made anew: by what was noted outside."""
    chance, found = random.Random(seed), Outcome()
    office = tmp_path / "office.gwoffice"
    with Store.create(office) as store:
        for number in range(ENTRIES):
            store.run(usecases.add_body, name_ko=f"가상위원회 {number}")
        with store.reading() as read:
            paper = anchors.of_paper(anchors.printed(read))
    acts = (_edit, _remove, _swap, _cut, _forge)
    for number in within(found, trials(5000)):
        act, place = acts[number % 5], tmp_path / "altered.gwoffice"
        shutil.copy(office, place)
        with Store.open(place) as store:
            # The last entry deleted is an end that was cut off.
            n = chance.randint(1, ENTRIES - 1)
            harm(store, lambda c, act=act, n=n: act(c, n, ENTRIES))
            with store.reading() as read:
                known = [paper] if act in (_cut, _forge) else []
                told = chain.check(read, known)
        if told.whole:
            found.lost += 1
            found.note = f"{act.__name__} of {n} not found"
        for path in tmp_path.glob("altered.gwoffice*"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    judged("an altered journal not found", found)


# --- row 18


def test_nobody_who_was_erased_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trials: Trials, seed: int, judged: Judged
) -> None:
    """Words in every field of a person, edited, undone, half typed; then no byte of them anywhere."""
    monkeypatch.setenv(HOME, str(tmp_path / "person"))
    chance, found = random.Random(seed), Outcome()
    office = tmp_path / "office.gwoffice"
    with Store.create(office) as store:
        store.run(settings.set_up)
        for _ in within(found, trials(1000)):
            words = [f"{chance.getrandbits(60):015x}" for _n in range(6)]
            told = {
                "name": f"가상 {words[0]}",
                "phone": f"010 {words[1]}",
                "email": f"{words[2]}@example.kr",
                "note": f"메모 {words[3]}",
            }
            id = store.run(usecases.add_person, **told, fictional=True).value
            store.run(people.edit_person, id=id, note=f"고친 {words[4]}")
            if chance.random() < 0.5:
                store.undo()
            moment = dt.datetime.now(dt.UTC)
            with Drafts(person_folder() / NAME) as drafts:
                drafts.put(
                    Unsaved(
                        office="예시",
                        form="people",
                        record=str(id),
                        begun=moment,
                        saved_at=moment,
                        title=told["name"],
                        fields={"name": ("", told["name"])},
                    )
                )
            done = erasing.erase(store, id=id)
            held = b"".join(
                path.read_bytes()
                for folder in (tmp_path, person_folder())
                for path in folder.iterdir()
                if path.is_file()
            )
            forms = [
                text.encode(coding)
                for text in words
                for coding in ("utf-8", "utf-16-le", "utf-16-be")
            ]
            left = sum(text in held for text in forms)
            found.lost += bool(left)
            if left or done.left:
                found.note = f"{left} words, {done.left}"
        with store.reading() as read:
            found.corrupt = len(journal.verify(read.connection()))
    judged("a word of an erased person", found)


# --- row 23

_DEVICES = ("con", "prn", "aux", "nul", "com1", "lpt9")
_PIECES = (
    *_DEVICES,
    *("../", "..\\", "/", "\\", ":", "|", "?", "*", "<", ">", '"', "\0", "\n", "\t", " ", "."),
    *("\u202e", "\u200b", "\u200d", "\ufeff", "é", "e\u0301", "각", "\u1100\u1161", "😀", "ﬁ", "İ"),
)


def test_any_name_is_safe(trials: Trials, seed: int, judged: Judged) -> None:
    """A name given by somebody else stays in its folder and is one that Windows takes."""
    chance, found = random.Random(seed), Outcome()
    for _ in within(found, trials(100_000)):
        parts = [
            chance.choice(_PIECES)
            if chance.random() < 0.6
            else chr(
                chance.choice((chance.randrange(32, 0xD800), chance.randrange(0xE000, 0x11000)))
            )
            for _n in range(chance.randrange(1, 60))
        ]
        name = safe_name("".join(parts) + chance.choice((".pdf", ".hwp", "", ".")))
        bad = set(name) & set('\\/:*?"<>|') or any(unicodedata.category(c) == "Cc" for c in name)
        bad = bad or name in ("", ".", "..") or name.endswith((" ", "."))
        stem = name.split(".")[0].rstrip().casefold()
        if bad or stem in _DEVICES or len(name.encode()) > 184:
            found.corrupt += 1
            found.note = ascii(name)
    judged("an unsafe name", found)


# --- row 26


def test_every_backup_of_400_days_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trials: Trials, seed: int, judged: Judged
) -> None:
    """A year and more of working days: what is kept is what the rule keeps, and all of it opens."""
    found, restored = Outcome(), 0
    for number in within(found, trials(50)):
        chance = random.Random(seed * 1000 + number)
        place = tmp_path / f"{number}"
        place.mkdir()
        folder = place / "backups"
        heads: dict[str, tuple[int, int]] = {}
        model: list[Kept] = []
        moment = dt.datetime(2022, 1, 3, 9, tzinfo=clock.KST)
        monkeypatch.setattr(clock, "real", lambda: moment.astimezone(dt.UTC))  # noqa: B023
        with Store.create(place / "office.gwoffice") as store:
            for day in range(DAYS):
                moment = (dt.datetime(2022, 1, 3, 9, tzinfo=clock.KST)) + dt.timedelta(days=day)
                if moment.weekday() >= 5 or chance.random() < 0.1:
                    continue  # a holiday
                for _n in range(chance.choice((1, 1, 2, 3))):
                    moment += dt.timedelta(minutes=chance.randint(5, 150))
                    store.run(usecases.add_person, name=f"가상 {moment:%d %H%M}", fictional=True)
                    made = make_backup(store, folder, why=Why.TIMED)
                    with store.reading() as read:
                        count = len(read.scalars(select(Person.id)).all())
                    heads[made.path.name] = (store.head(), count)
                    model.append(Kept(made.manifest.moment, made.path.name))
                local = clock.local(clock.real())
                keeping.thin(folder, now=local)
                gone = {one.name for one in going(model, local)}
                model = [one for one in model if one.name not in gone]
        kept = form.listed(folder)
        found.corrupt += {path.name for path in kept} != {one.name for one in model}
        for path in kept:
            target = place / "restored.gwoffice"
            restore(path, target)
            with Store.open(target) as store, store.reading() as read:
                count = len(read.scalars(select(Person.id)).all())
                found.lost += (store.head(), count) != heads[path.name]
            restored += 1
            for one in place.glob("restored.gwoffice*"):
                shutil.rmtree(one) if one.is_dir() else one.unlink()
        shutil.rmtree(place)
    found.note = f"{restored:,} restored"
    judged("a backup of 400 days", found)
