"""What the closed words in journalled columns mean, those included that never leave the office."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gwangju_desktop.text import Msg


@cache
def meanings() -> Mapping[tuple[str, str], Mapping[str, Msg]]:
    """Return (table, column) -> code -> word; imported when first wanted, for it is in all rooms."""
    from gwangju_desktop.catalogue import filed
    from gwangju_desktop.energy import words as energy
    from gwangju_desktop.meetings import words as meetings
    from gwangju_desktop.members import access
    from gwangju_desktop.members import words as members
    from gwangju_desktop.packs import arranging
    from gwangju_desktop.proposals import words as proposals
    from gwangju_desktop.snapshots import vocabulary

    return {
        **vocabulary.COLUMNS,
        ("access_record", "action"): access.ACTIONS,
        ("ballot", "choice"): meetings.CHOICES,
        ("candidate", "channel"): members.CHANNELS,
        ("consent", "field"): access.FIELDS,
        ("guest", "kind"): meetings.GUESTS,
        ("indicator", "section"): energy.SECTIONS,
        ("membership", "channel"): members.CHANNELS,
        ("membership", "end_reason"): members.END_REASONS,
        ("outgoing", "release"): filed.RELEASES,
        ("pack_part", "disclosure"): meetings.DISCLOSURES,
        ("pack_part", "kind"): {str(kind): title for kind, title in arranging.TITLES.items()},
        ("person", "gender"): members.GENDERS,
        ("post_holding", "end_reason"): members.END_REASONS,
        ("proposal_file", "disclosure"): meetings.DISCLOSURES,
        ("proposer", "kind"): proposals.PROPOSERS,
        ("reply_template", "state"): proposals.STATES,
        ("seat_plan", "decision"): members.DECISIONS,
        ("template_line", "kind"): meetings.ITEM_KINDS,
        ("template_line", "standing"): meetings.STANDINGS,
    }
