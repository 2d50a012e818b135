"""A monitor's answers leave: signed with the monitor's own key, into a file for the office."""

from __future__ import annotations

from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import drafts, own_key, review_file
from gwangju_desktop.reviews.written import Written
from gwangju_desktop.text import N_

SUFFIX = ".gwreview"


def sign(
    draft: Written,
    target: Path,
    *,
    monitor: str,
    passphrase: str,
    agreed: tuple[str, ...] = (),
) -> str:
    """Write the signed answers to `target` and return the fingerprint of the key.

    A joint answer names who `agreed`. Raises UserError without a name, an answer or a key of this
    person, and for a passphrase that does not open it; nothing is written then.
    """
    ready = drafts.ready(draft, monitor=monitor, agreed=agreed)
    key = own_key.own()
    if key is None:
        raise UserError(
            N_("There is no signing key of yours on this PC."),
            hint=N_("Make one first, and give its public half to the office."),
        )
    content = review_file.build(ready, own_key.unseal(key, passphrase))
    with atomic_write(target) as file:
        file.write(content)
    drafts.save(draft)
    return key.fingerprint
