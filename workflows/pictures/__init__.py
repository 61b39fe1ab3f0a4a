"""Bytes that claim to be photos: what they are, made small and harmless. Pillow is imported when one is there."""
