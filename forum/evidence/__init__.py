"""Evidence 证据链: what ties a talk, a recommendation, an activity or a pilot to the standard it led to."""
