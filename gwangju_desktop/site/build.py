"""Write a site: the whole of it into an empty folder, then what differs to where it is read.

Nothing here knows the clock: the same copy and the same program give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import resources
from db.files import atomic_write
from gwangju_desktop import VERSION
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.site import card_picture, cards, listing, outside
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.listing import Listing, Origin
from gwangju_desktop.site.page import Asset, Page, Section, card_address, in_language
from gwangju_desktop.site.plan import Report, compared
from gwangju_desktop.site.render import Renderer, Site
from gwangju_desktop.site.sections import SECTIONS
from gwangju_desktop.snapshots import signing, sshsig
from gwangju_desktop.snapshots.manifest import FileFacts
from gwangju_desktop.text import LANGUAGES, N_, Msg, words

Progress = Callable[[int, int, Msg], None]
GATHERING, RENDERING, PLACING = (
    N_("Gathering the pages"),
    N_("Writing the pages"),
    N_("Putting the site in place"),
)
# Pages between two looks at whether somebody stopped it.
EVERY = 16


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs the list of a site: the raw public key, and what signs with the private one."""

    public: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a site is built: its languages, the web address it will have ("" unknown), who signs."""

    languages: tuple[str, ...] = LANGUAGES
    address: str = ""
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A whole site in a folder of its own, ready to be looked at and published."""

    folder: Path
    listing: Listing

    @property
    def first(self) -> Path:
        """Return the page a browser begins with."""
        return self.folder / "index.html"


def program() -> str:
    """Return the digest of everything in the program that shapes a site."""
    digest = hashlib.sha256(VERSION.encode())
    own = Path(__file__).resolve().parent.parent
    words_file = resources.path("translations", "ko", "LC_MESSAGES", "gwangju.mo")
    parts = [*own.rglob("*.py"), words_file]
    parts += [path for path in resources.path().rglob("*") if path.suffix in _SHAPING]
    for path in sorted({path.resolve() for path in parts if path.is_file()}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


_SHAPING = frozenset({".html", ".css", ".js", ".toml", ".json", ".woff2", ".txt", ".svg"})


def prepare(
    copy: Copy,
    folder: Path,
    choice: Choice = Choice(),
    *,
    sections: Sequence[Section] = SECTIONS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Prepared:
    """Write the whole site of a copy into an empty folder; raises Cancelled."""
    tick = _Ticks(progress, cancelled)
    pages = gather(copy, choice.languages, sections, tick)
    site = Site(choice.languages, choice.address, choice.signer is not None)
    files: dict[str, FileFacts] = {}
    titles: dict[str, str] = {}

    def write(address: str, content: bytes) -> None:
        if listing.address(address) in files:
            raise ValueError(f"two files at {address}")
        place = folder / address
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        files[address] = listing.facts(content)

    whole = sum(map(len, pages.values()))
    done = 0
    for language, own in pages.items():
        say = words(language)
        # A network that shows a card asks for it by its whole address.
        shown = cards.by_page(copy, say) if choice.address else {}
        renderer = Renderer(copy, say, sections, site, shown)
        for page in own:
            if done % EVERY == 0:
                tick(done, whole, RENDERING)
            done += 1
            address = in_language(language, page.address)
            write(address, renderer.render(page))
            titles[address] = page.title
            if page.address in shown:
                write(
                    card_address(language, page.address),
                    card_picture.png(shown[page.address]),
                )
    for asset in _assets(copy, choice.languages, sections, pages, site):
        tick(done, whole, RENDERING)
        write(asset.address, asset.content())
    titles |= outside.titles(copy, choice.languages)
    made = Listing(
        office_id=copy.manifest.office_id,
        office_ko=copy.manifest.office_ko,
        office_en=copy.manifest.office_en,
        origin=origin(copy),
        build=program(),
        languages=choice.languages,
        address=choice.address,
        key=signing.key_id(choice.signer.public) if choice.signer else None,
        pages=titles,
        files=files,
    )
    _write_list(folder, made, choice.signer)
    return Prepared(folder, made)


def gather(
    copy: Copy,
    languages: tuple[str, ...],
    sections: Sequence[Section],
    tick: Callable[[int, int, Msg], None] = lambda _done, _whole, _what: None,
) -> dict[str, list[Page]]:
    """Return every page of a site by language, the sections in the order of the menu."""
    made: dict[str, list[Page]] = {}
    for language in languages:
        say = words(language)
        own: list[Page] = []
        for section in sections:
            tick(0, 1, GATHERING)
            own += section.pages(copy, say)
        others = tuple(own)
        for section in sections:
            own += section.gathered(copy, say, others)
        made[language] = own
    return made


def origin(copy: Copy) -> Origin:
    """Return what the list says of the copy."""
    facts = listing.facts_of(copy.path)
    if facts is None:
        raise FileNotFoundError(str(copy.path))
    said = copy.manifest
    return Origin(said.sequence, said.made_at, facts.sha256, copy.manifest_sha256, copy.signed)


def is_current(folder: Path, sha256: str, choice: Choice, *, signed: bool = True) -> bool:
    """Say whether the site in a folder is the one a copy of these bytes gives, byte by byte.

    A copy of the same bytes was verified when the list was written.
    """
    held = listing.read(folder)
    key = signing.key_id(choice.signer.public) if choice.signer else None
    return (
        held is not None
        and (held.origin.sha256, held.origin.signed) == (sha256, signed)
        and (held.languages, held.address, held.key) == (choice.languages, choice.address, key)
        and held.build == program()
        and all(listing.facts_of(folder / name) == one for name, one in held.files.items())
    )


def report(prepared: Prepared, folder: Path) -> Report:
    """Return what publishing would do to a folder: what appears, changes and disappears there.

    Raises UserError for a folder in which a file of somebody else's has an address of the site.
    """
    found = compared(prepared.listing, folder)
    if found.foreign:
        raise UserError(
            N_("{folder} holds {file}, which is no part of a site made by this program."),
            hint=N_("Choose an empty folder, or the folder of an earlier site."),
            folder=folder.name,
            file=found.foreign[0],
        )
    return found


def publish(
    prepared: Prepared,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Put a prepared site in place and return what was done.

    A file whose bytes are right is not touched, and one that is no part of a site never is. What an
    earlier site had and this one has not is removed. The list is written last: after a power cut
    the next publishing finds by the bytes what is missing. Raises Cancelled before the first file
    is written, not after it.
    """
    tick = _Ticks(progress, cancelled)
    folder.mkdir(parents=True, exist_ok=True)
    tick(0, 1, PLACING)
    found = report(prepared, folder)
    tick = _Ticks(progress, None)
    for done, name in enumerate(found.written):
        tick(done, len(found.written), PLACING)
        _place(prepared.folder / name, folder / name, lasting=False)
    for name in found.removed:
        _remove(folder, name)
    for name in (listing.ALLOWED_SIGNERS, listing.SIGNATURE, listing.NAME):
        if (prepared.folder / name).exists():
            _place(prepared.folder / name, folder / name, lasting=True)
        else:
            (folder / name).unlink(missing_ok=True)
    return found


def _place(source: Path, target: Path, *, lasting: bool) -> None:
    content = source.read_bytes()
    if target.is_file() and not target.is_symlink() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(target, lasting=lasting) as file:
        file.write(content)


def _remove(folder: Path, name: str) -> None:
    """Remove a file of an earlier site and the folders it leaves empty."""
    place = folder / name
    # A folder that was turned into a link leads out of the site.
    if place.parent.resolve() != (folder.resolve() / name).parent:
        return
    place.unlink(missing_ok=True)
    for above in place.relative_to(folder).parents[:-1]:
        with suppress(OSError):
            (folder / above).rmdir()


def _assets(
    copy: Copy,
    languages: tuple[str, ...],
    sections: Sequence[Section],
    pages: Mapping[str, Sequence[Page]],
    site: Site,
) -> Iterator[Asset]:
    for section in sections:
        yield from section.assets(copy, languages)
        yield from section.index(copy, pages)
    yield from outside.files(copy, sections, pages, site)


def _write_list(folder: Path, made: Listing, signer: Signer | None) -> None:
    content = made.to_bytes()
    (folder / listing.NAME).write_bytes(content)
    if signer:
        (folder / listing.SIGNATURE).write_bytes(signer.sign(content))
        (folder / listing.ALLOWED_SIGNERS).write_bytes(sshsig.allowed_signers(signer.public))


class _Ticks:
    """Tell how far it is, and stop when asked to."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.progress, self.cancelled = progress, cancelled

    def __call__(self, done: int, whole: int, what: Msg) -> None:
        """Tell; raises Cancelled."""
        if self.cancelled and self.cancelled():
            raise Cancelled
        if self.progress:
            self.progress(done, whole, what)
