"""Keeping deliverables: every change of them, and what followers are told."""
