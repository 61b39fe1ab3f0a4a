"""Which department a complaint belongs to: a table of phrases, places and rules that is read once, and pure
functions over it.
"""
