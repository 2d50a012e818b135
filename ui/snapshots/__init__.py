"""Review copies: make them, open them, compare them."""
