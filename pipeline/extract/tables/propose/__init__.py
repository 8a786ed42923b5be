"""Readings of cells: which column a number belongs to, and which digits are a cell."""
