"""Reading across the city: all cases, the month's numbers, one whole case, who opened it."""
