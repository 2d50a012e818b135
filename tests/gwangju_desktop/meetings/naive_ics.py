"""A second, deliberately plain reader of iCalendar files, to check what the first one wrote."""

from __future__ import annotations


def read(data: bytes) -> list[dict[str, tuple[dict[str, str], str]]]:
    """Return the properties of every event: name -> (parameters, value)."""
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, "a line is longer than 75 bytes"
        assert b"\n" not in line, "a line ends otherwise than in CR LF"
    text = data.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "")
    events: list[dict[str, tuple[dict[str, str], str]]] = []
    open_: list[str] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        if name == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_.pop() == value
        elif open_[-1] == "VEVENT":
            plain = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
            split = dict(one.split("=", 1) for one in parameters)
            events[-1][name] = (split, plain.replace("\\\\", "\\"))
    assert not open_
    return events
