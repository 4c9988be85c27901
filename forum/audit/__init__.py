"""The audit: who changed what, when and for whom, in a chain that shows every tampering."""
