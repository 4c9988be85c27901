"""What a nomination demands, who may decide about it, and when a term ends soon."""
