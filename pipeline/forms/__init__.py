"""The statistical forms as data: indicators, labels, units, identities, crosswalk.

Beside them stands the arithmetic of their sums. Other logic beyond loading and validating the
declarations does not belong here.
"""
