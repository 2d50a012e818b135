"""Whether the other members of a copy say what its database says: the office's side of the child."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop import VERSION
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import container, sending, signing, trouble
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.verify import UNLISTED, Verdict
from gwangju_desktop.text import LANGUAGES, N_, Msg, words

OTHER_PROGRAM = N_("Another version of the program ({version}) wrote them; their bytes may differ.")
NOT_WRITTEN = N_("They could not be written anew from the database of this copy.")
SECTION = N_("What changed since the copy before follows from both copies; compare them.")
# A page and a database are read, and every table written once more.
_PATIENCE = 6
# A page names the first rows of each register: none of ours comes near.
_MOST_PAGE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Agreement:
    """What came out: members that say otherwise than the database, how many say the same.

    `unread` says why they could not be compared, `section` that a page's section of changes was not.
    """

    different: tuple[str, ...] = ()
    equal: int = 0
    unread: tuple[str, str] | None = None
    section: bool = False


NOTHING = Agreement()


def agree(
    verdict: Verdict,
    database: Path,
    path: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Agreement:
    """Write every page and table of a verified copy anew, in a child, and compare the bytes.

    Raises UserError when the file changed meanwhile, Cancelled.
    """
    said = verdict.demand()
    if said.files[container.PAGE].bytes > _MOST_PAGE:
        return Agreement(unread=_both(NOT_WRITTEN))
    held = _members(path, (container.PUBLIC_KEY, container.PAGE), verdict, cancelled)
    folder = f"{container.EVIDENCE_FOLDER}/"
    evidence = {
        name.removeprefix(folder).partition(".")[0]: name
        for name in said.files
        if name.startswith(folder)
    }
    facts: dict[str, Any] = {
        "office_ko": said.office_ko,
        "office_en": said.office_en,
        "profile": said.profile,
        "sequence": said.sequence,
        "made_at": said.made_at,
        "public": (signing.read_pem(held[container.PUBLIC_KEY]) or b"").hex(),
        "previous": said.previous,
        "audit_id": said.audit_id,
        "audit_hash": said.audit_hash,
        "policy": said.policy,
        "withheld": [[code, one.ko, one.en, one.count] for code, one in said.withheld.items()],
        "evidence": evidence,
        "names": sorted({*said.files, *UNLISTED}),
    }
    asked = {"mode": "members", "facts": facts}
    try:
        answer = checks.look_inside(
            *(verdict, database, asked, path.name), cancelled=cancelled, patience=_PATIENCE
        )
    except UserError:
        return Agreement(unread=_both(NOT_WRITTEN))
    different = [
        name
        for name, (size, sha256) in answer["members"].items()
        if name in said.files
        and (said.files[name].bytes, said.files[name].sha256) != (size, sha256)
    ]
    around = answer["around"]
    if around is not None and not _page_fits(held[container.PAGE], around):
        different.append(container.PAGE)
    if not answer["withheld"]:
        different.append(container.MANIFEST)
    told = len(answer["members"]) + (around is not None) + 1
    if different and said.program != VERSION:
        return Agreement(unread=_both(OTHER_PROGRAM, version=said.program))
    return Agreement(
        tuple(sorted(different)), told - len(different), None, section=around is not None
    )


def _page_fits(page: bytes, around: list[list[Any]]) -> bool:
    """Hold a page's beginning and end against what they must be, and look at what is between."""
    (first, head), (last, tail) = around
    if len(page) < first + last:
        return False
    parts = page[:first], page[len(page) - last :]
    digests = [hashlib.sha256(part).hexdigest() for part in parts]
    return digests == [head, tail] and is_ours(page[first : len(page) - last])


def is_ours(section: bytes) -> bool:
    """Say whether a page's section of changes is built of nothing but what it may hold."""
    try:
        written = section.decode("utf-8")
    except UnicodeDecodeError:
        return False
    heads = _TAG.findall(written)
    return written.count("<") == len(heads) and all(_SECTION_TAG.fullmatch(one) for one in heads)


_TAG = re.compile(r"<[^<>]*>")
_SECTION_TAG = re.compile(
    r'<h2 id="since">|</?h3>|</h2>|</?p>|<div class="wide">|</div>|</?t(able|head|body|r|d)>'
    r'|<th scope="col">|</th>|<td class="number">|<i lang="en">|</i>|<a href="#t-[a-z_]+">|</a>'
)


def _members(
    path: Path,
    names: tuple[str, ...],
    verdict: Verdict,
    cancelled: Callable[[], bool] | None,
) -> dict[str, bytes]:
    """Read some members, demanding that they are those that were verified."""
    found: dict[str, bytearray] = {name: bytearray() for name in names}

    def took(member: container.Member, chunk: bytes) -> None:
        if cancelled and cancelled():
            raise Cancelled
        if member.name in found:
            found[member.name].extend(chunk)

    with sending.open_whole(path) as file:
        try:
            container.members(file, took=took)
        except container.NotCanonical:
            raise trouble.part_differs(path.name, names[0]) from None
    said = verdict.demand()
    for name, content in found.items():
        facts = said.files[name]
        if (len(content), hashlib.sha256(content).hexdigest()) != (facts.bytes, facts.sha256):
            raise trouble.part_differs(path.name, name)
    return {name: bytes(content) for name, content in found.items()}


def _both(message: Msg, **values: object) -> tuple[str, str]:
    ko, en = (words(language)(message, **values) for language in LANGUAGES)
    return ko, en
