"""Tables to files: the Parquet store of parse results and the published DuckDB file.

Nothing here reads a report or knows what a label means.
"""
