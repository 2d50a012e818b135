"""Backups: copies of the whole office, checked when made, thinned by rule, tried by restoring."""
