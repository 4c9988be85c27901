"""Everything that changes the agenda: one function a verb, each with its audit entry and its way back."""
