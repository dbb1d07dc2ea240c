"""What formulas and phrases declare: shapes, properties, functions, definitions, conditions; all into the scope."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import asking, letters, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import is_number, is_vector_value
from derivgen.latex.elaborate import length_of
from derivgen.latex.facts import Bare, Condition, Defines, Fact, JacobianRule, Listed, Maps, Member, Runs, States
from derivgen.latex.scope import Entry, Meaning, Scope
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Length, Unknown, is_scalar, resolve, show, unify
from derivgen.latex.survey import index_letters, is_index
from derivgen.notation.names import name_box
from derivgen.terms.nodes import Name

ADJECTIVE_TABLE = tuple((re.compile(rf"(?<![\w-])(?P<no>not |non-)?(?:{a})(?![\w])", re.I), p) for a, p in phrases.ADJECTIVES.items())
NOUN_TABLE = tuple((re.compile(rf"(?:{n})$", re.I), kind) for n, kind in phrases.NOUNS.items())
SQUARE_ONLY = ("symmetric", "positive definite", "positive semidefinite", "invertible", "orthogonal", "diagonal")
WORDS_FOR = {"positive definite": "positive definite", "nonzero": "not zero", "invertible": "invertible"}


class Teller:
    """Puts what the statement says into the scope."""

    def __init__(self, scope: Scope, sentences: list[Sentence]) -> None:
        self.scope, self.sentences = scope, sentences
        self.conditions: list[sx.Chain] = []
        self.rules: list[JacobianRule] = []
        self.square: list[tuple[Entry, str, Span]] = []
        self.pending: list[tuple[Entry, str]] = []

    def run(self) -> None:
        for sentence in self.sentences:
            for slot in sentence.slots:
                for fact in slot.facts:
                    self.fact(fact, slot)
        for group in (phrases.DECLARATIONS, phrases.PROPERTIES):
            for sentence in self.sentences:
                for phrase in group:
                    self.phrase(phrase, sentence)
        for sentence in self.sentences:
            self.definitions(sentence)
        self.check_squares()

    # ------------------------------------------------------------------------------------------- formulas alone
    def fact(self, fact: Fact, slot: Slot) -> None:
        match fact:
            case Member(span, names, space):
                slot.used = True
                self.member(names, space, span)
            case Maps(_, names, source, target):
                slot.used = True
                self.maps(names, source, target)
            case Listed(span, first, last):
                self.listed(first, last, span)
            case Runs(_, running, top):
                slot.used = True
                self.scope.survey.letters.update(running)
                length_of(self.scope, top)
            case Condition(_, chain):
                slot.used = True
                self.conditions.append(chain)
                self.property_of(chain)
            case JacobianRule():
                slot.used = True
                self.rules.append(fact)
            case States(_, chain):
                slot.used = True
                self.symmetry(chain)

    def member(self, names: tuple[sx.Syntax, ...], space: sx.Syntax, span: Span) -> None:
        shape = self.space_shape(space)
        if len(names) > 2 and isinstance(names[-2], sx.Dots):
            if shape is not None and is_scalar(shape):
                self.listed(names[0], names[-1], span)
            return
        for node in names:
            if isinstance(node, sx.Fenced):
                for item in sx.items(node.body):
                    self.declare(item, ONE_BY_ONE)
            else:
                self.declare(node, shape)
            if isinstance(space, sx.Space) and space.sub in (">0", "+", "++", ">"):
                self.add(node, "positive definite" if space.letter == "S" else "positive")

    def space_shape(self, space: sx.Syntax) -> Extents | None:
        match space:
            case sx.Space("S", sizes) if len(sizes) == 1:
                n = length_of(self.scope, sizes[0])
                return (n, n)
            case sx.Space(letter, sizes) if letter in "RCQZN":
                found = [length_of(self.scope, s) for s in sizes]
                return (found[0] if found else 1, found[1] if len(found) > 1 else 1)
            case sx.Superscript(sx.Fenced(), exponent):
                return (length_of(self.scope, exponent), 1)
            case sx.Fenced():
                return ONE_BY_ONE
        return None

    def declare(self, node: sx.Syntax, shape: Extents | None, why: str = "stated") -> Entry | None:
        """A written name gets a shape; what is not a name is left alone."""
        scope = self.scope
        if isinstance(node, sx.MaybeCall) and isinstance(node.operand, sx.Fenced):
            entry = self.declare(node.head, shape, why)
            if entry is not None and not entry.depends and entry.meaning is None:
                entry.depends = list(sx.items(node.operand.body))
            return entry
        if isinstance(node, sx.Transpose) and shape is not None:
            return self.declare(node.base, (shape[1], shape[0]), why)
        name = letters.full_name(scope, node)
        if name is None or self.is_running(node):
            return None
        if name.letter == "1" and name.font in ("bold", "bb", "vec"):
            if shape is not None:
                scope.ones_length = shape[0] if resolve(shape[0]) != 1 else shape[1]
            return None
        if name.letter == "0" and name.font in ("bold", "vec"):
            return None
        if self.is_size(name):
            return None
        return scope.declare(name, shape, node.span, why)

    def is_size(self, name: Name) -> bool:
        """Whether a plain letter is known as a size and as nothing else."""
        bare = name == Name(name.letter) and name.letter not in self.scope.survey.indexed
        return bare and (name.letter in self.scope.sizes or name.letter in self.scope.survey.sizes) and not self.scope.known(name)

    def is_running(self, node: sx.Syntax) -> bool:
        r"""``x_i`` with a running letter is no name of its own."""
        if not isinstance(node, sx.Subscript):
            return False
        return all(isinstance(p, sx.Symbol) and p.name.letter in self.scope.survey.letters for p in index_letters(node.index))

    def maps(self, names: tuple[sx.Syntax, ...], source: sx.Syntax, target: sx.Syntax) -> None:
        shape = self.space_shape(target)
        single = isinstance(source, sx.Space) and not source.sizes
        for node in names:
            name = letters.full_name(self.scope, node)
            if name is None:
                continue
            if single and shape is not None and is_scalar(shape):
                entry = self.scope.entry(name, node.span)
                entry.kind, entry.declared, entry.why = "function", True, "stated"
            else:
                self.scope.declare(name, shape, node.span)

    def listed(self, first: sx.Syntax, last: sx.Syntax, span: Span) -> Entry | None:
        r"""``w_1, \dots, w_n``: a vector by its entries."""
        if not isinstance(first, sx.Subscript) or not isinstance(last, sx.Subscript) or first.index != sx.Number("1"):
            return None
        core = letters.full_name(self.scope, first.base)
        if core is None or core.font in ("bold", "vec"):
            return None
        name = self.scope.cousin(core)
        if name == core and any(n.font == "bold" and n.letter == core.letter for n in self.scope.survey.bare):
            name = core._replace(font="bold")
        return self.scope.declare(name, (length_of(self.scope, last.index), 1), span)

    def property_of(self, chain: sx.Chain) -> None:
        """Signs as properties: λ > 0 is positive, y ≠ 0 nonzero, A ≻ 0 positive definite."""
        for k, sign in enumerate(chain.signs):
            left, right = chain.sides[k], chain.sides[k + 1]
            if left is None or right is None:
                continue
            zero = right == sx.Number("0") or (isinstance(right, sx.Symbol) and right.name.letter == "0")
            words = {">": "positive", "≠": "nonzero", "≥": "nonnegative", "≻": "positive definite", "⪰": "positive semidefinite"}
            if zero and sign in words:
                for item in sx.items(left):
                    self.add(item, words[sign])
            if left == sx.Number("0") and sign == "<":
                self.add(right, "positive")

    def add(self, node: sx.Syntax, prop: str) -> None:
        if isinstance(node, sx.Subscript):
            core = letters.full_name(self.scope, node.base)
            whole = letters.full_name(self.scope, node)
            if whole is not None and whole in self.scope.entries:
                self.scope.entry(whole).props.add(prop)
            elif core is not None and prop == "positive":
                self.scope.entry(self.scope.cousin(core), node.span).props.add(prop)
            return
        name = letters.full_name(self.scope, node)
        if name is not None:
            entry = self.scope.entry(name, node.span)
            entry.props.add(prop)
            if prop in SQUARE_ONLY:
                self.square.append((entry, prop, node.span))

    def symmetry(self, chain: sx.Chain) -> None:
        match chain.sides:
            case (sx.Transpose(a), b) | (b, sx.Transpose(a)) if a == b:
                self.add(b, "symmetric")

    # ----------------------------------------------------------------------------------------------- phrases
    def phrase(self, phrase: phrases.Phrase, sentence: Sentence) -> None:
        handler: Callable[[re.Match[str], Sentence], None] | None = HANDLERS.get(phrase.says, (None,))[0] and getattr(
            self, HANDLERS[phrase.says][0]
        )
        if handler is None or (HANDLERS[phrase.says][1] and not sentence.slots):
            return
        for match in phrase.matches(sentence.text):
            handler(match, sentence)

    def nodes(
        self, match: re.Match[str], sentence: Sentence, group: str = "who", leading: bool = False
    ) -> list[sx.Syntax]:
        """The written names in a group of a match; of a mixed list, those next to the words."""
        found: list[sx.Syntax] = []
        text = match[group] or (match.groupdict().get("who2") if group == "who" else None) or ""
        for slot in alike(sentence.named(text), leading):
            slot.used = slot.used or all(is_letter(n) for n in slot.subject)
            found += slot.subject
        return found

    def dims(self, text: str, sentence: Sentence) -> Extents | Length | None:
        """A size in words: "p × q", "n by n", "3 by 2", "n"."""
        slots = sentence.named(text)
        if len(slots) >= 2 and re.search(r"by|×|x", text):
            for s in slots[:2]:
                s.used = True
            return (length_of(self.scope, slots[0].formula.body), length_of(self.scope, slots[1].formula.body))
        if slots:
            body = slots[0].formula.body
            slots[0].used = True
            match body:
                case sx.Product((m, n), ("×",)):
                    return (length_of(self.scope, m), length_of(self.scope, n))
                case sx.Space():
                    return self.space_shape(body)
                case sx.Symbol() | sx.Number() | sx.Plus() | sx.Subscript() | sx.Product():
                    return length_of(self.scope, body)
            return None
        numbers = [int(n) for n in re.findall(r"\d+", text)]
        if len(numbers) == 2:
            return (numbers[0], numbers[1])
        return numbers[0] if numbers else None

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

    def describe(self, node: sx.Syntax, noun: str, mods: str, dims: Extents | Length | None) -> None:
        if noun == "identity":
            name = letters.full_name(self.scope, node)
            if name is not None:
                entry = self.scope.entry(name, node.span)
                entry.kind, entry.declared = "identity", True
                entry.shape = dims if isinstance(dims, tuple) else (dims, dims) if dims else None
            return
        if noun == "function" or isinstance(node, (sx.MaybeCall, sx.Call)):
            return
        shape = noun_shape(noun, mods, dims)
        if shape is None and noun in ("vector", "matrix") and not self.scope.known(letters.full_name(self.scope, node) or Name("")):
            shape = open_shape(noun, mods)
        entry = self.declare(node, shape)
        if entry is not None:
            if noun == "constant":
                entry.constant = True
            self.adjectives(entry, mods, node.span)

    def adjectives(self, entry: Entry, mods: str, span: Span) -> None:
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

    def on_dims(self, match: re.Match[str], sentence: Sentence) -> None:
        if not is_two(match["dim"], sentence):
            return
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            if isinstance(dims, tuple):
                self.declare(node, dims)

    def on_length(self, match: re.Match[str], sentence: Sentence) -> None:
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            if dims is not None and not isinstance(dims, tuple):
                self.declare(node, (dims, 1))

    def on_sized(self, match: re.Match[str], sentence: Sentence) -> None:
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            name = letters.full_name(self.scope, node)
            bold_lower = name is not None and not name.letter[:1].isupper()
            shape = dims if isinstance(dims, tuple) else None if dims is None else (dims, 1) if bold_lower else (dims, dims)
            entry = self.declare(node, shape)
            if entry is not None:
                self.adjectives(entry, match["mods"] or "", node.span)

    def on_predicate(self, match: re.Match[str], sentence: Sentence) -> None:
        if match.groupdict().get("not"):
            return
        for node in self.nodes(match, sentence):
            self.predicate(node, match["mods"])

    def on_predicate_before(self, match: re.Match[str], sentence: Sentence) -> None:
        slots = sentence.named(match["who"])
        if match["mods"].strip().lower() == "given" and not (match["det"] or "").strip():
            return
        slots = slots[:1] if (match["det"] or "").strip().lower() in ("a", "an", "the") else alike(slots, True)
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
            node = slot.subject[0] if slot.subject else None
            text = match["dim"] or match["length"]
            if isinstance(node, sx.Symbol) and node.name.letter == "1" and text:
                dims = self.dims(text, sentence)
                self.scope.ones_length = dims[0] if isinstance(dims, tuple) else dims

    def on_depends(self, match: re.Match[str], sentence: Sentence) -> None:
        if re.search(r"(?:not|n't) depend", match[0]):
            return
        of = self.nodes(match, sentence, "of") if match["of"] not in ("it", "them") else []
        if not of:
            first = next((s for s in sentence.slots if s.subject and is_letter(s.subject[0])), None)
            of = [first.subject[0]] if first is not None else []
        wrong = (sx.Number, sx.Words)
        of = [n for n in of if not isinstance(n, wrong)]
        scalar_word = re.search(r"\bscalar|\bloss|\bnumber", match[0]) is not None
        for node in self.nodes(match, sentence):
            name = letters.full_name(self.scope, node)
            if name is None and isinstance(node, sx.MaybeCall):
                name = letters.full_name(self.scope, node.head)
            if name is None or name in [letters.full_name(self.scope, n) for n in of]:
                continue
            entry = self.scope.entry(name, node.span)
            entry.declared, entry.why = True, "stated"
            entry.depends = entry.depends or list(of)
            if entry.shape is None and (scalar_word or name.font not in ("bold", "vec")):
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

    def on_undetermined(self, match: re.Match[str], sentence: Sentence) -> None:
        for node in self.nodes(match, sentence):
            if isinstance(node, sx.MaybeCall):
                sentence.named(match["who"])[0].used = True
                self.declare(node, ONE_BY_ONE)

    def on_rows(self, match: re.Match[str], sentence: Sentence) -> None:
        matrices = sentence.named(match["matrix"])
        side = "row" if match["side"].lower().startswith("row") else "column"
        for slot in sentence.named(match["who"] or match.groupdict().get("who2") or ""):
            for node in slot.subject:
                while isinstance(node, (sx.Transpose, sx.Primed)):
                    node = node.base
                core = letters.full_name(self.scope, node.base) if isinstance(node, sx.Subscript) else None
                target = letters.full_name(self.scope, matrices[0].subject[0]) if matrices and matrices[0].subject else None
                if core is not None and target is not None:
                    slot.used = matrices[0].used = True
                    self.scope.rows[core] = (target, side)
                    if isinstance(node, sx.Subscript) and is_index(node.index) and isinstance(node.index, sx.Symbol):
                        self.scope.survey.letters.add(node.index.name.letter)

    def on_elementwise(self, match: re.Match[str], sentence: Sentence) -> None:
        self.scope.elementwise = True
        for slot in sentence.slots:
            if all(isinstance(n, (sx.FunctionName, sx.Symbol, sx.MaybeCall, sx.Call)) for n in slot.subject):
                slot.used = True
            for node in slot.subject:
                name = node.name if isinstance(node, sx.Symbol) else None
                if name in self.scope.survey.heads and name not in self.scope.survey.standing and name is not None:
                    self.generic(name, node.span)

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
        """"a, p and q (all in R^d)": the letters before that have no shape yet."""
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
        return entry is not None and entry.shape is not None and not any(isinstance(resolve(s), Unknown) for s in entry.shape)

    def on_logistic(self, match: re.Match[str], sentence: Sentence) -> None:
        for slot in sentence.named(match["who"]):
            for node in slot.subject:
                name = letters.full_name(self.scope, node.head if isinstance(node, sx.MaybeCall) else node)
                if name is not None and name in self.scope.survey.heads and name not in self.scope.survey.standing:
                    entry = self.scope.entry(name, node.span)
                    entry.kind, entry.declared, entry.why = "logistic", True, "stated"
                    slot.used = True

    def on_values(self, match: re.Match[str], sentence: Sentence) -> None:
        """"a function of t whose values are n×n matrices"."""
        first = next((s for s in sentence.slots if s.subject and is_letter(s.subject[0])), None)
        dims = self.dims(match["dim"], sentence)
        if first is not None and isinstance(dims, tuple):
            self.declare(first.subject[0], dims)

    def on_called(self, match: re.Match[str], sentence: Sentence) -> None:
        """"Let D(a, b) be the determinant of …": a definition in words."""
        who, body = sentence.slot(match["who"]), sentence.slot(match["body"])
        node = body.formula.body
        if len(who.subject) == 1:
            who.used = body.used = True
            word = {"determinant": "det", "trace": "tr"}[match["word"].lower()]
            call = sx.Call(sx.FunctionName(word), (node,), span=node.span)
            self.define(Defines(who.span, who.subject[0], call), {}, sentence.part)

    def on_independent(self, match: re.Match[str], sentence: Sentence) -> None:
        for node in self.nodes(match, sentence):
            self.predicate(node, "constant")

    # -------------------------------------------------------------------------------------------- definitions
    def definitions(self, sentence: Sentence) -> None:
        ranges = {c: f.top for s in sentence.slots for f in s.facts if isinstance(f, Runs) for c in f.letters}
        points = [s for m in asking.AT_POINT.finditer(sentence.text) for s in sentence.named(m["point"])]
        for slot in sentence.slots:
            for fact in slot.facts:
                if isinstance(fact, Defines) and not (slot in points and is_value(fact.right)):
                    slot.used = True
                    self.define(fact, ranges, sentence.part)

    def define(self, fact: Defines, ranges: dict[str, sx.Syntax], part: str | None) -> None:
        left, right, scope = fact.left, fact.right, self.scope
        match left:
            case sx.MaybeCall(head, sx.Fenced(_, body)):
                name = letters.full_name(scope, head)
                if name is not None and not isinstance(head, sx.Primed):
                    self.define_function(name, sx.items(body), right, fact.span, part)
                return
            case sx.Call(head, args):
                name = letters.full_name(scope, head)
                if name is not None:
                    self.define_function(name, args, right, fact.span, part)
                return
            case sx.Primed():
                return
            case sx.Subscript(base, index):
                core = letters.full_name(scope, base)
                if core is not None and self.is_indexed(core, index, right, ranges):
                    self.define_entries(core, index, right, ranges, fact.span, part)
                    return
        name = letters.full_name(scope, left)
        if name is None or isinstance(right, sx.PlusMinus):
            return
        length = own_listing(name, right)
        if length is not None:
            scope.declare(name, (length_of(scope, length), 1), left.span)
            return
        if name.letter in scope.sizes and not name.font and not scope.known(name):
            return
        self.put(name, Meaning(right, span=fact.span), left.span, part)

    def define_function(
        self, name: Name, params: tuple[sx.Syntax, ...], body: sx.Syntax, span: Span, part: str | None
    ) -> None:
        calls = self.scope.survey.calls.get(name, [])
        used = any(c != sx.Fenced("(", sx.Tuple(params) if len(params) > 1 else params[0], ")") for c in calls)
        if name.letter == "sigma" and len(params) == 1 and used and is_logistic(body, params[0]):
            entry = self.scope.entry(name, span)
            entry.kind, entry.declared, entry.why = "logistic", True, "stated"
            return
        self.put(name, Meaning(body, params, span=span), span, part)

    def is_indexed(self, core: Name, index: sx.Syntax, right: sx.Syntax, ranges: dict[str, sx.Syntax]) -> bool:
        positions = index_letters(index)
        if core.font in ("bold", "vec") or not all(is_index(p) for p in positions):
            return False
        names = {p.name.letter for p in positions if isinstance(p, sx.Symbol)}
        if names & ranges.keys() or self.scope.has_axes(self.scope.cousin(core)):
            return True
        return any(isinstance(n, sx.Subscript) and any(i in positions for i in index_letters(n.index)) for n in sx.walk(right))

    def define_entries(
        self, core: Name, index: sx.Syntax, body: sx.Syntax, ranges: dict[str, sx.Syntax], span: Span, part: str | None
    ) -> None:
        name = self.scope.cousin(core)
        if name == core and not core.font and any(n.font == "bold" for n in self.scope.survey.bare):
            name = core._replace(font="bold")
        positions = tuple(index_letters(index))
        if isinstance(body, (sx.Number, sx.PlusMinus)) and not isinstance(body, sx.Symbol):
            return
        self.scope.survey.letters.update(p.name.letter for p in positions if isinstance(p, sx.Symbol))
        self.put(name, Meaning(body, (), positions, ranges, span), span, part)

    def put(self, name: Name, meaning: Meaning, span: Span, part: str | None) -> None:
        """Give a letter its definition; another one in another part holds for that part."""
        scope = self.scope
        entry = scope.entry(name, span)
        if entry.meaning is None:
            entry.meaning, entry.part = meaning, part
            entry.declared = True
            return
        if entry.meaning.body == meaning.body:
            return
        if part is not None and entry.part != part:
            variant = scope.variants[(part, name)] = Entry(name, span=span, order=entry.order, declared=True)
            variant.meaning, variant.part = meaning, part
            return
        if not meaning.indices and not entry.meaning.indices:
            scope.note(name_box(name), " is defined twice; the first definition was used.")

    # ----------------------------------------------------------------------------------------------- checks
    def check_squares(self) -> None:
        """Properties that only a square matrix can have."""
        for entry, prop, span in self.square:
            if entry.shape is None:
                if entry.meaning is None and prop != "diagonal":
                    n = Unknown()
                    entry.shape = (n, n)
                continue
            if is_scalar(entry.shape) and prop.startswith("positive"):
                continue
            if not unify(entry.shape[0], entry.shape[1]):
                raise errors.ShapeFault(
                    f"shapes do not fit: {entry.name.letter} is {show(entry.shape)}, but a {prop} matrix is square",
                    place=self.scope.place(span),
                )


HANDLERS: dict[str, tuple[str, bool]] = {
    "declare": ("on_declare", True), "dims": ("on_dims", True), "length": ("on_length", True), "sized": ("on_sized", True),
    "predicate": ("on_predicate", True), "predicate-before": ("on_predicate_before", True),
    "predicate-all": ("on_predicate_all", True), "all": ("on_all", False), "ones": ("on_ones", True),
    "depends": ("on_depends", True), "generic": ("on_generic", True), "function": ("on_generic", True),
    "undetermined": ("on_undetermined", True), "rows": ("on_rows", True), "elementwise": ("on_elementwise", False),
    "independent": ("on_independent", True), "nonzero": ("on_nonzero", True), "positive": ("on_positive", True),
    "full-rank": ("on_full_rank", True), "all-in": ("on_all_in", True), "values": ("on_values", True), "logistic": ("on_logistic", True),
    "called": ("on_called", True),
}  # fmt: skip
"""The method for what a phrase says, and whether the sentence must hold a formula."""


def alike(slots: list[Slot], leading: bool = False) -> list[Slot]:
    """The end of a list that is of one kind: in "x, c ∈ Rⁿ and K is a matrix" only K is said to be one."""
    kinds = [type(s.facts[0]) if s.facts else None for s in slots]
    if leading:
        stop = 0
        while stop < len(slots) and kinds[stop] == kinds[0]:
            stop += 1
        return slots[:stop]
    first = len(slots)
    while first > 0 and kinds[first - 1] == kinds[-1]:
        first -= 1
    return slots[first:]


def is_letter(node: sx.Syntax) -> bool:
    match node:
        case sx.Symbol():
            return True
        case sx.Subscript(base, _) | sx.Superscript(base, sx.Fenced()) | sx.Primed(base, _):
            return is_letter(base)
    return False


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


def is_two(text: str, sentence: Sentence) -> bool:
    """Whether a size in words has two lengths, or is a space."""
    slots = sentence.named(text)
    if len(slots) == 1:
        return isinstance(slots[0].formula.body, sx.Space) or (
            isinstance(slots[0].formula.body, sx.Product) and slots[0].formula.body.signs == ("×",)
        )
    return len(slots) == 2 or len(re.findall(r"\d+", text)) == 2


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


def own_listing(name: Name, right: sx.Syntax) -> sx.Syntax | None:
    r"""The length in ``\mathbf x = (x_1, …, x_n)^T``: the vector by its own elements, which defines nothing."""
    while isinstance(right, (sx.Transpose, sx.Fenced)):
        right = right.base if isinstance(right, sx.Transpose) else right.body
    cells: list[sx.Syntax | None] = list(right.items) if isinstance(right, sx.Tuple) else []
    if isinstance(right, sx.Matrix) and (len(right.rows) == 1 or all(len(row) == 1 for row in right.rows)):
        cells = [cell for row in right.rows for cell in row]
    if len(cells) < 2:
        return None
    first, last = cells[0], cells[-1]
    match first, last:
        case sx.Subscript(sx.Symbol(a), sx.Number("1")), sx.Subscript(sx.Symbol(b), top) if a == b:
            if a.letter == name.letter and a.font not in ("bold", "vec"):
                return top
    return None


def is_value(node: sx.Syntax) -> bool:
    return is_number(node) or is_vector_value(node)


def is_logistic(body: sx.Syntax, param: sx.Syntax) -> bool:
    """Whether a right side is 1/(1+e^{-t}), by its values."""
    try:
        return all(
            cmath.isclose(value_of(body, param, t), 1 / (1 + math.exp(-t)), rel_tol=1e-12) for t in (-1.3, 0.4, 2.1)
        )
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return False


def value_of(node: sx.Syntax, param: sx.Syntax, t: float) -> float:
    """A formula in one letter at a number; raises ``TypeError`` where it holds anything else."""
    if node == param:
        return t
    match node:
        case sx.Number(text):
            return float(text)
        case sx.Symbol(Name("e")):
            return math.e
        case sx.Plus(terms):
            return sum(value_of(a, param, t) for a in terms)
        case sx.Negative(arg):
            return -value_of(arg, param, t)
        case sx.Product(factors):
            return math.prod(value_of(f, param, t) for f in factors)
        case sx.Fraction(num, den):
            return value_of(num, param, t) / value_of(den, param, t)
        case sx.Superscript(base, exponent):
            return float(value_of(base, param, t) ** value_of(exponent, param, t))
        case sx.Call(sx.FunctionName("exp"), (arg,)):
            return math.exp(value_of(arg, param, t))
        case sx.Fenced(_, inner):
            return value_of(inner, param, t)
    raise TypeError("not a formula in one letter")
