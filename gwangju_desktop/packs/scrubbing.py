"""What of a foreign PDF may enter a pack: a list of keys to keep, and a search below them."""

from __future__ import annotations

from typing import Any

PAGE_KEYS = frozenset(
    ["/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"]
)
_RESOURCE_KEYS = frozenset(
    [
        "/Font",
        "/XObject",
        "/ExtGState",
        "/ColorSpace",
        "/Pattern",
        "/Shading",
        "/Properties",
        "/ProcSet",
    ]
)
# Active, identifying or pointing out of the file, wherever they stand below a resource.
_DROP = frozenset(
    [
        "/AA",
        "/A",
        "/JS",
        "/JavaScript",
        "/OPI",
        "/Ref",
        "/PieceInfo",
        "/Metadata",
        "/StructParent",
        "/StructParents",
        "/MCID",
        "/LastModified",
        "/Alternates",
        "/AF",
        "/EmbeddedFile",
        "/EF",
        "/F",
        "/FFilter",
        "/FDecodeParms",
        "/Measure",
        "/PtData",
        "/Parent",
    ]
)
_DEEPEST = 60


class Refused(Exception):
    """A paper that cannot be taken in; `code` says why (packs.papers)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pick(resources: Any) -> None:
    """Drop everything that is no resource."""
    for key in list(resources.keys()):
        if key not in _RESOURCE_KEYS:
            del resources[key]


def scrub(thing: Any, seen: set[tuple[int, int]], depth: int = 0) -> None:
    """Drop active and identifying keys everywhere below a resource, nested forms included.

    Raises Refused for data in outside files, PostScript, and nesting without end.
    """
    import pikepdf

    if depth > _DEEPEST:
        raise Refused("broken")
    if thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.Array):
        kids = list(thing)
    elif isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        _drop_keys(thing)
        kids = [value for key, value in thing.items() if key not in ("/Length", "/Filter")]
    else:
        return
    for kid in kids:
        if isinstance(kid, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
            scrub(kid, seen, depth + 1)


def _drop_keys(thing: Any) -> None:
    import pikepdf

    stream = isinstance(thing, pikepdf.Stream)
    if stream and ("/F" in thing or thing.get("/Subtype") == "/PS"):
        raise Refused("broken")
    for key in list(thing.keys()):
        # A plain /F is a font's or a graphics state's own letter; a stream's is an outside file.
        if key in _DROP and (stream or key != "/F"):
            del thing[key]
    if stream and thing.get("/Subtype") == "/Form":
        untag(thing)


def untag(stream: Any) -> None:
    """Rename /MCID in a content stream: its structure tree stays behind, ours must not be hit."""
    data = stream.read_bytes()
    if b"/MCID" in data:
        stream.write(data.replace(b"/MCID", b"/McId"))
