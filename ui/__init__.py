"""Pixels: what it looks like."""
