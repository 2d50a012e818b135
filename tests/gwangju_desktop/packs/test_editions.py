"""Editions share the members' numbers; what follows an issue goes on from them."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

from db.vocab import Edition, IssueKind
from gwangju_desktop.documents.styles import LEAST
from gwangju_desktop.packs.editions import numbered, span
from gwangju_desktop.packs.model import Copy, Frozen, PaperData, Stamp
from gwangju_desktop.packs.pack import (
    number_pack,
    write_cover,
    write_pack,
    write_revision,
    write_supplement,
)
from tests.gwangju_desktop.packs.made import (
    GROUND,
    STARTS,
    Leaf,
    clean_paper,
    laid,
    pack_data,
    read_texts,
)
from tests.gwangju_desktop.packs.random_packs import public_rows

STAMP = Stamp(IssueKind.ISSUE, 1, STARTS, "3f9a1c42")
LONG = "에너지 사용 정보를 시민이 쉽게 쓸 수 있는 형태로 공개하고자 합니다. " * 12


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    papers = (
        PaperData("공개 항목(안) 12종", clean_paper(folder, [Leaf()] * 3, "a")),
        PaperData(
            "검토서", clean_paper(folder, [Leaf()] * 4, "b"), members_only=True, ground=GROUND
        ),
        PaperData(
            "협의록", clean_paper(folder, [Leaf()] * 2, "c"), members_only=True, ground=GROUND
        ),
        PaperData("참고 자료", clean_paper(folder, [Leaf()] * 2, "d")),
    )
    made = pack_data(papers)
    # A front sheet that fills its page has more than one in large type.
    item = dataclasses.replace(made.items[-1], reason=LONG, reference=LONG)
    return laid(dataclasses.replace(made, items=(*made.items[:-1], item)))


@pytest.fixture(scope="module")
def frozen(data):
    return number_pack(data).frozen


@pytest.fixture(scope="module")
def editions(data, frozen, tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    found = {}
    for edition in Edition:
        target = folder / f"{edition}.pdf"
        rows = public_rows(data) if edition is Edition.PUBLIC else data
        facts = write_pack(rows, target, edition=edition, frozen=frozen, stamp=STAMP)
        found[edition] = (target, facts, read_texts(target))
    return found


def labels(path) -> list[str]:
    """Return what a viewer shows as the pages' numbers."""
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def test_every_label_is_printed_and_shown_by_viewers(editions, frozen):
    for path, facts, texts in editions.values():
        assert labels(path) == list(facts.labels)
        assert len(facts.labels) == facts.pages
        for label, text in zip(facts.labels, texts, strict=True):
            assert f"{label} / {frozen.total}" in text


def test_editions_need_the_members_numbers(data, tmp_path):
    with pytest.raises(ValueError, match="numbers"):
        write_pack(data, tmp_path / "p.pdf", edition=Edition.PUBLIC)


def test_closed_papers_next_to_each_other_are_one_sheet(editions, frozen):
    _, facts, texts = editions[Edition.PUBLIC]
    first = frozen.first["paper-2"]
    last = frozen.first["paper-3"] + frozen.count["paper-3"] - 1
    assert (first, last) == (first, first + 5)
    sheet = facts.labels.index(f"{first}–{last}")
    assert f"{first}~{last}쪽은 공개하지 않습니다: {GROUND}" in texts[sheet]
    # Six pages are one sheet: its back stays empty, so that odd numbers stay on the right.
    assert facts.labels[sheet + 1] == f"{first}–{last}"
    assert "(빈 면)" in texts[sheet + 1]
    following = facts.labels.index(str(frozen.first["paper-4"]))
    assert following == sheet + 2
    assert "검토서" not in "".join(texts)
    assert "협의록" not in "".join(texts)


def test_a_closed_item_shows_its_open_title_alone(data, frozen, tmp_path):
    item = dataclasses.replace(data.items[-1], closed=GROUND)
    closed = laid(dataclasses.replace(data, items=(*data.items[:-1], item)))
    numbers = number_pack(closed).frozen
    target = tmp_path / "p.pdf"
    facts = write_pack(public_rows(closed), target, edition=Edition.PUBLIC, frozen=numbers)
    texts = read_texts(target)
    label = span(numbers.first["item-5"], numbers.total)
    page = texts[facts.labels.index(label)]
    assert "공개 제목" in page
    assert GROUND in page
    assert "12종을 2022년 5월부터" not in "".join(texts)


def test_a_part_the_public_rows_do_not_name_is_closed_too(data, frozen, tmp_path):
    rows = public_rows(data)
    rows = dataclasses.replace(
        rows, parts=tuple(part for part in rows.parts if part.key not in ("paper-2", "paper-3"))
    )
    target = tmp_path / "p.pdf"
    facts = write_pack(rows, target, edition=Edition.PUBLIC, frozen=frozen)
    first = frozen.first["paper-2"]
    assert f"{first}–{first + 5}" in facts.labels


def test_links_lead_within_the_edition(editions):
    for path, _, _ in editions.values():
        with pikepdf.open(path) as pdf:
            pages = {page.obj.objgen for page in pdf.pages}
            notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
            assert notes
            assert all(note.Dest[0].objgen in pages for note in notes)


def test_large_print_goes_on_behind_the_members_page(editions, frozen):
    _, facts, texts = editions[Edition.LARGE]
    page = frozen.first["item-5"]
    assert str(page) in facts.labels
    assert f"{page}-1" in facts.labels
    at = facts.labels.index(str(page))
    assert facts.labels[at + 1] == f"{page}-1"
    assert "에너지 정보 통합 플랫폼 공개 항목" in texts[at]
    # The members' pages alone, without what an edition adds, are all there and in order.
    plain = [label for label in facts.labels if label.isdecimal()]
    assert plain == sorted(plain, key=int)


def test_large_print_loses_no_text(editions):
    def words(edition):
        # The cover names its edition.
        said = "".join(editions[edition][2][1:])
        return set(re.findall(r"[가-힣]+", said))

    members, large = words(Edition.MEMBERS), words(Edition.LARGE)
    flat = "".join(editions[Edition.LARGE][2])
    flat = re.sub(r"\s", "", flat)
    assert not {word for word in members - large if word not in flat}


AS_THEY_ARE = ("attendance", "records", "seating", "notes")


@pytest.mark.parametrize("edition", [Edition.CHAIR, Edition.LARGE])
def test_we_write_nothing_under_12_points_but_what_is_signed(editions, frozen, edition):
    path, facts, _ = editions[edition]
    exempt = {
        str(page)
        for key, first in frozen.first.items()
        if key.startswith(AS_THEY_ARE)
        for page in range(first, first + frozen.count[key])
    }
    with pikepdf.open(path) as pdf:
        for label, page in zip(facts.labels, pdf.pages, strict=True):
            if label in exempt:
                continue
            content = page.obj.Contents.read_bytes()
            sizes = [float(size) for size in re.findall(rb"/F[RSB] ([\d.]+) Tf", content)]
            assert min(sizes) >= LEAST, (label, min(sizes))


def test_items_begin_on_the_right_in_every_edition(editions, frozen):
    for _, facts, _ in editions.values():
        for key in ("agenda", "attendance", "item-3", "item-4", "item-5"):
            assert facts.labels.index(str(frozen.first[key])) % 2 == 0


def test_the_chair_has_scripts_and_room_for_notes(editions, frozen):
    _, facts, texts = editions[Edition.CHAIR]
    page = frozen.first["item-5"] + frozen.count["item-5"] - 1
    behind = [
        text
        for label, text in zip(facts.labels, texts, strict=True)
        if label.startswith(f"{page}-")
    ]
    assert any("상정" in text for text in behind)
    assert any("원안" in text for text in behind)
    at = facts.labels.index(str(frozen.first["item-5"]))
    assert "메모" in texts[at]
    # Her copy has the closed papers, as every member's.
    assert str(frozen.first["paper-2"]) in facts.labels


def test_structure_names_headings_and_tables(editions):
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler is not installed here")
    for path, _, _ in editions.values():
        done = subprocess.run(
            ["pdfinfo", "-struct-text", path], capture_output=True, check=True
        ).stdout.decode(errors="replace")
        for role in ("H1", "H2", "Table", "TH", "TD"):
            assert re.search(rf"\b{role}\b", done), role
        assert "회의 순서" in done


def test_all_fonts_of_all_editions_are_embedded(editions):
    if not shutil.which("pdffonts"):
        pytest.skip("poppler is not installed here")
    for path, _, _ in editions.values():
        done = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
        lines = done.stdout.splitlines()[2:]
        assert lines
        # The columns behind the name: type, encoding, emb, sub, uni.
        assert all(re.search(r"\s(yes)\s+(yes|no)\s+(yes|no)\s", line) for line in lines)


def test_qpdf_finds_nothing_wrong(editions):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed here")
    for path, _, _ in editions.values():
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stdout + done.stderr


def test_the_cover_of_a_chairs_copy_stands_alone(data, frozen, tmp_path):
    target = tmp_path / "c.pdf"
    count = write_cover(
        data, target, frozen=frozen, edition=Edition.CHAIR, stamp=STAMP, copy=Copy(1, "가상 위원장")
    )
    assert count == 1
    assert "가상 위원장" in read_texts(target)[0]


# Supplement and revision


def test_a_supplement_goes_on_from_the_last_page(data, frozen, tmp_path):
    target = tmp_path / "s.pdf"
    stamp = dataclasses.replace(STAMP, kind=IssueKind.SUPPLEMENT, number=2)
    facts = write_supplement(
        data,
        target,
        keys=["paper-4", "item-4"],
        start=frozen.total + 8,
        number=2,
        reason="부서 검토가 늦어졌습니다.",
        stamp=stamp,
    )
    start = frozen.total + 8
    assert facts.labels == tuple(f"{start + n} 보충 2" for n in range(facts.pages))
    assert labels(target) == list(facts.labels)
    texts = read_texts(target)
    cover = texts[0]
    assert "보충자료 제2차" in cover
    assert "부서 검토가 늦어졌습니다." in cover
    assert f"{start - 1}쪽 다음에 이어집니다" in cover
    assert "안건 2 · 2차 시민 설문 결과 정책" in cover
    assert "참고 자료" in cover
    for key in ("item-4", "paper-4"):
        assert f"{facts.frozen.first[key]} 보충 2" in cover
    assert not any(f"/ {facts.frozen.total}" in text for text in texts)
    assert set(facts.digests) == {"item-4", "paper-4"}
    with pytest.raises(ValueError, match="part"):
        write_supplement(data, target, keys=["item-99"], start=9, number=1, reason="")


def test_a_revision_keeps_the_old_numbers(data, frozen, tmp_path):
    item = dataclasses.replace(data.items[-1], contents=LONG * 4)
    changed = laid(dataclasses.replace(data, items=(*data.items[:-1], item)))
    target = tmp_path / "r.pdf"
    facts = write_revision(
        changed,
        target,
        frozen=frozen,
        changed=["item-5"],
        withdrawn={"paper-4": "참고 자료", "paper-2": ""},
        number=1,
        reason="숫자를 바로잡았습니다.",
        stamp=dataclasses.replace(STAMP, kind=IssueKind.REVISION),
    )
    texts = read_texts(target)
    by_label: dict[str, str] = {}
    for label, text in zip(facts.labels, texts, strict=True):
        by_label.setdefault(label, text)
    first, count = frozen.first["item-5"], frozen.count["item-5"]
    last = first + count - 1
    assert str(first) in by_label
    assert f"{last}-1" in by_label
    gone = span(frozen.first["paper-2"], frozen.first["paper-2"] + 3)
    assert "철회" in by_label[gone]
    assert "참고 자료" in by_label[span(frozen.first["paper-4"], frozen.total)]
    cover = texts[0]
    assert "수정본 제1차" in cover
    assert "숫자를 바로잡았습니다." in cover
    assert gone.replace("–", "~") in cover
    assert cover.count("철회") == 2
    assert cover.count("교체") == 1
    assert set(facts.digests) == {"item-5"}
    assert facts.frozen == frozen
    # A changed page goes where the old one was: on the same side of its sheet.
    assert facts.labels.index(str(first)) % 2 == (first + 1) % 2
    with pytest.raises(ValueError, match="paper"):
        write_revision(
            changed, target, frozen=frozen, changed=["x"], withdrawn=(), number=1, reason=""
        )


def test_numbers_of_a_part_with_more_or_fewer_pages():
    class Page:
        label = ""

    def said(pages: int, first: int, count: int) -> list[str]:
        own = [Page() for _ in range(pages)]
        numbered(own, first, count)
        return [page.label for page in own]

    assert said(3, 24, 3) == ["24", "25", "26"]
    assert said(4, 24, 2) == ["24", "25", "25-1", "25-2"]
    assert said(2, 24, 4) == ["24", "25–27"]
    assert said(1, 24, 1) == ["24"]


def test_frozen_numbers_survive_json(frozen):
    assert Frozen.from_json(frozen.as_json()) == frozen


def test_paper_pages_show_the_same_in_every_edition(editions, frozen):
    pictures = []
    for edition in (Edition.MEMBERS, Edition.PUBLIC, Edition.CHAIR):
        path, facts, _ = editions[edition]
        document = pypdfium2.PdfDocument(path)
        page = document[facts.labels.index(str(frozen.first["paper-1"]))]
        pictures.append(page.render(scale=0.5).to_pil().convert("L").tobytes())
        document.close()
    assert pictures[0] == pictures[1]
