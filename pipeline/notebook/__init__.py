"""The warehouse in a notebook: what ``import gongkai`` gives.

Libraries are imported by the call that needs them, so that the import is quick.
"""
