"""What the measures say, for the terminal, for a file and as pictures."""
