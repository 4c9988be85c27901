"""What follows from what is written down: pure functions, no database."""
