"""The examples of the document and of the modules are run."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

MODULES = ("endings", "kinds", "places", "prefixes", "succession")


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name):
    done = doctest.testmod(import_module(f"policygraph.registry.{name}"))
    assert done.attempted
    assert not done.failed


def test_examples_of_the_document():
    path = Path(__file__).parents[1] / "docs/organisations.md"
    done = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert done.attempted
    assert not done.failed
