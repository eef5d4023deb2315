"""Names in duties of real notices against the list that was checked by reading, ``gold/names.jsonl``.

An answer is *right*, *wrong* (another body, or a collective of another place) or *open* (no body is claimed). The list was
looked at while the rules were mended; what it shows is that nothing is lost, not how an unseen notice fares.
"""

from collections import Counter, defaultdict

import names_gold
from policygraph.pipeline import parse

LEAST_PRECISION = 0.995
LEAST_RECALL = 0.97


def own_name(name, place):
    """Return a name without its place and without a second name in brackets: 农业农村中心(供销社) is 农业农村中心."""
    bare = names_gold.own_name(name, place)
    return bare[: bare.index("(")] if bare.endswith(")") else bare


def verdict(mention, answer):
    if mention is None:  # the notice no longer says anything of it
        return "open"
    claims = mention.organisation is not None and mention.sort != "unknown" and mention.place is not None
    if answer["sort"] == "body" and "name" in answer:
        same = own_name(mention.full, answer["place"]) == own_name(answer["name"], answer["place"])
        right = claims and mention.sort == "body" and mention.place == answer["place"] and same
    elif answer["sort"] == "body":
        right = mention.organisation == f"{answer['place']}:{answer['kind']}"
    elif answer["sort"] == "collective":
        right = mention.sort == "collective" and mention.place == answer["place"]
    else:
        right = not claims
    return "right" if right else "wrong" if claims else "open"


def test_names_of_real_notices(shared):
    by_source = defaultdict(list)
    for line in names_gold.load():
        by_source[line["source"]].append(line)
    counts = Counter()
    misses = []
    for source, lines in by_source.items():
        (path,) = [path for path in (shared / source, shared / "notices" / source) if path.is_file()]
        found = {mention.name: mention for notice in parse(path) for mention in notice.organisations}
        for line in lines:
            told = verdict(found.get(line["name"]), line["answer"])
            counts[told] += 1
            misses += [(told, source, line["name"])] if told != "right" else []
    assert counts["right"] >= LEAST_PRECISION * (counts["right"] + counts["wrong"]), misses
    assert counts["right"] >= LEAST_RECALL * counts.total(), misses
