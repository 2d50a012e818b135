"""Energy: indicators, where their figures come from, import, and the series that charts show."""
