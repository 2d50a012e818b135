"""Settings of this person on this PC."""
