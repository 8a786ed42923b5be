"""The statistical forms as data: indicators, labels, units, identities, crosswalk.

Logic beyond loading and validating the declarations does not belong here.
"""
