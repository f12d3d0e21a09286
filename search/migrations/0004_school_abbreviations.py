"""What pupils and teachers of Vietnam type short; editors change it from here on.

A migration and not the founding: what an editor removes must not come back.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Either finds the other.
BOTH_WAYS = (
    ("thpt", "trung học phổ thông"),
    ("thcs", "trung học cơ sở"),
    ("gdcd", "giáo dục công dân"),
    ("gdktpl", "giáo dục kinh tế và pháp luật"),
    ("gdqp", "giáo dục quốc phòng"),
    ("gdtc", "giáo dục thể chất"),
    ("gdđp", "giáo dục của địa phương"),
    ("khtn", "khoa học tự nhiên"),
    ("khxh", "khoa học xã hội"),
    ("hđtn", "hoạt động trải nghiệm"),
    ("cntt", "công nghệ thông tin"),
    ("atgt", "an toàn giao thông"),
    ("kns", "kỹ năng sống"),
    ("hsg", "học sinh giỏi"),
    ("hs", "học sinh"),
    ("gv", "giáo viên"),
    ("gvcn", "giáo viên chủ nhiệm"),
    ("đvtn", "đoàn viên thanh niên"),
    ("clb", "câu lạc bộ"),
    ("tncs", "thanh niên cộng sản"),
    ("mhx", "mùa hè xanh"),
    ("bđt", "bất đẳng thức"),
    ("hpt", "hệ phương trình"),
    ("bpt", "bất phương trình"),
    ("anh văn", "tiếng anh"),
    *((f"khối {grade}", f"lớp {grade}") for grade in range(1, 13)),
)
# The short one finds the long one; the long one, typed, means itself.
ONE_WAY = (
    ("ptth", "trung học phổ thông"),
    ("ptth", "thpt"),
    ("gdktpl", "kinh tế và pháp luật"),
    ("ktpl", "kinh tế và pháp luật"),
    ("ktpl", "kinh tế pháp luật"),
    ("anh", "tiếng anh"),
    ("sử", "lịch sử"),
    ("địa", "địa lí"),
    ("lý", "vật lí"),
    ("hóa", "hóa học"),
    ("sinh", "sinh học"),
    ("văn", "ngữ văn"),
    ("tin", "tin học"),
    ("hcm", "hồ chí minh"),
    ("đh", "đại học"),
    ("hk1", "học kì 1"),
    ("hk1", "học kì i"),
    ("hk2", "học kì 2"),
    ("hk2", "học kì ii"),
    *((f"k{grade}", f"khối {grade}") for grade in range(1, 13)),
    *((f"k{grade}", f"lớp {grade}") for grade in range(1, 13)),
)


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    synonym = apps.get_model("search", "Synonym")
    rows = [(*pair, True) for pair in BOTH_WAYS] + [(*pair, False) for pair in ONE_WAY]
    synonym.objects.bulk_create(
        synonym(words=words, means=means, both_ways=both_ways)
        for words, means, both_ways in rows
    )


def take_away(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    synonym = apps.get_model("search", "Synonym")
    for words, means in (*BOTH_WAYS, *ONE_WAY):
        synonym.objects.filter(words=words, means=means).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_synonym")]

    operations = [migrations.RunPython(add, take_away)]
