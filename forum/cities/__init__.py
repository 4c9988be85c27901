"""Cities: what each one says of itself, what it offers and needs, and who speaks for it."""
