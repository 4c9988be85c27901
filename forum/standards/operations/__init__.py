"""What changes the standards: one function for each verb."""
