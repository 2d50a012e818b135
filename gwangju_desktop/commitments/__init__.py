"""Action plans of the open-government partnership: promises, evidence, verdicts."""
