"""Evidence of commitments: files, what each proves, and whether they are still what they were."""
