"""PDF: words with their boxes, rules, grids, pages."""
