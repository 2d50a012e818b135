"""News of a later version, from a share; and where it is told."""
