"""The manual is whole in both languages, and every word it quotes is one the program says."""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path

import pikepdf
import pytest

from gwangju_desktop import manual, manual_document, text
from gwangju_desktop.cli import main
from gwangju_desktop.errors import UserError
from tests import pictures, words

KEYS = [one.key for one in manual.chapters()]
PLACE = Path(manual.__file__).parent.parent / "resources" / "manual"


def test_every_declared_chapter_is_there_in_both_languages_and_no_other() -> None:
    for language in text.LANGUAGES:
        assert {one.stem for one in (PLACE / language).glob("*")} == set(KEYS)
        titles = [manual.title(key, language) for key in KEYS]
        assert len(set(titles)) == len(KEYS) and all(titles)
    pages = [page for one in manual.chapters() for page in one.pages]
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_have_the_same_headings_steps_and_words(key: str) -> None:
    korean, english = manual.sections(key, "ko"), manual.sections(key, "en")
    assert len(korean) == len(english) > 0
    for ko, en in zip_longest(korean, english):
        assert len(ko.steps) == len(en.steps) > 0, en.heading
        for n, (one, other) in enumerate(zip(ko.steps, en.steps, strict=True)):
            quoted = {(word, word.context) for word in manual.quotes(one)}
            assert quoted == {(word, word.context) for word in manual.quotes(other)}, (n, other)
    assert manual.pictures(key, "ko") == manual.pictures(key, "en") != []
    assert sorted(manual.links(key, "ko")) == sorted(manual.links(key, "en"))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_steps_are_numbered_from_one_under_each_heading(language: str) -> None:
    for key in KEYS:
        expected = 1
        for line in manual.source(key, language).splitlines():
            if line.startswith("## "):
                expected = 1
            elif line[:1].isdigit():
                assert line.startswith(f"{expected}. "), (key, line)
                expected += 1


def test_every_quoted_word_is_one_of_the_windows_own() -> None:
    said = set(words.wanted(("ui",)))
    quoted = {
        (key, word.context, str(word))
        for key in KEYS
        for language in text.LANGUAGES
        for word in manual.quotes(manual.source(key, language))
    }
    assert sorted(one for one in quoted if one[1:] not in said) == []


def test_links_lead_to_chapters_and_pictures_are_those_that_are_made() -> None:
    made = set(pictures.names())
    for key in KEYS:
        for language in text.LANGUAGES:
            assert set(manual.links(key, language)) <= set(KEYS)
            assert set(manual.pictures(key, language)) <= made


def test_words_of_the_program_follow_the_language() -> None:
    assert "**새 회의**" in manual.markdown("meetings", "ko")
    assert "**New meeting**" in manual.markdown("meetings", "en")
    assert "[[" not in manual.markdown("meetings", "ko")
    assert "‘새 회의’" in manual.plain("meetings", "ko")
    assert "![" not in manual.plain("meetings", "ko")


def test_a_page_leads_to_its_chapter_and_an_unknown_one_to_the_first() -> None:
    assert manual.chapter_of("members/access") == "privacy"
    assert manual.chapter_of("members/something") == "members"
    assert manual.chapter_of("nowhere") == KEYS[0]


def test_it_is_searched_by_all_the_words() -> None:
    found = manual.search("백업 복원", "ko")
    assert {one.chapter for one in found} == {"backups"}
    assert all("백업" in one.excerpt or not one.excerpt for one in found)
    assert manual.search("  ", "ko") == []
    assert manual.search("낱말이아닌말", "ko") == []


def test_a_chapter_nobody_wrote_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="meetings"):
        manual.source("../secrets", "ko")


def test_the_command_line_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == KEYS
    assert main(["help", "polls", "--lang", "en", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["title"] == "A poll wave" and "“Import a file”" in told["text"]
    assert main(["help", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_it_prints_to_a_tagged_pdf(language: str, tmp_path: Path) -> None:
    target = tmp_path / "manual.pdf"
    assert manual_document.save(target, language) > 20_000
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) >= len(KEYS)
        assert "/StructTreeRoot" in pdf.Root
