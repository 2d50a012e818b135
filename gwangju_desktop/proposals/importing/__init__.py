"""Proposals from elsewhere: read, map columns, look at what would change, take in."""
