"""What departments do: one case behind a signed link, the list of open ones, and whether their mailbox is read."""
