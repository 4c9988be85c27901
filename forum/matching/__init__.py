"""Matching: which cities suit each other, with every reason shown, from a daily list to a round for all."""
