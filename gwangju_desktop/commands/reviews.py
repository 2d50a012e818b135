"""`import review` and `review key | questions | answer | register`."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.commands import output
from gwangju_desktop.commands.snapshots import passphrase
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import answering, copies, drafts, own_key, questionnaire, review_file
from gwangju_desktop.text import N_, NN_, say

_MOST_KEY = 64 * 1024


def import_review(asked: argparse.Namespace) -> int:
    """Take a monitor's signed file into the office."""
    with output.office(asked, write=True) as store:
        done = answering.import_review(store, asked.file, asked.review)
    if asked.json:
        output.document(
            {
                "review": done.review_id,
                "new_review": done.new_review,
                "answers": done.answers,
                "replaced": done.replaced,
                "comments": done.comments,
                "findings": done.findings,
                "signer": done.signer,
                "fingerprint": done.fingerprint,
            }
        )
        return 0
    output.line(
        say(
            N_(
                "{file}: signed by {signer}; {answers} answers ({replaced} replaced),"
                " {comments} comments, {findings} findings."
            ),
            file=asked.file.name,
            signer=done.signer,
            answers=done.answers,
            replaced=done.replaced,
            comments=done.comments,
            findings=done.findings,
        )
    )
    return 0


def review(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    acts = {"key": _key, "questions": _questions, "answer": _answer, "register": _register}
    return acts[asked.act](asked)


def _key(asked: argparse.Namespace) -> int:
    """Make a monitor's key and print its fingerprint."""
    key = own_key.make(passphrase(asked.passphrase_file), asked.output)
    public = own_key.public_file(asked.output)
    if asked.json:
        output.document(
            {"file": str(asked.output), "public_key": str(public), "fingerprint": key.fingerprint}
        )
        return 0
    output.line(say(N_("Read the fingerprint to the office, or hand it {file}:"), file=public.name))
    output.line(key.fingerprint)
    return 0


def _questions(asked: argparse.Namespace) -> int:
    """Write the questions of a form as a workbook."""
    copy = copies.open_copy(asked.copy)
    draft = drafts.begun(copy, asked.form, asked.commitment, asked.plan)
    plan = copy.plan(draft.plan)
    questionnaire.write(
        asked.output,
        plan=plan.code,
        kind=asked.form,
        commitments=[(one.code, one.title or one.title_en) for one in plan.commitments],
        commitment=asked.commitment,
        snapshot=copy.snapshot,
        given=draft,
    )
    if asked.json:
        output.document({"file": str(asked.output), "plan": plan.code, "form": asked.form})
    else:
        output.line(say(N_("The questions are in {file}."), file=asked.output.name))
    return 0


def _answer(asked: argparse.Namespace) -> int:
    """Sign what a workbook says as the answers to a copy."""
    copy = copies.open_copy(asked.copy)
    filled = questionnaire.read(asked.sheet)
    empty = drafts.empty(copy, filled.form, filled.commitment, filled.plan)
    draft = drafts.filled_in(empty, filled)
    ready = drafts.ready(draft, monitor=asked.name, agreed=tuple(asked.agreed))
    key = own_key.unseal(own_key.read(asked.key), passphrase(asked.passphrase_file))
    content = review_file.build(ready, key)
    with atomic_write(asked.output) as file:
        file.write(content)
    fingerprint = review_file.read(asked.output).fingerprint
    if asked.json:
        output.document(
            {
                "file": str(asked.output),
                "answers": len(ready.answers),
                "comments": len(ready.comments),
                "findings": len(ready.findings),
                "fingerprint": fingerprint,
            }
        )
        return 0
    n = len(ready.answers)
    output.line(
        say(
            NN_("{file}: {n} answer signed.", "{file}: {n} answers signed."),
            file=asked.output.name,
            n=n,
        )
    )
    output.line(fingerprint)
    return 0


def _register(asked: argparse.Namespace) -> int:
    """Register a monitor's key after its fingerprint was compared."""
    from gwangju_desktop.reviews import monitors

    text = _public(asked.key)
    with output.office(asked, write=True) as store:
        id = store.run(monitors.register_key, person_id=asked.person, key=text).value
        with store.reading() as read:
            row = next(key for key in monitors.keys_of(read, [asked.person]) if key.id == id)
    if asked.json:
        output.document({"id": id, "person": asked.person, "fingerprint": row.fingerprint})
    else:
        output.line(say(N_("The key is registered to {name}."), name=row.person.name))
        output.line(row.fingerprint)
    return 0


def _public(named: str) -> str:
    """Return the text of a public key's file, or the fingerprint itself."""
    path = Path(named)
    try:
        if not path.is_file():
            return named
        with path.open("rb") as file:
            data = file.read(_MOST_KEY + 1)
        return data[:_MOST_KEY].decode("ascii")
    except (OSError, UnicodeDecodeError):
        raise UserError(
            N_("This is not a monitor's public key."),
            hint=N_("Ask for the key file that stands beside the monitor's own, ending in .pem."),
        ) from None
