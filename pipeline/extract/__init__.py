"""Documents to reports and observations.

Files, databases and the orchestrator do not belong here: a parse depends on the
document and the declared forms alone.
"""
