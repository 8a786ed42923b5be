"""Pages for people: what the warehouse knows of one agency, in one file that works offline."""
