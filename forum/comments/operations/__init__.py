"""Everything that changes a comment: written, decided, numbered, sent, answered, raised again."""
