"""Adoptions 采标: which national standard takes over which dated international edition, and what has moved since."""
