"""Whether a page is HTML as it is written down: a strict reader, without a network or Java.

It asks more than the standard where that is what the portal promises (every element closed, one
`h1`, a name for every field) and knows less of it than the Nu checker: see CONTRIBUTING.md.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from html.parser import HTMLParser


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _set("area base br col embed hr img input link meta source track wbr")
FOREIGN = frozenset({"svg", "math"})
PHRASING_ONLY = _set(
    "p h1 h2 h3 h4 h5 h6 span button label strong em b i small code abbr time dt summary"
)
"""What no block may stand in. A heading in `summary` or `legend` is allowed."""
BLOCKS = _set(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2"
    " h3 h4 h5 h6 header hr main nav ol p pre section table ul"
)
HEADINGS = re.compile(r"h([1-6])$")
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "legend": {"fieldset"},
    "option": {"select", "optgroup", "datalist"},
    "figcaption": {"figure"},
    "source": {"picture", "audio", "video"},
}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup", "hr"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"td", "th"},
}
INTERACTIVE = _set("a button details iframe input label select textarea")
HOLDS_NOTHING_INTERACTIVE = frozenset({"a", "button"})
FIELDS = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
POINTERS = (
    "for",
    "form",
    "list",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
)
OURS = re.compile(r"^(hx-|on)|^style$")
"""Attributes that HTML does not know, or that the content policy refuses."""
MOMENT = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?([+-]\d\d:\d\d|Z)?)?|0"
VALUES = {
    "time": {"datetime": MOMENT},
    "iframe": {"width": r"\d+", "height": r"\d+"},
    "img": {"width": r"\d+", "height": r"\d+"},
}
"""What the values of attributes look like; one that is left out counts as 0."""


@dataclass(slots=True)
class Node:
    """An element as it was opened; `text` is what it says, alternatives of pictures included."""

    name: str
    attributes: dict[str, str]
    line: int
    parent: "Node | None" = None
    text: str = ""

    def around(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *names: str) -> bool:
        return any(one.name in names for one in self.around())


@dataclass
class Reader(HTMLParser):
    """Reads a page strictly; `faults` says what a browser would have to guess."""

    faults: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    doctype: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=False)

    def fault(self, text: str, line: int | None = None) -> None:
        self.faults.append(f"line {line or self.getpos()[0]}: {text}")

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl
        if self.nodes:
            self.fault("the doctype does not come first")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, times in Counter(name for name, _v in attrs).items() if times > 1]
        if twice:
            self.fault(f"<{tag}> has {twice} twice")
        around = self.open[-1] if self.open else None
        attributes = {name: value or "" for name, value in attrs}
        node = Node(tag, attributes, self.getpos()[0], around)
        self.nodes.append(node)
        self._spoken(node, attributes.get("aria-label") or attributes.get("alt") or "")
        if "<" in (self.get_starttag_text() or "")[1:].split('"')[0]:
            self.fault(f"<{tag}> is not closed before the next")
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in VOID:
            return
        node = self.open.pop()
        if node.name not in FOREIGN and not node.inside(*FOREIGN):
            self.fault(f"<{tag}/> closes nothing in HTML")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].name == tag:
            self.open.pop()
            return
        innermost = (
            f"<{self.open[-1].name}> of line {self.open[-1].line}" if self.open else "nothing"
        )
        self.fault(f"</{tag}> where {innermost} is open")
        if any(node.name == tag for node in self.open):
            while self.open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open:
            self._spoken(self.open[-1], data)
        if self.open and self.open[-1].name in {"script", "style"}:
            return
        if re.search(r"<[a-zA-Z/!?]", data):
            self.fault(f"an unescaped < in {data.strip()[:60]!r}")
        if data.strip() and self.open and self.open[-1].name in CHILDREN:
            self.fault(f"text straight in <{self.open[-1].name}>: {data.strip()[:60]!r}")

    def handle_entityref(self, name: str) -> None:
        if f"{name};" not in html5:
            self.fault(f"an unescaped & before {name!r}")
        self.handle_charref(name)

    def handle_charref(self, name: str) -> None:
        if self.open:
            self._spoken(self.open[-1], "?")

    @staticmethod
    def _spoken(node: Node, text: str) -> None:
        if text.strip():
            node.text += text
            for one in node.around():
                one.text += text


def faults(html: str, *, language: str | None = None) -> list[str]:
    """What is wrong with a whole page; with `language`, the page has to say it is in it."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    found = reader.faults
    found += [f"line {node.line}: <{node.name}> is never closed" for node in reader.open]
    if reader.doctype.lower() != "doctype html":
        found.append("no doctype")
    nodes = [node for node in reader.nodes if not node.inside("template", *FOREIGN)]
    for check in (_places, _attributes, _interactive, _fields, _headings, _landmarks):
        found += check(nodes)
    found += _names(reader.nodes)
    said = next((node.attributes.get("lang") for node in nodes if node.name == "html"), None)
    if not said or (language and said != language):
        found.append(f"<html> says lang={said!r}")
    return found


def _places(nodes: list[Node]) -> Iterator[str]:
    """Elements that stand where HTML does not let them."""
    for node in nodes:
        around = node.parent.name if node.parent else ""
        allowed = CHILDREN.get(around)
        wrong = allowed is not None and node.name not in {*allowed, "script", "template"}
        if wrong or (node.name in PARENTS and around not in PARENTS[node.name]):
            yield f"line {node.line}: <{node.name}> in <{around}>"
        if node.name not in BLOCKS:
            continue
        for one in node.around():
            if one.name not in PHRASING_ONLY:
                if one.name not in {"a", "ins", "del", "legend"}:
                    break
            elif not (one.name == "summary" and HEADINGS.match(node.name)):
                yield f"line {node.line}: the block <{node.name}> in <{one.name}>"
                break


def _attributes(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        where, said = f"line {node.line}: <{node.name}>", node.attributes
        for name in said:
            if OURS.search(name):
                yield f"{where} has {name}"
        if node.name == "img" and "alt" not in said:
            yield f"{where} has no alt: {said.get('src')}"
        for name, pattern in VALUES.get(node.name, {}).items():
            if not re.fullmatch(pattern, said.get(name, "0")):
                yield f"{where} has {name}={said[name]!r}"
        if node.name == "a" and " " in said.get("href", ""):
            yield f"{where} has a space in {said['href']!r}"
        if node.name in {"a", "button"} and not node.text.strip():
            yield f"{where} says nothing"


def _interactive(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        takes = node.name in INTERACTIVE and node.attributes.get("type") != "hidden"
        if not takes and "tabindex" not in node.attributes:
            continue
        for one in node.around():
            held = one.name in HOLDS_NOTHING_INTERACTIVE
            if held or (one.name == "label" and node.name in {"button", "label"}):
                yield f"line {node.line}: <{node.name}> in <{one.name}>"
        if node.name == "form" and node.inside("form"):
            yield f"line {node.line}: a form in a form"


def _fields(nodes: list[Node]) -> Iterator[str]:
    """Every field has a name that is read out."""
    labelled = {
        node.attributes.get("for") for node in nodes if node.name == "label" and node.text.strip()
    }
    for node in nodes:
        said = node.attributes
        if node.name not in FIELDS or said.get("type") in NEEDS_NO_LABEL:
            continue
        named = said.get("aria-label") or said.get("aria-labelledby") or said.get("title")
        if not named and said.get("id") not in labelled and not node.inside("label"):
            yield f"line {node.line}: <{node.name} name={said.get('name')!r}> has no label"


def _headings(nodes: list[Node]) -> Iterator[str]:
    level = 0
    for node in nodes:
        found = HEADINGS.match(node.name)
        if not found:
            continue
        deeper = int(found[1])
        if level and deeper > level + 1:
            yield f"line {node.line}: <{node.name}> {node.text.strip()[:40]!r} after <h{level}>"
        if not node.text.strip():
            yield f"line {node.line}: an empty <{node.name}>"
        level = deeper
    first = [node for node in nodes if node.name == "h1"]
    if len(first) != 1:
        yield f"{len(first)} <h1>"


def _landmarks(nodes: list[Node]) -> Iterator[str]:
    """One main part and one title; navigations that a list of landmarks can tell apart."""
    for name in ("main", "title"):
        found = [node for node in nodes if node.name == name]
        if len(found) != 1 or not found[0].text.strip():
            yield f"{len(found)} <{name}>, or an empty one"
    parts = [node for node in nodes if node.name == "nav"]
    labels = [
        node.attributes.get("aria-label") or node.attributes.get("aria-labelledby")
        for node in parts
    ]
    if len(parts) > 1 and (not all(labels) or len(set(labels)) < len(labels)):
        yield f"navigations that nothing tells apart: {labels}"


def _names(nodes: list[Node]) -> Iterator[str]:
    """Ids are given once, and what is pointed at is there."""
    given = Counter(node.attributes["id"] for node in nodes if "id" in node.attributes)
    for name, times in given.items():
        if times > 1 or not name or " " in name:
            yield f"id={name!r} {times} times"
    for node in nodes:
        for attribute in POINTERS:
            for name in node.attributes.get(attribute, "").split():
                if name not in given:
                    yield f"line {node.line}: <{node.name} {attribute}={name!r}> points nowhere"
        target = node.attributes.get("href", "")
        inside_the_page = len(target) > 1 and target.startswith("#")
        if inside_the_page and target[1:] not in given and not node.inside(*FOREIGN):
            yield f"line {node.line}: a link to {target}, which is not there"
