"""Accounts: signing in by password or mail link, the second factor, signed-in devices, one's own data."""
