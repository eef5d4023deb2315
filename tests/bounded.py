"""A source read in a process of its own, with what that took."""

import subprocess
import sys
from pathlib import Path

MOST_MEGABYTES = 900
MOST_SECONDS = 60

_CHILD = """
import pathlib, re, sys, time
from policygraph.errors import PolicygraphError
from policygraph.read import pages
start = time.monotonic()
try:
    found = pages(sys.argv[1])
    said = f"{len(found)} pages"
except PolicygraphError as error:
    said = str(error)
status = pathlib.Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) if status.exists() else 0  # ru_maxrss is the parent's too
print(peak // 1024, round(time.monotonic() - start, 1), said)
"""


def read_alone(path: Path) -> tuple[int, float, str]:
    """Return the most MiB that were held, the seconds, and what was said: how many pages, or why it was refused."""
    command = [sys.executable, "-c", _CHILD, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=4 * MOST_SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    megabytes, seconds, said = done.stdout.split(" ", 2)
    return int(megabytes), float(seconds), said.rstrip("\n")
