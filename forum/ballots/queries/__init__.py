"""Reading ballots: cases, rules in force, lists, the guard's facts, what is due."""
