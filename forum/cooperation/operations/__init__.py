"""Everything that changes the work under a partnership."""
