"""Reviews by an independent monitoring body: forms, signed answers, comments, findings."""
