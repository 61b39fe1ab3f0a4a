"""Moving a whole city: out of one stack into one file, and from the file into another stack, checked by sums."""
