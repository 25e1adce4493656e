"""Companies and the people in them."""

from tenants.models.api_key import ApiKey
from tenants.models.audit import AuditEntry
from tenants.models.company import Company
from tenants.models.letter import Letter
from tenants.models.login_lock import LoginLock
from tenants.models.membership import Membership
from tenants.models.platform import Platform
from tenants.models.session import PasswordReset, Session
from tenants.models.user import User

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Company",
    "Letter",
    "LoginLock",
    "Membership",
    "PasswordReset",
    "Platform",
    "Session",
    "User",
]
