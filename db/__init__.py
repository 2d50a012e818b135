"""Nouns: tables, engine, journal, store, migrations."""
