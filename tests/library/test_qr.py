from __future__ import annotations

import xml.etree.ElementTree as ET

from library.qr import qr_svg


def test_a_qr_code_is_an_svg_that_scales() -> None:
    root = ET.fromstring(qr_svg("https://thuvien.vn/clip/duong-tron-7/"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") is None
    assert root.get("viewBox")


def test_another_address_is_another_code() -> None:
    assert qr_svg("https://thuvien.vn/clip/a-1/") != qr_svg(
        "https://thuvien.vn/clip/a-2/"
    )
