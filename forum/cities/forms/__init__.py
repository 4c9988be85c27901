"""The forms of the cities' desk: shape only."""
