"""People: those who speak and take part, with their names in every form that a forum needs."""
