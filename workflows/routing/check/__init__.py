"""Finds every mistake in a routing table's files and explains each in plain Indonesian, with a proposal."""
