"""Reading the ledger: entries as somebody may see them, what moved under them, and how much is adopted."""
