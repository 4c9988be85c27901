"""Events: the forum itself, its venue, rooms, tracks and segments, its practical pages and who works on it."""
