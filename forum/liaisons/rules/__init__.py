"""Pure rules of this room."""
