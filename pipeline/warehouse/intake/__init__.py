"""What lies in the raw folder: paths, contents, where they came from, what is tried again."""
