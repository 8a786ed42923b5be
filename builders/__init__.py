"""What makes lists of data: run by hand where a source of theirs has a new edition."""
