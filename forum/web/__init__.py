"""What every page shares: language, policy, transactions, errors, headers, forms and formats."""
