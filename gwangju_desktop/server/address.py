"""Where an office server is and how it is reached; a password is never part of what is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg

DRIVER = "postgresql+psycopg"
PORT = 5432
FULL, AUTHORITY, ONLY, NEVER = "verify-full", "verify-ca", "require", "disable"
# How much of the server's certificate is looked at (libpq, sslmode), the safest first.
MODES: dict[str, Msg] = {
    FULL: N_("Encrypted, the server’s certificate and name are checked (recommended)"),
    AUTHORITY: N_("Encrypted, the server’s certificate is checked"),
    ONLY: N_("Encrypted, whoever the server is"),
    NEVER: N_("Not encrypted: only for a server on this PC"),
}
_HOST = re.compile(r"[A-Za-z0-9.:_-]+|/[^\s?#]+")
_PEM = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server, and the login it is opened with.

    `root` is the file with the certificate of the authority that signed the server's; "" takes
    the system's own.
    """

    host: str
    database: str
    login: str
    port: int = PORT
    mode: str = FULL
    root: str = ""

    @property
    def url(self) -> str:
        """Return the address without a password."""
        return self._with(None).render_as_string(hide_password=False)

    def opened_with(self, password: str) -> str:
        """Return the address a connection is made with; never to be kept or shown."""
        return self._with(password or None).render_as_string(hide_password=False)

    def _with(self, password: str | None) -> URL:
        query = {"sslmode": self.mode}
        if self.mode in (FULL, AUTHORITY):
            query["sslrootcert"] = self.root or "system"
        # A folder is where a socket lies; libpq takes it as a parameter alone.
        socket = self.host.startswith("/")
        if socket:
            query["host"] = self.host
        return URL.create(
            DRIVER,
            username=self.login or None,
            password=password,
            host=None if socket else self.host,
            port=None if socket and self.port == PORT else self.port,
            database=self.database,
            query=query,
        )

    def __str__(self) -> str:
        """Return what people call it: the database and where it is, no login."""
        return f"{self.database} · {self.host}"


def parted(url: str) -> tuple[Address, str]:
    """Read a URL: the address, and the password that stood in it; UserError for what is none."""
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        raise UserError(NO_ADDRESS, hint=BEGINS) from None
    query = {key: str(value) for key, value in read.query.items()}
    root = query.get("sslrootcert", "")
    host = read.host or query.get("host", "")
    address = Address(
        host=host,
        database=read.database or "",
        login=read.username or "",
        port=read.port or int(query.get("port", PORT)),
        # As libpq takes an address that says nothing: whoever typed it chose so.
        mode=query.get("sslmode", NEVER if host.startswith("/") else "prefer"),
        root="" if root == "system" else root,
    )
    return address, str(read.password or "")


def without_password(url: str) -> str:
    """Return a URL as it may be kept and shown."""
    read = make_url(url)
    # Not `set`, which takes None for nothing to change.
    bare = URL.create(
        read.drivername, read.username, None, read.host, read.port, read.database, read.query
    )
    return bare.render_as_string(hide_password=False)


def with_password(url: str, password: str | None) -> str:
    """Return a URL a connection is made with; never to be kept or shown."""
    return make_url(url).set(password=password).render_as_string(hide_password=False)


def with_login(url: str, login: str) -> str:
    """Return a URL for another login."""
    return make_url(url).set(username=login).render_as_string(hide_password=False)


NO_ADDRESS = N_("That is no address of an office server.")
BEGINS = N_("It begins with postgresql+psycopg://.")


def checked(address: Address) -> Address:
    """Return an address as a person typed it; raise UserError for what cannot be one."""
    if not address.host or not _HOST.fullmatch(address.host):
        raise UserError(
            N_("“{host}” is no name of a server."),
            hint=N_("Write its name or its number as the administrator gave it: office.city.kr."),
            host=address.host,
        )
    if not address.database:
        raise UserError(N_("The name of the database is missing."))
    if not address.login:
        raise UserError(N_("The login is missing."), hint=N_("The administrator gives it to you."))
    if address.mode == AUTHORITY and not address.root:
        raise UserError(
            N_("To check the certificate alone, the certificate file of the authority is needed."),
            hint=N_("Choose the file, or check the name as well."),
        )
    if address.root:
        _refuse_no_certificate(Path(address.root))
    return address


def _refuse_no_certificate(path: Path) -> None:
    with path.open("rb") as file:
        if _PEM not in file.read(1_000_000):
            raise UserError(
                N_("“{file}” holds no certificate."),
                hint=C_("certificate", "It is a text that begins with BEGIN CERTIFICATE."),
                file=path.name,
            )
