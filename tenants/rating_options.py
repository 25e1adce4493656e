"""Options of the question that follows a closed conversation. An empty text is said in the product's own words."""

from tenants.automation_options import template_option
from tenants.option import BOOLEAN, CHOICE, INTEGER, TEXT, Option

RATING = [
    Option(
        "rating", CHOICE, "off", "Ask for a rating", "After a conversation was closed, in the same chat.",
        choices=("off", "csat", "nps"),
    ),
    Option("rating_text", TEXT, "", "Question", "The scale follows where it is from one to five.", maximum=1024),
    template_option("rating", "Template of the question"),
    Option("rating_comment", BOOLEAN, False, "Ask for a comment", "After the score."),
    Option("rating_comment_text", TEXT, "", "Question for the comment", "Asked once.", maximum=1024),
    Option("rating_thanks_text", TEXT, "", "Text of thanks", "After the answer.", maximum=1024),
    Option(
        "rating_tries", INTEGER, 3, "Answers that are not understood", "Then the question is dropped.",
        minimum=1, maximum=10,
    ),
    Option(
        "rating_hours", INTEGER, 24, "Hours to answer", "A later message begins a new conversation.",
        minimum=1, maximum=720,
    ),
    Option(
        "rating_pause_days", INTEGER, 0, "Days between two questions",
        "The same customer is not asked again sooner. 0: after each conversation.", minimum=0, maximum=365,
    ),
]  # fmt: skip
