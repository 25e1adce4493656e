"""How people look: to their colleagues, and to themselves."""

from typing import Any

from rest_framework import serializers

from tenants.models import Membership, User
from tenants.models.company import Language
from tenants.models.membership import Presence, Role
from tenants.models.user import Theme
from tenants.roles import ADMIN
from tenants.serializers.company import CompanyRefSerializer


class PersonRefSerializer(serializers.Serializer[User]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class UserSerializer(serializers.Serializer[Membership]):
    """A membership as colleagues see it: `id` is the person's, the same in each of their companies.

    `capacity` is how many open tickets rules give them at most; null is the company's own number. Between
    `work_begins` and `work_ends` on the company's clock they may be signed in; null is at any time.
    """

    id = serializers.IntegerField(source="user_id")
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(Role.choices)
    queues = serializers.ListField(child=serializers.IntegerField(), source="queue_ids")
    is_active = serializers.BooleanField()
    presence = serializers.ChoiceField(Presence.choices)
    capacity = serializers.IntegerField(allow_null=True)
    work_begins = serializers.TimeField(format="%H:%M", allow_null=True)
    work_ends = serializers.TimeField(format="%H:%M", allow_null=True)
    last_seen_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class MeUserSerializer(serializers.Serializer[User]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    language = serializers.ChoiceField(Language.choices)
    theme = serializers.ChoiceField(Theme.choices)
    notify_sound = serializers.BooleanField()
    notify_browser = serializers.BooleanField()


class MeCompanySerializer(CompanyRefSerializer):
    timezone = serializers.CharField()
    language = serializers.ChoiceField(Language.choices)


class MembershipSerializer(serializers.Serializer[Membership]):
    company = CompanyRefSerializer()
    role = serializers.ChoiceField(Role.choices)


class MeSocketSerializer(serializers.Serializer[Any]):
    """Where the console's socket is; port 0 means the page's own origin."""

    port = serializers.IntegerField()
    path = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    """Who is signed in, in which company, and what they may do there."""

    user = MeUserSerializer()
    company = MeCompanySerializer(allow_null=True)
    role = serializers.ChoiceField(Role.choices, allow_null=True)
    permissions = serializers.ListField(child=serializers.ChoiceField(sorted(ADMIN)))
    queues = serializers.ListField(child=serializers.IntegerField())
    farewell = serializers.CharField(allow_blank=True)
    memberships = MembershipSerializer(many=True)
    is_operator = serializers.BooleanField()
    socket = MeSocketSerializer()
    build = serializers.CharField()
