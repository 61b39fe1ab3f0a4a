"""Personal data: where it is stored, how it is erased, and how it is given to the person it concerns."""
