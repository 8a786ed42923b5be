"""How people write: width, characters, numerals, dates, numbering, values. One place each.

What a number counts does not belong here.
"""
