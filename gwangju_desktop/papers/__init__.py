"""Papers as departments send them: documents, pictures, PDF; and how they become PDF."""
