"""Read access across the city: all complaints, the month's numbers, everything about one complaint,
who opened it.
"""
