"""Pure rules: numbers across languages, variables, the canonical form, redlines and the checker."""
