"""The chair console: the floor of a meeting run by whoever presides, with the next act on one key."""
