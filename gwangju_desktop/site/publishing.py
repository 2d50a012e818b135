"""A site between building and publishing: prepared in a folder of its own, looked at, then put out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gwangju_desktop.evidence.integrity import Door
from gwangju_desktop.site import build, cards, copy, listing, source
from gwangju_desktop.site.build import Choice, Prepared, Progress
from gwangju_desktop.site.cards import Card
from gwangju_desktop.site.listing import Listing
from gwangju_desktop.site.plan import Report
from gwangju_desktop.site.source import Source
from gwangju_desktop.text import LANGUAGES, words


@dataclass(frozen=True, slots=True)
class Draft:
    """A prepared site, what it would change in its folder, and its cards by language.

    Its files lie in folders of their own until `close`.
    """

    folder: Path
    source: Source
    prepared: Prepared
    report: Report
    cards: dict[str, list[Card]]
    stack: ExitStack

    def publish(self, *, progress: Progress | None = None) -> Report:
        """Record that the copy leaves the office, and put the site in its folder."""
        return source.publish(self.source, self.prepared, self.folder, progress=progress)

    def link(self, card: Card) -> str:
        """Return the web address of a card's page, "" where the site has none."""
        address = self.prepared.listing.address
        return f"{address}/{card.language}/{card.address}" if address else ""

    def close(self) -> None:
        """Remove the prepared files."""
        self.stack.close()


def draft(
    door: Door,
    *,
    folder: Path,
    file: Path | None = None,
    passphrase: str | None = None,
    languages: tuple[str, ...] = LANGUAGES,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draft:
    """Prepare the site of a copy, or of the office as it is, for a folder.

    Nothing is written to the folder and nothing recorded. Raises what `source.build_site` does.
    """
    with ExitStack() as stack:
        if file is not None:
            held = source.of_file(file)
        else:
            held = stack.enter_context(
                source.of_office(
                    door, passphrase=passphrase, progress=progress, cancelled=cancelled
                )
            )
        own = source.signer(door, passphrase) if passphrase else None
        choice = Choice(languages, source.address_of(door), own)
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gwsite-")))
        with copy.opened(
            held.file, signed=held.signed, progress=progress, cancelled=cancelled
        ) as opened:
            made = build.prepare(opened, place, choice, progress=progress, cancelled=cancelled)
            shown = {language: cards.of(opened, words(language)) for language in languages}
        if own:
            source.demand_own(door, made, held.file)
        return Draft(folder, held, made, build.report(made, folder), shown, stack.pop_all())


def published(folder: Path) -> Listing | None:
    """Return what lies published in a folder, None where nothing does; raises UserError."""
    return listing.read(folder)
