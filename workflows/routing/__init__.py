"""Which department a report belongs to: a table of phrases, places and rules, read once, then pure functions."""
