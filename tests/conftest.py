"""What tests share: the shipped notice, the project's folders, and shared/ where it exists."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def jiamusi(corpus: Path) -> Path:
    return corpus / "jiamusi-2018-water.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of notices and gold that developers have beside the project; tests skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here: this test reads notices that do not ship")
    return folder
