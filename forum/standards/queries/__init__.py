"""Reading the standards."""
