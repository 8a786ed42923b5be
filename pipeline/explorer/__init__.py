"""The explorer: the published warehouse in a browser, every number one click from its source."""
