"""The site as a citizen meets it: every page in a real browser, straight from the folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from sqlalchemy import select

from db.schema.proposals import Proposal, Proposer
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.proposals.importing import columns, reading
from gwangju_desktop.proposals.importing.apply import import_proposals
from gwangju_desktop.site import listing

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

# axe-core 4.14.1 as it was published, under the Mozilla Public License 2.0 beside it.
AXE = Path(__file__).parent / "axe" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
MOST_STOPS = 200
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = """() => axe.run({preload: false}).then(found => found.violations.map(
    one => [one.id, one.help, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"""

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window, one for all tests here."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium here: python3 dev.py setup installs it, as root on Debian")
    from playwright.sync_api import sync_playwright

    rooted = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if rooted else []
        )
        yield opened
        opened.close()


class Watched:
    """A tab that remembers what a visitor would not see: errors, and requests out of the folder."""

    def __init__(self, browser: Browser, folder: Path, **options: Any) -> None:
        self.context = browser.new_context(**({"viewport": DESK} | options))
        self.tab: Tab = self.context.new_page()
        self.folder, self.faults = folder, list[str]()
        self.tab.on("console", self._said)
        self.tab.on("pageerror", lambda error: self.faults.append(f"{self.tab.url}: {error}"))
        self.tab.on("request", lambda request: self._asked(request.url))
        self.tab.on("requestfailed", self._failed)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.tab.url}: {message.text}")

    def _failed(self, request: Any) -> None:
        # Who leaves a page stops what it still loads.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{self.tab.url}: {request.url} failed, {request.failure}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.folder.as_uri() + "/", "data:")):
            self.faults.append(f"{self.tab.url} asks for {url}")

    def open(self, address: str) -> Tab:
        """Open a page of the folder."""
        self.tab.goto((self.folder / address).as_uri())
        return self.tab

    def close(self) -> None:
        """Close the tab; nothing it remembers may be left."""
        self.context.close()
        assert self.faults == []


@pytest.fixture(scope="module")
def addresses(site_folder: Path) -> list[str]:
    """Every page of the site."""
    held = listing.read(site_folder)
    assert held is not None
    pages = [name for name in held.files if name.endswith(".html")]
    assert len(pages) == len(held.pages)
    return pages


def outstanding(folder: Path, addresses: list[str]) -> list[str]:
    """Return the first, the longest and the shortest page of each part of the site."""
    parts: dict[str, list[str]] = {}
    for address in addresses:
        parts.setdefault(address.rpartition("/")[0], []).append(address)
    chosen = []
    for own in parts.values():
        by_size = sorted(own, key=lambda name: (folder / name).stat().st_size)
        first = [name for name in own if name.endswith("/index.html")]
        chosen += dict.fromkeys([*first, by_size[-1], by_size[0]])
    return chosen


def test_every_page_opens_on_a_phone_without_an_error_or_a_request_elsewhere(
    browser: Browser, site_folder: Path, addresses: list[str]
) -> None:
    watched = Watched(browser, site_folder, viewport=PHONE)
    wide = []
    for address in addresses:
        tab = watched.open(address)
        assert tab.locator("h1").count() == 1, address
        if tab.evaluate(SIDEWAYS) > 0:
            wide.append(address)
    watched.close()
    assert wide == []


def test_axe_finds_nothing(browser: Browser, site_folder: Path, addresses: list[str]) -> None:
    watched = Watched(browser, site_folder)
    rules, found = AXE.read_text(encoding="utf-8"), {}
    for address in outstanding(site_folder, addresses):
        # The other language has the same templates: its first pages stand for them.
        if address.startswith("en/") and not address.endswith("/index.html"):
            continue
        tab = watched.open(address)
        tab.evaluate(rules)
        if violations := tab.evaluate(RULES):
            found[address] = violations
    watched.close()
    assert found == {}


def test_dark_pages_keep_their_contrast(
    browser: Browser, site_folder: Path, addresses: list[str]
) -> None:
    watched = Watched(browser, site_folder, color_scheme="dark", viewport=PHONE)
    rules, found = AXE.read_text(encoding="utf-8"), {}
    for address in outstanding(site_folder, addresses):
        if address.startswith("ko/"):
            tab = watched.open(address)
            tab.evaluate(rules)
            run = RULES.replace("preload: false", "preload: false, runOnly: ['color-contrast']")
            if violations := tab.evaluate(run):
                found[address] = violations
    watched.close()
    assert found == {}


def test_without_scripts_every_page_says_as_much(
    browser: Browser, site_folder: Path, addresses: list[str]
) -> None:
    watched = Watched(browser, site_folder, java_script_enabled=False)
    chosen = [name for name in outstanding(site_folder, addresses) if name.startswith("ko/")]
    for address in chosen:
        tab = watched.open(address)
        text = tab.locator("main").inner_text()
        assert len(text) > 60, address
        hidden = tab.locator("main [hidden]").all()
        # What only a script could do is not offered, or says that it needs one.
        for button in tab.locator("main button:visible").all():
            assert button.is_disabled() or button.get_attribute("type") == "submit", address
        assert all(not part.is_visible() for part in hidden), address
    watched.close()


STOP = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [at.tagName, at.getAttribute('href') || at.id || at.className || at.textContent,
            ring || style.boxShadow !== 'none', box.width > 0 && box.height > 0];
}"""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, site_folder: Path, language: str
) -> None:
    watched = Watched(browser, site_folder)
    tab = watched.open(f"{language}/index.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("() => document.activeElement.getAttribute('href')") == "#content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("() => document.activeElement.id") == "content"
    tab = watched.open(f"{language}/index.html")
    tab.wait_for_load_state()
    links = tab.locator("a[href]:visible, button:visible, summary:visible, .scroll").count()
    stops = []
    for _ in range(min(links, MOST_STOPS)):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate(STOP))
    unseen = [stop[:2] for stop in stops if not (stop[2] and stop[3])]
    assert unseen == []
    assert len({tuple(stop[:2]) for stop in stops if stop[0] == "A"}) > 5
    watched.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_click_leads_from_the_choice_of_language_to_every_section(
    browser: Browser, site_folder: Path, language: str
) -> None:
    watched = Watched(browser, site_folder)
    tab = watched.open("index.html")
    tab.locator(f"a[href^='{language}/']").first.click()
    assert tab.url.endswith(f"/{language}/index.html")
    menu = tab.locator("header nav a")
    for n in range(menu.count()):
        name = menu.nth(n).inner_text()
        menu.nth(n).click()
        tab.wait_for_load_state()
        assert tab.locator("header nav a[aria-current]").inner_text() == name
        assert tab.locator("html").get_attribute("lang") == language
    watched.close()


def test_the_first_page_is_light(browser: Browser, site_folder: Path) -> None:
    watched = Watched(browser, site_folder)
    sizes: dict[str, int] = {}
    watched.tab.on("requestfinished", lambda request: sizes.update({request.url: 1}))
    watched.open("ko/index.html").wait_for_load_state("networkidle")
    loaded = [watched.folder / url.removeprefix(watched.folder.as_uri() + "/") for url in sizes]
    assert len(loaded) > 2
    assert sum(path.stat().st_size for path in loaded if path.suffix != ".woff2") <= 200_000
    watched.close()


def test_every_page_is_valid_html(site_folder: Path, addresses: list[str]) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for address in addresses:
        try:
            parser.parse((site_folder / address).read_bytes(), transport_encoding="utf-8")
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{address}: {error} {parser.errors[-1:]}")


def test_a_proposal_made_in_the_form_arrives_in_the_office(
    browser: Browser, site_folder: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    watched = Watched(browser, site_folder, accept_downloads=True)
    tab = watched.open("ko/proposals/form.html")
    tab.locator("#save").click()
    assert tab.locator("#problem").inner_text() == "작성하지 않은 항목: 제목, 개선 방안, 공개 범위"
    assert tab.evaluate("document.activeElement.id") == "f-title"
    tab.locator("#f-title").fill("지붕 햇빛발전소 <b>")
    tab.locator("#f-improvement").fill("함께 씁시다.\n둘째 줄")
    tab.locator("#f-field").select_option(index=1)
    tab.locator("#f-name").fill("가상인")
    tab.locator("label[for=f-part]").click()
    # A name without the consent to use it makes no file.
    tab.locator("#save").click()
    assert "동의" in tab.locator("#problem").inner_text()
    tab.locator("#f-agree").check()
    with tab.expect_download() as waited:
        tab.keyboard.press("Tab")
        tab.locator("#save").press("Enter")
    path = tmp_path / waited.value.suggested_filename
    waited.value.save_as(path)
    assert path.name in tab.locator("#done").inner_text()
    source = reading.read(path)
    sqlite_store.run(import_proposals, source=source, mapping=columns.guess(source))
    with sqlite_store.reading() as read:
        row = read.execute(select(Proposal)).scalar_one()
        assert (row.title, row.text) == ("지붕 햇빛발전소 <b>", "함께 씁시다.\n둘째 줄")
        assert (row.consent, row.channel, row.field) == ("title_only", "web", "energy")
        assert row.received_on == clock.today()
        assert read.execute(select(Proposer.name)).scalar_one() == "가상인"
    watched.close()


def test_the_search_finds_words_and_initials_and_keeps_them_in_its_address(
    browser: Browser, site_folder: Path
) -> None:
    watched = Watched(browser, site_folder)
    tab = watched.open("ko/search/index.html")
    for words in ("햇빛 발전", "ㅎㅂㅂㅈㅅ"):
        tab.locator("#words").fill(words)
        first = tab.locator("#found a").first
        assert "햇빛발전소" in first.inner_text()
    tab.locator("#words").press("Enter")
    tab.reload()
    assert tab.locator("#words").input_value() == "ㅎㅂㅂㅈㅅ"
    tab.locator("#found a").first.click()
    assert "/proposals/" in tab.url and "햇빛발전소" in tab.locator("h1").inner_text()
    tab.go_back()
    tab.locator("#words").fill("없는말씀")
    assert "없는말씀" in tab.locator("#count").inner_text()
    assert tab.locator("#found").is_hidden()
    watched.close()
