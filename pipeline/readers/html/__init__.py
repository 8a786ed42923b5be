"""Pages of the web: what is shown, in the order it is shown."""
