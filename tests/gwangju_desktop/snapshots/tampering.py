"""Copies somebody tampered with: bytes, members, signatures, and parts of other genuine copies."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gwangju_desktop.snapshots import container, signing
from gwangju_desktop.snapshots.verify import unpacked
from tests.gwangju_desktop.snapshots import hostile
from tests.gwangju_desktop.snapshots.test_container import plain_zip

Parts = dict[str, bytes]
SIGNING = (
    container.MANIFEST,
    container.SIGNATURE,
    container.SSH_SIGNATURE,
    container.ALLOWED_SIGNERS,
)


@dataclass(frozen=True)
class Copies:
    """A genuine copy, the one before it, and one of another key that says it is the same office."""

    whole: bytes
    parts: Parts
    older: Parts
    forged: Parts
    fingerprint: str

    def accepts(self, path: Path) -> bool:
        """Say whether a file passes for the genuine copy: right, by its key, of its number."""
        with unpacked(path) as (verdict, _):
            said = verdict.manifest
            ours = verdict.fingerprint == self.fingerprint
            return verdict.ok and ours and said is not None and said.sequence == 2


def copies(folder: Path) -> Copies:
    """Make the three, small."""

    def parts(path: Path) -> Parts:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    older = parts(hostile.sealed(folder, hostile.good))
    path = hostile.sealed(folder, hostile.good, sequence=2)
    whole, newer = path.read_bytes(), parts(path)
    other = signing.new_key(hostile.PASSPHRASE)
    forged = parts(hostile.sealed(folder, hostile.good, sequence=2, key=other))
    public = signing.read_pem(newer[container.PUBLIC_KEY])
    assert public is not None
    return Copies(whole, newer, older, forged, signing.fingerprint(public))


def packed(parts: Parts) -> bytes:
    """Return a container as we write it: every checksum of the zip is right."""
    file = io.BytesIO()
    container.write(file, parts)
    return file.getvalue()


def flipped(made: Copies, every_bit: bool) -> Iterator[tuple[str, int, bytes]]:
    """Flip bits of what signs, one by one, the container made anew around them.

    Without `every_bit` one bit of each byte, another one from byte to byte.
    """
    for name in SIGNING:
        for at in range(len(made.parts[name])):
            for bit in range(8) if every_bit else (at % 8,):
                content = bytearray(made.parts[name])
                content[at] ^= 1 << bit
                yield name, at * 8 + bit, packed({**made.parts, name: bytes(content)})


def _bytes(dice: random.Random, made: Copies) -> bytes:
    data = bytearray(made.whole)
    a, b = sorted(dice.sample(range(len(data)), 2))
    end = min(len(data), b + dice.choice((1, 4, 64, 1024)))
    kind = dice.randrange(7)
    if kind == 0:
        for _ in range(dice.choice((1, 1, 2, 8, 64))):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    elif kind == 1:
        data[a], data[b] = data[b], data[a]
    elif kind == 2:
        del data[a:]
    elif kind == 3:
        data[a:a] = dice.randbytes(dice.choice((1, 2, 30, 500)))
    elif kind == 4:
        del data[b:end]
    elif kind == 5:
        data[a:a] = data[b:end]
    else:
        data += dice.choice((b"\0", b"\n", made.whole, dice.randbytes(22)))
    return bytes(data)


def _contents(dice: random.Random, made: Copies) -> bytes:
    """Change a member, in a container whose checksums are right."""
    name = dice.choice(list(made.parts))
    content = bytearray(made.parts[name])
    at = dice.randrange(len(content))
    kind = dice.randrange(4)
    if kind == 0:
        content[at] ^= 1 << dice.randrange(8)
    elif kind == 1:
        del content[at:]
    elif kind == 2:
        content[at:at] = dice.choice((b" ", b"\n", b"\0", b"="))
    else:
        content += dice.choice((b"\n", b" ", b"\0" * 4096))
    return packed({**made.parts, name: bytes(content)})


def _exchanged(dice: random.Random, made: Copies) -> bytes:
    """Take some members, or all, from the copy before or from the one of another key."""
    other = dice.choice((made.older, made.forged))
    differing = [name for name in made.parts if made.parts[name] != other[name]]
    taken = dice.sample(differing, dice.randint(1, len(differing)))
    return packed({**made.parts, **{name: other[name] for name in taken}})


def _signed_anew(dice: random.Random, made: Copies) -> bytes:
    """Change what the manifest says; let the signatures be anybody's but those over it."""
    message = made.parts[container.MANIFEST]
    before, after = dice.choice(
        (
            (b'"sequence":2', b'"sequence":%d' % dice.choice((1, 3, 99))),
            (b'"profile":"monitor"', b'"profile":"public"'),
            (b'"previous":null', b'"previous":"%s"' % (b"0" * 64)),
            (b'"made_at":"2022', b'"made_at":"2023'),
            (b'"person":3', b'"person":2'),
        )
    )
    assert before in message
    signers = dice.choice((made.parts, made.older, made.forged))
    names = dice.sample(SIGNING[1:3], dice.randint(0, 2))
    changed = {container.MANIFEST: message.replace(before, after)}
    return packed({**made.parts, **{name: signers[name] for name in names}, **changed})


def _names(dice: random.Random, made: Copies) -> bytes:
    """Rename, leave out, add, double or reorder members."""
    parts = dict(made.parts)
    name = dice.choice(list(parts))
    kind = dice.randrange(5)
    if kind == 0:
        stranger = dice.choice(
            ("a.txt", "csv/person.csv", "evidence/x.pdf", name.upper(), f"{name}0")
        )
        content = parts.pop(name)
        return plain_zip({**parts, stranger: content}, dice.choice((0, 1 << 11)))
    if kind == 1:
        del parts[name]
        return packed(parts)
    if kind == 2:
        return packed({**parts, f"csv/t{dice.randrange(9)}.csv": dice.randbytes(9)})
    if kind == 3:
        whole = plain_zip({name: parts[name]})
        end = whole.index(b"PK\1\2")
        at = dice.choice((0, made.whole.index(b"PK\1\2")))
        return made.whole[:at] + whole[:end] + made.whole[at:]
    order = list(parts)
    dice.shuffle(order)
    return plain_zip({one: parts[one] for one in order})


WAYS = {
    "bytes": _bytes,
    "contents": _contents,
    "exchanged": _exchanged,
    "signed anew": _signed_anew,
    "names": _names,
}


def tampered(made: Copies, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many changed copies, each with the way it was changed; none is the genuine one."""
    dice = random.Random(seed)
    ways = list(WAYS.items())
    given = 0
    while given < count:
        way, change = ways[given % len(ways)]
        data = change(dice, made)
        if data != made.whole:
            given += 1
            yield way, data
