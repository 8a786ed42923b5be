"""Reports with known values, printed in every layout and with every noise that occurs.

The forms are the declared ones; the arithmetic of the values is written out here on its
own, so that a wrong identity in the package is found and not repeated.
"""
