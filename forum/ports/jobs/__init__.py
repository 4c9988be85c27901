"""Work that no reader waits for: what is due, who does it, and when it was last done."""
