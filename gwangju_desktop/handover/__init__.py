"""Handing over the office file: one copy is written to, the others wait until it comes back."""
