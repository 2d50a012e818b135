"""Drafts for the document system: a text to paste, attachments as files of their own."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.outgoing.drafts import Draft, draft, save
from tests.gwangju_desktop.catalogue.telling import told
from tests.gwangju_desktop.meetings.room import DAY, Room


@pytest.fixture
def room(sqlite_store) -> Room:
    clock.fix(DAY)
    return Room.made(sqlite_store)


def drafted(room: Room, name: str, id: int, language: str = "ko") -> Draft:
    with room.store.reading() as read:
        return draft(read, name, id=id, language=language)


def test_a_letter_is_pasted_and_what_it_encloses_saved(room: Room, tmp_path: Path) -> None:
    made = drafted(room, "notice", room.meeting)
    lines = made.text.splitlines()
    assert lines[0].endswith("개최 알림") and "1. 관련: " in made.text
    assert "  가. 일시: 2022. 3. 17.(목) 14:00~16:00" in lines
    assert lines[-1].endswith("2. 참석 여부 회신서 1부.  끝.") or lines[-1].endswith("끝.")
    assert "수신" not in made.text and "시행" not in made.text
    assert [one.title for one in made.enclosed] == ["의사일정", "참석 여부 회신서"]
    files = save(made.enclosed, tmp_path)
    assert [file.suffix for file in files] == [".pdf", ".pdf"]
    with pypdfium2.PdfDocument(files[1]) as pdf:
        assert "참석 여부 회신서" in pdf[0].get_textpage().get_text_range()


def test_a_letter_of_appointment_goes_with_its_notice(room: Room, tmp_path: Path) -> None:
    with room.store.reading() as read:
        from gwangju_desktop.members.letters.model import gather

        seat = gather(read, body_id=room.body, on=DAY).seats[0]
    made = drafted(room, "appointment-notice", seat.membership_id)
    assert [one.drawn is not None for one in made.enclosed] == [True]
    # One drawn by hand stays a PDF, whatever the others are.
    (file,) = save(made.enclosed, tmp_path, suffix=".hwpx")
    assert file.suffix == ".pdf" and file.read_bytes().startswith(b"%PDF")


def test_a_request_goes_with_a_form_nobody_is_named_on(room: Room) -> None:
    made = drafted(room, "request", room.body)
    (form,) = made.enclosed
    assert "동의서" in form.title and len(form.parts) == 2
    assert "가상가" not in told(form) and "성명____" in told(form)


def test_a_written_resolution_goes_with_its_ballots(room: Room) -> None:
    room.store.run(meetings.edit_meeting, id=room.meeting, kind="written")
    made = drafted(room, "notice", room.meeting)
    assert [len(one.parts) for one in made.enclosed] == [1, len(room.ids)]
    assert "서면의결서" in told(made.enclosed[1])


def test_names_of_files_are_safe_and_their_own(room: Room, tmp_path: Path) -> None:
    title = 'a/b\\c:d*e?"f"<g>|h\n..'
    room.store.run(meetings.edit_meeting, id=room.meeting, title=title)
    made = drafted(room, "agenda", room.meeting)
    files = save((*made.enclosed, *made.enclosed), tmp_path)
    assert len({file.name for file in files}) == 2
    assert all(file.parent == tmp_path and file.exists() for file in files)
    assert not any(mark in file.name for file in files for mark in '\\/:*?"<>|\n')


def test_a_folder_that_is_not_there_is_named(room: Room, tmp_path: Path) -> None:
    made = drafted(room, "agenda", room.meeting)
    with pytest.raises(UserError, match="없는 폴더"):
        save(made.enclosed, tmp_path / "없는 폴더")
