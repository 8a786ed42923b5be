"""Bytes to documents, one module a format.

What a label means does not belong here: a reader knows paragraphs, table cells
and where they stand, and nothing about statistics.
"""
