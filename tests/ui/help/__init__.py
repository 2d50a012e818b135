"""The manual's window, the guide, and the manual's own steps taken in the window."""
