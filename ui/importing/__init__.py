"""What every import looks like: choose, wait, say what the columns hold, look, take in."""
