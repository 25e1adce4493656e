"""How an import of contacts looks while it is prepared, runs and is over."""

from typing import Any

from rest_framework import serializers

from tickets.models import ContactImport
from tickets.models.contact_import import ImportState, OnExisting


class ContactImportSerializer(serializers.Serializer[ContactImport]):
    """`mapping` has for each of `columns`: name, number, email, notes, tags, owner, field:<key>, or nothing."""

    id = serializers.IntegerField()
    user = serializers.IntegerField(source="user_id", allow_null=True)
    name = serializers.CharField()
    kind = serializers.CharField()
    encoding = serializers.CharField(allow_blank=True)
    delimiter = serializers.CharField(allow_blank=True)
    has_header = serializers.BooleanField()
    columns = serializers.ListField(child=serializers.CharField(allow_blank=True))
    mapping = serializers.ListField(child=serializers.CharField(allow_blank=True))
    on_existing = serializers.ChoiceField(choices=OnExisting.choices)
    make_tags = serializers.BooleanField()
    tags = serializers.ListField(child=serializers.IntegerField())
    region = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportState.choices)
    total = serializers.IntegerField()
    done = serializers.IntegerField(source="position")
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    skipped = serializers.IntegerField()
    failed = serializers.IntegerField()
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    column = serializers.CharField()
    detail = serializers.CharField()


class PreviewRowSerializer(serializers.Serializer[Any]):
    """What would become of a row: create, update, unchanged, skip or fail. `contact`: who it is already."""

    line = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True))
    outcome = serializers.ChoiceField(choices=["create", "update", "unchanged", "skip", "fail"])
    contact = serializers.IntegerField(allow_null=True)
    problems = ProblemSerializer(many=True)


class ImportPreviewSerializer(serializers.Serializer[Any]):
    """`counts` of what would become of the first rows, as many as `looked_at` says."""

    rows = PreviewRowSerializer(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    looked_at = serializers.IntegerField()
