"""Hidden layers are cut out of a paper: what no reader shows must not lie in a file for all.

A copy of pages alone would even switch them on (ISO 32000-1, 8.11). What they paint goes; what
they do to the state of drawing stays, so that the rest looks as it did.
"""

from __future__ import annotations

from typing import Any

_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_SHOWS = frozenset(["Tj", "TJ", "Do", "sh", "INLINE IMAGE"])
_DEEPEST = 30
Seen = set[tuple[int, int]]


def hidden(pdf: Any) -> Seen:
    """Return the layers that are switched off, as object numbers; their names are forgotten."""
    off = _switched_off(pdf)
    for layer in pdf.Root.get("/OCProperties", {}).get("/OCGs", []):
        if layer.objgen in off:
            layer.Name = ""
    return off


def _switched_off(pdf: Any) -> Seen:
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return set()
    default = layers.get("/D", {})
    if str(default.get("/BaseState", "/ON")) != "/OFF":
        return {layer.objgen for layer in default.get("/OFF", [])}
    shown = {layer.objgen for layer in default.get("/ON", [])}
    return {layer.objgen for layer in layers.get("/OCGs", [])} - shown


def is_off(layer: Any, off: Seen) -> bool:
    """Say whether what belongs to a layer, or to several by a policy, is hidden."""
    import pikepdf

    if not isinstance(layer, pikepdf.Dictionary):
        return False
    if layer.get("/Type") != "/OCMD":
        return layer.objgen in off
    groups = layer.get("/OCGs", pikepdf.Array())
    states = [
        group.objgen in off
        for group in (groups if isinstance(groups, pikepdf.Array) else [groups])
        if isinstance(group, pikepdf.Dictionary)
    ]
    if not states:
        return False
    policy = str(layer.get("/P", "/AnyOn"))
    shown = {
        "/AllOn": not any(states),
        "/AnyOff": any(states),
        "/AllOff": all(states),
    }.get(policy, not all(states))
    return not shown


def cut_page(pdf: Any, page: Any, off: Seen, seen: Seen) -> None:
    """Cut hidden layers out of a page and the forms it draws."""
    page.contents_coalesce()
    resources = page.resources
    body = page.obj.get("/Contents")
    if body is not None:
        page.obj.Contents = pdf.make_stream(_without(body, resources, off))
    _cut_forms(pdf, resources, off, seen, 0)


def _cut_forms(pdf: Any, resources: Any, off: Seen, seen: Seen, depth: int) -> None:
    import pikepdf

    for key in ("/XObject", "/Pattern"):
        drawn = resources.get(key, pikepdf.Dictionary())
        for name in list(drawn.keys()):
            form = drawn[name]
            if not isinstance(form, pikepdf.Stream):
                continue
            if is_off(form.get("/OC"), off):
                drawn[name] = _nothing(pdf)
            elif form.get("/Subtype") == "/Form" or key == "/Pattern":
                _cut_form(pdf, form, resources, off, seen, depth + 1)


def _cut_form(pdf: Any, form: Any, around: Any, off: Seen, seen: Seen, depth: int) -> None:
    if depth > _DEEPEST or form.objgen in seen:
        return
    seen.add(form.objgen)
    resources = form.get("/Resources", around)
    form.write(_without(form, resources, off))
    if "/Resources" in form:
        _cut_forms(pdf, resources, off, seen, depth)


def _nothing(pdf: Any) -> Any:
    import pikepdf

    box = pikepdf.Array([0, 0, 0, 0])
    return pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box)


def _without(body: Any, resources: Any, off: Seen) -> bytes:
    """Return a content stream without what its hidden layers paint."""
    import pikepdf

    kept: list[tuple[Any, Any]] = []
    nested: list[bool] = []
    for instruction in pikepdf.parse_content_stream(body):
        operands, name = list(instruction.operands), str(instruction.operator)
        if name in ("BDC", "BMC"):
            nested.append(name == "BDC" and _marks_off(operands, resources, off))
            if nested[-1]:
                operands, name = [pikepdf.Name("/Cut")], "BMC"
        elif name == "EMC" and nested:
            nested.pop()
        elif any(nested):
            if name in _SHOWS:
                continue
            operands, name = _silent(operands, name)
        kept.append((operands, pikepdf.Operator(name)))
    return pikepdf.unparse_content_stream(kept)


def _silent(operands: list[Any], name: str) -> tuple[list[Any], str]:
    """Return what an operator does beside painting."""
    if name in _PAINTS:
        return [], "n"
    if name in ("'", '"'):
        return [], "T*"
    return operands, name


def _marks_off(operands: list[Any], resources: Any, off: Seen) -> bool:
    import pikepdf

    if len(operands) != 2 or operands[0] != "/OC":
        return False
    layer = operands[1]
    if isinstance(layer, pikepdf.Name):
        layer = resources.get("/Properties", pikepdf.Dictionary()).get(str(layer))
    return is_off(layer, off)
