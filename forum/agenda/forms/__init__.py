"""The forms of the agenda desk: shape only."""
