"""Reading the work under a partnership."""
