"""A signed-in browser or program: one family of rotating refresh tokens that can be ended."""

from datetime import datetime

from django.db import models
from django.utils.timezone import now

from tenants.models.company import Company
from tenants.models.user import User


class Session(models.Model):
    """`refresh_id` is the only refresh token that still works; an older one ends the session.

    `previous_refresh_id` is answered with the current token for a few seconds after `rotated_at`, because two
    tabs may refresh at the same moment.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    refresh_id = models.CharField(max_length=64)
    previous_refresh_id = models.CharField(max_length=64, blank=True)
    rotated_at = models.DateTimeField(default=now)
    user_agent = models.CharField(max_length=300, blank=True)
    ip = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-last_used_at"], name="session_of_user")]  # sessions list

    def is_live(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at


class PasswordReset(models.Model):
    """A mailed link; only the hash of its token is kept, and it works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_resets")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
