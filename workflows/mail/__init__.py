"""Letters out and in: each notice once, the morning's, lists in the place of many, and what comes back."""
