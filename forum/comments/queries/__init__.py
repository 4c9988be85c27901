"""Reading comments: the desk of a ballot, one comment, somebody's own, and the desk's settings."""
