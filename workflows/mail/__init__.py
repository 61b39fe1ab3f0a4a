"""Outgoing and incoming mail: each notice once, the morning's digests, lists in place of many mails,
and bounces.
"""
