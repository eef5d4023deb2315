"""Patterns that name words of theirs are found wherever the bare pattern is."""

import pytest

from notices import written
from policygraph.evaluate.generate import corpus as generated
from policygraph.extract import citations, quantities, recurrence, targets
from policygraph.segment import closing, elements
from policygraph.text.anchored import Anchored

MODULES = (citations, quantities, recurrence, targets, closing, elements)
EXAMPLES = [
    (citations._OF_A_STANDARD, "执行《地下水质量标准》(GB/T14848-2017)"),
    (quantities._FRACTION, "比例降到千分之三"),
    (quantities._HALF, "占一半以上"),
    (quantities._AT_LEAST, "至少建设三个园区"),
    (recurrence._SEASONS, "春秋两季开展检查"),
    (recurrence._AFTER_EVENT, "收到后15日内答复"),
    (targets._DONE, "已建成3座"),
    (closing._OPENNESS, "(此件公开发布)"),
    (closing._IN_BRACKETS, "(联系人:张三,电话:123)"),
    (closing._PRINTED, "\n某市人民政府办公室2018年7月19日印发"),
    (closing._PUBLICITY, "\n公开方式:主动公开"),
    (elements._ATTACHMENTS, "附件:1.任务分工表"),
]


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_a_form_is_found_in_a_text_with_its_words(form, example):
    assert form.search(example)
    assert [one.span() for one in form.finditer(example)] == [one.span() for one in form.pattern.finditer(example)]


def test_every_form_with_words_has_an_example():
    forms = {id(value) for module in MODULES for value in vars(module).values() if isinstance(value, Anchored)}
    assert forms == {id(form) for form, _ in EXAMPLES}


def test_no_word_that_a_form_needs_was_forgotten():
    texts = [written(), *(one.text for one in generated(40, 5))]
    forgotten = [
        (form.pattern.pattern, found.group())
        for text in texts
        for form, _ in EXAMPLES
        for found in form.pattern.finditer(text)
        if not any(word in found.group() for word in form.words)
    ]
    assert not forgotten
