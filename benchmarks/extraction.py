"""How fast a notice is read, from its text to validated JSON, against jieba's word segmentation of the same text.

Run ``uv run benchmarks/extraction.py [FILE …]`` (default: the notice in ``corpus/``). One core, the
best of several runs; the peer is measured in the same run. The second table shows how the time per character
grows with length, the third what hostile text costs, on the line of the rest of the notice and on one of its own. Each
hostile case runs in a process with a time limit, all of them within 90 seconds. Aims: at least 6 times as fast as
jieba, never below 4; time per character within 20 % when a notice grows; a hostile text no more than a few times
plain text. No sentence comes twice, since a copy is told by its sentences and nothing is read in it.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice
from multiprocessing import Pipe, Process
from pathlib import Path
from typing import TYPE_CHECKING

import jieba

import policygraph as pg
from policygraph import contract

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

ROOT = Path(__file__).parent.parent
RUNS = 5
HOSTILE = 100_000
CASE_SECONDS = 10
HOSTILE_SECONDS = 90
UNITS = {
    "digits": "1", "opening brackets": "(", "enumeration commas": "、", "years": "2018年", "titles": "《",
    "commas": ",", "spaces": " ", "role words": "牵头", "bodies": "市水务局、", "labels": "(1)",
    "labels of bodies": "责任单位:", "annexes": "附件1", "targets": "新增3个项目、", "defaults": "以下均",
    "heads of tables": "指标", "statements": "(市水务局牵头)",
}  # fmt: skip


def full_path(text: str) -> bytes:
    """Read a text to the validated JSON of its first notice."""
    (notice, *_) = pg.parse(text.encode(), name="benchmark")
    return contract.encode(notice)


def seconds(function: Callable[[str], object], text: str, runs: int = RUNS) -> float:
    """Return the shortest time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        function(text)
        best = min(best, time.perf_counter() - start)
    return best


def longer(text: str, times: int) -> str:
    """Return a notice ``times`` as long: its body again, each time with another character in its clauses."""
    head, mark, body = text.partition("一、")
    copies = (mark + body.replace(",", f",{char}").replace("，", f"，{char}") for char in "甲乙丙丁戊己庚辛"[:times])
    return head + "\n".join(copies)


def plain(text: str, chars: int) -> str:
    """Return so many characters of prose, each sentence with characters of its own from a text."""
    known = sorted({char for char in text if "\u4e00" <= char <= "\u9fff"} - set("一二三四五六七八九十年月第附以由"))
    pairs = zip(cycle(known), cycle(known[1:]), (char for char in known for _ in known), strict=False)
    sentences = (f"加强{a}{c}{b}污染防治工作,切实改善水环境质量。" for a, b, c in pairs)
    return "".join(islice(sentences, chars // 20))[:chars]


def limited(text: str, limit: float) -> float | None:
    """Return the seconds that reading a text takes in a process of its own, or ``None`` beyond a limit."""
    receiver, sender = Pipe(duplex=False)
    child = Process(target=_send, args=(sender, text))
    child.start()
    spent = receiver.recv() if receiver.poll(limit) else None
    child.kill()
    child.join()
    return spent


def _send(sender: Connection, text: str) -> None:
    sender.send(seconds(full_path, text, 2))


def ratios(files: list[Path]) -> None:
    """Print the speed on each file beside the peer's."""
    jieba.initialize()
    print("full path against jieba.lcut, characters per second")
    for path in files:
        text = path.read_text("utf-8")
        own, peer = seconds(full_path, text), seconds(jieba.lcut, text)
        chars = len(text)
        print(f"  {path.name:28} {chars:7}  {chars / own:10,.0f}  jieba {chars / peer:10,.0f}  {peer / own:5.2f} ×")


def growth(text: str) -> None:
    """Print the time per character as a notice grows."""
    print("time per character as one notice grows (1× = 1.00)")
    base = seconds(full_path, longer(text, 1)) / len(longer(text, 1))
    for times in (2, 4, 8):
        grown = longer(text, times)
        print(f"  {times} ×  {seconds(full_path, grown) / len(grown) / base:.2f}")


def hostile(text: str) -> None:
    """Print what hostile text costs, as a multiple of as much plain text."""
    print(f"hostile text, {HOSTILE:,} characters beside as many plain ones: seconds, times plain; same line | own line")
    padding = plain(text, HOSTILE)
    base = limited(text + plain(text, 2 * HOSTILE), CASE_SECONDS) or CASE_SECONDS
    print(f"  {'plain':20} {base:6.2f} s")
    ends = time.perf_counter() + HOSTILE_SECONDS
    for name, unit in UNITS.items():
        costs = []
        for parting in ("", "\n"):
            left = min(CASE_SECONDS, ends - time.perf_counter())
            spent = limited(text + parting + unit * (HOSTILE // len(unit)) + parting + padding, max(0, left))
            costs.append(f"{spent:6.2f} s {spent / base:5.1f}" if spent else f"> {max(0, left):.0f} s" + " " * 8)
        print(f"  {name:20} {' | '.join(costs)}", flush=True)


def main() -> None:
    """Measure and print."""
    files = [Path(name) for name in sys.argv[1:]] or [ROOT / "corpus" / "jiamusi-2018-water.txt"]
    ratios(files)
    text = files[0].read_text("utf-8")
    text = text[: len(text) // 2]
    growth(text)
    hostile(text)


if __name__ == "__main__":
    main()
