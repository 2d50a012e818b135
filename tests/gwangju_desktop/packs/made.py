"""Made-up packs and papers for tests; every person is fictional (가상)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from db.vocab import ItemKind
from gwangju_desktop import clock
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.styles import Style
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.packs.arranging import arranged
from gwangju_desktop.packs.model import ItemData, MemberData, PackData, PaperData, QuorumData
from gwangju_desktop.packs.papers import Facts, examine
from gwangju_desktop.text import words

A4 = (595.28, 841.89)
A3_LANDSCAPE = (1190.55, 841.89)
GROUND = "정보공개법 제9조 제1항 제6호"
STARTS = dt.datetime(2022, 3, 17, 14, 0, tzinfo=clock.KST)
NAMES = [
    "강해인",
    "고은수",
    "김도윤",
    "나현서",
    "문가람",
    "박서진",
    "배한결",
    "서이든",
    "신유라",
    "오채운",
    "윤다온",
    "이산하",
    "정하늘",
    "조민서",
    "차온유",
    "최보람",
    "한가온",
    "황가람",
    "강나루",
    "권새벽",
    "김다래",
    "노을",
    "류아람",
    "마루한",
    "민들레",
    "박하얀",
    "백두리",
    "변우주",
    "손가온",
    "안토리",
    "양지안",
    "우리나",
    "임누리",
    "전이루",
    "홍시온",
]
OFFICES = [
    "광주광역시|행정부시장",
    "에너지협동조합|이사장",
    "시민생활환경회의|위원",
    "지속가능발전협의회|국장",
    "기후행동비건네트워크|대표",
    "청년위원|",
    "동구|과장",
]


@dataclass(frozen=True)
class Leaf:
    """One page of a made paper: sizes in points, and what PDF says about showing it."""

    size: tuple[float, float] = A4
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    unit: float = 1.0
    text: str = "붙임 자료 본문"


def make_paper(path: Path, leaves: Sequence[Leaf] = (Leaf(),), title: str = "자료") -> Path:
    """Write a PDF whose pages carry their text near the lower left corner of their box."""
    canvas = Canvas(title=title, author="가상", language="ko-KR", link_text="", accessible=True)
    for number, leaf in enumerate(leaves, 1):
        canvas.page(*leaf.size)
        x, y = (leaf.crop or (0, 0, *leaf.size))[:2]
        with canvas.marked(Node("P", canvas.tree.root)):
            canvas.text(x + 60, y + 70, f"{leaf.text} {number}", Style(14))
            canvas.box(x + 50, y + 60, 200, 120, line=0.0, weight=1)
    path.write_bytes(canvas.finish())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page, leaf in zip(pdf.pages, leaves, strict=True):
            if leaf.rotate:
                page.obj.Rotate = leaf.rotate
            if leaf.crop:
                page.obj.CropBox = Array(leaf.crop)
            if leaf.unit != 1:
                page.obj.UserUnit = leaf.unit
        pdf.save(path)
    return path


def clean_paper(folder: Path, leaves: Sequence[Leaf] = (Leaf(),), name: str = "paper") -> Path:
    """Make a paper and take it in; return its clean copy."""
    own = folder / name
    own.mkdir(parents=True)
    found = examine(make_paper(own / "made.pdf", leaves), own)
    assert isinstance(found, Facts)
    return found.clean


def members(count: int = 35) -> tuple[MemberData, ...]:
    """Return fictional members."""
    made = []
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        organisation, position = OFFICES[number % len(OFFICES)].split("|")
        capacity = "당연직" if number % 5 == 0 else "위촉직"
        made.append(MemberData(name, organisation, position, capacity))
    return tuple(made)


def items(papers: Sequence[PaperData] = ()) -> tuple[ItemData, ...]:
    """Return an order of business: two steps, three items, and the papers with the last one.

    Papers are numbered from 1: paper-1, paper-2; the items are item-3 to item-5.
    """

    def at(minutes: int) -> dt.datetime:
        return STARTS + dt.timedelta(minutes=minutes)

    reason = (
        "OGP 실행계획 2021~2022 이행과제 2에 따라 에너지 사용 정보를 시민이 쉽게 쓸 수 있는 형태로 공개하고자"
        " 합니다. 기후위기비상대책본부와 네 차례 협의하여 공개 항목 12종을 마련하였습니다."
    )
    contents = (
        "- (공개 범위) 동구·서구·남구·북구·광산구의 월간 전력, 도시가스, 지역난방 사용량\n"
        "- (제공 형식) 열람 화면과 내려받기 파일(CSV), 매월 25일 갱신\n"
        "- (제외 항목) 개인과 개별 건물을 알아볼 수 있는 자료 <b>&amp;</b>"
    )
    return (
        ItemData(None, ItemKind.PROCEDURE, "성원 보고", "간사", 2, at(0), id=1),
        ItemData(None, ItemKind.PROCEDURE, "개회 · 인사말씀", "", 8, at(2), id=2),
        ItemData(
            "1",
            ItemKind.REPORT,
            "2021년 이행 점검 결과",
            "기후환경정책과",
            15,
            at(10),
            "이행률 78%(예시)와 지연 과제 4건을 보고받습니다.",
            reason,
            id=3,
        ),
        ItemData(
            "2",
            ItemKind.DISCUSSION,
            "2차 시민 설문 결과 정책 반영",
            "OGP 민관협의체",
            20,
            at(25),
            "우선 반영할 정책 방향을 논의합니다.",
            id=4,
        ),
        ItemData(
            "3",
            ItemKind.DELIBERATION,
            "에너지 정보 통합 플랫폼 공개 항목",
            "에너지산업과",
            25,
            at(45),
            "붙임 공개 항목 12종을 2022년 5월부터 공개한다.",
            reason,
            contents,
            "1. 관계법령: 「공공데이터의 제공 및 이용 활성화에 관한 법률」\n2. 예산: 해당 없음",
            tuple(replace(paper, id=n, number=n) for n, paper in enumerate(papers, 1)),
            id=5,
        ),
    )


def pack_data(papers: Sequence[PaperData] = (), count: int = 35) -> PackData:
    """Return a made-up meeting's pack."""
    data = PackData(
        body="탄소중립도시추진위원회",
        title="제3회 정기회의",
        number=3,
        starts=STARTS,
        ends=STARTS + dt.timedelta(hours=2),
        place="광주광역시청 3층 중회의실",
        presiding="공동위원장(행정부시장 · 민간 공동위원장)",
        secretariat="탄소중립도시추진위원회 사무국",
        members=members(count),
        items=items(papers),
        quorum=QuorumData(count, count // 2 + 1),
        printed=dt.date(2022, 3, 11),
        submitted=dt.date(2022, 3, 10),
        sample=True,
    )
    return laid(data)


def laid(data: PackData, language: str = "ko") -> PackData:
    """Return a pack with its usual parts, named in its language."""
    return replace(data, parts=arranged(data, say=words(language)))


def read_texts(path: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def add_note(path: Path, note: Dictionary) -> Path:
    """Add an annotation to the first page of a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(pdf.make_indirect(note))
        pdf.save(path)
    return path
