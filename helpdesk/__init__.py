"""The project and the floor that every app stands on; it names the apps only by string.

Importing it imports nothing else: the clock lives in it and is to stay small.
"""
