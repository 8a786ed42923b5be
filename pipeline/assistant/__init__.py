"""The warehouse for a language model's client: tools that answer with numbers and their places.

What a tool is for stands in ``tools/<tool>.md``, how a number is cited in ``rules.md``; the
answers come from the door that notebooks use, and the SQL runs where the explorer's does.
"""
