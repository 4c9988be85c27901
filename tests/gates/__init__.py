"""The gates: what must hold of every page, every route and every field, whoever added it."""
