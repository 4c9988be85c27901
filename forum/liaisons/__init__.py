"""Liaison 联络: relations between committees and bodies, statements in and out, and what they oblige us to."""
