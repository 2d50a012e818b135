"""README.ko.html and README.en.html of a snapshot: what it is and how to check it by hand.

The lines to be typed are the same in both; a test types those for Linux on a real snapshot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from db.vocab import Profile
from gwangju_desktop.snapshots import container, signing, sshsig, web
from gwangju_desktop.snapshots.manifest import Withheld
from gwangju_desktop.text import C_, N_, Msg, Words, words

TITLES = {
    Profile.MONITOR.value: N_("Copy for monitors, no. {n}"),
    Profile.PUBLIC.value: N_("Public copy, no. {n}"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a snapshot says of itself on its pages; hashes in hex, `public` the raw key."""

    office_ko: str
    office_en: str
    title: Msg
    sequence: int
    made_at: dt.datetime
    public: bytes
    previous: str | None
    audit_id: int
    audit_hash: str
    policy: int
    withheld: Mapping[str, Withheld]

    def office(self, language: str) -> str:
        """Return the office's name in a language."""
        return self.office_ko if language == "ko" else self.office_en

    def facts(self, say: Words) -> list[tuple[web.Said, web.Said]]:
        """Return the facts a page begins with."""
        key = signing.fingerprint(self.public)
        return [
            (say(N_("Made by")), self.office(say.language)),
            (say(C_("copy page", "Number")), str(self.sequence)),
            (say(N_("Made at")), say.day(self.made_at, "when")),
            (say(N_("Fingerprint of the signing key")), _code(key)),
            (say(N_("The same as OpenSSH prints it")), _code(sshsig.fingerprint(self.public))),
            (
                say(N_("Previous copy (SHA-256 of its manifest.json)")),
                _code(self.previous) if self.previous else say(N_("None; this is the first.")),
            ),
            (
                say(N_("Head of the change history")),
                _code(f"{self.audit_id} · {self.audit_hash}"),
            ),
            (say(N_("Version of the disclosure policy")), str(self.policy)),
        ]


MEMBERS: tuple[tuple[str, Msg], ...] = (
    (container.PAGE, N_("Every register, the evidence and what was withheld, on one page")),
    (container.DATABASE, N_("The same as a SQLite database; the table codebook explains it")),
    ("csv/", N_("The same as one CSV file per table, in UTF-8, for spreadsheets")),
    (container.PACKAGE, N_("Columns, types, keys and links of the CSV files (Data Package)")),
    ("evidence/", N_("Public evidence files, each named by its SHA-256")),
    (container.MANIFEST, N_("Number, time, rows by table, SHA-256 of every other file")),
    (container.SIGNATURE, N_("Signature of manifest.json (Ed25519, 64 bytes)")),
    (container.SSH_SIGNATURE, N_("Signature of manifest.json by the same key, for OpenSSH")),
    (container.ALLOWED_SIGNERS, N_("The public key, for OpenSSH")),
    (container.PUBLIC_KEY, N_("The public key, for OpenSSL")),
    (container.KEY_CHAIN, N_("How this key followed earlier ones, signed by them")),
    ("README.*.html", N_("These instructions, in Korean and English")),
)

_SSH = (
    f"ssh-keygen -Y verify -f {container.ALLOWED_SIGNERS} -I {sshsig.PRINCIPAL}"
    f" -n {sshsig.NAMESPACE} -s {container.SSH_SIGNATURE} < {container.MANIFEST}"
)
_OPENSSL = (
    f"openssl pkeyutl -verify -rawin -pubin -inkey {container.PUBLIC_KEY}"
    f" -sigfile {container.SIGNATURE} -in {container.MANIFEST}"
)
_SUMS = (
    """grep -o '"[^"]*":{"bytes":[0-9]*,"sha256":"[0-9a-f]*"}' manifest.json"""
    """ | sed -E 's/"([^"]*)":.*"sha256":"([0-9a-f]*)"}/\\2  \\1/' | sha256sum -c --quiet -"""
)
_SUMS_WINDOWS = (
    "$m = Get-Content manifest.json -Raw -Encoding UTF8 | ConvertFrom-Json\n"
    "$m.files.PSObject.Properties | Where-Object"
    " { (Get-FileHash -LiteralPath $_.Name).Hash -ne $_.Value.sha256 } | ForEach-Object Name"
)
_NOT_LISTED = (
    "find . -type f ! -path './manifest.*' | cut -c 3- | while read -r f;"
    """ do grep -qF "\\"$f\\":" manifest.json || echo "$f"; done"""
)
_KEY_HASH = f"openssl pkey -pubin -in {container.PUBLIC_KEY} -outform DER | tail -c 32 | sha256sum"
_KEY_HASH_WINDOWS = (
    f"$k = [Convert]::FromBase64String((Get-Content {container.ALLOWED_SIGNERS}).Split(' ')[-1])\n"
    "[BitConverter]::ToString([Security.Cryptography.SHA256]::Create()"
    ".ComputeHash($k, $k.Length - 32, 32)).Replace('-', '')"
)
_PREVIOUS = """grep -o '"previous":[^,]*' manifest.json"""
_LINUX, _CMD, _POWERSHELL = "linux", "cmd", "powershell"


def page(language: str, about: About, parts: Collection[str]) -> bytes:
    """Return the page in a language (ko or en); `parts` are the other members."""
    say = words(language)
    title = say(about.title, n=about.sequence)
    here = [(name, note) for name, note in MEMBERS if _is_there(name, parts)]
    body = [
        web.heading(1, title),
        web.para(about.office(language), "aside"),
        web.facts(about.facts(say)),
        web.heading(2, say(N_("What this is"))),
        web.para(
            say(
                N_(
                    "A read-only copy of the office's records, signed by the office. Personal data"
                    " and closed papers were left out by a written policy; what, how much and on"
                    " which ground stands below. It can be checked without trusting the office and"
                    " without its program."
                )
            )
        ),
        web.table(
            (say(N_("File")), say(C_("copy page", "What it is"))),
            [(_address(name, parts), say(note)) for name, note in here],
            ("code",),
        ),
        web.heading(2, say(N_("How to check it by hand"))),
        *_steps(say),
        web.heading(2, say(N_("What was withheld, and why"))),
        web.para(
            say(
                N_(
                    "Values are counted but where they are very few; column by column it stands in"
                    " 열람.html."
                )
            )
        ),
        web.table(
            (say(N_("Ground")), say(N_("Values left out or masked"))),
            [
                (
                    one.ko if language == "ko" else one.en,
                    say(C_("copy page", "not counted")) if one.count is None else f"{one.count:,}",
                )
                for one in about.withheld.values()
            ],
            ("", "number"),
        ),
    ]
    return web.page(language, f"{title} · {about.office(language)}", body)


def _steps(say: Words) -> list[str]:
    windows, linux = say(N_("Windows 10 and 11, command prompt (cmd)")), say(N_("Linux"))
    powershell = say(N_("Windows, PowerShell"))

    def lines(*typed: tuple[str, str, str]) -> list[str]:
        return [
            markup
            for system, where, line in typed
            for markup in (web.para(where, "aside"), web.command(system, line))
        ]

    return [
        web.heading(3, say(N_("1. Unpack it"))),
        web.para(
            say(
                N_(
                    "Change the ending .gwsnap to .zip and extract everything into an empty folder;"
                    " on Linux unzip does it without renaming. Type the lines below in that folder."
                )
            )
        ),
        web.heading(3, say(N_("2. Is the list signed by the office?"))),
        *lines((_CMD, windows, _SSH), (_LINUX, linux, _SSH)),
        web.para(
            say(
                N_(
                    "The answer must begin with Good, and the SHA256:… at its end must be the one"
                    " above “as OpenSSH prints it”. OpenSSH 8.1 or later is needed. With OpenSSL 3"
                    " the other signature is checked; the answer is Signature Verified"
                    " Successfully:"
                )
            )
        ),
        *lines((_LINUX, linux, _OPENSSL)),
        web.heading(3, say(N_("3. Are the files those of the list?"))),
        web.para(say(N_("One file: compare the result with its line in manifest.json."))),
        *lines(
            (_CMD, windows, f"certutil -hashfile {container.DATABASE} SHA256"),
            (_POWERSHELL, powershell, f"Get-FileHash {container.DATABASE}"),
            (_LINUX, linux, f"sha256sum {container.DATABASE}"),
        ),
        web.para(say(N_("All files at once: the names of those that differ are printed."))),
        *lines((_POWERSHELL, powershell, _SUMS_WINDOWS), (_LINUX, linux, _SUMS)),
        web.para(
            say(
                N_(
                    "Files that are not on the list (only the three manifest files may be): their"
                    " names are printed."
                )
            )
        ),
        *lines((_LINUX, linux, _NOT_LISTED)),
        web.heading(3, say(N_("4. Is it the office's key?"))),
        web.para(
            say(
                N_(
                    "Compare the fingerprint above, group by group, with the one printed in the"
                    " minutes or told by telephone; never with one that came with this file. It is"
                    " the SHA-256 of the 32 bytes of the public key:"
                )
            )
        ),
        *lines((_POWERSHELL, powershell, _KEY_HASH_WINDOWS), (_LINUX, linux, _KEY_HASH)),
        web.heading(3, say(N_("5. Does it follow the copy before?"))),
        web.para(
            say(
                N_(
                    "Numbers follow each other without a gap, and each copy names the SHA-256 of"
                    " the manifest.json of the one before. Take it of the earlier copy's"
                    " manifest.json and compare it with “Previous copy” above. The first line"
                    " prints what this copy names; the others are typed in the folder of the"
                    " earlier copy."
                )
            )
        ),
        *lines(
            (_LINUX, linux, _PREVIOUS),
            (_CMD, windows, f"certutil -hashfile {container.MANIFEST} SHA256"),
            (_LINUX, linux, f"sha256sum {container.MANIFEST}"),
        ),
        web.para(
            say(
                N_(
                    "What this does not show: that a record is true, only that the office gave it"
                    " out so, that nobody changed it since, and that no copy in between was left"
                    " out."
                )
            )
        ),
    ]


def _is_there(name: str, parts: Collection[str]) -> bool:
    if name.endswith("/"):
        return any(part.startswith(name) for part in parts)
    return name in parts or name not in (container.KEY_CHAIN,)


def _address(name: str, parts: Collection[str]) -> web.Said:
    return web.link(name, name) if name in parts else name


def _code(value: str) -> web.Html:
    return web.Html(f'<span class="code">{web.text(value)}</span>')
