"""`snapshot keys | deliveries | deliver`: the office's keys, and who has which copy."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.text import N_, Msg, language, say


def keys(asked: argparse.Namespace) -> int:
    """List the office's signing keys, the one in use first; never anything secret."""
    from gwangju_desktop.snapshots import key_words, queries, signing

    with output.office(asked) as store, store.reading() as read:
        held = queries.keys(read)
    spoken = [
        " ".join(key_words.fingerprint_words(signing.read_fingerprint(one.fingerprint), language()))
        for one in held
    ]
    if asked.json:
        rows = [
            {**output.plain(one), "words": said} for one, said in zip(held, spoken, strict=True)
        ]
        output.document(rows)
        return 0
    if not held:
        output.line(say(N_("This office has no signing key yet.")))
    for one, said in zip(held, spoken, strict=True):
        output.line(one.fingerprint)
        output.line(f"    {said}")
        output.line(f"    {say(_state(one.retired_at is None), since=one.made_at)}")
        if one.retired_at is not None:
            output.line("    " + say(N_("Given up on {day:full}."), day=one.retired_at))
        if one.follows is not None:
            proof = _SIGNED if one.signed else _UNSIGNED
            output.line(f"    {say(proof, fingerprint=one.follows)}")
        if one.reason:
            output.line(f"    {say(N_('Reason: {reason}'), reason=one.reason)}")
    return 0


def _state(current: bool) -> Msg:
    return _IN_USE if current else _MADE


_IN_USE = N_("In use since {since:full}.")
_MADE = N_("Made on {since:full}.")
_SIGNED = N_("The key before it signed for it: {fingerprint}")
_UNSIGNED = N_("Follows without its signature: {fingerprint}")


def deliveries(asked: argparse.Namespace) -> int:
    """List to whom copies were handed over, of one copy or of all."""
    from gwangju_desktop.snapshots import deliveries as handing
    from gwangju_desktop.snapshots import queries
    from gwangju_desktop.snapshots.words import CHANNELS

    with output.office(asked) as store, store.reading() as read:
        copies = {one.id: one.sequence for one in queries.snapshots(read)}
        wanted = None if asked.copy is None else queries.numbered(read, asked.copy).id
        rows = handing.deliveries(read, snapshot_id=wanted)
    if asked.json:
        output.document([{**output.plain(row), "copy": copies[row.snapshot_id]} for row in rows])
        return 0
    output.table(
        ("id", "copy", "recipient", "channel", "on", "note"),
        [
            (
                row.id,
                copies[row.snapshot_id],
                row.recipient,
                say(CHANNELS[row.channel]),
                row.delivered_on,
                row.note,
            )
            for row in rows
        ],
    )
    return 0


def deliver(asked: argparse.Namespace) -> int:
    """Note that a copy was handed over."""
    from gwangju_desktop import clock
    from gwangju_desktop.commands.records import day
    from gwangju_desktop.snapshots import deliveries as handing
    from gwangju_desktop.snapshots import queries

    with output.office(asked, write=True) as store:
        with store.reading() as read:
            copy = queries.numbered(read, asked.copy)
        number = store.run(
            handing.add_delivery,
            snapshot_id=copy.id,
            recipient=asked.to,
            channel=asked.channel,
            delivered_on=day(asked.on) or max(clock.today(), copy.made_at.date()),
            note=asked.note,
        ).value
    if asked.json:
        output.document({"id": number, "copy": copy.sequence})
    else:
        output.line(say(N_("Noted: copy no. {n} went to {to}."), n=copy.sequence, to=asked.to))
    return 0
