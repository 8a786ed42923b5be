"""Word, spreadsheets and what has to be converted into them."""
