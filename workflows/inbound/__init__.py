"""Reads incoming mail: pure functions from raw bytes to what a person wrote, or what a machine reported."""
