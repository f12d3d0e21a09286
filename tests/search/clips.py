"""Records to search in: short to write, public unless said otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from search.documents import Cue, Label, Record

PROVINCE = Label("tinh-doan", "Tỉnh đoàn Bình Phước")
DONG_XOAI = Label("dong-xoai", "Thành đoàn Đồng Xoài")
LOC_NINH = Label("loc-ninh", "Huyện đoàn Lộc Ninh")
HUNG_VUONG = Label("hung-vuong", "Đoàn trường THPT Hùng Vương")
LE_LOI = Label("le-loi", "Đoàn trường THCS Lê Lợi")

MATHS = Label("toan", "Toán")
PHYSICS = Label("vat-li", "Vật lí")
CHEMISTRY = Label("hoa-hoc", "Hóa học")

FIRST_DAY = datetime(2021, 9, 5, tzinfo=UTC)


def clip(pk: int, title: str, **more: Any) -> Record:
    """A record; a larger id was published later."""
    more = {
        "published_at": FIRST_DAY + timedelta(days=pk),
        "public": True,
        **more,
    }
    return Record(id=pk, title=title, **more)


def cue(second: int, text: str) -> Cue:
    return Cue(second * 1000, second * 1000 + 2000, text)
