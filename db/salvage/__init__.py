"""An office put together anew from what a damaged file still gives.

The rows first (`rows`), then what the journal knows of rows that are gone or not themselves
(`images`): it holds every row's last state under a digest of its own. Last the references
(`references`) and the chain of the journal (`chain`).
"""
