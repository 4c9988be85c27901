"""Asking for drafts, taking them under a lease, calling the engine, storing what holds, and keeping records inside."""
