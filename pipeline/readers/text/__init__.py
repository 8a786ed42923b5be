"""Plain text: lines, tabs, drawn tables, delimited files."""
