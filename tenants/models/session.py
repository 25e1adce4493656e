"""A signed-in browser or program: one family of rotating refresh tokens that can be ended."""

from django.db import models

from tenants.models.company import Company
from tenants.models.user import User


class Session(models.Model):
    """`refresh_id` is the only refresh token that still works; an older one ends the session."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    refresh_id = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=300, blank=True)
    ip = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-last_used_at"], name="session_of_user")]  # sessions list


class PasswordReset(models.Model):
    """A mailed link; only the hash of its token is kept, and it works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
