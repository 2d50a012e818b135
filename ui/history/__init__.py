"""The history of the office: what was done, by whom, and whether it is whole."""
