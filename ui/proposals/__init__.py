"""The room of citizens' proposals."""
