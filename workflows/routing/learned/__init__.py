"""The learned part of routing: weights trained offline on labelled letters, read and applied in plain Python."""
