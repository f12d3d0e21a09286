"""Times the embedded search on N made-up clips in a scratch SQLite database.

    .venv/bin/python benchmarks/search_embedded.py --clips 10000
    .venv/bin/python benchmarks/search_embedded.py --database postgresql://…

A named database is used as it is (migrations are run, an index named "benchmark" is
written and dropped): give it an empty one.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="search-benchmark-")
os.environ["DATA_DIR"] = FOLDER.name
if "--database" in sys.argv:
    os.environ["DATABASE_URL"] = sys.argv[sys.argv.index("--database") + 1]
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/library.sqlite3")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from search.documents import Cue, Label, Record  # noqa: E402
from search.embedded import generations  # noqa: E402
from search.embedded.engine import EmbeddedEngine  # noqa: E402
from search.index import ask  # noqa: E402
from search.queries import Query  # noqa: E402


def _pieces(text: str) -> list[str]:
    return text.split("|")


SUBJECTS = _pieces(
    "Toán|Ngữ văn|Vật lí|Hóa học|Sinh học|Lịch sử|Địa lí|Tiếng Anh|Tin học|Công nghệ|"
    "Giáo dục công dân|Âm nhạc|Mĩ thuật|Giáo dục thể chất|Giáo dục quốc phòng"
)
SKILLS = _pieces(
    "An toàn và sơ cứu|An toàn giao thông|Phòng chống đuối nước|Kỹ năng số|"
    "Giao tiếp, thuyết trình|Hướng nghiệp|Tự học|Môi trường, tình nguyện"
)
TOPICS = _pieces(
    "đạo hàm|tích phân|hàm số bậc hai|phương trình lượng giác|dao động điều hòa|"
    "quang hợp|phản ứng oxi hóa khử|chuyện người con gái Nam Xương|chiến dịch Hồ Chí Minh|"
    "địa hình đồi núi|câu điều kiện|vòng lặp|sơ cứu đuối nước|đội mũ bảo hiểm|"
    "an toàn trên mạng|nói trước đám đông|viết đơn xin việc|phân loại rác|bình đẳng giới|"
    "bạo lực học đường|quê hương Bình Phước|hát đồng ca|phối màu|chạy bền|cấu tạo tế bào"
)
SYLLABLES = _pieces(
    "bài|giảng|học|sinh|thầy|cô|lớp|trường|ôn|tập|kiểm|tra|thi|giữa|kỳ|cuối|năm|phần|đầu|"
    "tiên|nội|dung|chính|ví|dụ|minh|họa|lời|giải|công|thức|định|nghĩa|khái|niệm|thực|hành|"
    "thí|nghiệm|quan|sát|nhận|xét|kết|luận|ghi|nhớ|câu|hỏi|trả|lời|nhóm|thảo|luận|cuộc|"
    "sống|hằng|ngày|gia|đình|bạn|bè|xã|hội|đất|nước|con|người|thiên|nhiên|mùa|xuân|biển|"
    "núi|sông|đường|phố|xe|đạp|nước|lửa|ánh|sáng|âm|thanh|nhiệt|độ|khối|lượng|thời|gian"
)
RHYMES = _pieces(
    "ác|ạch|ai|ải|ăm|ắn|ẩn|âu|ày|e|én|ẹp|êm|ếch|iên|iệt|o|óc|oan|ông|ộp|ơi|ớp|u|ú|ung|"
    "ưa|ước|ương|uyên|uýt|y|yếu|oa|oè|uôi|uống|im|ín|ịch"
)
# What no topic is about: made-up syllables, the first ones far more common than the last.
FILLERS = [
    a + b for a in _pieces("b|ch|đ|gi|kh|l|m|nh|ph|r|s|t|tr|v|x") for b in RHYMES
]
WORDS = SYLLABLES + FILLERS
WEIGHTS = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(WORDS))))
KINDS = {"Bài giảng": 6, "Kỹ năng": 3, "Ghi hình sự kiện": 1}
TYPED = _pieces(
    "toan hoc|toán|dao ham|đạo hàm|hoa hoc 11|vat ly|ky nang|binh phuoc|an toan|"
    "so cuu duoi nuoc|bai giang|lop 12|quang hop la gi|on tap cuoi nam toan|duong|"
    "chien dich ho chi minh|cong thuc tich phan|khong co gi nhu vay"
)

# Found only after other attempts, or with a proposal.
MISTYPED = _pieces(
    "toans hocj|dao hamm|truongg hoc|phuong trinnh luong giac|toan12|sow cuwus|"
    "on tap cuoi nam toann|so cuu duoi nuocc tre em"
)


def records(number: int, rng: random.Random) -> Iterator[Record]:
    """Clips of a province: 60 schools with 15 speakers each, 15 subjects, 3 to 12 captions each."""
    for pk in range(1, number + 1):
        school = rng.randrange(60)
        subject, topic = rng.randrange(len(SUBJECTS)), rng.choice(TOPICS)
        grade = rng.randrange(6, 13)
        title = f"{topic} {_talk(rng, rng.randint(0, 6))}"
        yield Record(
            id=pk,
            title=title[0].upper() + title[1:],
            description=f"{SUBJECTS[subject]} lớp {grade}. " + _talk(rng, 40),
            kind=_kind(rng),
            subject=Label(str(subject), SUBJECTS[subject]),
            grades=(Label(str(grade), f"Lớp {grade}"),),
            skills=tuple(Label(name, name) for name in rng.sample(SKILLS, k=pk % 3)),
            units=(
                Label("p", "Tỉnh đoàn Bình Phước"),
                Label(f"d{school % 11}", f"Huyện đoàn số {school % 11}"),
                Label(f"s{school}", f"Đoàn trường THPT số {school}"),
            ),
            series=Label(f"c{pk % 400}", f"Chuyên đề {TOPICS[pk % 25]} {pk % 400}"),
            speakers=(f"Thầy {SYLLABLES[school]} {rng.choice(SYLLABLES[:15])}",),
            licence=rng.choice(("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0")),
            captions=_cues(rng, topic),
            duration_ms=rng.randint(60_000, 2_400_000),
            published_at=datetime(2021, 9, 5, tzinfo=UTC) + timedelta(hours=pk),
            views=int(rng.paretovariate(0.8)),
            public=True,
        )


def _talk(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, cum_weights=WEIGHTS, k=words))


def _kind(rng: random.Random) -> Label:
    (name,) = rng.choices(list(KINDS), list(KINDS.values()))
    return Label(name, name)


def _cues(rng: random.Random, topic: str) -> tuple[Cue, ...]:
    spoken = [_talk(rng, 10) for _ in range(rng.randint(3, 12))]
    spoken[rng.randrange(len(spoken))] = f"hôm nay ta học về {topic}"
    return tuple(
        Cue(at * 5000, at * 5000 + 4800, text) for at, text in enumerate(spoken)
    )


def timed(name: str, calls: list[Callable[[], object]]) -> None:
    """Wall time; and this process's own, which a busy machine disturbs less (SQLite only)."""
    for call in calls[:20]:
        call()
    wall, own = [], []
    for call in calls:
        start, own_start = time.perf_counter(), time.process_time()
        call()
        wall.append((time.perf_counter() - start) * 1000)
        own.append((time.process_time() - own_start) * 1000)
    cuts, own_cuts = statistics.quantiles(wall, n=100), statistics.quantiles(own, n=100)
    print(
        f"{name:24} p50 {cuts[49]:7.1f} ms   p95 {cuts[94]:7.1f} ms"
        f"   own time p50 {own_cuts[49]:7.1f} ms   p95 {own_cuts[94]:7.1f} ms"
    )


def measure(engine: EmbeddedEngine, queries: int) -> None:
    """What a student waits for, on an index that is there."""
    typed = list(itertools.islice(itertools.cycle(TYPED), queries))
    unit = [{"unit": (f"d{number % 11}",)} for number in range(len(typed))]
    prefixes = [text[: 1 + at % max(len(text), 1)] for at, text in enumerate(typed)]
    timed("query, facets, moments", [_search(engine, Query(t)) for t in typed])
    mistyped = list(itertools.islice(itertools.cycle(MISTYPED), queries // 2))
    timed("the same, mistyped", [_search(engine, Query(t)) for t in mistyped])
    timed(
        "the same in a district",
        [_search(engine, Query(t, f)) for t, f in zip(typed, unit, strict=True)],
    )
    timed("browse all", [_search(engine, Query())] * (queries // 4))
    timed(
        "browse a subject",
        [_search(engine, Query("", {"subject": (str(n % 15),)})) for n in range(50)],
    )
    timed("as you type", [partial(engine.suggest, prefix, 8) for prefix in prefixes])


def by_text(engine: EmbeddedEngine) -> None:
    """Which questions cost how much of this process's own time."""
    for text in (*TYPED, *MISTYPED):
        own = []
        for _ in range(6):
            start = time.process_time()
            hits = ask(engine, Query(text))
            own.append((time.process_time() - start) * 1000)
        print(f"{text:28} {statistics.median(own[1:]):6.1f} ms {hits.total:8} hits")


def written(engine: EmbeddedEngine, clips: list[Record]) -> None:
    """A clip that changes, and the first question after it: it reads the labels anew."""
    timed("a write", [partial(engine.put, clip) for clip in clips])
    own = []
    for clip in clips[:20]:
        engine.put(clip)
        start = time.process_time()
        ask(engine, Query("toan hoc"))
        own.append((time.process_time() - start) * 1000)
    print(f"question after a write   own time p50 {statistics.median(own):7.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--database", help="its address, in place of a scratch SQLite")
    parser.add_argument("--by-text", action="store_true", help="each text's own time")
    options = parser.parse_args()
    rng = random.Random(2021)
    call_command("migrate", "search", verbosity=0)
    engine = EmbeddedEngine("benchmark")
    start = time.perf_counter()
    engine.rebuild(records(options.clips, rng))
    seconds = time.perf_counter() - start
    rate = options.clips / seconds
    print(f"{connection.vendor}, {options.clips} clips")
    print(f"rebuild {seconds:.1f} s, {rate:.0f} clips/s")
    measure(engine, options.queries)
    written(engine, list(records(100, random.Random(7))))
    if options.by_text:
        by_text(engine)
    generations.drop(engine.index)


def _search(engine: EmbeddedEngine, query: Query) -> Callable[[], object]:
    return lambda: ask(engine, query)


if __name__ == "__main__":
    main()
    connection.close()
    FOLDER.cleanup()
