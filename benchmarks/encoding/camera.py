"""A teacher before a phone held by hand: the picture shakes, the head and a hand move, and
the sensor adds its noise to every frame."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.encoding.lecture import FPS, SIZE, font, noise

ROOM = (2080, 1170)  # larger than the picture, so that it can shake
# Added after the frames are drawn; the blur gives it the soft grain of a phone's own
# noise reduction. The seeds make each run alike.
SENSOR = (
    "noise=c0s=13:c0f=t:c0_seed=7:c1s=7:c1f=t:c1_seed=8:c2s=7:c2f=t:c2_seed=9,gblur=0.6"
)
SKIN, DARK_SKIN, HAIR, SHIRT = "#c98f6b", "#a8704f", "#1d1714", "#3d6b8f"


def frames(seconds: float, seed: int) -> Iterator[bytes]:
    """Every picture before the sensor's noise, as RGB."""
    rng = random.Random(seed)
    room, body, face, hand = _room(rng), _body(rng), _face(rng), _hand(rng)
    phases = [rng.uniform(0, math.tau) for _ in range(12)]
    for number in range(round(seconds * FPS)):
        t = number / FPS
        scene = room.copy()
        sway = _waves(t, phases[:2], (0.23, 0.61))
        scene.paste(body, (640 + int(14 * sway), 560), body)
        head = _alive(face, t, phases[6:])
        place = (
            790 + int(26 * sway),
            190 + int(9 * _waves(t, phases[2:4], (0.37, 0.9))),
        )
        scene.paste(head, place, head)
        raised = max(0.0, _waves(t, phases[4:6], (0.11, 0.29)))
        at = (430 + int(60 * sway), 1010 - int(420 * raised))
        scene.paste(hand, at, hand)
        yield _shaken(scene, t, phases[6:]).tobytes()


def _waves(t: float, phases: list[float], hertz: tuple[float, ...]) -> float:
    """Something between -1 and 1 that does not soon repeat."""
    pairs = zip(phases, hertz, strict=False)
    return sum(math.sin(math.tau * f * t + p) for p, f in pairs) / len(hertz)


def _shaken(scene: Image.Image, t: float, phases: list[float]) -> Image.Image:
    dx = 22 * _waves(t, phases[0:3], (0.31, 1.3, 4.1))
    dy = 16 * _waves(t, phases[1:4], (0.43, 1.7, 5.3))
    turn = 0.004 * _waves(t, phases[2:4], (0.27, 1.1))
    margin = ((ROOM[0] - SIZE[0]) / 2, (ROOM[1] - SIZE[1]) / 2)
    matrix = (
        1,
        turn,
        margin[0] + dx - 540 * turn,
        -turn,
        1,
        margin[1] + dy + 960 * turn,
    )
    return scene.transform(
        SIZE, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR
    )


def _room(rng: random.Random) -> Image.Image:
    """A wall in uneven light, a board with writing, shelves full of books."""
    wall = Image.linear_gradient("L").resize(ROOM).rotate(180)
    room = Image.merge(
        "RGB", [wall.point(lambda v, top=top: top - v // 5) for top in (214, 205, 186)]
    )
    pen = ImageDraw.Draw(room)
    pen.rectangle((90, 120, 760, 620), fill="#1f4d3a", outline="#7a5a33", width=14)
    for row, text in enumerate(
        ("Định luật Ôm", "I = U / R", "U = 12 V, R = 6 ôm", "I = 2 A")
    ):
        pen.text((140, 160 + 105 * row), text, font=font("Regular", 64), fill="#dfe8df")
    for shelf in range(4):
        floor = 330 + 250 * shelf
        pen.rectangle((1330, floor, 2060, floor + 18), fill="#6b4a2b")
        at = 1336
        while at < 2040:
            width, height = rng.randrange(18, 46), rng.randrange(130, 210)
            colour = tuple(rng.randrange(30, 200) for _ in range(3))
            pen.rectangle((at, floor - height, at + width - 3, floor), fill=colour)
            pen.line(
                (at + width // 2, floor - height + 20, at + width // 2, floor - 40),
                fill="#e8e0d0",
                width=3,
            )
            at += width
    plaster = noise(ROOM, rng).convert("RGB")
    return Image.blend(room, plaster, 0.06).filter(ImageFilter.GaussianBlur(1.4))


def _body(rng: random.Random) -> Image.Image:
    body = Image.new("RGBA", (760, 640))
    pen = ImageDraw.Draw(body)
    pen.rounded_rectangle((40, 60, 720, 700), 190, fill=SHIRT)
    pen.rectangle((300, 40, 460, 70), fill=SHIRT)
    outline = body.getchannel("A")
    for x in range(60, 720, 26):
        pen.line((x, 70, x + rng.randint(-8, 8), 640), fill="#34597a", width=3)
    for y in range(90, 640, 34):
        pen.line((50, y, 716, y + rng.randint(-6, 6)), fill="#4b7ba3", width=2)
    pen.polygon(((300, 40), (460, 40), (430, 170), (380, 230), (330, 170)), fill=SKIN)
    body.putalpha(outline)
    return _textured(body, rng).filter(ImageFilter.GaussianBlur(0.8))


def _textured(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Cloth and skin are not of one colour; what gives them away moves along with them."""
    coarse = noise((picture.width // 9, picture.height // 9), rng)
    coarse = coarse.resize(picture.size, Image.Resampling.BICUBIC)
    both = Image.blend(noise(picture.size, rng), coarse, 0.5)
    rough = Image.blend(picture.convert("RGB"), both.convert("RGB"), 0.12)
    rough.putalpha(picture.getchannel("A"))
    return rough


def _face(rng: random.Random) -> Image.Image:
    face = Image.new("RGBA", (440, 500))
    pen = ImageDraw.Draw(face)
    pen.ellipse((30, 10, 410, 420), fill=HAIR)
    pen.ellipse((60, 50, 380, 480), fill=SKIN)
    pen.chord((60, 50, 380, 480), 300, 60, fill=DARK_SKIN)
    pen.pieslice((50, 20, 390, 300), 180, 360, fill=HAIR)
    pen.arc((196, 240, 246, 330), 20, 160, fill=DARK_SKIN, width=6)
    for x in (150, 290):
        pen.arc((x - 40, 180, x + 40, 240), 200, 340, fill=HAIR, width=8)
    return _textured(face, rng).filter(ImageFilter.GaussianBlur(1.0))


def _alive(face: Image.Image, t: float, phases: list[float]) -> Image.Image:
    """The face with its eyes, which look about and blink, and its mouth, which speaks."""
    head = face.copy()
    pen = ImageDraw.Draw(head)
    look = 10 * _waves(t, phases[1:3], (0.21, 0.53))
    is_blinking = math.sin(math.tau * t / 3.7 + phases[3]) > 0.985
    for x in (150, 290):
        if is_blinking:
            pen.line((x - 26, 236, x + 26, 236), fill=HAIR, width=5)
        else:
            pen.ellipse((x - 28, 222, x + 28, 252), fill="#e2d9cc")
            pen.ellipse((x - 12 + look, 224, x + 12 + look, 250), fill=HAIR)
    opened = 22 * abs(math.sin(math.tau * 2.1 * t) * _waves(t, phases[4:], (0.7, 1.9)))
    pen.ellipse((170, 366 - opened, 270, 382 + opened), fill="#6e2f2f")
    return head


def _hand(rng: random.Random) -> Image.Image:
    hand = Image.new("RGBA", (330, 560))
    pen = ImageDraw.Draw(hand)
    pen.rounded_rectangle((110, 200, 230, 560), 60, fill=SHIRT)
    pen.ellipse((90, 110, 240, 290), fill=SKIN)
    for number, x in enumerate((96, 132, 168, 204)):
        pen.rounded_rectangle(
            (x, 10 + 14 * abs(number - 1), x + 30, 180), 15, fill=SKIN
        )
    return _textured(hand, rng).filter(ImageFilter.GaussianBlur(1.2))
