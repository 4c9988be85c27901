"""Pure rules of the memory: cutting into segments, normalising, numbers, scores."""
