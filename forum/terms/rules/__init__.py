"""What is pure of terms: finding them in texts, and what else a translation is checked for."""
