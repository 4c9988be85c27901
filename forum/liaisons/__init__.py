"""Liaison 联络: statements between committees, what is owed in answer, and the relations they rest on."""
