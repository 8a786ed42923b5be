"""Tables, views and files of a publication: made, patched, checked, swapped in."""
