"""What citizens do: send a report, follow one, read its page, object, ask for the link or about their data."""
