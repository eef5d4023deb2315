"""How fast a notice is read, from its text to validated JSON, against jieba's word segmentation of the same text.

Run ``uv run benchmarks/extraction.py [FILE …]`` (default: the notice in ``corpus/``). One core, the
best of several runs; the peer is measured in the same run. The second table shows how the time per character
grows with length, the third what hostile text costs. Aims: at least 6 times as fast as jieba, never below 4; time
per character within 20 % when a notice grows.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jieba

import policygraph as pg
from policygraph import contract

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
RUNS = 5
HOSTILE = 100_000


def full_path(text: str) -> str:
    """Read a text to the validated JSON of its first notice."""
    (notice, *_) = pg.parse(text.encode(), name="benchmark")
    record = contract.record(notice)
    contract.check(record)
    return json.dumps(record, ensure_ascii=False)


def seconds(function: Callable[[str], object], text: str, runs: int = RUNS) -> float:
    """Return the shortest time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        function(text)
        best = min(best, time.perf_counter() - start)
    return best


def longer(text: str, times: int) -> str:
    """Return a notice ``times`` as long: its body again under numbers of its own, so that no copy is a repeat."""
    head, mark, body = text.partition("一、")
    copies = (mark + body.replace("20", f"{20 + index}") for index in range(times))
    return head + "\n".join(copies)


def main() -> None:
    """Measure and print."""
    files = [Path(name) for name in sys.argv[1:]] or [ROOT / "corpus" / "jiamusi-2018-water.txt"]
    jieba.initialize()
    print("full path against jieba.lcut, characters per second")
    for path in files:
        text = path.read_text("utf-8")
        own, peer = seconds(full_path, text), seconds(jieba.lcut, text)
        chars = len(text)
        print(f"  {path.name:28} {chars:7}  {chars / own:10,.0f}  jieba {chars / peer:10,.0f}  {peer / own:5.1f} ×")
    print("time per character as one notice grows (1× = 1.00)")
    text = files[0].read_text("utf-8")
    text = text[: len(text) // 2]
    base = seconds(full_path, longer(text, 1)) / len(longer(text, 1))
    for times in (2, 4, 8):
        grown = longer(text, times)
        print(f"  {times} ×  {seconds(full_path, grown) / len(grown) / base:.2f}")
    print(f"hostile text, {HOSTILE:,} characters inside a notice of {HOSTILE:,} more: seconds (plain text = 1.0)")
    padding = "加强水污染防治工作,切实改善水环境质量。" * (HOSTILE // 20)
    plain = seconds(full_path, text + padding + padding, 2)
    hostile = {"digits": "1", "opening brackets": "(", "enumeration commas": "、", "years": "2018年", "titles": "《"}
    for name, unit in hostile.items():
        spent = seconds(full_path, text + unit * (HOSTILE // len(unit)) + padding, 2)
        print(f"  {name:20} {spent:8.2f} s  {spent / plain:6.1f}")


if __name__ == "__main__":
    main()
