"""Trains and measures the learned part of routing, offline. Nothing that runs in the city imports this."""
