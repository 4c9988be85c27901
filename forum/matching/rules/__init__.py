"""What suits whom: facts, filters, score, ranking, pairing, and the sentences that say why."""
