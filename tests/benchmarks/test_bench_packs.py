"""Binding 400 attached pages against copying them: ours against `qpdf --pages`, no stamps there."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest

from gwangju_desktop.packs.model import PaperData
from gwangju_desktop.packs.pack import write_pack
from gwangju_desktop.packs.papers import Facts, examine
from tests.gwangju_desktop.packs.made import Leaf, make_paper, pack_data

PAPERS, PAGES = 20, 20
BYTES_A_PAGE = 100_000
ROUNDS = 9
GOAL = 1.5


@pytest.fixture(scope="module")
def attached(tmp_path_factory) -> tuple[list[Path], list[Path]]:
    """Papers whose every page carries 100 kB that do not compress: originals, clean copies."""
    folder = tmp_path_factory.mktemp("bench")
    originals, cleans = [], []
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
        cleans.append(found.clean)
    return originals, cleans


def _photo(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    side = 320
    noise = os.urandom(side * side)
    assert len(noise) >= BYTES_A_PAGE
    photo = pdf.make_stream(noise)
    photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photo.Width = photo.Height = side
    photo.ColorSpace, photo.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    return photo


def test_binding_400_pages_against_qpdf(attached, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed here")
    originals, cleans = attached
    data = pack_data([PaperData(f"자료 {n}", clean) for n, clean in enumerate(cleans, 1)])
    ours, theirs = tmp_path / "ours.pdf", tmp_path / "theirs.pdf"
    command = ["qpdf", "--empty", "--pages", *map(str, originals), "--", str(theirs)]
    write_pack(data, ours)  # A warm process: fonts read, libraries imported.
    times: dict[str, list[float]] = {"pack": [], "qpdf": []}
    for _ in range(ROUNDS):
        started = time.perf_counter()
        facts = write_pack(data, ours)
        times["pack"].append(time.perf_counter() - started)
        started = time.perf_counter()
        subprocess.run(command, check=True)
        times["qpdf"].append(time.perf_counter() - started)
    assert facts.pages >= PAPERS * PAGES
    pack, qpdf = (statistics.median(times[name]) for name in ("pack", "qpdf"))
    size = ours.stat().st_size / 1e6
    assert size * 1e6 >= PAPERS * PAGES * BYTES_A_PAGE
    print(
        f"\nbind {PAPERS * PAGES} pages, {size:.0f} MB: {pack:.3f} s, qpdf --pages {qpdf:.3f} s,"
        f" ratio {pack / qpdf:.2f} (goal {GOAL})"
    )
    assert pack / qpdf <= GOAL
