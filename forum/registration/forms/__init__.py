"""The forms of the registration: shape only."""
