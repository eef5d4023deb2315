"""Citations in a sentence: ``《地下水质量标准》（GB/T14848-2017）``, ``国发〔2015〕17号文件``, ``《…〈…〉…》``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.evaluate.generate.scenes import Scene

_BASED = (
    "按照{cite}要求，{what}",
    "认真贯彻落实{cite}，{what}",
    "根据{cite}有关规定，{what}",
    "严格执行{cite}，{what}",
)


def sentence(scene: Scene) -> Passage:
    """Return a sentence, without its stop, that rests on a citation."""
    usable = [form for form in _FORMS if form not in _NEEDING or _entries(scene, form)]
    form = scene.form("cite", usable)
    return fill(scene.pick(_BASED), cite=_FORMS[form](scene, f"cite={form}"), what=scene.deal("cited", _ACTIONS))


_ACTIONS = (
    "细化工作措施", "建立健全配套制度", "抓好各项任务落实", "严把审批准入关口", "完善工作机制", "规范开展日常监管",
    "加强业务培训和政策解读", "依法查处各类违法违规行为",
)  # fmt: skip
_NEEDING = ("order", "nested", "numbered", "number_alone")


def basis(scene: Scene) -> Passage:
    """Return what a notice rests on, for its first sentence: one or two citations."""
    entries = scene.topic["cites"]
    first, second = scene.rng.sample(entries, 2)
    words = _titled(first, "cite=basis")
    return words + scene.pick(("和", "、", "及")) + _titled(second, "cite=basis") if scene.chance(0.5) else words


def _titled(entry: list[str], form: str) -> Passage:
    title, number = entry
    words = f"《{title}》（{number}）" if number else f"《{title}》"
    return Passage(words).marked("cites", form, title=title, doc_number=number or None)


def _entries(scene: Scene, form: str) -> list[list[str]]:
    """Return the topic's citations that a form can be written with."""
    entries = scene.topic["cites"]
    if form == "order":
        return [entry for entry in entries if "令第" in entry[1]]
    if form == "nested":
        return [entry for entry in entries if "关于印发" in entry[0]]
    if form == "named":
        return [entry for entry in entries if not entry[1]]
    return [entry for entry in entries if "〔" in entry[1]]


def _plain(scene: Scene, form: str) -> Passage:
    return _titled(scene.pick(_entries(scene, form.removeprefix("cite="))), form)


def _standard(scene: Scene, form: str) -> Passage:
    return _titled(scene.pick(scene.topic["standards"]), form)


def _pair(scene: Scene, form: str) -> Passage:
    first, second = scene.rng.sample(scene.topic["cites"], 2)
    return _titled(first, form) + scene.pick(("", "和", "、")) + _titled(second, form)


def _nested(scene: Scene, form: str) -> Passage:
    title, number = scene.pick(_entries(scene, "nested"))
    head, _, tail = title.partition("关于印发")
    named = f"{head}关于印发〈{tail.removesuffix('的通知')}〉的通知"
    return Passage(f"《{named}》（{number}）").marked("cites", form, title=named, doc_number=number)


def _number_alone(scene: Scene, form: str) -> Passage:
    number = scene.pick(_entries(scene, form))[1]
    return Passage(number).marked("cites", form, title=None, doc_number=number) + "文件"


def _standard_alone(scene: Scene, form: str) -> Passage:
    number = scene.pick(scene.topic["standards"])[1]
    return Passage(number).marked("cites", form, title=None, doc_number=number) + "标准"


def _short_name(scene: Scene, form: str) -> Passage:
    """Return a citation that defines a short name for itself."""
    entry = scene.pick([entry for entry in scene.topic["cites"] if not entry[1]])
    return _titled(entry, form) + f"（以下简称《{scene.pick(('办法', '规定', '条例', '纲要'))}》）"


_FORMS: dict[str, Callable[[Scene, str], Passage]] = {
    "numbered": _plain, "named": _plain, "order": _plain, "standard": _standard, "pair": _pair, "nested": _nested,
    "number_alone": _number_alone, "short_name": _short_name, "standard_alone": _standard_alone,
}  # fmt: skip
