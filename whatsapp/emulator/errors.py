"""Graph errors in Meta's own words, as an HTTP answer or inside a failed status."""

import secrets

from .records import Json

HELP = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

# code: (HTTP status, title)
CODES: dict[int, tuple[int, str]] = {
    1: (500, "An unknown error occurred"),
    2: (503, "Service temporarily unavailable"),
    4: (400, "Application request limit reached"),
    10: (403, "Application does not have permission for this action"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    200: (403, "You do not have the necessary permissions"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130403: (400, "User is blocked by the business"),
    130429: (400, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131020: (400, "Group not found or not available"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Business Account locked"),
    131037: (400, "Display name approval needed"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "Meta chose not to deliver"),
    131050: (400, "User has stopped marketing messages"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    131062: (400, "Business-scoped user ID is not allowed for this message"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Template content policy violated"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    133004: (503, "Server temporarily unavailable"),
    133005: (400, "Two step verification PIN mismatch"),
    133010: (400, "Phone number not registered"),
    133015: (400, "Please wait a few minutes before attempting to register this phone number"),
    133016: (400, "Account register deregister rate limit exceeded"),
    134100: (400, "Only marketing messages supported"),
    135000: (400, "Generic user error"),
    136024: (400, "Request code error"),
    136025: (400, "Verify code error"),
    2593107: (400, "Synchronization request limit exceeded"),
    2593108: (400, "Synchronization request made outside of the allowed time window"),
    139100: (400, "Failed to block or unblock some users"),
}

DETAILS = {
    131047: "Message failed to send because more than 24 hours have passed since the customer last replied "
    "to this number.",
    131026: "Message undeliverable.",
    131056: "Too many messages sent from this phone number to the same number in a short period of time.",
    130429: "Cloud API message throughput has been reached.",
    131030: "Recipient phone number not in allowed list: add it to the recipient list and try again.",
    131021: "The recipient phone number and the sender phone number are the same.",
    130403: "The business blocked this user; unblock the user to send messages.",
    131053: "Unable to upload the media used in the message.",
    131052: "Failed to download the media from the sender.",
}


class GraphError(Exception):
    """A refusal that leaves as Meta's error document."""

    def __init__(
        self, code: int, details: str = "", *, status: int | None = None, subcode: int | None = None
    ) -> None:
        self.code = code
        known, self.title = CODES.get(code, (400, "Something went wrong"))
        self.status = status or known
        self.subcode = subcode
        self.details = details or DETAILS.get(code, self.title)
        super().__init__(f"{code}: {self.details}")

    def body(self) -> Json:
        kind = "GraphMethodException" if self.subcode == 33 else "OAuthException"
        error: Json = {"message": self._message(), "type": kind, "code": self.code}
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.code >= 130000:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.code in {1, 2, 4, 131000, 131016, 133004}:
            error["is_transient"] = True
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}

    def in_status(self) -> Json:
        """The same error inside a status webhook, where it has other keys."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": HELP,
        }

    def _message(self) -> str:
        if self.code == 190 or self.subcode == 33:
            return self.details
        if self.code >= 130000:
            return f"(#{self.code}) {self.title}"
        return f"(#{self.code}) {self.details}"


def unknown_object(node: str) -> GraphError:
    return GraphError(
        100,
        f"Unsupported request. Object with ID '{node}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        subcode=33,
    )
