"""Members that an office signed though they tell otherwise than the database beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from db.vocab import Profile
from gwangju_desktop import cli
from gwangju_desktop.snapshots import agreeing, container
from gwangju_desktop.snapshots import recompute as recomputing
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.snapshots import offices
from tests.gwangju_desktop.snapshots.test_verify import members, resigned

Parts = dict[str, bytes]


@pytest.fixture
def second(office: Store, tmp_path: Path) -> Path:
    """The small office's second copy: its page tells what changed since the first."""
    target = tmp_path / "2.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    return target


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("before", [False, True])
def test_every_member_of_an_honest_copy_follows_from_its_database(
    office: Store, copy: Path, tmp_path: Path, profile: Profile, before: bool
) -> None:
    target = tmp_path / "다음.gwsnap"
    make_snapshot(
        office,
        target=target,
        passphrase=offices.PASSPHRASE,
        profile=profile,
        previous=copy if before else None,
    )
    for path, section in ((copy, False), (target, True)):
        found = recomputing.recompute(path)
        assert found.agreement.different == () and found.agreement.unread is None
        csv = [name for name in members(path) if name.startswith("csv/")]
        # Tables, package, page, two instructions, and what the manifest adds up.
        assert found.agreement.equal == len(csv) + 5
        assert found.agreement.section is section and found.right
        told = [one.what[0] for one in found.unchecked if one.group == "members"]
        assert len(told) == section and all(container.PAGE in one for one in told)


def put(name: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        before = parts[name]
        parts[name] = before.replace(old.encode(), new.encode(), 1)
        assert parts[name] != before, name

    return change


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("csv/person.csv", "가상01", "가상09"),
        ("csv/agenda_item.csv", "안건 2", "안건 3"),
        ("csv/body.csv", "\r\n", "\n"),
        (container.PAGE, "안건 2", "안건 3"),
        (container.PAGE, "<body>", "<body><!-- -->"),
        (container.PAGE, "</table>", "</table><p>더하기</p>"),
        (container.README_KO, "</h1>", "!</h1>"),
        (container.README_EN, "</body>", " </body>"),
        (container.PACKAGE, '"title"', '"name_"'),
    ],
)
def test_what_was_signed_though_it_says_otherwise_is_named(
    second: Path, name: str, old: str, new: str
) -> None:
    forged = resigned(second, put(name, old, new))
    assert verify(forged).ok, "all of it is signed"
    found = recomputing.recompute(forged)
    # Another key signs here, hence the pages that print its fingerprint differ with it.
    assert name in found.agreement.different and not found.right


def test_a_key_of_another_is_told_on_every_page(second: Path) -> None:
    """The pages print the fingerprint: signed anew by another they must say so."""
    found = recomputing.recompute(resigned(second, lambda _parts: None))
    pages = (container.PAGE, container.README_KO, container.README_EN)
    assert set(found.agreement.different) == set(pages)


@pytest.mark.parametrize(
    "section",
    [
        "<script>1</script>",
        '<img src="x">',
        '<a href="http://example.org">x</a>',
        '<p style="x">',
        "<details>",
        '<td colspan="2">',
        "<",
        "\ud800",
    ],
)
def test_the_section_of_changes_holds_nothing_but_its_own_marks(section: str) -> None:
    data = f'<h2 id="since">이전 <i lang="en">x</i></h2><p>{section}</p>'
    assert not agreeing.is_ours(data.encode("utf-8", "surrogatepass"))


def test_the_section_of_changes_is_known(second: Path) -> None:
    page = members(second)[container.PAGE]
    start = page.index(b'<h2 id="since">')
    assert agreeing.is_ours(page[start : page.index(b"<h2>", start)])


def test_another_program_is_not_taken_for_a_forger(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreeing, "VERSION", "0.0.1")
    assert recomputing.recompute(copy).agreement.equal > 50, "the same bytes are the same"
    forged = resigned(copy, put("csv/person.csv", "가상01", "가상09"))
    found = recomputing.recompute(forged)
    assert found.agreement.unread and found.agreement.different == () and found.right
    (left,) = [one for one in found.unchecked if one.group == "members"]
    assert "CSV" in left.what[0]


def test_the_command_line_says_it(second: Path, capfd: pytest.CaptureFixture[str]) -> None:
    forged = resigned(second, put("csv/person.csv", "가상01", "가상09"))
    assert cli.main(["snapshot", "recompute", str(forged), "--json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert not told["ok"] and "csv/person.csv" in told["members"]["different"]
    assert cli.main(["snapshot", "recompute", str(forged)]) == 1
    assert "csv/person.csv" in capfd.readouterr().out
    assert cli.main(["snapshot", "recompute", str(second), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["members"]["different"] == []
