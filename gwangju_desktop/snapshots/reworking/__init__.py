"""Figures worked out anew from the rows of a copy alone, by the rules the office uses.

Runs in the child that reads copies. Nothing here asks the office, and no row is believed to be
well-formed: what cannot be read raises, and the figure is told as one that cannot be recomputed.
"""
