"""The sample office: bodies and facts of the founding documents, people made up."""

from gwangju_desktop.sample.office import fill

__all__ = ["fill"]
