"""Lists as columns over frozen rows."""
