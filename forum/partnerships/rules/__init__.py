"""What holds for a case, as pure functions: dates, who stands where, and the condition of each step."""
