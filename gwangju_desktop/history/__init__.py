"""What was done in the office: told in sentences, taken back one by one, and whether it is whole."""

from __future__ import annotations

from gwangju_desktop.history.chain import verify

__all__ = ["verify"]
