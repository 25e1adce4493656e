"""Whose token it is, and what it may touch."""

from starlette.requests import Request

from ..errors import GraphError, unknown_object
from ..records import SCOPES, Grant, Line
from ..world import World

MANAGEMENT, MESSAGING = SCOPES


def token_of(request: Request) -> str:
    header = request.headers.get("authorization", "")
    scheme, _, token = header.partition(" ")
    if scheme.lower() in {"bearer", "oauth"} and token.strip():
        return token.strip()
    return request.query_params.get("access_token", "")


def grant_of(world: World, token: str) -> Grant | None:
    """What the token may do; that of a number which nobody limited may do everything with its account."""
    if token in world.grants:
        return world.grants[token]
    lines = world.lines_of_token(token)
    if not lines or not token:
        return None
    accounts = sorted({one.waba_id for one in lines})
    return Grant(token, lines[0].app_id, accounts, issued_at=world.now() - 86400)


def trouble_with(world: World, grant: Grant) -> GraphError | None:
    """Why the token is no longer good, in Meta's words."""
    if grant.revoked:
        words = "Error validating access token: The user has not authorized application."
        return GraphError(190, words, subcode=458)
    if grant.expires_at and grant.expires_at <= world.now():
        words = "Error validating access token: Session has expired."
        return GraphError(190, words, subcode=463)
    return None


def lines_of(world: World, request: Request, scope: str = "") -> list[Line]:
    """The lines that this token was made for; an unknown token is refused as Meta does it."""
    token = token_of(request)
    if not token:
        raise GraphError(190, "An access token is required to request this resource.", status=401)
    lines = world.lines_of_token(token)
    grant = grant_of(world, token)
    if grant is None:
        if not is_app_token(world, token):
            raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
        return []
    if trouble := trouble_with(world, grant):
        raise trouble
    if scope and scope not in grant.scopes:
        raise GraphError(10, f"Application does not have permission for this action: {scope} is missing")
    return lines


def is_app_token(world: World, token: str) -> bool:
    """`app id|secret`, which is also what the client_credentials grant returns."""
    app_id, found, secret = token.partition("|")
    return bool(found and secret) and world.secret_of_app(app_id) == secret


def line_of(world: World, request: Request, phone_number_id: str, scope: str = "") -> Line:
    lines = lines_of(world, request, scope)
    line = world.lines.get(phone_number_id)
    if line is None:
        raise unknown_object(phone_number_id)
    if line not in lines:
        raise GraphError(200, "You do not have permission to access this phone number.")
    return line


def account_of(world: World, request: Request, waba_id: str) -> list[Line]:
    """The lines of a WhatsApp Business Account that the token may manage."""
    lines = lines_of(world, request, MANAGEMENT)
    owned = world.lines_of_account(waba_id)
    if not owned:
        raise unknown_object(waba_id)
    if not any(one in lines for one in owned):
        raise GraphError(200, "You do not have permission to access this WhatsApp Business Account.")
    return owned
