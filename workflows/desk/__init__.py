"""What operators do: sort what Laksa is unsure of, on the board or case by case, and tell who has no e-mail."""
