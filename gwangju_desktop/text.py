"""Words: msgids marked where they are declared, translated where they are shown.

English msgids; Korean is the first language on screen and paper. One mechanism for both, without
Qt, because documents are written without Qt.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import string
import struct
from collections.abc import Iterator
from contextvars import ContextVar

import resources

DOMAIN = "gwangju"
LANGUAGES = ("ko", "en")


class Msg(str):
    """A msgid: translated when shown, never when declared."""

    __slots__ = ("context",)
    context: str

    def __new__(cls, message: str, context: str = "") -> Msg:
        self = super().__new__(cls, message)
        self.context = context
        return self


class Plural(Msg):
    """A msgid with a plural form, chosen by its value `n`."""

    __slots__ = ("many",)
    many: str

    def __new__(cls, one: str, many: str) -> Plural:
        self = super().__new__(cls, one)
        assert isinstance(self, Plural)
        self.many = many
        return self


def N_(message: str) -> Msg:
    """Mark a msgid."""
    return Msg(message)


def NN_(one: str, many: str) -> Plural:
    """Mark a msgid and its plural; the value `n` chooses."""
    return Plural(one, many)


def C_(context: str, message: str) -> Msg:
    """Mark a msgid that needs a context because one English word is two Korean ones."""
    return Msg(message, context)


WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class Words(string.Formatter):
    """One language: says msgids, with dates, numbers and inner msgids following the language.

    Formats inside braces: a date takes `short` (3. 17.), `full` (2022. 3. 17.), `long`
    (2022. 3. 17.(목)), `month` (2022. 3.) or `words` (2022년 3월 17일 목요일); a datetime also
    `time` (14:00) and `when` (2022. 3. 17.(목) 14:00). English is ISO (domain: document dates).
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Say a message; a plain str is data and passes unchanged but for its values."""
        if isinstance(message, Plural):
            n = values["n"]
            assert isinstance(n, int)
            said = self._catalogue.find(message, many=message.many)
            said = said or str(message if n == 1 else message.many)
        elif isinstance(message, Msg) and message:
            said = self._catalogue.find(message, message.context) or str(message)
        else:
            said = str(message)
        return self.vformat(said, (), values) if values else said

    def format_field(self, value: object, spec: str) -> str:
        """Write one value inside a message."""
        if isinstance(value, Msg):
            return self(value)
        if isinstance(value, dt.date):
            return self.day(value, spec or "short")
        return str(super().format_field(value, spec))

    def day(self, value: dt.date | None, form: str = "short") -> str:
        """Write a date or datetime in one of the forms named in the class."""
        if value is None:
            return "–"
        if form == "time" and isinstance(value, dt.datetime):
            return f"{value:%H:%M}"
        if form == "when" and isinstance(value, dt.datetime):
            return f"{self.day(value, 'long')} {value:%H:%M}"
        y, m, d = value.year, value.month, value.day
        weekday = self(WEEKDAYS[value.weekday()])
        if self.language == "ko":
            forms = {
                "short": f"{m}. {d}.",
                "month": f"{y}. {m}.",
                "full": f"{y}. {m}. {d}.",
                "long": f"{y}. {m}. {d}.({weekday})",
                "words": f"{y}년 {m}월 {d}일 {weekday}요일",
            }
        else:
            iso = f"{y:04}-{m:02}-{d:02}"
            forms = {
                "short": f"{m:02}-{d:02}",
                "month": f"{y:04}-{m:02}",
                "full": iso,
                "long": f"{iso} ({weekday})",
                "words": f"{iso} ({weekday})",
            }
        return forms[form]

    def days(self, start: dt.date | None, end: dt.date | None, form: str = "full") -> str:
        """Write a range of dates: `~` in Korean, an en dash in English; open ends stay open."""
        first = self.day(start, form) if start else ""
        last = self.day(end, form) if end else ""
        return f"{first}~{last}" if self.language == "ko" else f"{first} – {last}".strip()


class Catalogue:
    """The words of one language that has one form for every number, from a compiled GNU file.

    Each is decoded when first said: Python's own reader decodes all of them before the first
    paint, a tenth of the start.
    """

    _MAGIC = 0x950412DE

    def __init__(self, compiled: bytes = b"") -> None:
        self._compiled = compiled
        self._found: dict[tuple[str, str], str] = {}
        self._entries: dict[bytes, int] = {}
        self._told = 0
        if not compiled:
            return
        magic, _version, count, ids, self._told = struct.unpack_from("<5I", compiled)
        if magic != self._MAGIC:
            raise ValueError("no compiled words")
        table = struct.unpack_from(f"<{2 * count}I", compiled, ids)
        spots = zip(table[::2], table[1::2], strict=True)
        keys = [compiled[at : at + size] for size, at in spots]
        self._entries = dict(zip(keys, range(count), strict=True))

    def find(self, message: str, context: str = "", many: str = "") -> str:
        """Return what a msgid is called, or nothing."""
        known = self._found.get((message, context))
        if known is None:
            key = f"{context}\4{message}" if context else str(message)
            entry = self._entries.get((f"{key}\0{many}" if many else key).encode())
            known = self._found[message, context] = "" if entry is None else self._read(entry)
        return known

    def _read(self, entry: int) -> str:
        size, at = struct.unpack_from("<2I", self._compiled, self._told + 8 * entry)
        said: bytes = self._compiled[at : at + size]
        return said.decode()


def _catalogue(language: str) -> Catalogue:
    file = resources.path("translations", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    return Catalogue(file.read_bytes() if file.exists() else b"")


_words: dict[str, Words] = {}
_language = "ko"
# A document is made in its own language while windows go on in theirs.
_meanwhile: ContextVar[str] = ContextVar("meanwhile", default="")


def words(language: str | None = None) -> Words:
    """Return the words of a language, by default of the current one."""
    code = language or _meanwhile.get() or _language
    if code not in _words:
        _words[code] = Words(code)
    return _words[code]


def use(language: str) -> None:
    """Speak this language from now on; the caller tells the windows."""
    global _language
    _language = language


@contextlib.contextmanager
def speaking(language: str) -> Iterator[Words]:
    """Speak a language inside a block, in this thread alone; what windows say stays as it is."""
    token = _meanwhile.set(language)
    try:
        yield words(language)
    finally:
        _meanwhile.reset(token)


def language() -> str:
    """Return the code of the language spoken now."""
    return _meanwhile.get() or _language


def say(message: str, **values: object) -> str:
    """Say a message in the current language."""
    return words()(message, **values)
