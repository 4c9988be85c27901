"""Mail: composed in the reader's language, written to the outbox with the change, delivered after it."""
