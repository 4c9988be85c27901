"""Forum shown at work: one folder a room, one file a module."""
