"""Random packs of random papers, and what must hold of every one of them in every edition."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pikepdf
from hypothesis import strategies as st

from db.vocab import Dividers, Edition, ItemKind, Sides
from gwangju_desktop.packs.model import (
    ActionData,
    Frozen,
    ItemData,
    PackData,
    PackFacts,
    PaperData,
    QuorumData,
)
from gwangju_desktop.packs.pack import number_pack, write_pack, write_supplement
from gwangju_desktop.packs.papers import Facts, examine
from tests.conftest import SHARED
from tests.gwangju_desktop.packs.made import (
    A3_LANDSCAPE,
    A4,
    GROUND,
    STARTS,
    Leaf,
    clean_paper,
    laid,
    members,
    read_texts,
)

NASTY = SHARED / "nasty" / "pdf"
# Stands in everything that is not public; its first character stands nowhere else.
SECRET = "龘비밀"
SENTENCE = "이행계획의 추진 실적을 분기마다 점검하고 자치구별 에너지 사용량을 공개합니다. "
SAID = (
    "",
    SENTENCE,
    SENTENCE * 12,
    SENTENCE * 60,
    "- (범위) 동구·서구·남구\n- (형식) 내려받기 파일\n  1. 매월 갱신\n가. 예산 없음",
    "<b>굵게</b> &amp; {0} %s \\ ( ) [ ] **별** # 제목 | 표 |",
    "끊을수없는긴낱말" * 300,
    "😀 이모지와 漢字 氣候危機 そして ﷽ \u200b\u202e뒤집기",
    "한 줄\n\n두 줄\r\n세 줄\t칸",
)
ITEM, PAPER = re.compile(r"제목\d{3}가"), re.compile(r"자료\d{3}나")


@dataclass(frozen=True)
class Shelf:
    """Papers taken in once: open ones, and ones whose every page holds the secret."""

    open: tuple[PaperData, ...]
    closed: tuple[PaperData, ...]


def shelf(folder: Path) -> Shelf:
    """Make and take in papers; with the nasty folder at hand its files as well."""
    leaves = {
        "one": [Leaf()],
        "three": [Leaf()] * 3,
        "mixed": [Leaf(A3_LANDSCAPE), Leaf(A4, 90), Leaf((400, 300), unit=2.0)],
    }
    taken = [PaperData("", clean_paper(folder, pages, name)) for name, pages in leaves.items()]
    taken += [PaperData("", None, "encrypted"), PaperData("", folder / "gone.pdf")]
    for number, path in enumerate(sorted(NASTY.glob("*.pdf")) if NASTY.is_dir() else ()):
        own = folder / f"nasty{number}"
        own.mkdir()
        found = examine(path, own)
        if isinstance(found, Facts):
            taken.append(PaperData("", found.clean))
        else:
            taken.append(PaperData("", None, found.code))
    secret = tuple(
        PaperData(
            "",
            clean_paper(folder, [Leaf(text=SECRET)] * count, f"closed{count}"),
            members_only=True,
        )
        for count in (1, 2, 3, 6)
    )
    return Shelf(tuple(taken), secret)


@st.composite
def packs(draw: st.DrawFn, shelf: Shelf) -> PackData:
    """Return a pack of any size: closed items and papers, long and hostile texts, no items at all."""
    items = [_item(draw, shelf, number) for number in range(1, draw(st.integers(0, 5)) + 1)]
    number = draw(st.none() | st.integers(1, 99))
    actions = tuple(
        ActionData(
            "제1회", draw(st.sampled_from(SAID)) or "조치", "과", dt.date(2022, 4, 1), "완료"
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    data = PackData(
        body="탄소중립도시추진위원회",
        title=f"제{number}회 정기회의" if number else "간담회",
        number=number,
        starts=STARTS,
        ends=STARTS + dt.timedelta(hours=2),
        place=draw(st.sampled_from(["", "시청 3층"])),
        presiding="위원장",
        secretariat=draw(st.sampled_from(["", "사무국"])),
        members=members(draw(st.sampled_from([0, 3, 20, 40]))),
        items=tuple(items),
        quorum=QuorumData(35, 18),
        printed=dt.date(2022, 3, 11),
        sample=True,
        sides=draw(st.sampled_from(Sides)),
        dividers=draw(st.sampled_from(Dividers)),
        actions=actions,
    )
    return laid(data)


def _item(draw: st.DrawFn, shelf: Shelf, number: int) -> ItemData:
    closed = draw(st.sampled_from(["", "", GROUND]))
    said = [draw(st.sampled_from(SAID)) for _ in range(3)]
    if closed:
        said = [f"{SECRET} {text}" for text in said]
    papers = []
    for place in range(1, draw(st.integers(0, 3)) + 1):
        hidden = bool(closed) or draw(st.booleans())
        paper = draw(st.sampled_from(shelf.closed if hidden else shelf.open))
        papers.append(
            replace(
                paper,
                title=f"{SECRET} 자료" if hidden else f"자료{number * 10 + place:03}나 붙임",
                id=number * 10 + place,
                number=place,
                ground=(closed or GROUND) if hidden else "",
            )
        )
    name = f"제목{number:03}가"
    return ItemData(
        number=draw(st.sampled_from([str(number), f"{number}-1"])),
        kind=draw(st.sampled_from([kind for kind in ItemKind if kind is not ItemKind.PROCEDURE])),
        title=f"{SECRET} 안건" if closed else f"{name} {draw(st.sampled_from(SAID[:6]))[:300]}",
        presenter="과",
        minutes=15,
        starts=STARTS + dt.timedelta(minutes=10 * number),
        request=said[0],
        reason=said[1],
        contents=said[2],
        papers=tuple(papers),
        id=number,
        closed=closed,
    )


def public_rows(data: PackData) -> PackData:
    """Return what reading public rows alone gives of a pack."""

    def item(one: ItemData) -> ItemData:
        if one.closed:
            return replace(
                one,
                title=f"제목{one.id:03}가 공개 제목",
                request="",
                reason="",
                contents="",
                papers=tuple(_hidden(paper) for paper in one.papers),
            )
        papers = (_hidden(paper) if paper.members_only else paper for paper in one.papers)
        return replace(one, papers=tuple(papers))

    return laid(replace(data, items=tuple(map(item, data.items))))


def _hidden(paper: PaperData) -> PaperData:
    return replace(paper, title="", clean=None, trouble=None)


def holds(data: PackData, folder: Path) -> None:
    """Write a pack's editions and a supplement, and check all that must hold of them."""
    whole, open_ = folder / "members.pdf", folder / "public.pdf"
    facts = write_pack(data, whole)
    frozen = number_pack(data).frozen
    assert frozen == facts.frozen
    texts = read_texts(whole)
    _members_hold(data, facts, texts)
    public = write_pack(public_rows(data), open_, edition=Edition.PUBLIC, frozen=frozen)
    said = read_texts(open_)
    _public_holds(frozen, texts, said, public)
    _nothing_private(open_, said)
    keys = [entry.key for entry in facts.entries if entry.key.startswith(("item-", "paper-"))]
    files = [whole, open_]
    if keys:
        files.append(folder / "supplement.pdf")
        _supplement_holds(data, facts, keys[-2:], files[-1])
    for file in files:
        _checked(file)


def _members_hold(data: PackData, facts: PackFacts, texts: list[str]) -> None:
    """Every page is numbered, and what the agenda says is where the titles stand."""
    assert facts.labels == tuple(str(page) for page in range(1, facts.pages + 1))
    for number, text in enumerate(texts, 1):
        assert f"{number} / {facts.pages}" in text
    first, count = facts.frozen.first, facts.frozen.count
    if data.sides is Sides.RIGHT_HAND:
        assert all(first[part.key] % 2 for part in data.parts if part.right_hand)
    agenda = "".join(
        texts[page - 1] for page in range(first["agenda"], first["agenda"] + count["agenda"])
    )
    found = list(ITEM.finditer(agenda))
    assert [one[0] for one in found] == [
        f"제목{item.id:03}가" for item in data.items if not item.closed
    ]
    for one, following in pairwise([*found, None]):
        end = following.start() if following else len(agenda)
        printed = _printed_page(agenda[one.end() : end])
        item = int(one[0][2:5])
        assert printed == first[f"item-{item}"], agenda
        assert one[0] in texts[printed - 1]
    for item in data.items:
        for paper in item.papers:
            page = texts[first[f"paper-{paper.id}"] - 1]
            assert paper.title.split()[0] in page


def _printed_page(row: str) -> int:
    """Return the first page that a row of the agenda names, behind the item's minutes."""
    found = re.search(r"15분\s+(\d+)(?:~\d+)?\s", row + "\n")
    assert found, row
    return int(found[1])


def _public_holds(frozen: Frozen, texts: list[str], said: list[str], facts: PackFacts) -> None:
    """A number is the same place in both editions, and closed numbers are named."""
    covered: set[int] = set()
    first = frozen.first["agenda"]
    agenda = range(first, first + frozen.count["agenda"])
    for label, text in zip(facts.labels, said, strict=True):
        assert f"{label} / {frozen.total}" in text
        if not label.isdecimal():
            low, _, high = label.partition("-")[0].partition("–")
            covered |= set(range(int(low), int(high or low) + 1))
            continue
        covered.add(int(label))
        if "공개하지 않는 쪽입니다" in text or "(빈 면)" in text:
            continue
        if int(label) in agenda:
            continue  # Its rows are shorter where an item is closed, so they stand elsewhere on it.
        mine, theirs = _names(text), _names(texts[int(label) - 1])
        # The open title of a closed item is said in the public edition alone.
        assert mine == theirs or (theirs <= mine and SECRET in texts[int(label) - 1])
    missing = set(range(1, frozen.total + 1)) - covered
    for page in missing:
        assert "(빈 면)" in texts[page - 1]


def _names(text: str) -> set[str]:
    return {*ITEM.findall(text), *PAPER.findall(text)}


def _nothing_private(path: Path, texts: list[str]) -> None:
    assert not any(SECRET[0] in text for text in texts)
    point = f"<{ord(SECRET[0]):04x}>".encode()  # As a font's table of characters has it.
    wide = SECRET.encode("utf-16-be")
    needles = [SECRET.encode(), wide, wide.hex().encode(), point]
    for data in _inflated(path):
        low = data.lower()
        assert not any(needle in low for needle in needles)


def _inflated(path: Path) -> Iterator[bytes]:
    """Yield the file, every stream unpacked, and every other object as it is written."""
    yield path.read_bytes()
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                picture = thing.get("/Subtype") == "/Image"
                yield thing.read_raw_bytes() if picture else thing.read_bytes()
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.String):
                yield thing.unparse()


def _supplement_holds(data: PackData, facts: PackFacts, keys: list[str], target: Path) -> None:
    start = facts.frozen.total + 1
    more = write_supplement(data, target, keys=keys, start=start, number=1, reason="늦게 왔습니다.")
    expected = tuple(f"{number} 보충 1" for number in range(start, start + more.pages))
    assert more.labels == expected
    texts = read_texts(target)
    for label, text in zip(expected, texts, strict=True):
        assert label in text
        assert f"{label} /" not in text
    cover = "".join(texts[: more.frozen.count["cover"]])
    for key in keys:
        assert f"{more.frozen.first[key]} 보충 1" in cover
        assert more.frozen.first[key] > start


def _checked(path: Path) -> None:
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
