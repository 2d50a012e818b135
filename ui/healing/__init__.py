"""What the window does for a damaged office."""
