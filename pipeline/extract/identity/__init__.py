"""Who reports, on which year, in what kind of paper; where one report ends."""
