"""A QR code of an address, drawn here: nothing is asked of another site."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> bytes:
    """A stand-alone SVG that scales, with the quiet zone that readers need."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=8, border=4, dark="#0b2a5b", omitsize=True)
    return drawn.getvalue()
