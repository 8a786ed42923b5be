"""Which rows of which form the labels of a table are."""
