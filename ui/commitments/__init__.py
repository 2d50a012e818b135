"""The room of action plans and their monitoring."""
