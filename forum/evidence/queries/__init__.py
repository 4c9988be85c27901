"""Reading the evidence chain: every end through its own room, and only what the viewer may see there."""
