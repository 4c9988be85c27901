"""The registry: which cities work together, open to everybody, as a table and on a map of the world."""
