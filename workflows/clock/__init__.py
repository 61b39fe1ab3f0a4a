"""Time: the sweep that finds everything unfinished, the escalation, and what even these do not move."""
