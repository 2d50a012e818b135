"""The pack as a whole: numbers true, links landing, nothing active, the same every time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

from db.vocab import Dividers, Edition, IssueKind, Sides
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.packs.model import Copy, PaperData, Stamp
from gwangju_desktop.packs.pack import number_pack, write_cover, write_pack
from gwangju_desktop.packs.papers import TROUBLES
from tests.gwangju_desktop.packs.made import (
    GROUND,
    STARTS,
    Leaf,
    clean_paper,
    laid,
    pack_data,
    read_texts,
)
from tests.gwangju_desktop.packs.test_intake import keys_of


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    return (
        PaperData("공개 항목(안) 12종", clean_paper(folder, [Leaf()] * 12, "a")),
        PaperData(
            "비공개 검토서",
            clean_paper(folder, [Leaf()] * 3, "b"),
            members_only=True,
            ground=GROUND,
        ),
        PaperData("받지 못한 자료", None, "encrypted"),
    )


@pytest.fixture(scope="module")
def bound(papers, tmp_path_factory):
    target = tmp_path_factory.mktemp("pack") / "회의자료 3회.pdf"
    return target, write_pack(pack_data(papers), target)


@pytest.fixture
def pdf(bound):
    with pikepdf.open(bound[0]) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(bound):
    return read_texts(bound[0])


def page_numbers(pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def test_every_page_is_numbered_of_the_total(bound, texts):
    _, facts = bound
    assert len(texts) == facts.pages == facts.frozen.total == 29
    assert facts.labels == tuple(map(str, range(1, 30)))
    for number, text in enumerate(texts, 1):
        assert f"{number} / {facts.pages}" in text


def test_printed_references_are_the_pages_where_things_stand(bound, texts):
    _, facts = bound
    agenda = texts[facts.references["agenda"] - 1]
    for number in (1, 2, 3):
        page = facts.references[f"item-{number + 2}"]
        assert page % 2
        assert f"안건 {number} · " in texts[page - 1]
        assert re.search(rf"\b{page}\b", agenda)
    front = texts[facts.references["item-5"] - 1]
    for number in (1, 2, 3):
        assert f"{facts.references[f'paper-{number}']}쪽" in front
    assert "붙임 자료 본문 1" in texts[facts.references["paper-1"] - 1]
    assert "싣지 못한 자료" in texts[facts.references["paper-3"] - 1]


def test_blank_sides_say_so_and_are_counted(bound, texts):
    _, facts = bound
    first, count = facts.frozen.first, facts.frozen.count
    taken = {page for key in first for page in range(first[key], first[key] + count[key])}
    blanks = set(range(1, facts.pages + 1)) - taken
    assert blanks
    for page in blanks:
        assert "(빈 면)" in texts[page - 1]
        assert f"{page} / {facts.pages}" in texts[page - 1]
    assert not any("(빈 면)" in texts[page - 1] for page in taken)


def test_a_draft_says_so_on_every_page_and_an_issue_what_it_is(texts, papers, tmp_path):
    assert all("초안" in text for text in texts)
    stamp = Stamp(IssueKind.ISSUE, 1, STARTS, "3f9a1c42")
    write_pack(pack_data(papers), tmp_path / "p.pdf", stamp=stamp)
    issued = read_texts(tmp_path / "p.pdf")
    assert not any("초안" in text for text in issued)
    assert "제1차 배부본 · 2022. 3. 17. 14:00 · 해시 3f9a1c42" in issued[0]
    assert "3f9a1c42" not in "".join(issued[1:])


def test_a_numbered_copy_names_its_reader_on_the_cover_alone(bound, papers, tmp_path):
    _, facts = bound
    copy = Copy(3, "가상 하나")
    count = write_cover(pack_data(papers), tmp_path / "c.pdf", frozen=facts.frozen, copy=copy)
    assert count == 1
    (said,) = read_texts(tmp_path / "c.pdf")
    assert "제3부" in said
    assert "가상 하나" in said
    assert f"1 / {facts.pages}" in said


def test_numbering_alone_gives_the_numbers_that_are_drawn(bound, papers):
    _, facts = bound
    numbered = number_pack(pack_data(papers))
    assert numbered.frozen == facts.frozen
    assert numbered.digests == facts.digests


def test_digests_follow_what_a_part_says_and_nothing_else(papers):
    before = number_pack(pack_data(papers)).digests
    data = pack_data(papers[:2])
    data = dataclasses.replace(data, printed=dt.date(2022, 3, 14))
    fewer = number_pack(data).digests
    assert fewer == {key: value for key, value in before.items() if key != "paper-3"}
    item = dataclasses.replace(data.items[3], request="다른 요청입니다.")
    data = laid(dataclasses.replace(data, items=(*data.items[:3], item, *data.items[4:])))
    after = number_pack(data).digests
    assert {key for key in after if after[key] != fewer[key]} == {"agenda", "item-4"}


def test_a_pack_without_right_hand_starts_has_no_blank_sides(papers, tmp_path):
    data = dataclasses.replace(pack_data(papers), sides=Sides.RUNNING)
    facts = write_pack(data, tmp_path / "p.pdf")
    assert facts.pages == sum(facts.frozen.count.values())
    assert "(빈 면)" not in "".join(read_texts(tmp_path / "p.pdf"))


@pytest.mark.parametrize("dividers", [Dividers.ITEMS, Dividers.SECTIONS])
def test_dividers_are_numbered_pages_on_the_right(dividers, papers, tmp_path):
    data = laid(dataclasses.replace(pack_data(papers), dividers=dividers))
    facts = write_pack(data, tmp_path / "p.pdf")
    texts = read_texts(tmp_path / "p.pdf")
    sheets = [entry for entry in facts.entries if entry.key.startswith("divider-")]
    assert len(sheets) == (3 if dividers is Dividers.ITEMS else 6)
    for entry in sheets:
        assert entry.page % 2
        assert f"{entry.page} / {facts.pages}" in texts[entry.page - 1]


def test_every_outline_entry_and_link_lands_on_its_page(bound, pdf):
    _, facts = bound
    numbers = page_numbers(pdf)
    found = {}

    def walk(entry):
        while entry is not None:
            found[str(entry.Title)] = numbers[entry.Dest[0].objgen]
            if "/First" in entry:
                walk(entry.First)
            entry = entry.get("/Next")

    walk(pdf.Root.Outlines.First)
    for entry in facts.entries:
        if entry.key != "cover":
            title = "싣지 못한 자료" if entry.trouble else entry.title
            assert found[title] == entry.page
    agenda = pdf.pages[facts.references["agenda"] - 1].obj.Annots
    targets = [numbers[note.Dest[0].objgen] for note in agenda]
    keys = ("item-3", "item-4", "item-5", "attendance")
    assert targets == [facts.references[key] for key in keys]
    front = pdf.pages[facts.references["item-5"] - 1].obj.Annots
    targets = [numbers[note.Dest[0].objgen] for note in front]
    assert targets == [facts.references[f"paper-{number}"] for number in (1, 2, 3)]


def test_labels_language_title_and_structure(pdf):
    assert pdf.Root.PageLabels.Nums[1].S == "/D"
    assert str(pdf.Root.Lang) == "ko-KR"
    assert str(pdf.docinfo.Title) == "제3회 탄소중립도시추진위원회 정기회의 회의자료"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey > len(pdf.pages)
    # Foreign pages carry no tags of their own, so the pack must not claim PDF/UA.
    assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()


def test_all_fonts_are_embedded(pdf):
    descriptors = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert len(descriptors) >= 4
    assert all("/FontFile2" in one for one in descriptors)
    simple = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary)
        and one.get("/Type") == "/Font"
        and "/DescendantFonts" not in one
    ]
    assert all("/FontDescriptor" in one for one in simple)


def test_nothing_active_and_every_page_is_a4(bound, pdf):
    keys = keys_of(bound[0])
    assert not keys & {"/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction", "/URI", "/EF"}
    notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    assert all("/A" not in note and "/Dest" in note for note in notes)
    sizes = {tuple(round(float(v)) for v in page.mediabox) for page in pdf.pages}
    assert sizes <= {(0, 0, 595, 842), (0, 0, 842, 595)}


def test_only_black_white_and_grey_are_drawn_by_us(pdf, bound):
    for entry in bound[1].entries:
        if entry.key.startswith("paper"):
            continue
        content = pdf.pages[entry.page - 1].obj.Contents.read_bytes()
        assert not re.search(rb"(?<![\w.])(rg|RG|k|K|sc|SC|scn|SCN)(?![\w.])", content)


def test_the_same_meeting_gives_the_same_bytes(bound, papers, tmp_path):
    target, facts = bound
    again = write_pack(pack_data(papers), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == target.read_bytes()
    assert again.sha256 == facts.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()


def test_the_identifier_follows_the_content(bound, papers, tmp_path):
    other = tmp_path / "other.pdf"
    write_pack(pack_data(papers[:2]), other)
    names = []
    for path in (bound[0], other):
        with pikepdf.open(path) as opened:
            names.append(bytes(opened.trailer.ID[1]))
    assert len(set(names)) == 2
    assert b"31415926535897932384626433832795" not in other.read_bytes()


def test_a_paper_that_is_locked_costs_one_page_and_a_warning(bound, texts):
    _, facts = bound
    entry = next(entry for entry in facts.entries if entry.trouble)
    assert entry.count == 1
    page = texts[entry.page - 1]
    assert "받지 못한 자료" in page
    assert "파일에 비밀번호가 걸려 있습니다." in page
    assert any("받지 못한 자료: 싣지 못했습니다." in str(notice) for notice in facts.warnings)


@pytest.mark.parametrize("code", TROUBLES)
def test_every_trouble_still_gives_a_pack(code, tmp_path):
    facts = write_pack(pack_data([PaperData("자료", None, code)]), tmp_path / "p.pdf")
    assert facts.pages == facts.references["paper-1"]


def test_a_clean_copy_that_is_gone_or_spoilt_costs_only_itself(tmp_path):
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(b"%PDF-1.7 spoilt")
    papers = [PaperData("없는 자료", tmp_path / "gone.pdf"), PaperData("깨진 자료", spoilt)]
    facts = write_pack(pack_data(papers), tmp_path / "p.pdf")
    assert [entry.trouble for entry in facts.entries if entry.trouble] == ["missing", "broken"]


def test_members_only_papers_are_marked_on_cover_and_pages(bound, texts):
    _, facts = bound
    assert "위원용(비공개 자료 포함)" in texts[0]
    page = texts[facts.references["paper-2"] - 1]
    assert "비공개(위원 배부용)" in page


def test_thirty_five_members_sign_on_one_page(bound, texts):
    _, facts = bound
    sheet = texts[facts.references["attendance"] - 1]
    for member in pack_data().members:
        assert member.name in sheet
    for word in ("연번", "구분", "비고", "소속", "직위", "성명", "서명"):
        assert word in sheet


def test_a_small_body_signs_in_one_column_with_all_seven_fields(tmp_path):
    facts = write_pack(pack_data(count=7), tmp_path / "p.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "p.pdf")
    sheet = document[facts.references["attendance"] - 1].get_textpage().get_text_range()
    document.close()
    sheet = sheet[sheet.index("연번") :]
    places = [
        sheet.index(word) for word in ("연번", "구분", "소속", "직위", "성명", "서명", "비고")
    ]
    assert places == sorted(places)


def test_english_fixed_words(tmp_path):
    write_pack(laid(pack_data(), "en"), tmp_path / "en.pdf", language="en")
    document = pypdfium2.PdfDocument(tmp_path / "en.pdf")
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in ("Order of business", "Attendance sheet", "Resolution (draft)", "2022-03-17"):
        assert words in said
    assert "회의 순서" not in said
    with pikepdf.open(tmp_path / "en.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en"


def test_text_from_people_prints_as_typed(tmp_path):
    data = pack_data()
    nasty = "<b>&lt;img src='x'> {0} %s \\ ( ) [ ] " + "긴낱말" * 300
    item = dataclasses.replace(data.items[-1], title=nasty, request=nasty, contents=nasty)
    data = dataclasses.replace(data, items=(*data.items[:-1], item), body="위원회 & <협의체>")
    facts = write_pack(data, tmp_path / "p.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "p.pdf")
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    flat = re.sub(r"\s", "", said)
    assert "<b>&lt;imgsrc='x'>{0}%s\\()[]" in flat
    assert "위원회&<협의체>" in flat
    assert facts.pages >= 7


@pytest.mark.timeout(60)
def test_fifty_thousand_characters_without_a_space_print_in_time(tmp_path):
    data = pack_data()
    endless = "가나다라마" * 10_000
    item = dataclasses.replace(data.items[-1], title=endless, request=endless)
    data = laid(dataclasses.replace(data, items=(*data.items[:-1], item)))
    frozen = number_pack(data).frozen
    for edition in (Edition.MEMBERS, Edition.LARGE):
        target = tmp_path / f"{edition}.pdf"
        write_pack(data, target, edition=edition, frozen=frozen)
        said = "".join(re.findall("[가나다라마]", "".join(read_texts(target))))
        assert said.count("가나다라마") >= 20_000


def test_characters_without_a_shape_are_told_before_printing(tmp_path):
    data = pack_data()
    item = dataclasses.replace(data.items[-1], title="이모지 😀 안건")
    data = dataclasses.replace(data, items=(*data.items[:-1], item))
    facts = write_pack(data, tmp_path / "p.pdf")
    assert any("😀" in str(notice) for notice in facts.warnings)


def test_stopping_leaves_the_old_pack_and_nothing_beside_it(papers, tmp_path):
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    calls = []

    def stop() -> bool:
        calls.append(1)
        return len(calls) > 10

    with pytest.raises(Cancelled):
        write_pack(pack_data(papers), target, cancelled=stop)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["pack.pdf"]


def test_progress_counts_every_page_once(papers, tmp_path):
    told = []
    facts = write_pack(
        pack_data(papers),
        tmp_path / "p.pdf",
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(number, facts.pages) for number in range(1, facts.pages + 1)]


def test_qpdf_finds_nothing_wrong(bound):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed here")
    done = subprocess.run(["qpdf", "--check", bound[0]], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
