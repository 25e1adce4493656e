"""Wrong passwords in a row for one e-mail address, whether or not anybody has it."""

from django.db import models


class LoginLock(models.Model):
    """Counted for unknown addresses too: an account must not be told from a guess by being locked."""

    email_hash = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_failed_at"], name="login_lock_old")]  # forgetting old failures
