"""How a bot of others looks: never its secrets, only which of them are there."""

from typing import Any

from rest_framework import serializers

from integrations.models import Bot
from integrations.models.assistant import Hours
from integrations.models.bot import AtEnd, BotKind


class BotOptionsSerializer(serializers.Serializer[Any]):
    """What a kind needs to know: `slug` is Typebot's public id, the others are Dialogflow's."""

    slug = serializers.CharField(max_length=120, required=False, allow_blank=True)
    project = serializers.CharField(max_length=120, required=False, allow_blank=True)
    language = serializers.CharField(max_length=20, required=False, allow_blank=True)
    environment = serializers.CharField(max_length=120, required=False, allow_blank=True)
    location = serializers.CharField(max_length=60, required=False, allow_blank=True)
    edition = serializers.ChoiceField(choices=["es", "cx"], required=False)
    agent = serializers.CharField(max_length=120, required=False, allow_blank=True)


class BotSerializer(serializers.Serializer[Bot]):
    """`has_secrets` names the secrets that are kept; `has_token` says whether the bot can call us."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=BotKind.choices)
    url = serializers.CharField(allow_blank=True)
    options = BotOptionsSerializer()
    has_secrets = serializers.SerializerMethodField()
    has_token = serializers.SerializerMethodField()
    is_on = serializers.BooleanField()
    is_gateway = serializers.BooleanField()
    position = serializers.IntegerField()
    connections = serializers.ListField(child=serializers.IntegerField())
    queues = serializers.ListField(child=serializers.IntegerField())
    hours = serializers.ChoiceField(choices=Hours.choices)
    start_words = serializers.ListField(child=serializers.CharField())
    restart_words = serializers.ListField(child=serializers.CharField())
    finish_words = serializers.ListField(child=serializers.CharField())
    expires_minutes = serializers.IntegerField()
    delay_ms = serializers.IntegerField()
    answer_seconds = serializers.IntegerField()
    restart_text = serializers.CharField(allow_blank=True)
    fallback_text = serializers.CharField(allow_blank=True)
    at_end = serializers.ChoiceField(choices=AtEnd.choices)
    handover_queue = serializers.IntegerField(source="handover_queue_id", allow_null=True)
    handover_message = serializers.CharField(allow_blank=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(allow_blank=True)
    trouble_detail = serializers.CharField(allow_blank=True)
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_has_secrets(self, bot: Bot) -> list[str]:
        return sorted(name for name, value in bot.secrets.items() if value)

    def get_has_token(self, bot: Bot) -> bool:
        return bool(bot.token_hash)


class BotTokenSerializer(serializers.Serializer[Any]):
    """Shown once."""

    token = serializers.CharField()


class BotChoiceSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()


class BotBubbleSerializer(serializers.Serializer[Any]):
    """One message; `media` is image, video, audio, document or blank, `wait` the silence before it in seconds."""

    text = serializers.CharField(allow_blank=True)
    media = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    choices = BotChoiceSerializer(many=True)
    wait = serializers.FloatField()


class BotActSerializer(serializers.Serializer[Any]):
    """What it wants done to the ticket: close, queue, agent, tag or leave."""

    what = serializers.CharField()
    value = serializers.CharField(allow_blank=True)


class BotCheckSerializer(serializers.Serializer[Any]):
    """What came of a trial. `code` is blank where it answered; `session`, `talk` and `state` go back with the next."""

    ok = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    latency_ms = serializers.IntegerField()
    bubbles = BotBubbleSerializer(many=True)
    acts = BotActSerializer(many=True)
    is_over = serializers.BooleanField()
    is_pending = serializers.BooleanField()
    talk = serializers.CharField(allow_blank=True)
    session = serializers.CharField(allow_blank=True)
    state = serializers.DictField()
