"""Popolo and OParl: open forms for who sits where, read and written.

Popolo: https://www.popoloproject.com/specs/ ; OParl 1.1: https://oparl.org/spezifikation/ .
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.vocab import BodyKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing import values
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_

UID = re.compile(r"[0-9a-f]{32}")
_LISTS = {
    "persons": "person",
    "people": "person",
    "organizations": "organization",
    "memberships": "membership",
    "posts": "post",
}
_BODIES = {kind.value for kind in BodyKind} | {"commission", "council", "gremium", "ausschuss"}
_PHONES = ("cell", "mobile", "phone", "voice", "tel")
_LEFT_OUT = N_("Left out: {n} memberships of organizations that the file does not hold.")


@dataclass(slots=True)
class Understood:
    """What a JSON file holds: which form it is in, rows of fields, what was left out."""

    form: str
    rows: list[dict[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """The file's objects by kind; ids name them."""

    form: str = "popolo"
    person: list[dict[str, Any]] = field(default_factory=list)
    organization: list[dict[str, Any]] = field(default_factory=list)
    membership: list[dict[str, Any]] = field(default_factory=list)
    post: list[dict[str, Any]] = field(default_factory=list)


def understand(name: str, data: Any) -> Understood:
    """Return the people, seats, organisations and posts of a JSON document as rows of fields.

    Raises UserError, naming the file, when it holds none of them.
    """
    found = _Found()
    for kind, one in _objects(data):
        if str(one.get("type", "")).startswith("https://schema.oparl.org/"):
            found.form = "oparl"
        getattr(found, kind).append(one)
    told = Understood(found.form)
    told.rows = list(_rows(found, told))
    if told.rows and not any(row.keys() & {"name", "uid", "entity"} for row in told.rows):
        raise UserError(
            N_("{file} names people whom it does not hold."),
            hint=N_("Choose a file with the people in it."),
            file=name,
        )
    if not told.rows:
        raise UserError(
            N_("{file} is JSON, but holds no people, organizations or posts."),
            hint=N_("Choose a Popolo or OParl file."),
            file=name,
        )
    return told


def _objects(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object with its kind, wherever it stands: alone, in a list, inside another."""
    if isinstance(data, list):
        for one in data:
            yield from _objects(one)
    elif isinstance(data, dict):
        lists = {key: kind for key, kind in _LISTS.items() if isinstance(data.get(key), list)}
        kind = _kind(data)
        if kind is not None:
            yield kind, data
        else:
            for key, inner in lists.items():
                yield from ((inner, one) for one in data[key] if isinstance(one, dict))
            if isinstance(data.get("data"), list):
                yield from _objects(data["data"])


def _kind(one: Mapping[str, Any]) -> str | None:
    said = str(one.get("type", "")).rpartition("/")[2].casefold()
    if said in ("person", "organization", "membership"):
        return said
    if said and "oparl.org" in str(one.get("type")):
        return None
    if any(key in one for key in ("person_id", "person")):
        return "membership"
    if "motion" in one or "votes" in one:
        return None
    if "label" in one and "name" not in one:
        return "post"
    if any(key in one for key in ("classification", "founding_date", "parent_id")):
        return "organization"
    return "person" if _string(one.get("name")) else None


def _rows(found: _Found, told: Understood) -> Iterator[dict[str, str]]:
    organizations = {_string(one.get("id")): one for one in found.organization}
    posts = {_string(one.get("id")): one for one in found.post}
    seats: dict[str, list[dict[str, Any]]] = {}
    for one in found.membership:
        person = one.get("person")
        owner = _string(person.get("id")) if isinstance(person, dict) else _string(person)
        seats.setdefault(_string(one.get("person_id")) or owner, []).append(one)
    for person in found.person:
        facts = _person(person)
        inside = person.get("memberships") or person.get("membership") or []
        mine = [*seats.pop(_string(person.get("id")), []), *(m for m in inside if _is_dict(m))]
        known = [seat for one in mine if (seat := _seat(one, organizations, posts))]
        told.remarks.extend(_left_out(len(mine) - len(known)))
        yield from ({**facts, **seat} for seat in known or [{}])
    for owner, stray in seats.items():
        for one in stray:
            named = one.get("person")
            facts = _person(named) if isinstance(named, dict) else _identified(owner)
            yield {**facts, **(_seat(one, organizations, posts) or {})}
    if not found.person and not found.membership:
        yield from _others(found)


def _others(found: _Found) -> Iterator[dict[str, str]]:
    """Yield the organisations and posts of a file that is about nothing else."""
    organizations = {_string(one.get("id")): one for one in found.organization}
    for one in found.organization:
        if name := _string(one.get("name")):
            yield {"entity": "organisation", "organisation": name}
    for one in found.post:
        if name := _string(one.get("role")) or _string(one.get("label")):
            of = organizations.get(_string(one.get("organization_id")), {})
            yield {"entity": "post", "post": name, "organisation": _string(of.get("name"))}


def _person(one: Mapping[str, Any]) -> dict[str, str]:
    others = [other for other in _list(one.get("other_names")) if _is_dict(other)]
    by_note = {_string(other.get("note")): _string(other.get("name")) for other in others}
    aliases = [
        _string(other.get("name"))
        for other in others
        if _string(other.get("note")) not in ("hanja", "latin")
    ]
    details = [detail for detail in _list(one.get("contact_details")) if _is_dict(detail)]
    phones = [_string(d.get("value")) for d in details if d.get("type") in _PHONES]
    mails = [_string(d.get("value")) for d in details if d.get("type") == "email"]
    return _filled(
        **_identified(_string(one.get("id"))),
        name=_string(one.get("name")),
        hanja=by_note.get("hanja", ""),
        latin=by_note.get("latin", ""),
        aliases="; ".join(alias for alias in aliases if alias),
        gender=_gender(_string(one.get("gender"))),
        birth=_string(one.get("birth_decade")) or _string(one.get("birth_date")),
        phone=(phones or [_first(one.get("phone"))])[0],
        email=_first(one.get("email")) or "".join(mails[:1]),
        post=_first(one.get("status")),
        note=_string(one.get("note")),
    )


def _identified(id: str) -> dict[str, str]:
    return {"uid": id} if UID.fullmatch(id) else {"external": id}


def _gender(said: str) -> str:
    """Keep what is a sex in our counts; other words are left out, not refused."""
    try:
        return values.gender(said)
    except UserError:
        return ""


def _seat(
    one: Mapping[str, Any],
    organizations: Mapping[str, Mapping[str, Any]],
    posts: Mapping[str, Mapping[str, Any]],
) -> dict[str, str] | None:
    """Return a membership's fields; None when nobody knows what it is a membership of."""
    where = one.get("organization")
    found: Mapping[str, Any] | None = where if isinstance(where, dict) else None
    if found is None:
        named = _string(one.get("organization_id")) or _string(where)
        found = organizations.get(named)
    if found is None or not _string(found.get("name")):
        return None
    said = _string(found.get("classification")) or _string(found.get("organizationType"))
    place = "body" if said.casefold() in _BODIES else "organisation"
    behalf = organizations.get(_string(one.get("on_behalf_of_id")), {})
    post = _string(posts.get(_string(one.get("post_id")), {}).get("label"))
    role = _string(one.get("role"))
    try:
        known = values.role(role)
    except UserError:
        known = ""
        post = post or role
    return _filled(
        **{"organisation": _string(behalf.get("name")), place: _string(found.get("name"))},
        post=post,
        role=known,
        start=_string(one.get("start_date")) or _string(one.get("startDate")),
        end=_string(one.get("end_date")) or _string(one.get("endDate")),
        voting=_string(one.get("voting", one.get("votingRight", ""))),
        **{key: _string(one.get(key)) for key in OURS},
    )


# Fields of a seat that Popolo has no name for; they are written under their own.
OURS = (
    "capacity",
    "field",
    "term",
    "end_reason",
    "appointments",
    "channel",
    "recommender",
    "number",
)


def _left_out(n: int) -> list[Remark]:
    return [remark(_LEFT_OUT, n=n)] if n else []


def _filled(**texts: str) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def _string(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int)):
        return str(value).strip()
    return ""


def _first(value: Any) -> str:
    found = [_string(one) for one in _list(value)] if isinstance(value, list) else [_string(value)]
    return next((text for text in found if text), "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


# --- writing --------------------------------------------------------------------------------------


def document(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return rows of the roll (exporting.roll) as one Popolo document."""
    persons: dict[str, dict[str, Any]] = {}
    organizations: dict[str, dict[str, Any]] = {}
    posts: dict[str, dict[str, Any]] = {}
    memberships: list[dict[str, Any]] = []
    for row in rows:
        persons.setdefault(row["uid"], _written_person(row))
        from_where = None
        if row.get("organisation"):
            from_where = _organization(organizations, row["organisation"], "organisation")
        where = from_where
        if row.get("body"):
            where = _organization(organizations, row["body"], row["body_kind"])
        if where is None:
            continue
        seat = {
            "person_id": row["uid"],
            "organization_id": where,
            "on_behalf_of_id": from_where if from_where != where else None,
            "role": row.get("role"),
            "post_id": _post(posts, row.get("post"), from_where),
            "start_date": _iso(row.get("start")),
            "end_date": _iso(row.get("end")),
            "voting": row.get("voting"),
            **{key: row.get(key) for key in OURS},
        }
        memberships.append({key: value for key, value in seat.items() if value not in (None, "")})
    return {
        "persons": list(persons.values()),
        "organizations": list(organizations.values()),
        "memberships": memberships,
        "posts": list(posts.values()),
    }


def _written_person(row: Mapping[str, Any]) -> dict[str, Any]:
    names = [(alias, "") for alias in row.get("aliases") or ()]
    names += [(row[key], key) for key in ("hanja", "latin") if row.get(key)]
    others = [{"name": name, "note": note} if note else {"name": name} for name, note in names]
    phone = row.get("phone")
    person = {
        "id": row["uid"],
        "name": row["name"],
        "other_names": others,
        "gender": row.get("gender"),
        "birth_decade": row.get("birth"),
        "email": row.get("email"),
        "contact_details": [{"type": "cell", "value": phone}] if phone else [],
        "note": row.get("note"),
    }
    return {key: value for key, value in person.items() if value not in (None, "", [])}


def _organization(known: dict[str, dict[str, Any]], name: str, kind: str) -> str:
    id = f"{'body' if kind != 'organisation' else 'organisation'}/{name}"
    known.setdefault(id, {"id": id, "name": name, "classification": kind})
    return id


def _post(known: dict[str, dict[str, Any]], label: str | None, of: str | None) -> str | None:
    if not label:
        return None
    id = f"post/{of or ''}/{label}"
    known.setdefault(id, {"id": id, "label": label, "organization_id": of})
    return id


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
