"""The office server: its address, who is signed in, what is set up on it."""
