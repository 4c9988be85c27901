"""Reading partnerships: through what the reader may see, with what the conditions ask."""
