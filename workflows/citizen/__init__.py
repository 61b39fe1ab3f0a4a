"""What citizens do: file a complaint, follow one, read its page, object, ask for the link or about their data."""
