"""Files that hold documents: archives and crawls."""
