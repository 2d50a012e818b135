"""The privacy desk: what personal data is due to go, and what is held."""
