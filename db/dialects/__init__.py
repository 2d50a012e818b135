"""What is compiled to SQL once is compiled for every engine of its kind.

SQLAlchemy keeps compiled statements by dialect and engine. An office has three engines and a
program opens several offices, all of the same statements: each would compile them again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.util import LRUCache

__all__ = ["COMPILED", "Alike"]

# More than the statements of the whole program on both databases.
COMPILED: LRUCache[Any, Any] = LRUCache(4000)


class Alike:
    """Let two dialects of one kind and server version be equal, as keys of what was compiled."""

    server_version_info: Any

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.server_version_info == self.server_version_info

    def __hash__(self) -> int:
        return hash(type(self))


# Each is imported only when an engine of its kind is made.
registry.register("sqlite", "db.dialects.file", "File")
registry.register("postgresql.psycopg", "db.dialects.server", "Server")
