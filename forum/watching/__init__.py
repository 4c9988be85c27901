"""Watching 关注: what somebody follows among committees and standards, and the digest that tells of it."""
