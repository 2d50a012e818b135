"""Take over an existing meeting register (회의 대장): past meetings with items, decisions, counts."""
