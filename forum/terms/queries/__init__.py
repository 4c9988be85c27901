"""Reading the glossary: for the public, for its desk, for checks, and what was answered to findings."""
