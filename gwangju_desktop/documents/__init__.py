"""Paper: what a document says, how it falls on pages, and the tagged PDF it becomes."""
