"""Reading what is followed, what fits it, and who is to be told."""
