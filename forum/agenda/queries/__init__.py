"""Reading the agenda: the draft, its releases, and the circle that a viewer belongs to."""
