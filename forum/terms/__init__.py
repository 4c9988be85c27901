"""Terms: the glossary of the house, who decides which word, and what a translation is checked against."""
