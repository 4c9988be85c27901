"""Files that people hand in: checked, renamed, kept outside the database."""
