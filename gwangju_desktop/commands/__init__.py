"""What each command does, through the same use cases and queries the screens call."""
