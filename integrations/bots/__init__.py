"""Bots of others: what we ask them and what they answer, without any of our rows.

`port` has the words, each other module one protocol, `testing` servers that speak them.
"""
