"""Frozen types and nothing else: document, observation, report, check, fact.

What reads, decides or computes does not belong here.
"""
