"""Working days: when offices are open where somebody works, and which hours two places share."""
