"""Observations to facts and checks: precedence, identities, contradictions.

Pure functions from values to values: neither files nor databases belong here.
"""
