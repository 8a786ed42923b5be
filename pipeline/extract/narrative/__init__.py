"""Prose to observations: what sentences say in numbers, and what they say there was none of."""

from pipeline.extract.narrative.observe import observe_narrative

__all__ = ["observe_narrative"]
