"""Alembic's entry: runs on the connection db/migrate.py hands over."""

from alembic import context

from db import schema
from db.base import Base


def not_the_index(
    _object: object, name: str | None, kind: str, _reflected: bool, _to: object
) -> bool:
    """Leave the full-text index out: each engine has its own kind."""
    return not (kind == "table" and (name or "").startswith("search_fts"))


schema.everything()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=not_the_index,
)
with context.begin_transaction():
    context.run_migrations()
