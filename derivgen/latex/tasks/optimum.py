"""Where a function is smallest, largest or stationary: the many ways to ask for it, and the conditions beside it."""

# ruff: noqa: E501 - a pattern and its examples read best on one line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import asking, optima
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, Condition, Defines, States
from derivgen.latex.optima import (
    CLAIM_FIRST,
    CLAIM_OF_POINT,
    CLAIM_OF_VALUE,
    ESTIMATE,
    FILL,
    FILLER,
    OPT,
    POINT,
    SUPER,
    Optimal,
)
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.optimum_goal import Wanted, settle

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker

VERBS = (
    r"(?:find|determine|compute|calculate|derive|obtain|give|state|work out|locate|identify|solve(?: for)?|what(?:'s| is| are)?|which|"
    r"write down|specify|look for|want|seek|need|choose|estimate)"
)
LETTERS = r"\x01.(?:(?:,? and |, )\x01.)*"
ASK = rf"(?:(?<!to )(?<![\w-]){VERBS}|(?:use|using|apply|applying|with)\b[^.;?!]*? to {VERBS})\b"
"""A verb that asks, and not one of a purpose: "to find the minimiser one needs …"."""
OVER = re.compile(
    r"(?:over(?: all)?|with respect to|w\.?r\.?t\.?|as a function of|by (?:choosing|choice of|varying)|in(?: the variables?)?|among(?: all)?)"
    r" (?:the )?(?:(?:vectors?|matri(?:x|ces)|scalars?|variables?|parameters?|numbers?|choices? of) )?(?P<by>\x01.(?:(?:,? and |, )\x01.)*)",
    re.I,
)
GRADIENT = re.compile(
    r"\b(?:find|compute|calculate|derive|determine|give|state|write down|what is) (?:the |its |their |both |first )*(?:\w+ )?"
    r"(?:gradient|derivative|partial derivatives?|hessian)\b",
    re.I,
)
VALUE = re.compile(
    r"\b(?:minimum|minimal|maximum|maximal|smallest|least|largest|optimal) value\b(?! of \x01. (?:that|which|for))",
    re.I,
)

PHRASES = (
    Phrase(
        "show that the minimiser is",
        "goals",
        "claim",
        CLAIM_OF_POINT,
        (
            "Show that the minimiser of $f(x)=x^2-2ax$ is $x=a$.",
            "Let $f(t)=t^2-6t$. Prove that the minimizer of $f$ is $3$.",
        ),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "show that it is minimised by",
        "goals",
        "claim",
        CLAIM_OF_VALUE,
        ("Show that $f(x)=x^2-2x$ is minimised at $x=1$.", "Verify that $t-t^2$ is maximal for $t=\\frac12$."),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "show that this minimises",
        "goals",
        "claim",
        CLAIM_FIRST,
        ("Show that $x=1$ minimises $f(x)=x^2-2x$.", "Prove that $t=\\frac12$ maximizes $t-t^2$."),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "the x that minimises",
        "goals",
        "optimum",
        rf"(?:{ASK}|\band (?:also |then |hence )?the\b)[^.;?!\x01]*?(?P<by>{LETTERS})(?:,? [\w-]+){{0,4}}?,?(?: (?:that|which|who|to|so as to|in order to|at which))? (?:\w+ )??(?P<word>{OPT}):?(?: {FILLER}{{body:x}})?",
        (
            "Find the $x$ that minimises $x^2-4x$.",
            "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$, $\\mathbf{b}\\in\\mathbb{R}^m$. Determine the vector $\\mathbf{x}\\in\\mathbb{R}^n$ which minimizes the squared error $\\|\\mathbf{A}\\mathbf{x}-\\mathbf{b}\\|_2^2$.",
            "Which $t>0$ maximises $\\ln t-2t$?",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "what minimises",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*? (?:(?:that|which|to|so as to|in order to|at which) )?(?:\w+ )??(?P<word>{OPT}):? {FILLER}{{body:x}}",
        (
            "Let $\\mathbf{a},\\mathbf{w}\\in\\mathbb{R}^n$ with constant $\\mathbf{a}$. Find the weights that minimise $\\|\\mathbf{w}-\\mathbf{a}\\|^2$ over $\\mathbf{w}$.",
            "What minimises $f(x)=x^2+2x$?",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "for which x is it minimal",
        "goals",
        "optimum",
        rf"(?:for|at) (?:which|what)[^.;?!\x01]*?(?P<by>{LETTERS})[^.;?!\x01]*?(?:is|are|does|has|becomes|attains?|takes?|reach(?:es)?)"
        rf"{FILL}{{body:x}}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("For which $t$ is $(t-3)^2$ minimal?", "At what $x$ does $f(x)=4x-x^2$ attain its maximum?"),
        ("which", "what"),
    ),
    Phrase(
        "where is it minimal",
        "goals",
        "optimum",
        rf"(?:where|when) (?:is|are|does|has) {FILLER}{{body:x}}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("Where is $f(x)=x^2-4x$ minimal?", "Where does $h(t)=t-t^2$ have its maximum?"),
        ("where", "when"),
    ),
    Phrase(
        "such that it is small",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*?(?P<by>{LETTERS})(?:,? [\w-]+){{0,4}}? (?:such that|so that|so as to make|for which|making|that makes?|to make|which makes?){FILL}{{body:x}}"
        rf"(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("Find $x$ such that $(x-1)^2+4$ is as small as possible.", "Determine the $t$ for which $t^2-t$ is smallest."),
        ("such that", "so that", "make", "for which", "making"),
    ),
    Phrase(
        "minimise it",
        "goals",
        "optimum",
        rf"(?:^|[.;:,] |\band |\bthen |\bi\.e\.,? |\bthat is,? |\bmultipliers? to |\bcalculus to |\bplease |\bhence |\bnow |\bmust |\bshould |\(\w\) )(?P<word>(?:minimi[sz]e|maximi[sz]e)) {FILLER}{{body:x}}",
        (
            "Minimise $(x-2)^2$.",
            "Let $\\mathbf{a}\\in\\mathbb{R}^n$. Maximize $\\mathbf{a}^T\\mathbf{x}-\\|\\mathbf{x}\\|^2$ over $\\mathbf{x}\\in\\mathbb{R}^n$.",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "the minimiser of",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*?(?P<word>{POINT})(?: \x01.)?{FILL} (?:of|for) {FILL}{{body:x}}",
        (
            "Find the minimiser of $f(x)=x^2-6x$.",
            "Find the stationary points of $x^3-3x$.",
            "Let $\\mathbf{Q}\\in\\mathbb{R}^{n\\times n}$ be symmetric positive definite. What is the minimum of $\\frac12\\mathbf{x}^T\\mathbf{Q}\\mathbf{x}-\\mathbf{c}^T\\mathbf{x}$ over $\\mathbf{x}\\in\\mathbb{R}^n$?",
        ),
    ),
    Phrase(
        "set the gradient to zero",
        "goals",
        "set",
        r"set(?:ting)? (?:the |its |this |that |your )?(?:\w+ )?(?:gradient|derivative|result|it|this)(?: of {body:x})?(?: (?:with respect to|by) \x01.)?(?: equal)? to (?:zero|the zero \w+|\x01.)"
        rf"[^.;?!\x01]*?(?:solve|find|determine|derive|obtain|compute|isolate)(?: [\w-]+){{0,4}}?(?: (?P<by>\x01.))?",
        (
            "Let $f(x)=x^2-6x$. Set the derivative to zero and solve for $x$.",
            "Let $h(t)=t^2-t$. Setting the derivative of $h$ equal to zero, find $t$.",
        ),
        ("set",),
    ),
    Phrase(
        "the formula of an optimum",
        "goals",
        "formula",
        rf"(?:{ASK}|\b(?:express|simplify|show)\b)[^.;?!\x01]*?(?P<formula>\x01.)",
        (
            "Compute $\\arg\\min_{x} (x-1)^2$.",
            "Let $\\mathbf{a}\\in\\mathbb{R}^n$. Solve $\\min_{\\mathbf{x}\\in\\mathbb{R}^n}\\|\\mathbf{x}-\\mathbf{a}\\|^2$.",
        ),
    ),
    Phrase(
        "the minimiser",
        "goals",
        "described",
        rf"{ASK}[^.;?!\x01]*?\b(?P<word>{POINT}|{ESTIMATE}|(?:closed[- ]form|optimal|explicit)(?: \w+)? (?:solution|expression|formula|estimate)|"
        rf"solution(?: (?:of|to|for) (?:this|the|that)(?: \w+){{0,2}} problem)?|optimal|best)\b(?:[^.;?!\x01]*? (?P<by>\x01.))?",
        (
            "The curve $f(x)=x^2-8x$ is given. Find its minimum.",
            "We minimise $\\|\\mathbf{x}-\\mathbf{a}\\|^2$ over $\\mathbf{x}\\in\\mathbb{R}^n$ for a fixed $\\mathbf{a}\\in\\mathbb{R}^n$. What is the minimiser?",
        ),
        (
            "minim",
            "maxim",
            "optim",
            "extrem",
            "stationary",
            "critical",
            "arg",
            "solution",
            "closed",
            "estimat",
            "best",
            "fit",
        ),
    ),
    Phrase(
        "the letter that was described",
        "goals",
        "letter",
        rf"{ASK}(?: [\w-]+){{0,4}}? (?P<by>\x01.)",
        (
            "The vector $\\mathbf{x}\\in\\mathbb{R}^n$ minimises $\\|\\mathbf{x}-\\mathbf{a}\\|^2$ with $\\mathbf{a}\\in\\mathbb{R}^n$. Determine $\\mathbf{x}$.",
            "Let $a\\in\\mathbb{R}$. The number $\\hat c=\\arg\\min_c (c-a)^2$ is used. Compute $\\hat c$.",
        ),
    ),
)
"""In the order in which they are tried: claims before questions, and what names its objective before what was described."""

DESCRIBED = re.compile(
    rf"(?:(?P<by>\x01.),? (?:that |which )?)?(?:\w+ )??(?P<word>{OPT}|minimi[sz]ation|maximi[sz]ation) (?:of )?{FILLER}(?P<body>\x01.)",
    re.I,
)
"""A sentence that says what is minimised, and asks nothing."""
NAMED = re.compile(
    r"\b(?P<word>(?:negative )?(?:log[- ])?likelihood|loss|cost|error|energy|objective|criterion|risk|penalty|utility|profit|reward)\b"
    rf"(?: function)?(?: (?:of|for) [^\x01.;?!]{{0,40}}?)?,?(?: is| be| reads| given by)* (?P<body>\x01.)",
    re.I,
)
"""A function with a name that tells whether it is to be small or large."""


# ------------------------------------------------------------------------------------------------- what is asked
def ask(found: Found) -> Sequence[Ask]:
    says = next(p.says for p in PHRASES if p.regex.pattern == found.match.re.pattern)
    if says == "formula":
        return by_formula(found)
    if not optima.speaks_of(found.match[0]) and says not in ("letter", "set", "described"):
        return []
    reader = Asking(found)
    if says == "claim":
        return reader.claim()
    if says in ("letter", "described", "set"):
        return reader.earlier(says)
    return reader.direct()


@dataclass
class Asking:
    """A wording that asks for an optimum, and what the statement says around it."""

    found: Found

    @property
    def sentence(self) -> Sentence:
        return self.found.sentence

    @property
    def asker(self) -> Asker:
        return self.found.asker

    # ---------------------------------------------------------------------------------------- the kinds of wording
    def direct(self) -> list[Ask]:
        """The objective stands in the sentence, or is what was spoken of last."""
        formula = self.body_slot()
        inner = optima.optimal(formula.formula.body) if formula is not None else None
        if inner is not None:
            return self.made(inner)
        body = subject(formula) if formula is not None else self.spoken_of()
        if body is None or derivative_formula(body) is not None:
            return []
        sense = optima.sense_of(self.found.group("word"))
        return self.made(Optimal(sense, self.by() or self.over(), body)) if sense else []

    def claim(self) -> list[Ask]:
        """ "Show that the minimiser is …": the value, or an equation that it fulfils."""
        slot = self.sentence.slot(self.found.group("claim"))
        body = self.body_slot()
        if slot is body:
            return []
        value, equation = claimed(slot, re.search(r"satisf|fulfil", self.found.match[0]) is not None)
        if value is not None and derivative_formula(value) is not None:
            return []
        described = self.described()
        if body is not None:
            inner = optima.optimal(body.formula.body)
            objective = inner or Optimal(optima.sense_of(self.found.group("word")), self.over(), subject(body))
        elif described is not None:
            objective = described
        else:
            objective = Optimal(optima.sense_of(self.found.group("word")), self.over(), self.spoken_of())
        if objective.body is None or not objective.sense:
            return []
        slot.used = True
        return self.made(objective, value, equation)

    def earlier(self, says: str) -> list[Ask]:
        """The objective was described before (or is described after): "Find the minimiser", "Determine w"."""
        described = self.described()
        by = self.by()
        if says == "letter":
            known = (
                described is not None
                and described.body is not None
                and len(by) == 1
                and self.is_variable(by[0], described)
            )
            return self.made(described) if known and described is not None else []
        words = self.found.match[0]
        sense = optima.sense_of(self.found.group("word")) if says == "described" else ""
        if says == "set":
            slot = self.body_slot()
            body = subject(slot) if slot is not None else None
            if described is None:
                body = body if body is not None else self.spoken_of()
                return self.made(Optimal("stationary", by, body)) if body is not None else []
            return self.made(replace(described, by=described.by or by))
        if described is not None:
            fits = not sense or sense == described.sense or optima.EITHER.search(words)
            chosen = replace(described, by=described.by or self.over() or by, sense=described.sense if fits else sense)
            return self.made(chosen)
        if not sense or not re.search(r"minim|maxim|extrem|stationary|critical|likelihood", words, re.I):
            return []
        body = self.spoken_of()
        return self.made(Optimal(sense, self.over() or by, body)) if body is not None else []

    # ------------------------------------------------------------------------------------------------ the pieces
    def body_slot(self) -> Slot | None:
        named = self.sentence.named(self.found.group("body"))
        return named[0] if named else None

    def by(self) -> tuple[sx.Syntax, ...]:
        """The letters that the wording names, but for those that it calls given."""
        group = self.found.group("by")
        start = self.found.match.start("by") - self.found.match.start() if group else 0
        before = self.found.match[0][:start]
        if re.search(r"\b(?:given|fixed|for|constant|known|of)\s*$", before, re.I):
            return ()
        return tuple(n for s in self.sentence.named(group) for n in letters_of(s))

    def over(self) -> tuple[sx.Syntax, ...]:
        """ "… over x and y"."""
        for match in OVER.finditer(self.sentence.text):
            named = tuple(n for s in self.sentence.named(match["by"]) for n in letters_of(s))
            if named:
                return named
        return ()

    def spoken_of(self) -> sx.Syntax | None:
        """What was defined or written last, before this sentence or in it."""
        for slot in self.sentence.slots:
            for fact in slot.facts:
                if isinstance(fact, Defines) and isinstance(fact.left, (sx.MaybeCall, sx.Call)):
                    return fact.left
        last = self.asker.defined or self.asker.expression
        return last if last is None or derivative_formula(last) is None else self.asker.expression

    def described(self) -> Optimal | None:
        """What other sentences say is minimised: by a formula, a verb, or the name of a loss."""
        heard = [s for s in self.asker.sentences if s.part in (None, self.sentence.part)]
        for reader in (by_operator, by_verb, by_name):
            for sentence in heard:
                objective = reader(sentence)
                if objective is not None:
                    return objective
        return None

    def is_variable(self, node: sx.Syntax, objective: Optimal) -> bool:
        """Whether a letter is the one that an optimum was described for."""
        if node in objective.by or node == objective.name:
            return True
        if objective.by:
            return False
        body = objective.body
        params = (
            sx.items(body.operand.body)
            if isinstance(body, sx.MaybeCall) and isinstance(body.operand, sx.Fenced)
            else ()
        )
        return node in params

    def made(self, objective: Optimal, claim: sx.Syntax | None = None, equation: sx.Chain | None = None) -> list[Ask]:
        assert objective.body is not None
        asks = derivatives_too(self.found)
        slots = [*self.sentence.named(self.found.match[0])]
        for slot in slots:
            slot.used = True
        heard = [s for s in self.asker.sentences if s.part in (None, self.sentence.part)]
        account_for_parts(heard, objective.body)
        wanted = Wanted(
            objective.sense, tuple(conditions(heard, objective.body)), objective.name, equation,
            tuple(w for s in heard if s is self.sentence or describes(s) for w in unseen(s)),
        )  # fmt: skip
        span = objective.body.span if objective.body.span.end else self.found.span
        return [*asks, Ask("optimum", objective.body, objective.by, details=wanted, claim=claim, span=span)]


def account_for_parts(heard: Sequence[Sentence], body: sx.Syntax) -> None:
    """A formula that is a piece of what is optimised, as "fitted by Xθ", asks for nothing."""
    rights = [f.right for s in heard for t in s.slots for f in t.facts if isinstance(f, Defines)]
    pieces = {n for whole in (body, *rights) for n in sx.walk(whole)}
    for slot in (t for s in heard for t in s.slots):
        if all(isinstance(f, Bare) and f.node in pieces for f in slot.facts):
            slot.used = True


def by_formula(found: Found) -> list[Ask]:
    slot = found.sentence.slot(found.group("formula"))
    objective = optima.optimal(slot.formula.body)
    return Asking(found).made(objective) if objective is not None else []


def derivatives_too(found: Found) -> list[Ask]:
    """ "Compute the gradient of J and the w that minimises it": the derivative is a question of its own."""
    text, match = found.sentence.text, found.match
    rest = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    whole = text[: match.start("word")] if "word" in match.re.groupindex and match["word"] else rest
    asked = GRADIENT.search(whole)
    if asked is None:
        return []
    asker = found.asker
    before = len(asker.asks)
    asker.first = before
    asker.phrased(asking.GOALS, whole, found.sentence, ())
    made = asker.asks[before:]
    asker.asks[before:] = [replace(a, part=found.sentence.part) for a in made]
    return []


# ------------------------------------------------------------------------------------------- what was described
def describes(sentence: Sentence) -> bool:
    return by_operator(sentence) is not None or by_verb(sentence) is not None


def by_operator(sentence: Sentence) -> Optimal | None:
    return next((o for s in sentence.slots if (o := optima.optimal(s.formula.body)) is not None), None)


def by_verb(sentence: Sentence) -> Optimal | None:
    for match in DESCRIBED.finditer(sentence.text):
        slot = sentence.slot(match["body"])
        body = subject(slot)
        if body is None or derivative_formula(body) is not None or isinstance(body, sx.Symbol) and not slot.facts:
            continue
        by = tuple(n for s in sentence.named(match["by"]) for n in letters_of(s)) if match["by"] else ()
        over = next(
            (tuple(n for s in sentence.named(m["by"]) for n in letters_of(s)) for m in OVER.finditer(sentence.text)), ()
        )
        return Optimal(optima.sense_of(match["word"]), over or by, body)
    return None


def by_name(sentence: Sentence) -> Optimal | None:
    for match in NAMED.finditer(sentence.text):
        body = subject(sentence.slot(match["body"]))
        if body is not None and derivative_formula(body) is None:
            word = match["word"].lower()
            large = re.search(r"likelihood|utility|profit|reward", word) and "negative" not in word
            return Optimal("maximum" if large else "minimum", (), body)
    return None


def subject(slot: Slot) -> sx.Syntax | None:
    """What a formula speaks of: the left side of a definition, or itself."""
    nodes = [n for n in slot.subject if not isinstance(n, sx.Words)]
    return nodes[0] if nodes else None


def letters_of(slot: Slot) -> Iterator[sx.Syntax]:
    """The letters that a formula names: x, x ∈ R^n, (x, y), v > 0."""
    for node in slot.subject:
        items = sx.items(node.body) if isinstance(node, sx.Fenced) else (node,)
        for item in items:
            while isinstance(item, sx.MaybeCall) and not isinstance(item.head, sx.MaybeCall):
                item = item.head
            if isinstance(item, (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented)):
                yield item


def claimed(slot: Slot, satisfies: bool) -> tuple[sx.Syntax | None, sx.Chain | None]:
    """The value that a formula gives the optimum, or an equation that is to hold there."""
    node = slot.formula.body
    if isinstance(node, sx.Chain) and node.signs[0] == "=" and node.sides[1] is not None:
        simple = isinstance(node.sides[0], (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented))
        if satisfies or not simple:
            return None, node
        return node.sides[1], None
    return node, None


# -------------------------------------------------------------------------------------------------- conditions
def conditions(heard: Sequence[Sentence], body: sx.Syntax) -> Iterator[sx.Chain]:
    """Equations and comparisons that may be conditions on the variable."""
    for sentence in heard:
        claims = [
            s for p in optima.CLAIMS for m in compiled(p).finditer(sentence.text) for s in sentence.named(m["claim"])
        ]
        under = optima.under_words(sentence)
        for slot in sentence.slots:
            if any(slot is s for s in claims):
                continue
            behind = any(slot is s for s in under)
            for fact in slot.facts:
                match fact:
                    case States(_, chain) if "=" in chain.signs and not differentiates(chain):
                        yield chain
                    case Condition(_, chain):
                        yield chain
                    case Defines(span, left, right) if behind and optima.optimal(slot.formula.body) is None:
                        slot.used = True
                        yield sx.Chain((left, right), ("=",), span=span)
                    case Bare(_, sx.Fenced("{", sx.Chain(sides, signs))) if ":" in signs:
                        slot.used = True
                        at = signs.index(":") + 1
                        yield sx.Chain(sides[at:], signs[at:], span=fact.span)


def differentiates(chain: sx.Chain) -> bool:
    return any(isinstance(n, (sx.Leibniz, sx.Nabla)) for n in sx.walk(chain))


def unseen(sentence: Sentence) -> Iterator[tuple[str, sx.Syntax | None]]:
    """Words that restrict something, each with the formula beside it, where there is one."""
    text = sentence.text
    for match in optima.UNSEEN.finditer(text):
        behind = re.match(r"[^\x01.;,?!]{0,25}(\x01.)", text[match.end() :])
        before = re.search(r"(\x01.)[^\x01.;,?!]{0,15}$", text[: match.start()])
        beside = behind or before
        slot = sentence.slot(beside[1]) if beside is not None else None
        yield match[0], subject(slot) if slot is not None else None


def compiled(pattern: str) -> re.Pattern[str]:
    from derivgen.latex import phrases

    return phrases.compiled(pattern)


KIND = Kind("optimum", PHRASES, ask, settle)
