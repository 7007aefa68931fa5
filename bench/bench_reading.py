"""How long reading a post takes: `python bench/bench_reading.py`. The corpus of the tests, and the worst messages known."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from records.command import read, read_question
from records.kinds import KINDS
from records.vocabulary import Vocabulary
from tests.records.said import context, posts, words

WORST = (
    "from " * 199,
    "arrived 12 " * 99,
    "wommen chidlren form too " * 49,
    "x " * 2048,
    '"' * 4096,
    "a\n" * 2048,
    "- " * 2048,
    "و" * 200,
    "ﷺ" * 4096,
    "сирри актоу жнщин " * 60,
    "Ақтаудағы " * 110,
    "type medical " * 85,
)
ROUNDS = 20


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of the fastest of several goes."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - begun)
    return 1000 * best


def main() -> None:
    """Prints the figures."""
    print(f"building the vocabulary  {timed(Vocabulary.load):8.2f} ms")
    all_posts = [*posts("posts_en.toml"), *posts("posts_en_hard.toml")]
    for name, some in (
        ("posts that read", [one for one in all_posts if not one.problems]),
        ("posts with problems", [one for one in all_posts if one.problems]),
    ):
        took = [timed(lambda one=one: read(one.text, one.kind, words(), context())) for one in some]
        print(f"{name:24} {statistics.median(took):8.2f} ms median, {max(took):.2f} at most, of {len(took)}")
    for text in WORST:
        took = [timed(lambda text=text, kind=kind: read(text, kind, words(), context())) for kind in KINDS]
        print(f"{text[:20]!r:24} {max(took):8.2f} ms, {len(text)} characters")
    lost = "сирри актоу жнщин " * 60
    print(f"a question of strange words {timed(lambda: read_question(lost, KINDS, words(), context())):5.2f} ms")
    asked = "flights this year by citizens and month from Syria"
    print(f"a question               {timed(lambda: read_question(asked, KINDS, words(), context())):8.2f} ms")


if __name__ == "__main__":
    main()
