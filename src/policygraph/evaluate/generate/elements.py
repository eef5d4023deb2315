"""The elements of a notice around its body: title, document number, addressees, letter, signature, and its page.

Titles are broken over lines (``佳木斯市人民政府办公室 / 关于印发 佳木斯市2018年度…的通知``), numbers come in several
brackets, and the page adds what belongs to no notice (来源, 发布时间, 扫一扫).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from policygraph.evaluate.generate.blocks import Block
from policygraph.evaluate.generate.bodies import department
from policygraph.evaluate.generate.outline import han
from policygraph.evaluate.generate.passages import Passage
from policygraph.evaluate.generate.words import load

if TYPE_CHECKING:
    from policygraph.evaluate.generate.scenes import Scene

_PAIRS = {"tortoise": "〔〕", "square": "[]", "round": "（）", "lenticular": "【】"}
_KINDS = {
    "year": ("实施方案", "工作要点", "工作方案"),
    "years": ("行动计划", "实施方案"),
    "none": ("实施方案", "若干措施", "工作方案"),
}
_ACTS = ("通知", "意见", "实施意见")
_HAN = "〇一二三四五六七八九"


@dataclass(slots=True)
class Elements:
    """What the notice says of itself, as gold has it, and the parts that show it."""

    title: list[str]
    number: str | None
    issuers: list[str]
    recipients: list[str]
    plan: list[str]
    kind: str
    annexes: list[str] = field(default_factory=list)

    def gold(self, scene: Scene) -> dict[str, Any]:
        """Return the ``notice`` of the gold file."""
        return {
            "title": "".join(self.title),
            "doc_number": self.number,
            "issuers": self.issuers,
            "recipients": self.recipients,
            "issued_on": scene.issued.isoformat(),
            "plan_year": scene.plan_year,
        }


def draw(scene: Scene) -> Elements:
    """Return the elements of a scene's notice."""
    issuers = _issuers(scene)
    kind = scene.pick(_KINDS[scene.options.period])
    plan = _plan(scene, kind)
    if scene.options.act == "promulgates":
        quoted = scene.chance(0.25)
        title = [*issuers, "关于印发《", *plan, "》的通知"] if quoted else [*issuers, "关于印发", *plan, "的通知"]
    else:
        act = "通知" if scene.options.period == "year" else scene.pick(_ACTS)
        title, kind = [*issuers, *_about(scene), f"的{act}"], act.removeprefix("实施")
    recipients = [] if scene.options.recipients == "none" else scene.pick(scene.level[scene.options.recipients])
    count = {"none": 0, "unnumbered": 1, "numbered": 2}[scene.options.annex]
    names = ("重点项目清单", "任务分解表") if scene.options.place == "table" else ("重点项目清单", "示范项目名单")
    annexes = [f"{scene.place['name']}{scene.phrase('works')}{name}" for name in names[-count:]] if count else []
    return Elements(title, _number(scene), issuers, recipients, plan, kind, annexes)


def _plan(scene: Scene, kind: str) -> list[str]:
    """Return the title of what is put in force, in the pieces a line may break between."""
    place, stem = scene.place["name"], scene.pick(scene.topic["stems"])
    if scene.options.period == "year":
        year = scene.pick((f"{scene.year}年度", f"{scene.year}年"))
        return [f"{place}{year}", stem, kind]
    if scene.options.period == "years":
        return [place, stem, f"{kind}（{scene.year}{scene.pick(('—', '-'))}{scene.last}年）"]
    return [place, stem, kind]


def _about(scene: Scene) -> list[str]:
    work = scene.phrase("works")
    if scene.options.period == "year":
        return ["关于做好", f"{scene.year}年{work}", "工作"]
    if scene.options.period == "years":
        return [scene.pick(("关于深入推进", "关于全面加强")), work, f"（{scene.year}—{scene.last}年）"]
    return [scene.pick(("关于进一步加强", "关于加快推进", "关于扎实做好")), work, "工作"]


def _issuers(scene: Scene) -> list[str]:
    place, level = scene.place["name"], scene.level
    if scene.options.issuers == "one":
        return [place + level["office"]]
    keys = list(dict.fromkeys(scene.topic["leads"] + scene.topic["others"]))
    if scene.central:
        known = [key for key in keys if key in level["full"]]
        return [level["full"][key] for key in known[: scene.rng.randint(2, 4)]]
    found = (department(scene, key) for key in keys)
    names = dict.fromkeys(place + body.base for body in found if body)
    return list(names)[: scene.rng.randint(2, 3)]


def _number(scene: Scene) -> str | None:
    if scene.options.number == "none":
        return None
    pair = _PAIRS[scene.options.number]
    code = scene.place["code"]
    if scene.options.issuers == "several":
        key = scene.topic["leads"][0]
        code = scene.level["joint"][key] if scene.central else scene.place["code"][0] + scene.topic["code"] + "联发"
    return f"{code}{pair[0]}{scene.year}{pair[1]}{scene.rng.randint(1, 160)}号"


def opening(scene: Scene, drawn: Elements) -> list[Block]:
    """Return the blocks above the body: number, title and addressees."""
    number = [Block("element", Passage(drawn.number))] if drawn.number else []
    title = [Block("title", Passage(_broken(scene, drawn.title, len(drawn.issuers))))]
    line = "、" if scene.options.recipients == "enumerated" else "，"
    to = [Block("element", Passage(line.join(drawn.recipients) + "："))] if drawn.recipients else []
    return [*number, *title, *to] if scene.chance(0.4) else [*title, *number, *to]


def _broken(scene: Scene, pieces: list[str], issuers: int) -> str:
    """Return a title as its lines: whole, broken, or on one line with spaces. Joint issuers never run together."""
    said = pieces[0]
    for index, piece in enumerate(pieces[1:], 1):
        if index < issuers:
            between = "\n" if scene.options.title == "broken" else " "
        elif (
            scene.options.title == "broken"
            and (index == issuers or scene.chance(0.4))
            and piece not in ("的通知", "》的通知")
        ):
            between = "\n"
        else:
            between = " " if scene.options.title != "line" and scene.chance(0.6) else ""
        said += between + piece
    return said


def letter(scene: Scene, drawn: Elements) -> list[Block]:
    """Return the letter that puts a plan in force, its list of annexes and the title of the plan, up to the body."""
    plan, closes = "".join(drawn.plan), scene.pick(load("common")["closes"])
    government = {"自治区": "自治区人民政府", "": "国务院"}.get(scene.level["prefix"], scene.level["prefix"] + "政府")
    if scene.options.level == "zone":
        government = "区管委会"
    said = scene.pick(
        (
            f"经{government}同意，现将《{plan}》印发给你们，{closes}。",
            f"《{plan}》已经{government}同意，现印发给你们，{closes}。",
        )
    )
    blocks = [Block("paragraph", Passage(said)), *attached(scene, drawn), *signature(scene, drawn)]
    return [*blocks, Block("title", Passage(_broken(scene, drawn.plan, 1)))]


def attached(scene: Scene, drawn: Elements) -> list[Block]:
    """Return the list of annexes above the signature."""
    if not drawn.annexes:
        return []
    if scene.options.annex == "unnumbered":
        return [Block("element", Passage(f"附件：{drawn.annexes[0]}"))]
    lines = [f"{number}.{title}" for number, title in enumerate(drawn.annexes, 1)]
    return [Block("element", Passage(f"附件：{lines[0]}")), *(Block("element", Passage(line)) for line in lines[1:])]


def signature(scene: Scene, drawn: Elements) -> list[Block]:
    """Return who signs and the date, in digits or Chinese numerals."""
    names = [Block("element", Passage(name)) for name in drawn.issuers]
    day = scene.issued
    if scene.options.signed == "digits":
        date = f"{day.year}年{day.month}月{day.day}日"
    else:
        zero = scene.pick(("〇", "○"))
        year = "".join(_HAN[int(digit)] for digit in str(day.year)).replace("〇", zero)
        date = f"{year}年{han(day.month)}月{han(day.day)}日"
    public = [Block("element", Passage("（此件公开发布）"))] if scene.chance(0.25) else []
    return [*names, Block("element", Passage(date)), *public]


def page(scene: Scene, drawn: Elements) -> tuple[list[str], list[str]]:
    """Return the page's lines above and below the notice."""
    shown = scene.issued + timedelta(days=scene.rng.randint(1, 20))
    source = scene.place["name"] or "中国政府网"
    above = [
        scene.pick(("首页 > 政务公开 > 政策文件", "当前位置：首页 > 政府信息公开")),
        f"来源：{source}  浏览：{scene.rng.randint(20, 9000)}  发布时间：{shown.isoformat()}",
    ]
    below = [scene.pick(("扫一扫在手机打开当前页", "分享到：微信 微博")), scene.pick(("打印本页 关闭窗口", "附件下载"))]
    metadata = [
        f"标题：{''.join(drawn.title)}",
        f"发布机构：{drawn.issuers[0]}",
        f"成文日期：{scene.issued.isoformat()}",
        f"发布日期：{shown.isoformat()}",
    ]
    shape = scene.options.furniture
    return (
        metadata if shape == "metadata" else above if shape in ("above", "both") else [],
        below if shape in ("below", "both") else [],
    )
