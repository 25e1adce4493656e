"""Whose token it is, and what it may touch."""

from starlette.requests import Request

from ..errors import GraphError, unknown_object
from ..records import Line
from ..world import World


def token_of(request: Request) -> str:
    header = request.headers.get("authorization", "")
    scheme, _, token = header.partition(" ")
    if scheme.lower() in {"bearer", "oauth"} and token.strip():
        return token.strip()
    return request.query_params.get("access_token", "")


def lines_of(world: World, request: Request) -> list[Line]:
    """The lines that this token was made for; an unknown token is refused as Meta does it."""
    token = token_of(request)
    if not token:
        raise GraphError(190, "An access token is required to request this resource.", status=401)
    lines = world.lines_of_token(token)
    if not lines and not any(token == app_token(one) for one in world.lines.values()):
        raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
    return lines


def app_token(line: Line) -> str:
    """What the client_credentials grant returns."""
    return f"{line.app_id}|{line.app_secret}"


def line_of(world: World, request: Request, phone_number_id: str) -> Line:
    lines = lines_of(world, request)
    line = world.lines.get(phone_number_id)
    if line is None:
        raise unknown_object(phone_number_id)
    if line not in lines:
        raise GraphError(200, "You do not have permission to access this phone number.")
    return line


def account_of(world: World, request: Request, waba_id: str) -> list[Line]:
    """The lines of a WhatsApp Business Account that the token may manage."""
    lines = lines_of(world, request)
    owned = world.lines_of_account(waba_id)
    if not owned:
        raise unknown_object(waba_id)
    if not any(one in lines for one in owned):
        raise GraphError(200, "You do not have permission to access this WhatsApp Business Account.")
    return owned
