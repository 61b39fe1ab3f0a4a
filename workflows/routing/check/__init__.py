"""Finds every mistake in a routing table's files and says each in plain Indonesian, with the way out."""
