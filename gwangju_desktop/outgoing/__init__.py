"""Documents that go out, and their numbers in the city's own document system (시행 문서)."""
