"""Agreement texts in two languages: clauses, matching, proposals, findings, seals and signature copies."""
