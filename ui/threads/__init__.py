"""The thread of a record on screen, and the forms that link records."""
