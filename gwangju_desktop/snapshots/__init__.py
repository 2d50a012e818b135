"""Copies of the office for outside monitors: made, signed, verified, opened and compared."""
