"""Packs against the clock: pages of ours beside typst and weasyprint, papers beside qpdf and pypdf.

Every ratio is of two things measured in turn in one run: what only reckons in seconds of the
processor (on one core that is the time it takes when nobody else works there), what writes much in
seconds on the wall. BENCH_PYTHON names an interpreter that has typst and weasyprint; without it (or
them) the test that needs it is skipped.
"""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from db.vocab import IssueKind
from gwangju_desktop.packs.model import PackData, PaperData, Stamp
from gwangju_desktop.packs.pack import write_pack
from gwangju_desktop.packs.papers import Facts, examine
from gwangju_desktop.packs.preview import pictures
from tests.benchmarks import generated, measured
from tests.gwangju_desktop.packs.made import STARTS, Leaf, laid, make_paper, pack_data

ROOT = Path(__file__).resolve().parents[2]
PAPERS, PAGES = 20, 20
BYTES_A_PAGE = 100_000
GENERATED, MANY = 200, 1_000
ROUNDS = 5
# An issued pack: what the others do, nothing of a draft's mark.
STAMP = Stamp(IssueKind.ISSUE, 1, STARTS, "00000000")
BIND_GOAL, PYPDF_GOAL, TYPST_GOAL, WEASYPRINT_GOAL = 1.3, 4.0, 1.0, 10.0
GENERATED_MB, BOUND_MB = 300, 220
PREVIEW_MS = 300


def spent() -> float:
    """Return the processor's seconds of this process and its finished children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def told(command: list[str]) -> tuple[float, float]:
    """Run a generator on one core; return the processor's seconds and the most MB."""
    before = spent()
    done = subprocess.run(
        [sys.executable, "-c", _PINNED, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return spent() - before, float(done.stdout.split()[-1])


# Becomes the command, bound to the first core this process may use.
_PINNED = (
    "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
    " os.execv(sys.argv[1], sys.argv[1:])"
)


def ours(count: int, target: Path) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks.generated", "ours", str(count), str(target)]


def theirs(module: str) -> str:
    """Return the interpreter that has a module, or skip."""
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    found = subprocess.run([python, "-c", f"import {module}"], capture_output=True)
    if found.returncode:
        pytest.skip(f"{module} is not there; BENCH_PYTHON names an interpreter that has it")
    return python


@pytest.fixture(autouse=True)
def one_core():
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("processes cannot be bound to one core here")


def test_200_pages_against_typst(tmp_path):
    python = theirs("typst")
    source = tmp_path / "pages.typ"
    source.write_text(generated.typst_source(GENERATED))
    command = [python, str(ROOT / "tests/benchmarks/generated.py"), "typst", str(source)]
    mine, other = tmp_path / "ours.pdf", tmp_path / "typst.pdf"
    times: dict[str, list[float]] = {"ours": [], "typst": []}
    for _ in range(ROUNDS):
        times["ours"].append(told(ours(GENERATED, mine))[0])
        times["typst"].append(told([*command, str(other)])[0])
    assert pages(mine) == pages(other) == GENERATED
    assert tagged(mine)
    assert tagged(other)
    beside("200 generated pages, whole process, one core", times, TYPST_GOAL)


@pytest.mark.timeout(600)
def test_200_pages_against_weasyprint(tmp_path):
    python = theirs("weasyprint")
    source = tmp_path / "pages.html"
    source.write_text(generated.html(GENERATED))
    mine, other = tmp_path / "ours.pdf", tmp_path / "weasyprint.pdf"
    own = [told(ours(GENERATED, mine))[0] for _ in range(3)]
    command = [python, str(ROOT / "tests/benchmarks/generated.py"), "weasyprint", str(source)]
    slow = [told([*command, str(other)])[0]] * len(own)
    assert pages(mine) == pages(other) == GENERATED
    what, goal = "200 generated pages, times as fast", WEASYPRINT_GOAL
    measured.ratio(what, own, slow, goal, beside="weasyprint", more=True)


def test_the_memory_of_1000_generated_pages(tmp_path):
    seconds, most = told(ours(MANY, tmp_path / "many.pdf"))
    assert pages(tmp_path / "many.pdf") == MANY
    note = f"{seconds:.1f} s"
    measured.figure(f"{MANY:,} generated pages, memory", most, "MB", GENERATED_MB, note=note)


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def tagged(path: Path) -> bool:
    with pikepdf.open(path) as pdf:
        return "/StructTreeRoot" in pdf.Root


def beside(what: str, times: dict[str, list[float]], goal: float, *, more: bool = False) -> None:
    """Tell what was taken in turn: ours, then the peer's by its name."""
    (_ours, mine), (peer, other) = times.items()
    measured.ratio(what, mine, other, goal, beside=peer, more=more)


@pytest.fixture(scope="module")
def attached(tmp_path_factory) -> tuple[list[Path], PackData]:
    """Papers whose every page carries 100 kB that do not compress: originals, and their pack."""
    folder = tmp_path_factory.mktemp("bench")
    originals, papers = [], []
    for number in range(PAPERS):
        own = folder / str(number)
        own.mkdir()
        original = make_paper(own / "paper.pdf", [Leaf()] * PAGES)
        with pikepdf.open(original, allow_overwriting_input=True) as pdf:
            for page in pdf.pages:
                photo = pikepdf.Dictionary(Photo=_photo(pdf))
                font = page.obj.Resources.Font
                page.obj.Resources = pikepdf.Dictionary(Font=font, XObject=photo)
                page.contents_add(pdf.make_stream(b"q 300 0 0 300 200 300 cm /Photo Do Q"))
            pdf.save(original)
        found = examine(original, own)
        assert isinstance(found, Facts)
        originals.append(original)
        # The office knows the digests of its files; reading them again is not binding.
        papers.append(PaperData(f"자료 {number}", found.clean, sha256=f"{number:064}"))
    return originals, pack_data(papers, count=0)


def _photo(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    side = 320
    noise = os.urandom(side * side)
    assert len(noise) >= BYTES_A_PAGE
    photo = pdf.make_stream(noise)
    photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photo.Width = photo.Height = side
    photo.ColorSpace, photo.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    return photo


def in_turn(rounds: int, **works: Callable[[], object]) -> dict[str, list[float]]:
    """Return the seconds of some works, each done once a round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()  # What the other one left behind is not this one's to sweep.
            started = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - started)
    return times


def test_binding_400_pages_against_qpdf(attached, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed here")
    originals, data = attached
    mine, other = tmp_path / "ours.pdf", tmp_path / "theirs.pdf"
    command = ["qpdf", "--empty", "--pages", *map(str, originals), "--", str(other)]
    facts = write_pack(data, mine, stamp=STAMP)  # A warm process: fonts and libraries are read.
    assert facts.pages >= PAPERS * PAGES
    assert mine.stat().st_size >= PAPERS * PAGES * BYTES_A_PAGE
    times = in_turn(
        9,
        pack=lambda: write_pack(data, mine, stamp=STAMP),
        qpdf=lambda: subprocess.run(command, check=True),
    )
    beside(f"{PAPERS * PAGES} attached pages bound and numbered", times, BIND_GOAL)


def test_binding_400_pages_against_pypdf(attached, tmp_path):
    import pypdf

    originals, data = attached
    stamp = make_paper(tmp_path / "stamp.pdf", [Leaf(text="1 / 400")])

    def merged() -> None:
        """Merge and stamp every page, as is done without binding."""
        writer = pypdf.PdfWriter()
        number = pypdf.PdfReader(stamp).pages[0]
        for original in originals:
            for page in pypdf.PdfReader(original).pages:
                writer.add_page(page).merge_page(number)
        writer.write(tmp_path / "pypdf.pdf")

    mine = tmp_path / "ours.pdf"
    write_pack(data, mine, stamp=STAMP)
    times = in_turn(5, pack=lambda: write_pack(data, mine, stamp=STAMP), pypdf=merged)
    what = f"{PAPERS * PAGES} attached pages merged and stamped, times as fast"
    beside(what, times, PYPDF_GOAL, more=True)


def test_the_memory_of_400_attached_pages(attached, tmp_path):
    _, data = attached
    cleans = [str(part.paper.clean) for part in data.parts if part.paper]
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from gwangju_desktop.packs.model import PaperData\n"
        "from gwangju_desktop.packs.pack import write_pack\n"
        "from tests.benchmarks.generated import most_memory\n"
        "from tests.gwangju_desktop.packs.made import pack_data\n"
        "data = pack_data([PaperData(name, Path(name)) for name in sys.argv[2:]])\n"
        "write_pack(data, Path(sys.argv[1]))\n"
        "print(f'{most_memory():.0f}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "p.pdf"), *cleans],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    most = int(done.stdout)
    measured.figure(f"{PAPERS * PAGES} attached pages, memory", most, "MB", BOUND_MB)


def test_the_first_preview_page_after_a_change(tmp_path):
    """A changed item, its pack bound anew and the item's page drawn as a picture in a child."""
    made = pack_data()
    walls, times = [], []
    for number in range(12):
        item = dataclasses.replace(made.items[-1], request=f"{number}번째로 고친 주문입니다.")
        data = laid(dataclasses.replace(made, items=(*made.items[:-1], item)))
        started, before = time.perf_counter(), spent()
        facts = write_pack(data, tmp_path / "p.pdf")
        page = facts.references["item-5"] - 1
        assert pictures(tmp_path / "p.pdf", [page], width=800, folder=tmp_path).pictures
        walls.append(time.perf_counter() - started)
        times.append(spent() - before)
    measured.times("first page of a pack after a change, drawn", walls[2:], PREVIEW_MS)
    measured.times("the same, of the processor", times[2:], PREVIEW_MS)
