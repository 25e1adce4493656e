"""Fields of a wrong shape, told as codes with their limits: people read them in their own language."""

import pytest
from rest_framework import serializers

from helpdesk.errors import answer


class Step(serializers.Serializer):
    name = serializers.CharField(max_length=5)


class Form(serializers.Serializer):
    name = serializers.CharField(max_length=8, min_length=2)
    share = serializers.FloatField(max_value=0.5, min_value=-3)
    kind = serializers.ChoiceField(choices=["a"])
    steps = Step(many=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=3), max_length=2)


FINE = {"name": "Ana", "share": 0, "kind": "a", "steps": [], "tags": []}


def problems(**given):
    form = Form(data={**FINE, **given})
    assert not form.is_valid()
    body = answer(serializers.ValidationError(form.errors), {}).data
    assert body["code"] == "invalid"
    assert body["fields"]
    return body["problems"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": ""}, {"name": [{"code": "blank"}]}),
        ({"name": None}, {"name": [{"code": "null"}]}),
        ({"name": "x" * 9}, {"name": [{"code": "max_length", "limit": 8}]}),
        ({"name": "x"}, {"name": [{"code": "min_length", "limit": 2}]}),
        ({"share": 1}, {"share": [{"code": "max_value", "limit": 0.5}]}),
        ({"share": -4}, {"share": [{"code": "min_value", "limit": -3}]}),
        ({"kind": "b 9"}, {"kind": [{"code": "invalid_choice"}]}),
        ({"steps": [{"name": "a"}, {}]}, {"steps.1.name": [{"code": "required"}]}),
        ({"tags": ["a", "bbbb"]}, {"tags.1": [{"code": "max_length", "limit": 3}]}),
        ({"tags": ["a", "b", "c"]}, {"tags": [{"code": "max_length", "limit": 2}]}),
    ],
)
def test_each_field_has_its_code_and_limit(given, expected):
    assert problems(**given) == expected


def test_the_api_answers_them(api):
    answered = api.post("/api/quick-replies/", {"shortcut": "x" * 300, "body": ""}, format="json")
    assert answered.status_code == 400
    assert set(answered.json()["problems"]) == set(answered.json()["fields"])
