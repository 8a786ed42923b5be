"""What readers ask of a publication: one number's lineage, words, claims, the dictionary."""
