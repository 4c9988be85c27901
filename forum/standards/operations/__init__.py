"""Everything that changes a deliverable."""
