"""Names to identity: regions, functions, succession, aliases.

Reading a document does not belong here: the resolver gets names, not text.
"""
