"""The structure tree of a tagged PDF: collected while pages are drawn, written at the end."""

from __future__ import annotations

from gwangju_desktop.documents.pdf_file import PdfFile, Ref, text_string


class Node:
    """A structure element; its kids are elements, marked content (page, id) or raw entries."""

    __slots__ = ("extra", "kids", "parent", "ref", "role")

    def __init__(self, role: str, parent: Node | None = None, extra: str = "") -> None:
        self.role, self.parent, self.extra = role, parent, extra
        self.kids: list[Node | tuple[int, int] | str] = []
        self.ref: Ref | None = None
        if parent is not None:
            parent.kids.append(self)


class Tree:
    """All elements of a document, by page and by the block they came from."""

    def __init__(self) -> None:
        self.root = Node("Document")
        # Page -> element of each marked content; this is the parent tree's row.
        self.pages: list[list[Node]] = []
        # Elements of links, numbered behind the pages.
        self.objects: list[Node] = []
        self._shared: dict[tuple[object, ...], Node] = {}

    def child(self, parent: Node, role: str, *key: object, extra: str = "") -> Node:
        """Return a new element; with a key the same one again when its block continues."""
        if not key:
            return Node(role, parent, extra)
        found = self._shared.get((role, *key))
        if found is None:
            found = self._shared[(role, *key)] = Node(role, parent, extra)
        return found

    def mark(self, node: Node) -> str:
        """Return the operator that opens marked content of `node` on the current page."""
        page = self.pages[-1]
        node.kids.append((len(self.pages) - 1, len(page)))
        page.append(node)
        return f"/{node.role} <</MCID {len(page) - 1}>> BDC"

    def link(self, node: Node) -> int:
        """Give a link's element its place in the parent tree and return its index there."""
        self.objects.append(node)
        return len(self.objects) - 1

    def write(self, file: PdfFile, pages: list[Ref], language: str) -> Ref:
        """Write every element that holds something and return the root's reference."""
        live: list[Node] = []
        todo = [self.root]
        while todo:
            node = todo.pop()
            node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _holds(kid)]
            live.append(node)
            todo.extend(kid for kid in reversed(node.kids) if isinstance(kid, Node))
        root = file.reserve()
        for node in live:
            node.ref = file.reserve()
        self.root.extra = f"/Lang{text_string(language)}"
        for node in live:
            assert node.ref
            file.set(node.ref, _element(node, pages, root))
        rows = [
            f"{number} [{' '.join(str(node.ref) for node in nodes)}]"
            for number, nodes in enumerate(self.pages)
        ]
        rows += [
            f"{len(self.pages) + number} {node.ref}" for number, node in enumerate(self.objects)
        ]
        parents = file.add(f"<</Nums[{' '.join(rows)}]>>")
        file.set(
            root,
            f"<</Type/StructTreeRoot/K {self.root.ref}/ParentTree {parents}"
            f"/ParentTreeNextKey {len(rows)}>>",
        )
        return root


def _holds(node: Node) -> bool:
    """Tell whether an element has content; an empty cell still holds its place in the row."""
    if node.role in ("TD", "TH"):
        return True
    return any(not isinstance(kid, Node) or _holds(kid) for kid in node.kids)


def _element(node: Node, pages: list[Ref], root: Ref) -> str:
    kids: list[str] = []
    home: int | None = None
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(str(kid.ref))
        elif isinstance(kid, str):
            kids.append(kid)
        else:
            page, number = kid
            home = page if home is None else home
            if page == home:
                kids.append(str(number))
            else:
                kids.append(f"<</Type/MCR/Pg {pages[page]}/MCID {number}>>")
    at = f"/Pg {pages[home]}" if home is not None else ""
    parent = node.parent.ref if node.parent else root
    return f"<</Type/StructElem/S/{node.role}/P {parent}/K[{' '.join(kids)}]{at}{node.extra}>>"
