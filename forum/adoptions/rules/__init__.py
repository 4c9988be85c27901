"""What moves under an adoption, how it is printed, and how much of a scope is adopted."""
