"""The forms of this room, by the pages that show them."""
