"""Pictures of pages, drawn in a child."""

from __future__ import annotations

import pytest
from PIL import Image

from gwangju_desktop.child import ChildFailed
from gwangju_desktop.packs.preview import pictures
from tests.gwangju_desktop.packs.made import A3_LANDSCAPE, Leaf, make_paper


def test_pages_become_pictures_as_wide_as_asked(tmp_path):
    path = make_paper(tmp_path / "한글 이름.pdf", [Leaf(), Leaf(A3_LANDSCAPE), Leaf()])
    preview = pictures(path, [0, 1, 7], width=400, folder=tmp_path)
    assert preview.count == 3
    assert [picture.page for picture in preview.pictures] == [0, 1]
    for picture in preview.pictures:
        with Image.open(picture.path) as image:
            assert image.size == (picture.width, picture.height)
            assert abs(image.width - 400) <= 1
            low, _ = image.convert("L").getextrema()
            assert low < 100
    first, second = preview.pictures
    assert first.height > first.width
    assert second.height < second.width


def test_a_file_that_is_none_fails_in_the_child_only(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(ChildFailed):
        pictures(path, [0], width=100, folder=tmp_path)
