"""What the national office does: weights, the list of countries, and rounds from the call to the invitations."""
