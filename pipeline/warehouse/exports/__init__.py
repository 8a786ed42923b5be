"""Published tables as files for downstream teams, one module a format."""
