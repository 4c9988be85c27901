"""What is pure of ballots: terms of a rule, acceptance, the timetable counted back, coherence, and who may do what."""
