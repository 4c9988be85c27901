"""Translation: which side of a bilingual text is the original, and how far the other one can be trusted."""
