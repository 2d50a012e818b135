"""The office file goes from PC to PC and comes back: one copy is written to, a second is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import Barred, Full, HandedOver, Locked, TooNew
from db.schema.journal import change_log
from db.schema.members import Person
from db.store import Store
from gwangju_desktop import check, history
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.faults import sentence
from gwangju_desktop.handover import form, giving, notes, state, taking
from gwangju_desktop.handover.giving import Given, give
from gwangju_desktop.handover.state import Standing
from gwangju_desktop.handover.taking import take
from tests.gwangju_desktop.handover.conftest import Sit, named

WORDS = "가상의 암호문 하나"


def given(
    office: Path, stick: Path, to: str, who: str = "김예시", words: str | None = None
) -> Given:
    with Store.open(office, who=who) as store:
        return give(store, stick, to=to, passphrase=words)


def people(office: Path) -> set[str]:
    with Store.open(office, write=False) as store, store.reading() as read:
        return {person.name for person in read.query(Person)}


def standing(office: Path) -> Standing:
    with Store.open(office, write=False) as store:
        return state.of_office(store).standing


def writable(office: Path) -> bool:
    with Store.open(office) as store:
        return store.why_read_only is None


@pytest.mark.parametrize("words", [None, WORDS])
def test_it_goes_there_and_comes_back(
    office: Path, stick: Path, sit: Sit, words: str | None
) -> None:
    gone = given(office, stick, "홍예시", words=words)
    assert gone.file.name == "사무국-001.gwhand" and form.is_sealed(gone.file) == bool(words)
    assert list(stick.iterdir()) == [gone.file]
    with Store.open(office) as store:
        assert (
            store.away
            == store.why_read_only
            == f"홍예시, {gone.handover.at[:16]}".replace("T", " ")
        )
        with pytest.raises(HandedOver) as caught:
            named(store, "늦은 사람")
        assert "홍예시" in str(sentence(caught.value))
        told = state.of_office(store)
    assert (told.standing, told.file, told.sha256) == (Standing.AWAY, str(gone.file), gone.sha256)

    there = sit("나-PC") / "받은 업무.gwoffice"
    taken = take(gone.file, there, passphrase=words)
    assert (taken.aside, taken.claimed, taken.missing) == (None, True, ())
    with Store.open(there, who="홍예시") as store:
        assert store.why_read_only is None
        named(store, "나에서 쓴 사람")
        store.papers.put(b"%PDF- another paper")
    back = given(there, stick, "김예시", who="홍예시", words=words)
    assert back.handover.number == 2 and not writable(there)

    sit("가-PC")
    home = take(back.file, office, passphrase=words)
    assert home.aside is not None and home.aside.read_bytes() != office.read_bytes()
    assert people(office) == {"홍예시", "나에서 쓴 사람"} and writable(office)
    with Store.open(office) as store:
        assert store.papers.digests() and check.check(store) == []
        assert len(store.papers.digests()) == 2
        with store.reading() as read:
            assert history.verify(read) == []
            steps = list(read.scalars(select(change_log.c.label)))
    assert steps.count("Hand over the office file") == 2
    assert steps.count("Take over the office file") == 2
    # Once more round: the copy that gave way the first time is not kept beside the second.
    again = given(office, stick, "홍예시", words=words)
    sit("나-PC")
    assert take(again.file, there, passphrase=words).aside is not None
    assert len(list(there.parent.glob("*.before-*"))) == 1


def test_none_of_it_is_taken_back(office: Path, stick: Path, sit: Sit) -> None:
    gone = given(office, stick, "홍예시")
    there = sit("나-PC") / "나.gwoffice"
    take(gone.file, there)
    with Store.open(there) as store:
        assert store.undo() is None
        for number in (store.head(), store.head() - 1):
            with pytest.raises(Barred):
                store.undo(number)


def test_a_second_taking_is_refused_on_both_sides(office: Path, stick: Path, sit: Sit) -> None:
    gone = given(office, stick, "홍예시")
    copied = stick / "사본.gwhand"
    shutil.copyfile(gone.file, copied)
    first = sit("나-PC") / "나.gwoffice"
    take(gone.file, first)
    with pytest.raises(UserError, match="이 PC에서 이미"):
        take(copied, first.with_name("또.gwoffice"))
    # Another PC sees on the stick that it was taken; a copy carried elsewhere says nothing.
    second = sit("다-PC") / "다.gwoffice"
    with pytest.raises(UserError, match="나-PC"):
        take(gone.file, second)
    take(copied, second)
    with Store.open(second) as store:
        named(store, "다에서 쓴 사람")
    sit("나-PC")
    back = given(first, stick, "김예시", who="홍예시")
    late = given(second, stick, "김예시", who="정예시")
    sit("가-PC")
    take(back.file, office)
    # Whoever comes second is refused: the copy there is written to, and would not go on from it.
    with pytest.raises(UserError, match="기다리지 않습니다"):
        take(late.file, office)
    third = given(office, stick, "정예시")
    with pytest.raises(UserError):
        take(late.file, office)
    # And so is the office on the other side.
    sit("다-PC")
    with pytest.raises(UserError, match="두 곳에서"):
        take(third.file, second)
    assert people(second) == {"홍예시", "다에서 쓴 사람"}


def test_its_own_file_and_overtaken_ones_are_refused(office: Path, stick: Path, sit: Sit) -> None:
    gone = given(office, stick, "홍예시")
    with pytest.raises(UserError, match="이 PC에서 홍예시"):
        take(gone.file, office)
    with pytest.raises(UserError, match="이 PC에서 홍예시"):
        take(gone.file, office.with_name("새 자리.gwoffice"))
    with Store.open(office, waiting=False) as store:
        giving.wait(store)
        with pytest.raises(UserError, match="사유"):
            giving.break_off(store, reason=" ")
        giving.break_off(store, reason="USB 분실(가상)")
        named(store, "돌아와 쓴 사람")
        assert state.of_office(store).reason == "USB 분실(가상)"
    assert writable(office)
    given(office, stick, "홍예시")
    sit("가-PC")
    with pytest.raises(UserError):
        take(gone.file, office.with_name("새 자리.gwoffice"))


def test_what_stands_there_is_spared(office: Path, stick: Path, sit: Sit) -> None:
    gone = given(office, stick, "홍예시")
    sit("나-PC")
    other = sit("나-PC") / "다른 사무국.gwoffice"
    with Store.create(other) as store:
        from gwangju_desktop import settings

        store.run(settings.set_up)
    before = other.read_bytes()
    with pytest.raises(UserError, match="다른 사무국"):
        take(gone.file, other)
    assert other.read_bytes() == before
    with Store.open(other), pytest.raises(Locked):
        take(gone.file, other)
    text = other.with_name("글.txt")
    text.write_text("아무 파일", encoding="utf-8")
    with pytest.raises(Exception) as caught:
        take(gone.file, text)
    assert sentence(caught.value) and text.read_text(encoding="utf-8") == "아무 파일"
    with pytest.raises(FileNotFoundError):
        take(gone.file, other.parent / "없는 폴더" / "나.gwoffice")
    # Nothing of it is noted: the file can still be taken.
    assert not notes.claim_of(gone.file).exists()
    take(gone.file, other.with_name("나.gwoffice"))


def test_damaged_files_other_words_and_newer_programs(
    office: Path, stick: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = given(office, stick, "홍예시", words=WORDS)
    place = sit("나-PC") / "나.gwoffice"
    for words in (None, "다른 암호문입니다"):
        with pytest.raises(UserError, match="암호"):
            take(gone.file, place, passphrase=words)
    whole = gone.file.read_bytes()
    for at in (3, 40, len(whole) // 2, len(whole) - 5):
        gone.file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(UserError):
            take(gone.file, place, passphrase=WORDS)
    for length in (0, 10, 70, len(whole) // 2, len(whole) - 1):
        gone.file.write_bytes(whole[:length])
        with pytest.raises(UserError):
            take(gone.file, place, passphrase=WORDS)
    gone.file.write_bytes(whole)
    with monkeypatch.context() as patch, pytest.raises(TooNew):
        patch.setattr(taking, "head", lambda: "0001")
        take(gone.file, place, passphrase=WORDS)
    assert [path.name for path in place.parent.iterdir() if path.name != "own"] == []
    take(gone.file, place, passphrase=WORDS)


def test_a_giving_that_fails_leaves_the_office_here(
    office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(office) as store:
        for to, folder in (("", stick), ("홍예시", stick / "없음")):
            with pytest.raises((UserError, FileNotFoundError)):
                give(store, folder, to=to)
        head = store.head()
        with pytest.raises(Cancelled):
            give(store, stick, to="홍예시", cancelled=lambda: store.away is not None)
        assert store.away is None and store.head() == head + 2
        with monkeypatch.context() as patch:
            patch.setattr(
                giving.shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(1, 1, 0)
            )
            with pytest.raises(Full):
                give(store, stick, to="홍예시")
        assert store.head() == head + 2
        named(store, "계속 쓴 사람")
        assert state.of_office(store).standing is Standing.HERE
    assert list(stick.iterdir()) == [] and not notes.beside(office).exists()
    assert writable(office)


def test_one_that_was_cut_off_asks_one_question(office: Path, stick: Path, sit: Sit) -> None:
    def cut() -> Path:
        """Leave an office as a program does that is killed while the file is written."""
        with Store.open(office) as store, pytest.raises(KeyboardInterrupt):
            give(store, stick, to="홍예시", progress=_interrupt)
        assert standing(office) is Standing.UNFINISHED and not writable(office)
        return stick

    cut()
    with Store.open(office) as store:
        giving.call_off(store)
        named(store, "남아서 쓴 사람")
    assert writable(office)
    cut()
    aside = stick.rename(stick.with_name("뽑은 USB"))
    with Store.open(office) as store:
        assert not state.of_office(store).reachable
        with pytest.raises(UserError, match="볼 수 없"):
            giving.call_off(store)
    aside.rename(stick)
    with Store.open(office) as store:
        done = giving.give_again(store)
        assert state.of_office(store).standing is Standing.AWAY
        with pytest.raises(UserError):
            giving.call_off(store)
    there = sit("나-PC") / "나.gwoffice"
    take(done.file, there)
    assert "남아서 쓴 사람" in people(there)


def _interrupt(_done: int, _of: int, step: object) -> None:
    if step == giving.WRITING:
        raise KeyboardInterrupt


def test_a_file_that_is_there_was_finished(office: Path, stick: Path) -> None:
    gone = given(office, stick, "홍예시")
    notes.write(office, notes.Note(gone.handover.token, str(gone.file)))
    with Store.open(office) as store:
        told = state.of_office(store)
        assert (told.standing, told.sha256) == (Standing.AWAY, gone.sha256)
        with pytest.raises(UserError):
            giving.call_off(store)
    # A note of another handover, or none, tells nothing: the office says it was given.
    notes.write(office, notes.Note("0" * 32, "nowhere.gwhand"))
    assert standing(office) is Standing.AWAY
    notes.beside(office).write_text("{", encoding="utf-8")
    assert standing(office) is Standing.AWAY


def test_an_office_on_a_server_is_not_given(store: Store, stick: Path, sit: Sit) -> None:
    sit("가-PC")
    if not store.shared:
        assert state.of_office(store).standing is Standing.ALONE
        return
    with pytest.raises(UserError, match="서버"):
        give(store, stick, to="홍예시")
    assert list(stick.iterdir()) == []
