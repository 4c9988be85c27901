"""The proof: the large trials, on both databases, at full size; ``make test`` runs the same at a smaller one."""
