"""What the phrases of the phrase book do to the scope: one method for each thing that a phrase can say."""

from __future__ import annotations

import re
from collections.abc import Callable

from derivgen.errors import Span
from derivgen.latex import letters, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import is_expression
from derivgen.latex.declare import SQUARE_ONLY, is_letter
from derivgen.latex.facts import Bare, Defines, Listed, Member
from derivgen.latex.measures import Measures, alike
from derivgen.latex.scope import Entry, Scope
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Length, Unknown, is_scalar, resolve
from derivgen.latex.survey import capital_of, is_capital, is_index
from derivgen.notation.names import name_box
from derivgen.terms.nodes import Name

ADJECTIVE_TABLE = tuple(
    (re.compile(rf"(?<![\w-])(?P<no>not |non-)?(?:{a})(?![\w])", re.I), p) for a, p in phrases.ADJECTIVES.items()
)
ONE = re.compile(
    r"\x01.,? (?:(?:which|that) )?(?:(?:is|itself|again|be) )*(?:an?|one|depends)\b(?! (?:pair|couple))", re.I
)
TO_SHOW = re.compile(
    r"\b(?:show|prove|verify|argue|establish|demonstrate|confirm|explain why|justify)(?: that)?"
    r"(?: the(?: [\w-]+)? matrix)? $"
    r"|\bis $",
    re.I,
)
"""Words before a property that is to be shown, and not given."""
UNIT = re.compile(r"\bunit\b", re.I)
NOUN_TABLE = tuple((re.compile(rf"(?:{n})$", re.I), kind) for n, kind in phrases.NOUNS.items())


class Sayings(Measures):
    """Matches phrases with sentences and puts what they say into the scope."""

    def phrase(self, phrase: phrases.Phrase, sentence: Sentence) -> None:
        method, about_formulas = HANDLERS.get(phrase.says, ("", False))
        if not method or (about_formulas and not sentence.slots):
            return
        if sentence.supposes and phrase.says.startswith("predicate"):
            return
        handler: Callable[[re.Match[str], Sentence], None] = getattr(self, method)
        self.scope.part = sentence.part
        taken = self.spread.get(id(sentence), [])
        for match in phrase.matches(sentence.text):
            if phrase.says not in SHAPING or not any(a < match.end() and match.start() < b for a, b in taken):
                handler(match, sentence)

    def on_declare(self, match: re.Match[str], sentence: Sentence) -> None:
        groups = match.groupdict()
        noun = next((kind for regex, kind in NOUN_TABLE if regex.match(match["noun"])), "")
        extra = (groups.get("post") or "") + (groups.get("after") or "")
        mods = groups.get("mods") or ""
        dims = self.dims(mods, sentence) or self.dims(extra, sentence)
        before = "after" in groups
        nodes = self.nodes(match, sentence, leading=before)
        if before and not match["noun"].lower().endswith(("s", "matrices")):
            nodes = nodes[: len(sentence.named(match["who"])[0].subject)]
        if "ones" in match["noun"]:
            return
        for node in nodes:
            self.describe(node, noun, mods, dims)
        for fact in [f for s in sentence.named(match["who"]) for f in s.facts if isinstance(f, Listed)]:
            entry = self.listed(fact.first, fact.last, fact.span)
            if entry is not None:
                self.adjectives(entry, mods, fact.span)

    def describe(self, node: sx.Syntax, noun: str, mods: str, dims: Extents | Length | None) -> None:
        name = letters.full_name(self.scope, node)
        if noun == "identity":
            self.identity(name, dims, node.span)
            return
        called = isinstance(node, sx.MaybeCall)
        if noun == "function" or isinstance(node, sx.Call) or (called and noun not in ("vector", "matrix")):
            return
        node = node.head if isinstance(node, sx.MaybeCall) else node
        name = letters.full_name(self.scope, node)
        shape = noun_shape(noun, mods, dims)
        if shape is None and noun in ("vector", "matrix") and name is not None and not self.scope.known(name):
            shape = open_shape(noun, mods)
        entry = self.declare(node, shape)
        if entry is not None:
            entry.constant = entry.constant or noun == "constant"
            if noun == "vector" and UNIT.search(mods):
                entry.props.add("unit")
            self.adjectives(entry, mods, node.span)

    def identity(self, name: Name | None, dims: Extents | Length | None, span: Span) -> None:
        if name is not None:
            entry = self.scope.entry(name, span)
            entry.kind, entry.declared = "identity", True
            entry.shape = dims if isinstance(dims, tuple) else (dims, dims) if dims else None

    def adjectives(self, entry: Entry, mods: str, span: Span) -> None:
        entry = self.scope.own(entry)
        rest = mods
        for regex, prop in ADJECTIVE_TABLE:
            found = regex.search(rest)
            if not found:
                continue
            rest = regex.sub(" ", rest, count=1)
            if found["no"]:
                continue
            if prop == "constant":
                entry.constant = True
            elif prop == "square":
                self.square.append((entry, prop, span))
            elif prop == "scalar":
                entry.shape = entry.shape or ONE_BY_ONE
            elif prop and prop not in ("column", "row"):
                entry.props.add(prop)
                if prop in SQUARE_ONLY:
                    self.square.append((entry, prop, span))

    def on_sized(self, match: re.Match[str], sentence: Sentence) -> None:
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            name = letters.full_name(self.scope, node)
            bold_lower = name is not None and not name.letter[:1].isupper()
            shape = (
                dims if isinstance(dims, tuple) else None if dims is None else (dims, 1) if bold_lower else (dims, dims)
            )
            entry = self.declare(node, shape)
            if entry is not None:
                self.adjectives(entry, match["mods"] or "", node.span)

    def on_predicate(self, match: re.Match[str], sentence: Sentence) -> None:
        if match.groupdict().get("not") or TO_SHOW.search(sentence.text[: match.start()]):
            return
        nodes = self.nodes(match, sentence)
        matrices = [n for n in nodes if self.may_be_square(n)]
        square = any(re.search(rf"\b{word}", match["mods"], re.I) for word in SQUARE_ONLY)
        for node in matrices if square and matrices else nodes:
            self.predicate(node, match["mods"])

    def on_predicate_last(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "A ∈ … constant": the letter right before the word; letters that are only listed share it."""
        if TO_SHOW.search(sentence.text[: match.start()]):
            return
        slots = sentence.named(match["who"])
        listed = all(isinstance(f, Bare) for s in slots for f in s.facts)
        for slot in slots if listed and len(slots) > 1 else slots[-1:]:
            for node in slot.subject:
                if is_letter(node) and self.may_be_square(node):
                    self.predicate(node, match["mods"])

    def is_variable(self, slot: Slot) -> bool:
        """Whether a formula gives letters that are differentiated by: of "constant A and x" only A is constant."""
        names = [letters.full_name(self.scope, node) for node in slot.subject]
        return bool(names) and all(n is not None and n in self.scope.survey.by for n in names)

    def may_be_square(self, node: sx.Syntax) -> bool:
        name = letters.full_name(self.scope, node)
        entry = self.scope.find(name) if name is not None else None
        return entry is None or entry.shape is None or 1 not in map(resolve, entry.shape)

    def on_predicate_before(self, match: re.Match[str], sentence: Sentence) -> None:
        slots = sentence.named(match["who"])
        if match["mods"].strip().lower() == "given" and not (match["det"] or "").strip():
            return
        slots = slots[:1] if (match["det"] or "").strip().lower() in ("a", "an", "the") else alike(slots, True)
        if re.search(r"constant|fixed|given|known", match["mods"], re.I):
            slots = [s for k, s in enumerate(slots) if not k or not self.is_variable(s)]
        for slot in slots:
            for node in slot.subject:
                if is_letter(node):
                    self.predicate(node, match["mods"])

    def predicate(self, node: sx.Syntax, mods: str) -> None:
        name = letters.full_name(self.scope, node)
        if isinstance(node, sx.Subscript) and name is not None and name not in self.scope.entries:
            name = self.scope.cousin(letters.full_name(self.scope, node.base) or name)
        if name is not None and not self.is_size(name) and says_something(mods):
            self.adjectives(self.scope.entry(name, node.span), mods, node.span)

    def on_predicate_all(self, match: re.Match[str], sentence: Sentence) -> None:
        before = [s for s in sentence.named(sentence.text[: match.start()]) if declares(s, self.scope)]
        count = 1 if match["held"] else 2 if match[0].startswith(", both") else len(before)
        for slot in before[-count:]:
            for node in slot.subject:
                self.predicate(node, match["mods"] or "fixed")

    def on_all(self, match: re.Match[str], sentence: Sentence) -> None:
        dims, scope = self.dims(match["dim"], sentence), self.scope
        if match["noun"].lower() == "vectors":
            scope.default_vector = dims[0] if isinstance(dims, tuple) else dims
        elif match["noun"].lower() == "matrices" and dims is not None:
            scope.default_matrix = dims if isinstance(dims, tuple) else (dims, dims)

    def on_ones(self, match: re.Match[str], sentence: Sentence) -> None:
        for slot in sentence.named(match[0])[:1]:
            slot.used = True
            node = slot.node
            text = match["dim"] or match["length"]
            if isinstance(node, sx.Symbol) and node.name.letter == "1" and text:
                dims = self.dims(text, sentence)
                self.scope.ones_length = dims[0] if isinstance(dims, tuple) else dims

    def on_depends(self, match: re.Match[str], sentence: Sentence) -> None:
        if re.search(r"(?:not|n't) depend|\b(?:not|no)\b.* function", match[0]):
            return
        of = self.nodes(match, sentence, "of") if match["of"] else []
        if not of:
            first = next((s for s in sentence.slots if s.subject and is_letter(s.subject[0])), None)
            of = [first.subject[0]] if first is not None else []
        wrong = (sx.Number, sx.Words)
        of = [n for n in of if not isinstance(n, wrong)]
        head = re.split(r"\bdepend|\bof\b", match[0])[0]
        scalar_word = re.search(r"\bscalar|\bloss|\bnumber", head) is not None
        space = match.groupdict().get("space")
        shape = self.space_shape(sentence.slot(space).formula.body) if space else None
        nodes = self.nodes(match, sentence)
        alone = len(nodes) > 1 and ONE.search(match[0])
        for node in nodes[-1:] if alone else nodes:
            name = letters.full_name(self.scope, node)
            if name is None and isinstance(node, sx.MaybeCall):
                name = letters.full_name(self.scope, node.head)
            if name is None or name in [letters.full_name(self.scope, n) for n in of]:
                continue
            entry = self.scope.entry(name, node.span)
            entry.declared, entry.why = True, "stated"
            entry.depends = entry.depends or list(dict.fromkeys(of))
            if sentence.part is None:
                self.scope.everywhere(entry)
            entry.shape = entry.shape or shape
            if entry.meaning is None and entry.shape is None and (scalar_word or name.font not in ("bold", "vec")):
                entry.shape = ONE_BY_ONE

    def on_generic(self, match: re.Match[str], sentence: Sentence) -> None:
        for node in self.nodes(match, sentence):
            name = letters.full_name(self.scope, node)
            if name is not None and name in self.scope.survey.heads:
                self.generic(name, node.span)

    def generic(self, name: Name, span: Span) -> None:
        """An undetermined function of scalars."""
        entry = self.scope.entry(name, span)
        if not entry.depends and entry.shape is None and entry.kind == "symbol":
            entry.kind, entry.declared, entry.why = "function", True, "stated"

    def on_valued(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "r(t) is a curve in R^3": a vector of that length, and no function of scalars."""
        shape = self.space_shape(sentence.slot(match["space"] or match["space2"]).formula.body)
        for node in self.nodes(match, sentence) if match["who"] else sentence.named(match["who2"])[0].subject:
            if shape is not None and not is_scalar(shape) and not self.shaped(getattr(node, "head", node)):
                self.declare(node, shape)

    def on_undetermined(self, match: re.Match[str], sentence: Sentence) -> None:
        for node in self.nodes(match, sentence):
            if isinstance(node, sx.MaybeCall):
                sentence.named(match["who"])[0].used = True
                self.declare(node, ONE_BY_ONE)

    def on_rows(self, match: re.Match[str], sentence: Sentence) -> None:
        matrices = sentence.named(match["matrix"])
        side = "row" if match["side"].lower().startswith("row") else "column"
        for slot in sentence.named(match["who"] or match.groupdict().get("who2") or ""):
            for node in slot.subject or tuple(f.left for f in slot.facts if isinstance(f, Defines)):
                while isinstance(node, (sx.Transpose, sx.Primed)):
                    node = node.base
                core = letters.full_name(self.scope, node.base) if isinstance(node, sx.Subscript) else None
                target = (
                    letters.full_name(self.scope, matrices[0].subject[0]) if matrices and matrices[0].subject else None
                )
                if core is not None and target is not None:
                    slot.used = matrices[0].used = True
                    self.scope.rows[core] = (target, side)
                    if isinstance(node, sx.Subscript) and is_index(node.index) and isinstance(node.index, sx.Symbol):
                        self.scope.survey.letters.add(node.index.name.letter)

    def on_rows_of_it(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "the distances between the rows of X", where x_i stands in a formula of the sentence."""
        slot = sentence.named(match["matrix"])[0]
        name = letters.full_name(self.scope, slot.subject[0]) if slot.subject else None
        if name is None or not is_capital(name):
            return
        nodes = [n for s in sentence.slots for row in s.formula.rows for n in sx.walk(row)]
        for n in nodes:
            if isinstance(n, sx.Subscript) and isinstance(n.base, sx.Symbol) and is_index(n.index):
                core = n.base.name
                if capital_of(core.letter) == name.letter and core.letter != name.letter:
                    self.scope.rows.setdefault(core, (name, "row" if match["side"].lower() == "rows" else "column"))

    def on_elementwise(self, match: re.Match[str], sentence: Sentence) -> None:
        self.scope.elementwise = True
        for slot in sentence.slots:
            if all(isinstance(n, (sx.FunctionName, sx.Symbol, sx.MaybeCall, sx.Call)) for n in slot.subject):
                slot.used = True
            for node in slot.subject:
                name = node.name if isinstance(node, sx.Symbol) else None
                if name in self.scope.survey.heads and name not in self.scope.survey.standing and name is not None:
                    self.acting(name, node.span)

    def acting(self, name: Name, span: Span) -> None:
        """A letter that acts element by element: a function; sigma is the logistic one where nothing else is said."""
        known = self.scope.find(name)
        if name == Name("sigma") and (known is None or (known.kind == "symbol" and known.meaning is None)):
            entry = self.scope.entry(name, span)
            entry.kind, entry.declared, entry.why = "logistic", True, "default"
            self.scope.note(name_box(name), " was taken as the logistic function.")
            return
        self.generic(name, span)

    def on_property(self, match: re.Match[str], sentence: Sentence, prop: str) -> None:
        for node in self.nodes(match, sentence):
            self.add(node, prop)

    def on_nonzero(self, match: re.Match[str], sentence: Sentence) -> None:
        self.on_property(match, sentence, "nonzero")

    def on_positive(self, match: re.Match[str], sentence: Sentence) -> None:
        self.on_property(match, sentence, "positive")

    def on_full_rank(self, match: re.Match[str], sentence: Sentence) -> None:
        side = (match["side"] or "").strip()
        self.on_property(match, sentence, f"full {side} rank" if side else "full rank")

    def on_all_in(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "a, p and q (all in R^d)": the letters before that have no shape yet."""
        shape = self.space_shape(sentence.slot(match["space"]).formula.body)
        before = sentence.text[: match.start()]
        if match[0].lower().startswith("values"):
            before = re.split(r"\b(?:functions?|maps?)\b", before)[0]
        for slot in sentence.named(before):
            for node in slot.subject:
                node = node.head if isinstance(node, sx.MaybeCall) else node
                if is_letter(node) and isinstance(slot.facts[0], Bare) and not self.shaped(node):
                    self.declare(node, shape)

    def shaped(self, node: sx.Syntax) -> bool:
        name = letters.full_name(self.scope, node)
        entry = self.scope.find(name) if name is not None else None
        return (
            entry is not None
            and entry.shape is not None
            and not any(isinstance(resolve(s), Unknown) for s in entry.shape)
        )

    def on_logistic(self, match: re.Match[str], sentence: Sentence) -> None:
        for slot in sentence.named(match["who"] or match["named"]):
            defined = match["named"] and any(isinstance(f, Defines) for f in slot.facts)
            for node in slot.subject if not defined else ():
                name = letters.full_name(self.scope, node.head if isinstance(node, sx.MaybeCall) else node)
                if name is not None and name in self.scope.survey.heads and name not in self.scope.survey.standing:
                    entry = self.scope.entry(name, node.span)
                    entry.kind, entry.declared, entry.why = "logistic", True, "stated"
                    slot.used = True

    def on_values(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "a function of t whose values are n×n matrices"."""
        first = next((s for s in sentence.slots if s.subject and is_letter(s.subject[0])), None)
        dims = self.dims(match["dim"], sentence)
        if first is not None and isinstance(dims, tuple):
            self.declare(first.subject[0], dims)

    def on_sized_capitals(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "for 2 × 2 matrices": the capitals of which nothing else is said."""
        dims = self.dims(match["dim"], sentence)
        if not isinstance(dims, tuple) or any(isinstance(f, Member) for s in sentence.slots for f in s.facts):
            return
        slots = [s for s in sentence.slots if s not in sentence.named(match[0])]
        inside = [n for s in slots for row in s.formula.rows for n in sx.walk(row) if isinstance(n, sx.Symbol)]
        for node in dict.fromkeys(inside):
            if is_capital(node.name) and node.name.font in ("", "bold") and not self.shaped(node):
                self.declare(node, dims)

    def on_called(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "Let D(a, b) be the determinant of …": a definition in words."""
        who, body = sentence.slot(match["who"]), sentence.slot(match["body"])
        node = body.formula.body
        if len(who.subject) == 1:
            who.used = body.used = True
            word = {"determinant": "det", "trace": "tr"}[match["word"].lower()]
            call = sx.Call(sx.FunctionName(word), (node,), span=node.span)
            self.define(Defines(who.span, who.subject[0], call), {}, sentence.part)

    def on_named(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "Let r be the vector y - Xb": a definition in words."""
        who, body = sentence.slot(match["who"]), sentence.slot(match["body"])
        node = body.formula.body
        if (
            len(who.subject) == 1
            and is_letter(who.subject[0])
            and isinstance(body.facts[0], Bare)
            and is_expression(node)
        ):
            who.used = body.used = True
            self.define(Defines(who.span, who.subject[0], node), {}, sentence.part)

    def on_independent(self, match: re.Match[str], sentence: Sentence) -> None:
        for node in self.nodes(match, sentence):
            self.predicate(node, "constant")


HANDLERS: dict[str, tuple[str, bool]] = {
    "spread": ("on_spread", True),
    "declare": ("on_declare", True), "dims": ("on_dims", True), "length": ("on_length", True),
    "sized": ("on_sized", True),
    "predicate": ("on_predicate", True), "predicate-before": ("on_predicate_before", True),
    "predicate-all": ("on_predicate_all", True), "predicate-last": ("on_predicate_last", True),
    "all": ("on_all", False), "ones": ("on_ones", True),
    "depends": ("on_depends", True), "generic": ("on_generic", True), "function": ("on_generic", True),
    "valued": ("on_valued", True),
    "undetermined": ("on_undetermined", True), "rows": ("on_rows", True),
    "rows of it": ("on_rows_of_it", True), "elementwise": ("on_elementwise", False),
    "independent": ("on_independent", True), "nonzero": ("on_nonzero", True), "positive": ("on_positive", True),
    "full-rank": ("on_full_rank", True), "all-in": ("on_all_in", True), "values": ("on_values", True),
    "sized capitals": ("on_sized_capitals", True),
    "logistic": ("on_logistic", True),
    "called": ("on_called", True), "named": ("on_named", True),
}  # fmt: skip
"""The method for what a phrase says, and whether the sentence must hold a formula."""


SHAPING = ("declare", "dims", "length", "sized")
"""What phrases say that give letters their shapes."""


def says_something(mods: str) -> bool:
    """Whether adjectives state a property of the thing itself."""
    return any(prop not in ("", "column", "row") and regex.search(mods) for regex, prop in ADJECTIVE_TABLE)


def declares(slot: Slot, scope: Scope) -> bool:
    """Whether a formula introduces a letter, and is not a size."""
    if any(isinstance(f, Member) for f in slot.facts):
        return True
    if len(slot.subject) != 1 or not isinstance(slot.subject[0], sx.Symbol):
        return False
    name = slot.subject[0].name
    return name in scope.entries and not (name.letter in scope.sizes and not name.font and name not in scope.entries)


def noun_shape(noun: str, mods: str, dims: Extents | Length | None) -> Extents | None:
    """The shape that a noun with a size gives."""
    if noun == "scalar":
        return ONE_BY_ONE
    if dims is None:
        return None
    if noun == "vector":
        if isinstance(dims, tuple):
            return dims
        return (1, dims) if re.search(r"\brow\b", mods) else (dims, 1)
    if noun == "matrix":
        return dims if isinstance(dims, tuple) else (dims, dims)
    return dims if isinstance(dims, tuple) else None


def open_shape(noun: str, mods: str) -> Extents:
    if noun == "vector":
        return (1, Unknown()) if re.search(r"\brow\b", mods) else (Unknown(), 1)
    if re.search(r"\bsquare\b", mods):
        n = Unknown()
        return (n, n)
    return (Unknown(), Unknown())
