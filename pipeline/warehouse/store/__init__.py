"""The Parquet store of parse results: documents as read, and what was found in them."""
