"""A connection is tried: each way it fails has its sentence, and no password is kept in the clear."""

from __future__ import annotations

import dataclasses
import datetime as dt
import ipaddress
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from db import greeting
from db.errors import NotAnOffice, TooNew, Unconverted
from db.refusals import Why, why
from db.store import Store
from gwangju_desktop import keyrings
from gwangju_desktop.errors import UserError
from gwangju_desktop.server import secret, trial
from gwangju_desktop.server.address import AUTHORITY, FULL, NEVER, ONLY, Address, checked, parted
from tests.servers import Cover, Server, Wire, served

PASSWORD = "서버 암호 p@ss:/?#"


class Memory(KeyringBackend):
    """A keyring as a desktop has one."""

    priority = -1  # type: ignore[assignment]  # Nobody but these tests may find it.

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[Memory]:
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    keyrings._typed.clear()
    yield made
    keyring.set_keyring(before)
    keyrings._typed.clear()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as made:
        Store.create(made.url).close()
        made.administer("CREATE DATABASE bare")
        made.demand_password("clerk", PASSWORD)
        yield made


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    made = Wire(server.socket)
    yield made
    made.close()


def at(wire: Wire, **other: object) -> Address:
    here = Address("127.0.0.1", "office", "postgres", wire.port, NEVER)
    return dataclasses.replace(here, **other)  # type: ignore[arg-type]


def refusal(address: Address, password: str = "") -> str:
    with pytest.raises(UserError) as told:
        trial.try_out(address, password)
    assert password == "" or password not in str(told.value)
    return str(told.value)


def test_an_office_an_empty_database_and_something_else(server: Server, wire: Wire) -> None:
    met = trial.try_out(at(wire), "")
    assert not met.empty and not met.older and met.role == ""
    assert met.version >= trial.OLDEST
    assert trial.try_out(at(wire, database="bare"), "").empty
    server.administer("CREATE DATABASE other")
    with Store.open(server.url), pytest.raises(NotAnOffice):
        _other(server)
        trial.try_out(at(wire, database="other"), "")


def _other(server: Server) -> None:
    import psycopg

    plain = server.address("other").replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE TABLE shop (id int)")


def test_each_failure_has_its_sentence(server: Server, wire: Wire) -> None:
    assert "clerk" in refusal(at(wire, login="clerk"), "다른 암호")
    assert "비밀번호" in refusal(at(wire, login="clerk"))
    assert "nobody" in refusal(at(wire, login="nobody"))
    assert "elsewhere" in refusal(at(wire, database="elsewhere"))
    assert "암호화" in refusal(at(wire, mode=ONLY))
    assert "no-such-host.invalid" in refusal(at(wire, host="no-such-host.invalid"))
    wire.cut()
    assert str(wire.port) in refusal(at(wire))
    free = Wire(server.socket)
    free.close()
    assert str(free.port) in refusal(at(free))


def test_what_cannot_be_an_address_is_said_before_anybody_is_asked(tmp_path: Path) -> None:
    good = Address("office.city.kr", "gwangju", "clerk")
    assert checked(good) is good and good.mode == FULL
    text = tmp_path / "메모.txt"
    text.write_text("아무 글", "utf-8")
    for wrong in (
        {"host": ""},
        {"host": "https://office.city.kr"},
        {"database": ""},
        {"login": ""},
        {"mode": AUTHORITY},
        {"root": str(text)},
    ):
        with pytest.raises(UserError):
            checked(dataclasses.replace(good, **wrong))  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        checked(dataclasses.replace(good, root=str(tmp_path / "없음.crt")))


def test_an_office_of_another_version(
    server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greeting.migrate, "head", lambda: "0001")
    with pytest.raises(TooNew):
        trial.try_out(at(wire), "")
    monkeypatch.setattr(greeting.migrate, "head", lambda: "9999")
    assert trial.try_out(at(wire), "").older
    server.administer("GRANT CONNECT ON DATABASE office TO clerk")
    _let_look(server)
    with pytest.raises(Unconverted):
        trial.try_out(at(wire, login="clerk"), PASSWORD)
    monkeypatch.undo()
    assert not trial.try_out(at(wire, login="clerk"), PASSWORD).older
    monkeypatch.setattr(trial, "OLDEST", 99)
    assert "PostgreSQL" in refusal(at(wire))


def _let_look(server: Server) -> None:
    import psycopg

    plain = server.url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("GRANT SELECT ON alembic_version TO clerk")


def test_an_address_never_holds_the_password(ring: Memory) -> None:
    address = Address("db.city.kr", "사무국", "clerk", 6432, root="/etc/ca 파일.crt")
    assert "p@ss" not in address.url
    assert parted(address.url) == (address, "")
    assert parted(address.opened_with(PASSWORD)) == (address, PASSWORD)
    # A system without a keyring: known while the program runs, and asked for again after.
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert not keyrings.keeps() and secret.known(address) is None
    assert not secret.keep(address, PASSWORD) and secret.known(address) == PASSWORD
    secret.forget(address)
    assert secret.known(address) is None
    keyring.set_keyring(ring)
    assert keyrings.keeps() and secret.keep(address, PASSWORD)
    keyrings._typed.clear()
    assert secret.known(address) == PASSWORD
    assert [*ring.held] == [("gwangju-desktop", "clerk@db.city.kr:6432/사무국")]
    secret.forget(address)
    secret.forget(address)
    assert ring.held == {} and secret.known(address) is None


def test_a_servers_words_are_known_in_korean_too() -> None:
    said = '치명적오류:  사용자 "clerk"의 password 인증을 실패했습니다'
    assert why(said) is Why.PASSWORD
    assert why('치명적오류:  "office" 데이터베이스 없음') is Why.DATABASE
    assert why("FATAL:  something new") is Why.OTHER
    assert why("something new") is Why.SILENT


def authority(name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Make an authority, for this test alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate(name, key, key, name, root=True)


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    issuer: str,
    *,
    root: bool = False,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    called = lambda words: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, words)])  # noqa: E731
    built = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(root, None), critical=True)
    )
    if not root:
        names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        built = built.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return built.sign(signer, hashes.SHA256())


def test_the_certificate_and_the_name_in_it_are_looked_at(server: Server, tmp_path: Path) -> None:
    signer, root = authority("예시 인증기관")
    _other_key, stranger = authority("다른 인증기관")
    key = ec.generate_private_key(ec.SECP256R1())
    pem = serialization.Encoding.PEM
    (tmp_path / "기관 ca.crt").write_bytes(root.public_bytes(pem))
    (tmp_path / "다른 ca.crt").write_bytes(stranger.public_bytes(pem))
    (tmp_path / "server.crt").write_bytes(
        certificate("db", key, signer, "예시 인증기관").public_bytes(pem)
    )
    (tmp_path / "server.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    cover = Cover(server.socket, tmp_path / "server.crt", tmp_path / "server.key")
    try:
        good = Address(
            "127.0.0.1", "office", "postgres", cover.port, FULL, str(tmp_path / "기관 ca.crt")
        )
        assert trial.try_out(good, "").version >= trial.OLDEST
        # The same certificate under another of this PC's names.
        other = dataclasses.replace(good, host="localhost")
        assert "localhost" in refusal(other)
        assert trial.try_out(dataclasses.replace(other, mode=AUTHORITY), "").version
        unknown = dataclasses.replace(good, root=str(tmp_path / "다른 ca.crt"))
        assert "인증기관" in refusal(unknown, PASSWORD)
        assert "인증기관" in refusal(dataclasses.replace(good, root=""), PASSWORD)
        with Store.open(good.url) as store:
            assert store.wait(0.1) and not store.wait(0.01)
    finally:
        cover.close()
