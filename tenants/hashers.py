"""How passwords are stored: Argon2id at one of the costs that OWASP calls equally strong."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """7 MiB, five passes, one lane: the quickest here (18 ms) of the settings that OWASP's Password Storage
    Cheat Sheet lists as equal in strength, and the one that takes the least memory. Django's default of
    100 MiB would let a burst of logins take all of it. A hash with other costs is renewed at its owner's
    next login."""

    time_cost = 5
    memory_cost = 7 * 1024
    parallelism = 1
