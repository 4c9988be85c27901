"""Everything that changes a statement, an obligation or a relation."""
