"""Reading statements, obligations and relations."""
