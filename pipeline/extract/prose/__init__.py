"""Prose to observations: what sentences say in numbers, and what they say there was none of."""
