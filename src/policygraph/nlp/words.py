"""Chinese words by jieba's dictionary, for people to read: a difference in words, not in single characters.

The dictionary is read from the package each time: jieba's own cache would be a file of a known name in the folder for
temporary files, which anybody may have put there.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def split(text: str) -> list[str]:
    """Return the words of a text in order; joined they are the text.

    >>> split("加强水源地监管")
    ['加强', '水源地', '监管']
    """
    return list(_cutter()(text, HMM=False))


@cache
def _cutter() -> Callable[..., list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 is older than Python's rules on escapes
        import jieba  # noqa: PLC0415 - heavy
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    cut: Callable[..., list[str]] = tokenizer.lcut
    return cut
