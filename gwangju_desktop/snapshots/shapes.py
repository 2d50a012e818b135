"""The tables by which a copy explains itself: every copy has them, and built like this."""

from __future__ import annotations

from gwangju_desktop.snapshots.sqlite_file import Shape

META = Shape("meta", (("key", "TEXT"), ("value", "TEXT")))
CODEBOOK = Shape(
    "codebook",
    (
        ("table_name", "TEXT"),
        ("column_name", "TEXT"),
        ("ko", "TEXT"),
        ("en", "TEXT"),
        ("action", "TEXT"),
        ("form", "TEXT"),
        ("is_key", "INTEGER"),
        ("is_label", "INTEGER"),
        ("refers_to", "TEXT"),
    ),
)
WORDS = Shape(
    "words",
    (
        ("table_name", "TEXT"),
        ("column_name", "TEXT"),
        ("code", "TEXT"),
        ("ko", "TEXT"),
        ("en", "TEXT"),
    ),
)
WITHHELD = Shape(
    "withheld",
    (
        ("table_name", "TEXT"),
        ("table_ko", "TEXT"),
        ("table_en", "TEXT"),
        ("column_name", "TEXT"),
        ("column_ko", "TEXT"),
        ("column_en", "TEXT"),
        ("action", "TEXT"),
        ("ground_ko", "TEXT"),
        ("ground_en", "TEXT"),
        ("count", "INTEGER"),
    ),
)
SHAPES = (META, CODEBOOK, WORDS, WITHHELD)
