"""The smallest PDF file that does the work: numbered objects, packed, the same bytes every time.

Why not a library's canvas: tags, links and fonts must name objects that come later, and a canvas
puts an unembedded Helvetica and page keys of its own into every page.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

# Objects that are no streams lie packed in groups of this many.
_GROUP = 200
_LEVEL = 6
# Up to this many bytes a window of 2 to the 12th and little memory pack as well.
_SHORT, _SMALL_WINDOW = 4096, (12, 5)


class Ref(int):
    """The number of an object; written `n 0 R`."""

    def __str__(self) -> str:
        return f"{int(self)} 0 R"


def text_string(text: str) -> str:
    """Return a PDF text string of any Unicode text."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"


class PdfFile:
    """Collects objects and writes them with object streams (PDF 1.7)."""

    def __init__(self) -> None:
        self._plain: dict[int, str] = {}
        self._streams: dict[int, bytes] = {}
        self._count = 0

    def reserve(self) -> Ref:
        """Return a reference to an object that is set later."""
        self._count += 1
        return Ref(self._count)

    def set(self, ref: Ref, body: str) -> None:
        """Set what a reserved reference stands for."""
        self._plain[int(ref)] = body

    def add(self, body: str) -> Ref:
        """Add an object that is no stream."""
        ref = self.reserve()
        self.set(ref, body)
        return ref

    def stream(self, data: bytes, entries: str = "") -> Ref:
        """Add a compressed stream; `entries` are further keys of its dictionary."""
        ref = self.reserve()
        self._streams[int(ref)] = _stream(data, entries)
        return ref

    def write(self, out: BinaryIO, *, root: Ref, info: Ref) -> None:
        """Write the whole file; its identifier is the digest of what it holds."""
        # object number -> (kind, offset or group's number, 0 or index in the group)
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        digest = hashlib.sha256()
        position = 0

        def put(data: bytes) -> None:
            nonlocal position
            digest.update(data)
            position += out.write(data)

        put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number, body in self._streams.items():
            places[number] = (1, position, 0)
            put(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        numbers = list(self._plain)
        for start in range(0, len(numbers), _GROUP):
            group = numbers[start : start + _GROUP]
            holder = int(self.reserve())
            places[holder] = (1, position, 0)
            for index, number in enumerate(group):
                places[number] = (2, holder, index)
            body = self._packed(group)
            put(b"%d 0 obj\n%b\nendobj\n" % (holder, body))
        table = int(self.reserve())
        start = position
        places[table] = (1, start, 0)
        rows = b"".join(
            kind.to_bytes(1, "big") + first.to_bytes(5, "big") + second.to_bytes(2, "big")
            for kind, first, second in (places[number] for number in range(table + 1))
        )
        name = digest.hexdigest()[:32]
        entries = (
            f"/Type/XRef/Size {table + 1}/W[1 5 2]/Root {root}/Info {info}/ID[<{name}><{name}>]"
        )
        put(
            b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (table, _stream(rows, entries), start)
        )

    def _packed(self, group: list[int]) -> bytes:
        bodies = [self._plain[number].encode("latin-1") for number in group]
        head: list[str] = []
        offset = 0
        for number, body in zip(group, bodies, strict=True):
            head.append(f"{number} {offset}")
            offset += len(body) + 1
        index = (" ".join(head) + "\n").encode()
        entries = f"/Type/ObjStm/N {len(group)}/First {len(index)}"
        return _stream(index + b"\n".join(bodies) + b"\n", entries)


def _packed(data: bytes) -> bytes:
    """Return data deflated; a short one with a small window, which costs a tenth to set up."""
    if len(data) > _SHORT:
        return zlib.compress(data, _LEVEL)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, *_SMALL_WINDOW)
    return packer.compress(data) + packer.flush()


def _stream(data: bytes, entries: str) -> bytes:
    packed = _packed(data)
    head = f"<<{entries}/Length {len(packed)}/Filter/FlateDecode>>stream\n".encode("latin-1")
    return head + packed + b"\nendstream"
