"""Papers of agenda items and the files behind them, known by their SHA-256."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Recorded, id_column
from db.types import Id, Json, Words
from db.vocab import Disclosure


class StoredFile(Recorded):
    """One file in the store, and what its examination found.

    `sha256` is of the original as it came, `clean` of the normal form a pack binds. A file that
    cannot be bound has no `clean` and says why in `trouble` (a code of packs.papers).
    """

    __tablename__ = "stored_file"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    bytes: Mapped[int]
    clean: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None]
    facts: Mapped[Any] = mapped_column(Json, nullable=True)


class Paper(Recorded):
    """One attachment of an agenda item.

    `source_id` is the document its PDF was made from (.hwp, .docx …), kept as it came; `ground` is
    why one for members is not public.
    """

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("item_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    title: Mapped[str]
    disclosure: Mapped[str] = mapped_column(default=Disclosure.PUBLIC.value)
    ground: Mapped[str] = mapped_column(default="")

    file: Mapped[StoredFile] = relationship(foreign_keys="Paper.file_id")


# The words of a stored file by its pages; what is no page counts as parts of a few thousand
# characters. Part 0 is empty and says that the file was read, also one without words.
file_text = Table(
    "file_text",
    Base.metadata,
    Column("id", Id, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("part", Integer, nullable=False),
    Column("text", Words, nullable=False),
    UniqueConstraint("sha256", "part"),
    info={
        "journal": "read out of the file of that digest, and read again where it is missing",
        "search": "indexed without initial consonants (db/texts.py)",
    },
)

file_part = Table(
    "file_part",
    Base.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    info={
        "journal": "named by its content and only ever added; stored_file is journalled",
        "search": "bytes",
    },
)
