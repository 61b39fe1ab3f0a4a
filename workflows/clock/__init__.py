"""Time: the sweep that finds everything unfinished, the ladder, and what even that does not move."""
