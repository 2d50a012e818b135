"""Verbs: what the office can do, compute and write down."""

VERSION = "0.1.0"
