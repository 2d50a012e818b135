"""The first screen, when no office is open."""
