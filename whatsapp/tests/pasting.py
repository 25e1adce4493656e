"""What an administrator pastes to connect a number of the local WhatsApp, and that WhatsApp itself."""

from tests.emulator.conftest import ACCOUNT, APP, LINE, QUICK, SECRET, TOKEN

VALUES = {
    "app_id": APP, "app_secret": SECRET, "access_token": TOKEN, "waba_id": ACCOUNT, "phone_number_id": LINE,
}  # fmt: skip
NUMBER = {**VALUES, "verify_token": "v", "display_phone_number": "+55 11 4000-0000", "verified_name": "Acme"}


def with_number(running, settings, number):
    """The emulator as new, with this one number; we talk to it as to Meta."""
    running.ctl("reset", {"everything": True})
    running.ctl("numbers", number, "PUT")
    running.ctl("settings", QUICK)
    settings.WHATSAPP_API_ROOT = running.root
    settings.PRIVATE_HOSTS_ALLOWED = {running.root.removeprefix("http://")}
    return running
