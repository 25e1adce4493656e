"""Pictures, voice notes and documents of the demo, drawn and sounded here so that nobody's photo or voice is used."""

import io
import math
import random
import wave

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

RATE = 16_000


def picture(name: str, dice: random.Random) -> SimpleUploadedFile:
    """A receipt, a battered box or a dress."""
    draw = {"receipt": _receipt, "box": _box, "dress": _dress}[name]
    content = io.BytesIO()
    draw(dice).save(content, "PNG")
    return SimpleUploadedFile(f"{name}.png", content.getvalue(), "image/png")


def document(name: str, title: str, lines: list[str], pages: int) -> SimpleUploadedFile:
    """A PDF with these lines on each page."""
    content = io.BytesIO()
    first, *others = [_page(title, lines, f"{number}/{pages}") for number in range(1, pages + 1)]
    first.save(content, "PDF", resolution=100, save_all=True, append_images=others)
    return SimpleUploadedFile(f"{name}.pdf", content.getvalue(), "application/pdf")


def voice(seconds: float, dice: random.Random) -> SimpleUploadedFile:
    """Something with the rhythm of speech: syllables of changing pitch, and pauses between words."""
    samples = bytearray()
    while len(samples) < seconds * RATE * 2:
        for _ in range(dice.randint(1, 4)):
            samples += _syllable(dice.uniform(0.09, 0.22), dice.uniform(110, 190), dice.uniform(0.3, 0.9))
        samples += bytes(2 * int(RATE * dice.uniform(0.05, 0.25)))
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(samples))
    return SimpleUploadedFile("voice.wav", content.getvalue(), "audio/wav")


def _syllable(seconds: float, pitch: float, loud: float) -> bytes:
    count = int(RATE * seconds)
    sound = bytearray()
    for place in range(count):
        shape = math.sin(math.pi * place / count) * loud
        turn = 2 * math.pi * pitch * place / RATE
        value = math.sin(turn) + 0.5 * math.sin(2 * turn) + 0.3 * math.sin(5 * turn)
        sound += int(9_000 * shape * value).to_bytes(2, "little", signed=True)
    return bytes(sound)


def _page(title: str, lines: list[str], number: str) -> Image.Image:
    image = Image.new("RGB", (827, 1169), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 827, 20), fill="#1d4ed8")
    draw.text((70, 64), title, fill="#111827", font=ImageFont.load_default(38))
    for row, line in enumerate(lines):
        draw.text((70, 150 + row * 44), line, fill="#374151", font=ImageFont.load_default(24))
    draw.line((70, 1090, 757, 1090), fill="#d1d5db", width=2)
    draw.text((70, 1104), number, fill="#6b7280", font=ImageFont.load_default(20))
    return image


def _receipt(dice: random.Random) -> Image.Image:
    image = Image.new("RGB", (420, 640), "#f5f5f4")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((24, 24, 396, 616), 16, fill="#ffffff", outline="#d6d3d1", width=2)
    draw.ellipse((180, 60, 240, 120), fill="#16a34a")
    draw.line((195, 92, 206, 104, 226, 78), fill="#ffffff", width=6)
    for row in range(9):
        top = 170 + row * 46
        draw.rounded_rectangle((56, top, 56 + dice.randint(60, 130), top + 12), 4, fill="#d6d3d1")
        draw.rounded_rectangle((364 - dice.randint(50, 120), top, 364, top + 12), 4, fill="#57534e")
    return image


def _box(dice: random.Random) -> Image.Image:
    image = Image.new("RGB", (720, 540), "#e7e5e4")
    draw = ImageDraw.Draw(image)
    dent = dice.randint(20, 70)
    draw.polygon(
        [(130, 190), (360, 120 + dent), (600, 190), (590, 430), (360, 490), (140, 430)], fill="#b08968"
    )
    draw.polygon([(130, 190), (360, 260), (600, 190), (360, 120 + dent)], fill="#c9a27e")
    draw.line((360, 260, 360, 490), fill="#7f5539", width=4)
    draw.polygon([(330, 250), (390, 250), (390, 330), (330, 330)], fill="#e6ccb2")
    for _ in range(7):
        x, y = dice.randint(160, 540), dice.randint(230, 430)
        draw.line((x, y, x + dice.randint(-40, 40), y + dice.randint(10, 50)), fill="#7f5539", width=3)
    return image


def _dress(dice: random.Random) -> Image.Image:
    color = dice.choice(["#be123c", "#1d4ed8", "#0f766e", "#a21caf", "#111827"])
    image = Image.new("RGB", (540, 720), "#faf5ef")
    draw = ImageDraw.Draw(image)
    draw.polygon([(215, 120), (325, 120), (345, 300), (450, 620), (90, 620), (195, 300)], fill=color)
    draw.polygon([(215, 120), (160, 210), (200, 240), (235, 180)], fill=color)
    draw.polygon([(325, 120), (380, 210), (340, 240), (305, 180)], fill=color)
    draw.rectangle((195, 290, 345, 312), fill="#fbbf24")
    return image
