"""Evidence that adds up: scores for the lines that have no wording of their own."""
