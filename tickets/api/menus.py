"""The door to menus, and a simulator that walks one without sending anything."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets import menus as rules
from tickets import texts
from tickets.actions import menu_trees, menus
from tickets.api.shared import IdField, NounViewSet, RowField, checked
from tickets.menus import KINDS, MOST_IN_LEVEL, Place, Turn
from tickets.models import Connection, Menu
from tickets.serializers.menu import MenuSerializer


class OptionForm(serializers.Serializer[Any]):
    """`options` holds options of the same form, level below level. `files` are ids of uploads."""

    key = serializers.RegexField(r"^[0-9A-Za-z_-]{1,40}$", required=False, allow_blank=True)
    title = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(choices=KINDS)
    text = serializers.CharField(max_length=1024, required=False, allow_blank=True, default="")
    queue = IdField(required=False, allow_null=True)
    agent = IdField(required=False, allow_null=True)
    files = serializers.ListField(child=IdField(), required=False, max_length=10)
    closes = serializers.BooleanField(required=False, default=False)
    options = serializers.ListField(child=serializers.DictField(), required=False, max_length=MOST_IN_LEVEL)

    def validate_options(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        depth = int(self.context.get("depth", 1)) + 1
        if depth > rules.DEEPEST and given:
            raise ValidationError([f"A menu has no more than {rules.DEEPEST} levels."])
        below = OptionForm(data=given, many=True, context={"depth": depth})
        below.is_valid(raise_exception=True)
        return [dict(one) for one in below.validated_data]


class MenuForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    text = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    options = OptionForm(many=True, required=False, max_length=MOST_IN_LEVEL)  # type: ignore[call-arg]


class WalkForm(serializers.Serializer[Any]):
    """`text` and `options` are a menu that need not be saved. `said` is what the customer writes next; without it
    the menu begins. `place` is that of the answer before."""

    text = serializers.CharField(max_length=1024, required=False, allow_blank=True, default="")
    options = OptionForm(many=True, max_length=MOST_IN_LEVEL)  # type: ignore[call-arg]
    connection = RowField(lambda: Connection.objects.live(), required=False, allow_null=True)
    said = serializers.CharField(max_length=1000, required=False, allow_null=True)
    path = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=10)
    tries = serializers.IntegerField(min_value=0, max_value=1000, required=False, default=0)


class WalkSaidSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True)
    files = serializers.ListField(child=serializers.IntegerField())


class WalkSerializer(serializers.Serializer[Any]):
    """`path` is null once the menu has ended; then `outcome` says how."""

    says = WalkSaidSerializer(many=True)
    path = serializers.ListField(child=serializers.CharField(), allow_null=True)
    tries = serializers.IntegerField()
    outcome = serializers.ChoiceField(
        choices=["menu", "queue", "agent", "closed", "left", "gave_up", "waiting"]
    )
    queue = serializers.IntegerField(allow_null=True)
    agent = serializers.IntegerField(allow_null=True)
    option = serializers.CharField(allow_null=True)


class MenuViewSet(NounViewSet):
    model = Menu
    queryset = Menu.objects.none()  # for the schema
    serializer_class = MenuSerializer
    ordering: tuple[str, ...] = ("name", "id")
    page_size = 100
    required = {
        "list": "company.read",
        "create": "automation.write",
        "retrieve": "company.read",
        "partial_update": "automation.write",
        "destroy": "automation.write",
        "walk": "automation.write",
    }

    def list(self, request: Request) -> Response:
        return self.page_of(MenuSerializer, self.get_queryset())

    @extend_schema(request=MenuForm, responses={201: MenuSerializer})
    def create(self, request: Request) -> Response:
        menu = menus.create(by=auth_of(request).by, **checked(MenuForm, request))
        return Response(MenuSerializer(menu).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(MenuSerializer(self.get_object()).data)

    @extend_schema(request=MenuForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what is given; `options` is the whole tree."""
        given = checked(MenuForm, request, partial=True)
        return Response(MenuSerializer(menus.update(self.get_object(), by=auth_of(request).by, **given)).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Remove a menu that no number uses."""
        menus.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=WalkForm, responses=WalkSerializer)
    @action(detail=False, methods=["post"])
    def walk(self, request: Request) -> Response:
        """One step of a customer through a menu, by the same rules, sending nothing."""
        given, company = checked(WalkForm, request), auth_of(request).company
        assert company is not None
        draft = Menu(text=given["text"], options=menus.checked(given["options"]))
        tree = menu_trees.tree(company, given.get("connection"), draft)
        if given.get("said") is None:
            turn = rules.begin(tree, greet_single=company.option("greet_single"))
        else:
            place = Place(tuple(given.get("path") or ()), given["tries"])
            turn = rules.answer(tree, place, given["said"], max_tries=company.option("menu_max_tries"))
        facts = texts.example(company)
        says = [{"text": texts.fill(one.text, facts), "files": list(one.files)} for one in turn.says]
        return Response({"says": says, **_shown(turn)})


def _shown(turn: Turn) -> dict[str, Any]:
    place = turn.place
    return {
        "path": list(place.path) if place else None,
        "tries": place.tries if place else 0,
        "outcome": _outcome(turn),
        "queue": turn.queue,
        "agent": turn.agent,
        "option": turn.chose.title if turn.chose else None,
    }


def _outcome(turn: Turn) -> str:
    if turn.place is not None:
        return "menu"
    if turn.leaves:
        return "left"
    if turn.closes:
        return "closed"
    if turn.gave_up:
        return "gave_up"
    if turn.agent is not None:
        return "agent"
    return "queue" if turn.queue is not None else "waiting"
