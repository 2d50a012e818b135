"""Every document: chosen, looked at, saved, printed, sent on its way."""
