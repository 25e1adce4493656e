"""Telephone numbers as people type them and as WhatsApp writes them: digits, country code first."""

import re

import phonenumbers

_NOT_DIGITS = re.compile(r"[\s().\-/+]")


def digits_of(typed: str, region: str = "") -> str:
    """The digits of a number that somebody typed, with its country code; blank when it cannot be one.

    `region` completes a national number ("11 98765-4321" in BR); an international one starts with + or 00.
    """
    plain = _NOT_DIGITS.sub("", typed.strip())
    if not plain.isascii() or not plain.isdigit():
        return ""
    if typed.strip().startswith("+") or not region:
        return plain.removeprefix("00") if 8 <= len(plain.removeprefix("00")) <= 15 else ""
    try:
        parsed = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return ""
    found = f"{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"
    return found if 8 <= len(found) <= 15 else ""


def variants(digits: str) -> set[str]:
    """Other ways in which the same mobile number is written, never those of a landline.

    Brazil: accounts older than the ninth digit are known to WhatsApp without it. Mexico and Argentina put a
    digit behind the country code of mobiles, and not everybody writes it.
    """
    if digits.startswith("55"):
        return _brazil(digits)
    for country, mark in (("52", "1"), ("54", "9")):
        if digits.startswith(country + mark) and len(digits) == 13:
            return {country + digits[3:]}
        if digits.startswith(country) and len(digits) == 12 and digits[2] != mark:
            return {country + mark + digits[2:]}
    return set()


def _brazil(digits: str) -> set[str]:
    area, subscriber = digits[:4], digits[4:]
    if len(subscriber) == 8 and subscriber[0] in "6789":
        return {f"{area}9{subscriber}"}
    if len(subscriber) == 9 and subscriber[0] == "9" and subscriber[1] in "6789":
        return {area + subscriber[1:]}
    return set()
