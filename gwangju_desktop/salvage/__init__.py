"""What is done for a damaged office: what it still tells, and an office made anew of it."""
