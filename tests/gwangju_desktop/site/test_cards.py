"""Cards say what their pages say, in a picture of one size and a text that fits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from gwangju_desktop import cli
from gwangju_desktop.site import build, card_picture, cards, copy
from gwangju_desktop.site.cards import Card, Kind
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import card_address, in_language
from gwangju_desktop.text import words


@pytest.fixture(scope="module")
def opened(public_copy: Path) -> Iterator[Copy]:
    """The sample's public copy."""
    with copy.opened(public_copy) as held:
        yield held


@pytest.fixture(scope="module")
def korean(opened: Copy) -> list[Card]:
    return cards.of(opened, words("ko"))


def of_kind(made: list[Card], kind: Kind, title: str) -> Card:
    return next(card for card in made if card.kind is kind and title in card.title)


def test_a_decision_is_told_with_its_count_and_meeting(korean: list[Card]) -> None:
    card = of_kind(korean, Kind.DECISION, "시민 설문 주기와 방법")
    assert card.figure == "원안의결"
    assert card.lines[0] == "출석 29명, 이의 없음"
    assert card.lines[1].startswith("설문을 5개월마다 하고")
    assert card.note == "제1회 정기회의 · 2021. 9. 16.(목)"


def test_a_poll_is_told_on_its_base_with_how_it_was_made(korean: list[Card]) -> None:
    card = next(card for card in korean if "기초조사" in card.note and "중기 목표" in card.title)
    assert card.lines == ("응답자 51명 중 비율(%), 복수 응답",)
    assert [bar.value for bar in card.bars] == ["64.7%", "41.2%", "29.4%", "23.5%"]
    assert card.bars[0].share == pytest.approx(33 / 51)
    assert "편의표본" in card.note and "2021. 5. 12." in card.note


def test_an_indicator_is_told_beside_the_year_before(korean: list[Card], opened: Copy) -> None:
    card = of_kind(korean, Kind.INDICATOR, "전력자립률")
    figures = {row["key"]: row["value"] for row in opened.by("figure", "kind", "energy")}
    old, new = (figures[f"energy:{card.code}:{year}:total"] for year in (2020, 2021))
    assert card.title == "2021년 전력자립률" and card.figure == f"{new:.2f}%"
    assert card.lines == (f"2020년 대비 {new - old:+.1f}%p",)
    assert [bar.label for bar in card.bars] == ["2019", "2020", "2021"]


def test_a_year_that_is_not_over_is_no_result(korean: list[Card], opened: Copy) -> None:
    told = [card.title for card in korean if card.kind is Kind.INDICATOR]
    assert len(told) > 5 and opened.day.year == 2022
    assert not [title for title in told if title.startswith("2022")]


def test_invented_figures_are_called_that_in_picture_and_text(korean: list[Card]) -> None:
    card = of_kind(korean, Kind.POLL, "열린정부 중기 목표")
    assert card.sample == "예시" and card.alt.startswith("예시")
    assert cards.short(card, words("ko")).startswith("[예시] [설문 결과]")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_text_fits_and_ends_with_its_link(opened: Copy, language: str) -> None:
    say, link = words(language), "https://gwangju.example/ko/index.html"
    made = cards.of(opened, say)
    assert {card.kind for card in made} == set(Kind)
    for card in made:
        text = cards.short(replace(card, title=card.title * 20), say, link)
        body, _, last = text.rpartition(" ")
        assert last == link and body.endswith("…")
        assert cards.units(body) + 1 + cards.ADDRESS_UNITS <= cards.LONGEST
        assert cards.short(card, say).count(card.title) == 1


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_picture_has_its_size_and_is_the_same_again(opened: Copy, language: str) -> None:
    made = cards.of(opened, words(language))
    for kind in Kind:
        card = next(card for card in made if card.kind is kind)
        data = card_picture.png(card)
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (1200, 630) and image.format == "PNG"
            assert len(image.convert("RGB").getcolors(1 << 16) or ()) > 8
        assert data == card_picture.png(card) and len(data) < 100_000


def test_what_is_too_long_ends_in_dots_inside_the_picture(korean: list[Card]) -> None:
    card = korean[0]
    long = replace(card, title="가나다라마바사 " * 60, office="긴 이름 " * 40, note="글" * 400)
    with Image.open(io.BytesIO(card_picture.png(long))) as image:
        plain = image.convert("RGB")
        edge = {plain.getpixel((x, y)) for x in range(1140, 1200) for y in range(120, 630, 3)}
        assert edge == {plain.getpixel((1199, 629))}


def test_pages_with_a_card_name_it_by_its_whole_address(opened: Copy, tmp_path: Path) -> None:
    site = build.Choice(address="https://gwangju.example/site")
    made = build.prepare(opened, tmp_path, site)
    shown = cards.by_page(opened, words("en"))
    pages = [page for page in shown if in_language("en", page) in made.listing.pages]
    assert pages
    for page in pages:
        where = card_address("en", page)
        assert where in made.listing.files
        html = (tmp_path / "en" / page).read_text(encoding="utf-8")
        assert f'property="og:image" content="https://gwangju.example/site/{where}"' in html


def test_without_an_address_no_card_is_written(site_folder: Path) -> None:
    assert not (site_folder / "assets" / "cards").exists()


def test_the_command_line_lists_cards_and_draws_one(
    public_copy: Path, korean: list[Card], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card, target = korean[0], tmp_path / "카드.png"
    assert cli.main(["site", "card", "--from", str(public_copy)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(korean)
    asked = ["site", "card", card.code, "--from", str(public_copy), "-o", str(target)]
    assert cli.main(asked) == 0
    assert capsys.readouterr().out.strip() == cards.short(card, words("ko"))
    assert target.read_bytes() == card_picture.png(card)
    assert cli.main(["site", "card", "없음", "--from", str(public_copy)]) != 0
    assert "없음" in capsys.readouterr().err
