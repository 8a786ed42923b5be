"""Dagster's view of the house: each asset calls one room and reports what came of it.

No logic belongs here.
"""
