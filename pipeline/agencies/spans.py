"""First and last year of names and bodies."""

Span = tuple[int | None, int | None]
"""First and last year, None where open."""


def common(*spans: Span) -> Span:
    """Returns the years that several spans have in common."""
    firsts = [first for first, _ in spans if first]
    lasts = [last for _, last in spans if last]
    return max(firsts, default=None), min(lasts, default=None)
