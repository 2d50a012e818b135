"""What publishers are called: kept as they write their names, said in English where that is known."""

from __future__ import annotations

from functools import lru_cache

from gwangju_desktop.text import C_, Msg, Words, words

KNOWN: tuple[Msg, ...] = (
    C_("publisher", "KEPCO"),
    C_("publisher", "KPX"),
    C_("publisher", "KPX EPSIS"),
    C_("publisher", "KEPCO and KPX"),
    C_("publisher", "KOGAS"),
    C_("publisher", "Korea Energy Agency"),
    C_("publisher", "Korea City Gas Association"),
    C_("publisher", "Korea District Heating Corporation and others"),
    C_("publisher", "Korea National Oil Corporation"),
    C_("publisher", "Ministry of Environment (KOSIS)"),
    C_("publisher", "KOSIS, Ministry of Environment"),
    C_("publisher", "Ministry of the Interior and Safety"),
    C_("publisher", "Ministry of Land, Infrastructure and Transport"),
    C_("publisher", "Korea Meteorological Administration"),
    C_("publisher", "Gwangju Metropolitan City"),
    C_("publisher", "Gwangju Waterworks"),
    C_("publisher", "Press report (Newsis, 2022-11-28)"),
    C_("publisher", "Sample"),
    C_("publisher", "Typed in the office"),
)


def publisher_name(name: str, said: Words | None = None) -> str:
    """Return what a publisher is called in the language shown, or in that of `said`."""
    said = said or words()
    known = _by_name().get(name)
    return said(known) if known is not None and said.language != "ko" else name


@lru_cache(1)
def _by_name() -> dict[str, Msg]:
    korean = words("ko")
    return {korean(one): one for one in KNOWN}
