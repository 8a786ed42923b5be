"""Pages and files that an operator lists are fetched into the raw folder; none is by default.

What may be asked for stands in :mod:`listing`, how politely in :mod:`client`, where it is
put in :mod:`versions`. A fetch that fails is told and costs nothing else.
"""
