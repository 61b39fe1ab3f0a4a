"""Notices: what each kind is, how it is delivered, and what comes back."""
