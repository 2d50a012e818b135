"""Numbers that may not be kept here: resident registration numbers and bank accounts.

The law lets no office of this kind store a resident registration number (개인정보 보호법 제24조의2),
and the allowance is paid by another system that has the accounts. They are looked for in every text
that is entered, free text too.

A registration number is six digits that are a date, then seven of which the first is 1 to 8.

A bank account is told from other numbers in two ways, because accounts have no check digit:
* by its grouping alone, when that is one only banks write (`GROUPINGS`): 110-123-456789;
* by company: ten to sixteen digits, hyphens or blanks between them or not, within 20 characters of
  a bank's name or of 계좌, 입금, 예금주 in the same line.
What is surely something else passes in either case: telephone numbers, business registration
numbers (3-2-5), dates, amounts with a unit after them, numbers that are part of a longer
code (letters, or a further group of digits: ISBN, document ids). 4-4-4(-4) passes without company:
it is as often a machine's number as an account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, Msg

_DASH = r"[-‐‑‒–—−]"
_REGISTRATION_NUMBER = re.compile(
    rf"(?<!\d)(\d{{2}})(\d{{2}})(\d{{2}})(?:\s|{_DASH}|\.)*[1-8]\d{{6}}(?!\d)"
)
# Digits in groups, the whole run; not a part of a longer code.
_RUN = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]{_DASH})\d+(?: ?{_DASH} ?\d+)*(?!{_DASH}?[0-9A-Za-z])"
)
_BLANKS = re.compile(r"(?<![\w.,-])[1-9]\d*(?: \d+){1,4}(?![\w-])", re.ASCII)
# How banks write accounts: 국민, 우체국 6-2-6; 신한, 광주 3-3-6; 우리 4-3-6; 농협 3-4-4-2;
# 하나 3-6-5; 기업 3-6-2-3; 카카오뱅크 4-2-7; 제일 3-2-6; 새마을금고 4-4-4-1; 농협(옛) 3-2-6, 6-2-6.
GROUPINGS = frozenset(
    {
        (6, 2, 6),
        (3, 3, 6),
        (4, 3, 6),
        (3, 4, 4, 2),
        (3, 6, 5),
        (3, 6, 2, 3),
        (4, 2, 7),
        (3, 2, 6),
        (4, 4, 4, 1),
    }
)
_BUSINESS = (3, 2, 5)
_COMPANY = re.compile(
    r"은행|뱅크|농협|수협|신협|새마을금고|우체국|계좌|입금|송금|예금주|통장"
    r"|\baccount\b|\bbank\b",
    re.IGNORECASE,
)
NEAR = 20
_PHONE = re.compile(r"(?:0|820?)(?:1[016789]\d{7,8}|2\d{7,8}|[3-6]\d{8,9}|[78]0\d{7,8}|50\d{8,9})")
# A year, or a year and a month, leads a document's number rather than an account.
_YEAR = re.compile(r"(?:19[5-9]|20[0-3])\d(?:0[1-9]|1[0-2])?")
_DATED = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?")
_UNIT = re.compile(
    r" ?(?:[천백십]?만|[천백]?억|천|조)? ?(?:원|달러|명|건|개|kWh|MWh|GWh|KRW|won|톤|%)"
)

FIELDS: dict[str, Msg] = {
    "name": N_("Name"),
    "name_ko": N_("Name (Korean)"),
    "name_en": N_("Name (English)"),
    "short_ko": N_("Short name (Korean)"),
    "short_en": N_("Short name (English)"),
    "hanja": N_("Name in Hanja"),
    "latin": N_("Name in Latin letters"),
    "phone": N_("Mobile"),
    "email": N_("E-mail"),
    "note": N_("Note"),
    "post": N_("Post"),
    "organisation": N_("Organisation"),
    "field": N_("Seat group"),
    "recommender": N_("Recommended by"),
    "appointment_number": N_("Number of the letter"),
    "ordinance": N_("Ordinance"),
    "source": N_("Source"),
    "title": N_("Title"),
    "place": N_("Place"),
    "presiding": N_("Presided by"),
    "secretariat": N_("Secretariat"),
    "presenter": N_("Presenter"),
    "request": N_("What the body is asked to decide"),
    "reason": N_("Reason for the proposal"),
    "contents": N_("Main contents"),
    "reference": N_("For reference"),
}


def holds_registration_number(text: str) -> bool:
    """Say whether a text holds a resident registration number, however written."""
    for found in _REGISTRATION_NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        month, day = int(found[2]), int(found[3])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return True
    return False


def holds_account_number(text: str) -> bool:
    """Say whether a text holds a bank account number, by its grouping or by its company."""
    lines = unicodedata.normalize("NFKC", text).splitlines()
    return any(True for line in lines for _ in account_numbers(line))


def account_numbers(line: str) -> Iterator[re.Match[str]]:
    """Yield the bank account numbers of a line."""
    company = [found.span() for found in _COMPANY.finditer(line)]
    for found in _RUN.finditer(line):
        if not _is_other(found, line) and (_is_grouped_so(found[0]) or _is_near(found, company)):
            yield found
    for found in _BLANKS.finditer(line):
        if not _is_other(found, line) and _is_near(found, company):
            yield found


def _is_grouped_so(number: str) -> bool:
    """Say whether only a bank groups digits like this."""
    first = re.split(r"\D", number)[0]
    return _groups(number) in GROUPINGS and not _YEAR.fullmatch(first)


def _is_near(found: re.Match[str], company: Sequence[tuple[int, int]]) -> bool:
    """Say whether a number of ten to sixteen digits stands near a bank's word."""
    return 10 <= len(_digits(found[0])) <= 16 and any(
        begins - NEAR <= found.end() and found.start() <= ends + NEAR for begins, ends in company
    )


def _is_other(found: re.Match[str], line: str) -> bool:
    """Say whether a number is a telephone, a business, a date or an amount."""
    digits, groups = _digits(found[0]), _groups(found[0])
    return bool(
        _PHONE.fullmatch(digits)
        or groups == _BUSINESS
        or _DATED.fullmatch(digits)
        or _UNIT.match(line, found.end())
    )


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())


def _groups(number: str) -> tuple[int, ...]:
    return tuple(len(part) for part in re.findall(r"\d+", number))


def refuse(values: Mapping[str, Any]) -> None:
    """Raise UserError when a text holds a barred number: it names the field, never the number."""
    for name, value in values.items():
        if not isinstance(value, str):
            continue
        label = FIELDS.get(name, N_("Text entered"))
        if holds_registration_number(value):
            raise UserError(
                N_("{field}: a resident registration number may not be kept here."),
                hint=N_("Take it out of the text; the law allows no office to store it for this."),
                field=label,
            )
        if holds_account_number(value):
            raise UserError(
                N_("{field}: a bank account number may not be kept here."),
                hint=N_("Take it out of the text; allowances are paid by the accounting system."),
                field=label,
            )
