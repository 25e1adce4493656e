"""How passwords are stored: Argon2id at the smallest cost that OWASP recommends."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: about 20 ms here. Django's default of 100 MiB would let a burst of
    logins take all memory. A hash with other costs is renewed at its owner's next login."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
