"""The learned part of routing: weights trained offline on labelled texts, read and applied in plain Python."""
