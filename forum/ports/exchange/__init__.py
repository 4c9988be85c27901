"""Files by which translations and terms are exchanged with other tools: one module for each format."""
