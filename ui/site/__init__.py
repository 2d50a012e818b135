"""The public site in the window: built, looked at, published."""
