"""What departments do: one complaint behind a signed link, the list of open ones, and the check of
their mailbox.
"""
