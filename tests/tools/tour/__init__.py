"""docs/tour.md: a picture of every page and every mail, in the order of the story."""
