"""Mail that comes in, read: pure functions from raw bytes to what a person wrote, or what a machine said."""
