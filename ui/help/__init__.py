"""Help: the manual in a window of its own, the keyboard sheet, the guided first meeting."""
