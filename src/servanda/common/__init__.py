"""What every room may use: refusals, languages, names of States, days, the clock. Knows nobody."""
