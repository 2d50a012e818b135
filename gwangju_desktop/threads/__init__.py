"""The thread: what any record came from and what it led to, as one line with its open ends."""
