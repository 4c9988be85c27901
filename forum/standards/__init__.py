"""Standards 标准: deliverables and work items, their stages by date, and what was imported from published records."""
