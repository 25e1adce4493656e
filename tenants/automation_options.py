"""Options of what a company says by itself. A text that is left empty is said in the product's own words."""

from tenants.option import BOOLEAN, CHOICE, INTEGER, TEXT, Option


def _switch(key: str, label: str, help: str, *, default: bool = False) -> Option:
    return Option(key, BOOLEAN, default, label, help)


def _text(key: str, label: str, help: str, maximum: int = 1024) -> Option:
    return Option(key, TEXT, "", label, help, maximum=maximum)


def template_option(occasion: str, label: str) -> Option:
    """Said instead of the text when the customer wrote more than 24 hours ago; the console lets people choose it."""
    help = "name/language of an approved template, for customers who wrote more than 24 hours ago. Empty: not said."
    return Option(f"{occasion}_template", TEXT, "", label, help, maximum=540)


def _number(key: str, default: int, label: str, help: str, maximum: int) -> Option:
    return Option(key, INTEGER, default, label, help, minimum=0, maximum=maximum)


AUTOMATION = [
    # Business hours
    Option(
        "hours_of", CHOICE, "off", "Which business hours count",
        "Those of the company, of the number, or of the queue; what has none of its own has the next wider.",
        choices=("off", "company", "connection", "queue"),
    ),
    _number("hours", 0, "Business hours of the company", "The id of the calendar; 0 means always open.", 2**31),
    _switch("out_of_hours", "Answer out of hours", "Once in each closed period.", default=True),
    _text("out_of_hours_text", "Text out of hours", "A queue or a number may have its own."),
    _switch("vacation", "Answer during the company holiday", "Once a day to each customer, between the dates."),
    _text("vacation_from", "First day of the holiday", "Written as 2026-12-21.", 10),
    _text("vacation_until", "Last day of the holiday", "Written as 2027-01-04.", 10),
    _text("vacation_text", "Text during the holiday", "Said instead of any other automatic answer."),
    # Steps of a conversation
    _switch("acceptance", "Say who answers", "When an agent accepts a waiting conversation."),
    _text("acceptance_text", "Text when accepted", "Usually with the agent's name."),
    template_option("acceptance", "Template when accepted"),
    _switch("transfer", "Say that it was passed on", "When a conversation goes to another queue or agent."),
    _text("transfer_text", "Text when passed on", "Usually with the name of the queue."),
    template_option("transfer", "Template when passed on"),
    _switch("position", "Tell the position in the queue", "After the customer chose a queue."),
    _text("position_text", "Text of the position", "The number follows it, or stands where {{position}} is."),
    _switch("farewell", "Say goodbye", "When a conversation is closed."),
    _text("farewell_text", "Text of the farewell", "A number's, and an agent's own, come first."),
    template_option("farewell", "Template of the farewell"),
    _switch("farewell_waiting", "Say goodbye to who still waits", "When it is closed before anybody answered."),
    _switch("accept_audio", "Accept voice messages", "When off, each is answered with a text.", default=True),
    _text("audio_refusal_text", "Text instead of listening", "Sent as an answer to the voice message."),
    _switch("accept_calls", "Take calls", "When off, each call is answered with a text.", default=True),
    _text("call_refusal_text", "Text instead of a call", "Sent to who called."),
    # Menu
    _switch("greet_single", "Greet without a choice", "Also where a menu has one queue only.", default=True),
    _number("menu_max_tries", 3, "Answers that fit no option", "Then the menu stays silent. 0: no limit.", 50),
    _number("menu_pause_minutes", 0, "Minutes between two menus", "Not shown again sooner. 0: at once.", 10_080),
    _switch(
        "choices_as_buttons", "Choices to tap",
        "Menus and questions are sent as buttons or a list where the number can; else with numbers.", default=True,
    ),
    # Privacy
    _switch("consent", "Ask for consent", "Before anything else is said to the customer."),
    _text("consent_text", "Text about personal data", "Sent before the question."),
    _text("consent_link", "Address of the privacy policy", "Sent between the text and the question.", 500),
    _switch("consent_each_ticket", "Ask in each conversation", "When off, once per customer."),
    _number("consent_max_tries", 3, "Times the question is asked", "0: no limit.", 50),
    _text("consent_refused_text", "Text after a no", "Then the conversation is closed."),
    _switch("mask_numbers", "Hide numbers from agents", "Supervisors and administrators see them in full."),
]  # fmt: skip
