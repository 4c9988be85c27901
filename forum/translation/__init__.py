"""Translation: the computed state of every bilingual field, and who answers for it."""
