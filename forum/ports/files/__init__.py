"""Files that people hand in: checked, stored under names of our own, handed out only through their owner."""
