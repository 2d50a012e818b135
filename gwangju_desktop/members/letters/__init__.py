"""The documents a roll is printed as: roster, letters, requests, consents, plates, seating."""
