"""Try a connection before it is kept: who lets one in, under what cover, and what lies there."""

from __future__ import annotations

from dataclasses import dataclass

from db import greeting
from db.errors import NotAnOffice, TooNew, Unconverted, Unreachable
from db.greeting import NotLetIn
from db.refusals import Why
from gwangju_desktop.errors import UserError
from gwangju_desktop.server.address import Address, checked
from gwangju_desktop.text import N_, Msg

# Older servers get no mends any more (postgresql.org/support/versioning).
OLDEST = 14
_SAY: dict[Why, tuple[Msg, Msg]] = {
    Why.HOST: (
        N_("There is no server named {host}."),
        N_("Check the spelling, and that this PC is in the office’s network."),
    ),
    Why.SILENT: (
        N_("Nobody answers at {host}, port {port}."),
        N_("Check the name and the port, and ask whether the server runs."),
    ),
    Why.NO_TLS: (
        N_("The server at {host} offers no encryption."),
        N_("Ask the administrator to set up TLS; nothing was sent."),
    ),
    Why.NO_ROOT: (
        N_("The certificates to check the server by cannot be read."),
        N_("Choose the authority’s certificate file that the administrator gave you."),
    ),
    Why.STRANGER: (
        N_("The certificate of {host} is not by an authority known here; nothing was sent."),
        N_("Choose the authority’s certificate file that the administrator gave you."),
    ),
    Why.OTHER_NAME: (
        N_("The certificate is that of another server than {host}; nothing was sent."),
        N_("Write the server’s name exactly as the administrator gave it."),
    ),
    Why.LOGIN: (
        N_("The server knows no login “{login}”."),
        N_("Check the spelling, or ask the administrator for one."),
    ),
    Why.PASSWORD: (
        N_("The login “{login}” or its password is wrong."),
        N_("Type both again; capitals and small letters differ."),
    ),
    Why.DATABASE: (
        N_("There is no database “{database}” on the server."),
        N_("Check the spelling, or ask the administrator to make it."),
    ),
    Why.NOT_ALLOWED: (
        N_("The server does not let “{login}” in from this PC."),
        N_("Ask the administrator to allow this PC and this login."),
    ),
    Why.FULL: (
        N_("The server has no free connection left."),
        N_("Try again in a few minutes, or tell the administrator."),
    ),
    Why.STARTING: (
        N_("The server is starting up or shutting down."),
        N_("Try again in a minute."),
    ),
    Why.OTHER: (
        N_("The server refuses the connection."),
        N_("Show the administrator the login and the database: “{login}”, “{database}”."),
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial found: an office or an empty database, and who one is there.

    `older` is an office that is converted when it is opened; `role` is "" for its owner.
    """

    empty: bool
    older: bool
    encrypted: bool
    version: int
    name: str
    role: str


def try_out(address: Address, password: str) -> Found:
    """Greet a server; raise UserError with what to put right, TooNew, NotAnOffice, Unconverted."""
    checked(address)
    values = {
        "host": address.host,
        "port": address.port,
        "database": address.database,
        "login": address.login,
    }
    try:
        met = greeting.greet(address.opened_with(password))
    except NotLetIn as error:
        message, hint = _SAY[error.why]
        raise UserError(message, hint=hint, **values) from error
    except Unreachable as error:
        message, hint = _SAY[Why.SILENT]
        raise UserError(message, hint=hint, **values) from error
    if met.version // 10_000 < OLDEST:
        raise UserError(
            N_("The server is PostgreSQL {version}; {oldest} or later is needed."),
            hint=N_("Ask the administrator for a newer one."),
            version=met.version // 10_000,
            oldest=OLDEST,
        )
    if met.revision is None:
        raise NotAnOffice(address.database)
    if met.revision > met.wanted:
        raise TooNew(f"{met.revision} > {met.wanted}")
    older = bool(met.revision) and met.revision < met.wanted
    if older and not met.owner:
        raise Unconverted(f"{met.revision} < {met.wanted}")
    return Found(
        empty=not met.revision,
        older=older,
        encrypted=met.encrypted,
        version=met.version // 10_000,
        name=met.signed_in.name,
        role=met.signed_in.role,
    )
