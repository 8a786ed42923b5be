"""What people decided: corrections, overrides, reviewed cells, and how these reach the tables."""
