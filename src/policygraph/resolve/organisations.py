"""Which body a name in a notice means.

市发改委 in a notice of 佳木斯市 is ``230800:development_reform``, 佳木斯海事局 ``230800:maritime`` and 生态环境部
``CN:ecology_environment``. A body of no listed kind is its place and its full name, ``230800:佳木斯市城投公司``. Each
answer says by which rule; a name that can mean two bodies has candidates and no id, and one that means none is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policygraph import registry
from policygraph.extract import names
from policygraph.models import Mention
from policygraph.resolve import collectives
from policygraph.resolve.setting import COUNTRY, called, in_full, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygraph.registry import Kind, Place
    from policygraph.registry.kinds import Form
    from policygraph.registry.places import Level
    from policygraph.resolve.setting import Setting

_STEM = re.compile(r"(?:综合实验区|特别行政区|自治区|自治州|自治县|开发区|新区|省|市|州|盟|县|区|旗|镇|乡)$")
_NOTE = re.compile(r"\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_PLAQUE = re.compile(r"(?:加?挂)(?P<name>[\u4e00-\u9fff]{2,20}?)的?牌子?")
_JOINED = re.compile(r"[和或及]")
_BODY_ENDS = "局委部厅办署"
_OF_THE_STATE = ("国家", "中国", "中央", "全国", "国务院", "中共中央")
_FIELD = re.compile(r"(?<=^国家)(?P<field>[\u4e00-\u9fff]{2,8})(?:行政)?主管部门$")
_TOWNS = ("镇", "乡")


class Bodies:
    """The bodies that one notice names; each name is resolved once."""

    def __init__(self, setting: Setting, aliases: Mapping[str, str] | None = None) -> None:
        self.setting = setting
        self._aliases = dict(aliases or {})
        self._found: dict[str, Mention] = {}
        home = setting.place
        self.stems = frozenset(home.short or filter(None, [place(home.name)])) if home else frozenset[str]()
        """What the issuer's place is called without its level; names that begin so need no prefix."""

    def mentions(self, signers: Iterable[str] = (), also: Iterable[str] = ()) -> list[Mention]:
        """Return what was resolved and what else the notice names, by name; who signs is a body, whatever its kind."""
        for name in also:
            self.resolve(name)
        home = registry.place(COUNTRY) if self.setting.central else self.setting.place
        for name in signers:
            if self.resolve(name).sort == "unknown" and home:
                self._found[name] = _named(name, home, name, "it signed the notice")
        return [self._found[name] for name in sorted(self._found)]

    def identify(self, name: str) -> str | None:
        """Return the id of the body that a name means; ``None`` if it can mean several."""
        return self.resolve(name).organisation

    def resolve(self, name: str) -> Mention:
        """Return what a name, its level prefix restored, means in this notice."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._resolve(name)
        return found

    def _resolve(self, name: str) -> Mention:
        for short, full in self._aliases.items():
            if name.startswith(short):
                return self._renamed(
                    name, _resolved(full + name[len(short) :], self.setting), f"the notice calls {full} so"
                )
        note = _NOTE.search(name)
        outer = name[: note.start()] if note else ""
        if note and len(outer) > 1 and names.kind(outer) not in (None, "collective", "unit"):
            found = self._renamed(name, _resolved(outer, self.setting), None)
            inner = _PLAQUE.sub(r"\g<name>", note["inner"])
            if found.organisation and names.kind(inner) not in (None, "collective", "unit"):
                inside = _resolved(inner, self.setting)
                self._found.setdefault(inner, replace(inside, within=found.organisation))
            return found
        return _resolved(name, self.setting)

    @staticmethod
    def _renamed(name: str, found: Mention, rule: str | None) -> Mention:
        return replace(found, name=name, rule=rule or found.rule, form=found.form if rule is None else None)


def place(jurisdiction: str | None) -> str | None:
    """Return the name of a place without its level: 佳木斯 for 佳木斯市."""
    return _STEM.sub("", jurisdiction) or jurisdiction if jurisdiction else None


def _resolved(name: str, setting: Setting) -> Mention:
    """Try the rules in turn, the surest first."""
    if names.kind(name) == "collective":
        return _of_a_field(name, setting) or collectives.resolve(name, setting)
    for rule in (_at_a_full_place, _at_a_level, _at_home, _central, _at_a_short_place, _around_a_place, _place_itself):
        if found := rule(name, setting):
            return found
    return _new(name, setting)


def _of_a_field(name: str, setting: Setting) -> Mention | None:
    """国家数据主管部门 is 国家数据局."""
    country = registry.place(COUNTRY)
    bureau = _FIELD.sub(r"\g<field>局", name)
    if not country or bureau == name or not registry.kinds_of(bureau, "central"):
        return None
    return replace(_in(name, country, bureau, setting, "the department of its field"), full=name)


def _at_a_full_place(name: str, setting: Setting) -> Mention | None:
    """佳木斯市水务局, 桦南县人民政府: a place's full name opens it, also one that the registry does not list."""
    home = setting.place
    if home and registry.place(home.code) is None and name.startswith(home.name) and name != home.name:
        return _in(name, home, name[len(home.name) :], setting, "it names its place")
    words, places = opened(name)
    rest = name[len(words) :]
    full = tuple(one for one in places if in_full(words, one))
    if not full or not rest:
        return None
    near = setting.nearest(full)
    if len(near) > 1:
        return _several(name, [f"{one.code}:{_key(rest, one)}" for one in near], "places of that name")
    stray = len(full) == 1 and len(words) < 3 and not setting.near(near[0])  # noqa: PLR2004 - 城区, 郊区 are words too
    return None if stray else _in(name, near[0], rest, setting, "it names its place")


def _at_a_level(name: str, setting: Setting) -> Mention | None:
    """市水务局, 省委组织部, 区政府: the level prefix says whose it is."""
    prefix = names.level(name)
    if not prefix:
        return None
    bare = prefix.removesuffix("党委").removesuffix("委") or prefix
    rest = name[len(bare) :]
    whose = setting.above(bare)
    if bare in _TOWNS and whose is None:
        return collectives.resolve(name, setting)
    region = setting.above("自治区") if bare == "区" else None
    if bare == "区" and region and setting.place and (whose is None or whose == region):
        if setting.place == region or rest.endswith("厅") or rest.startswith(("党委", "直")):
            return _in(name, region, rest, setting, "区 is the autonomous region")
        return _several(name, [f"{region.code}:{_key(rest, region)}"], "区 may be the region or a district")
    if whose is not None:
        return _in(name, whose, rest, setting, f"{bare} is {whose.name}")
    if setting.place and setting.place.level in ("province", "prefecture") and bare in "市县区旗":
        return collectives.resolve(name, setting)
    return None


def _at_home(name: str, setting: Setting) -> Mention | None:
    """水务局 in a notice of 佳木斯市, 发展改革委 in one of 湖北省."""
    home = setting.place
    if home is None or name.startswith(_OF_THE_STATE):
        return None
    found = registry.kinds_of(name, home.level)
    if not found and not registry.department(name, home.level):
        return None
    return _in(name, home, name, setting, f"a body of {home.name}, which issued the notice")


def _central(name: str, setting: Setting) -> Mention | None:
    """生态环境部 anywhere, 发展改革委 in a notice of the State Council."""
    found = registry.kinds_of(name, "central")
    country = registry.place(COUNTRY)
    if not country or not (found or _part_of(name, "central") or (name.startswith(_OF_THE_STATE) and names.kind(name))):
        return None
    return _in(name, country, name, setting, "a body of the centre")


def _at_a_short_place(name: str, setting: Setting) -> Mention | None:
    """佳木斯海事局: a place's short name opens it."""
    words, places = opened(name)
    rest = name[len(words) :]
    near = setting.nearest(places)
    if len(near) != 1 or len(rest) < 2:  # noqa: PLR2004 - one character is no body
        return None
    known = registry.kinds_of(rest, near[0].level) or (setting.near(near[0]) and names.kind(rest) not in (None, "unit"))
    if not known:
        return None
    found = _in(name, near[0], rest, setting, f"{words} is {near[0].name}")
    return found if found.kind and not _keeps_its_name(found.kind) else replace(found, full=name)


def _keeps_its_name(kind: str) -> bool:
    """Tell whether bodies of a kind are called by the short name of a place: 平潭海关 is no 平潭县海关."""
    one = registry.kind(kind)
    return one is not None and one.group in ("vertical", "institution")


def _around_a_place(name: str, setting: Setting) -> Mention | None:
    """人行武汉分行, 国网佳木斯供电公司: a place of the province stands inside."""
    for start in range(1, len(name) - 2):
        words, places = registry.places_opening(name[start:])
        near = [one for one in setting.nearest(places) if setting.near(one)]
        if len(near) == 1:
            whole = name[:start] + name[start + len(words) :]
            found = registry.kinds_of(whole, near[0].level)
            rule = f"{words} is {near[0].name}"
            if len(found) == 1:
                return replace(_known(name, near[0], found[0], whole, rule), full=name)
            return _named(name, near[0], name, rule)
    return None


def _place_itself(name: str, setting: Setting) -> Mention | None:
    """海口市 in the place of a body: its government answers."""
    near = setting.nearest(registry.places_named(name))
    if len(near) != 1 or near[0].name != name:
        return None
    return _known(name, near[0], _government(), "人民政府", "a place stands for its government")


def _new(name: str, setting: Setting) -> Mention:
    """市城投公司, and what is no known body: kept, and told apart by the notice that speaks of it."""
    if collectives.names_a_class(name):
        return collectives.resolve(name, setting)
    sort = names.kind(name)
    home = setting.place
    prefix = names.level(name)
    alone = not prefix and not _JOINED.search(name) and registry.ending_of(name)
    if sort not in (None, "unit") and home and alone:
        return _named(name, home, called(home) + name, f"a body of {home.name}, which issued the notice")
    rule = "whose it is, is not known" if sort not in (None, "unit") else "no known kind of body"
    return Mention(name, f"{setting.notice}:{name}", "unknown", name, home.code if home else None, rule=rule)


def _in(name: str, where: Place, rest: str, setting: Setting, rule: str) -> Mention:
    """Return the body of a place that the rest of a name means."""
    if "或" in rest:
        return Mention(name, f"{setting.notice}:{name}", "unknown", name, where.code, rule="one or the other")
    found = _in_force(registry.kinds_of(rest, where.level), setting.year)
    if len(found) > 1:
        return _several(name, [f"{where.code}:{one.key}" for one in found], f"{rule}; {rest} can be several bodies")
    if found:
        return _known(name, where, found[0], rest, rule)
    if one := registry.department(rest, where.level) or registry.kind_of(rest.removesuffix("门"), where.level):
        if one.group == "party" and not where.code.isdigit():
            return _several(name, [f"{where.code}:{one.key}"], "a zone joins party departments as it will")
        return _known(name, where, one, rest, f"{rule}; the department of its field")
    full = rest if where.code == COUNTRY or rest.startswith(called(where)) else called(where) + rest
    host = _part_of(rest, where.level)
    return _named(name, where, full, rule, f"{where.code}:{host.key}" if host and not host.several else None)


def _part_of(name: str, level: Level) -> Kind | None:
    """Return the body that a longer name begins with: 生态环境局 of 生态环境局高新区分局."""
    for end in range(len(name) - 2, 2, -1):
        if name[end - 1] in _BODY_ENDS and (host := registry.kind_of(name[:end], level)):
            return host
    return None


def _known(name: str, where: Place, one: Kind, rest: str, rule: str) -> Mention:
    if where.code == COUNTRY and (body := registry.central_body(one.key)):
        central: Form = "full" if name == body.name else "statutory"
        return Mention(name, f"{COUNTRY}:{one.key}", "body", body.name, COUNTRY, one.key, central, rule)
    shown = one.name if rest == "人民政府" else rest
    full = shown if where.code == COUNTRY or shown.startswith(called(where)) else called(where) + shown
    form: Form | None = one.form(rest) or one.form(rest.removeprefix("委").removeprefix("党"))
    zone = one.group == "zone" and not where.code.isdigit()
    identifier = f"{where.code}:{full if one.several and not zone else one.key}"
    return Mention(name, identifier, "body", full, where.code, one.key, form, rule)


def _named(name: str, where: Place, full: str, rule: str, within: str | None = None) -> Mention:
    return Mention(name, f"{where.code}:{full}", "body", full, where.code, None, None, rule, within=within)


def _several(name: str, candidates: Iterable[str], rule: str) -> Mention:
    return Mention(name, None, "body", name, rule=rule, candidates=tuple(sorted(set(candidates))))


def _key(rest: str, where: Place) -> str:
    one = registry.kind_of(rest, where.level)
    return one.key if one else where.name + rest


def _in_force(found: tuple[Kind, ...], year: str | None) -> tuple[Kind, ...]:
    """Return the kinds usual in a year, or all if none is."""
    if year is None or len(found) < 2:  # noqa: PLR2004 - nothing to choose from
        return found
    usual = tuple(one for one in found if (one.since or "0")[:4] <= year <= (one.until or "9999")[:4])
    return usual or found


def _government() -> Kind:
    found = registry.kind("government")
    assert found is not None, "the registry lists 人民政府"  # noqa: S101
    return found
