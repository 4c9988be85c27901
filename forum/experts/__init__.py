"""Experts 专家: who was nominated to which committee or project, by whom, in which capacity, and until when."""
