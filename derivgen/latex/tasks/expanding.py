"""Products written out by their elements and multiplied out, and why the result is called quadratic."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, is_expression
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, Defines, Member
from derivgen.latex.phrases import LIST, Phrase
from derivgen.latex.sentences import Slot
from derivgen.latex.tasks.kind import Found, Kind, asked_formula
from derivgen.tasks import MultiplyOut
from derivgen.terms.nodes import Name, Sym, Term
from derivgen.terms.shapes import SCALAR

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PAST = r"(?:multiplied out|expanded|written out|spelled out|in full|in scalar form)"
OUT = r"(?:multiply(?:ing)? out|expand(?:ing)?(?: out)?|writ(?:e|ing) out|spell(?:ing)? out|carry out)"
EVALUATE = r"(?:evaluate|compute|calculate|work out|express|write(?: down)?|give|state|multiply|expand|what is|find)"
FULL = (
    r"(?:in full|fully|explicitly|completely|element by element|entry by entry|in (?:plain |terms of )?scalars?(?: form| notation)?|in components?"
    r"|in coordinates|as an? (?:explicit )?(?:scalar )?polynomial|in scalar form|without (?:any )?(?:matrices|vectors|matrix notation))"
)
THE = r"(?:(?:the|this|each|both|explicit|following|matrix|quadratic|bilinear|linear|form|product|expression|function|scalar|elements|entries|components|all of|of|for) )*"
NAMES = r"(?:linear|bilinear|quadratic|cubic|quartic|affine)"
WHY = re.compile(
    rf"\bwhy\b[^.?!]*?\b(?P<word>{NAMES})\b|\bwhy\b[^.?!]*\b(?:called|named|said|this name|so called)\b"
    rf"|\b(?:what|which|state|give|find|determine)\b[^.?!]*\bdegree\b|\bof (?:what|which) degree\b|\b(?:justif\w+|explain) [^.?!]*?\bname\b(?:[^.?!]*?\b(?P<named>{NAMES})\b)?",
    re.I,
)
IN = re.compile(
    rf"\bin (?:all |both )?(?:the |its )?(?:elements|entries|components|coordinates) of (?P<by>{LIST})", re.I
)
OTHER = re.compile(
    r"derivative|gradient|jacobian|hessian|differentiat|\brows?\b(?! vector)|\bcolumns?\b(?! vector)|outer[- ]product|without ind"
    r"|\bshape|taylor|\bseries\b",
    re.I,
)

PHRASES = (
    Phrase(
        "multiply out", "goals", "out",
        rf"(?<![\w-]){OUT} {THE}{{body:xs}}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times2}$ and $\\mathbf{x}\\in\\mathbb{R}^2$. Multiply out $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$.",
         "Let $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^3$. Write out $\\mathbf{u}^T\\mathbf{v}$ in full.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Expand $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ for $n=2$."),
        ("out", "expand"),
    ),
    Phrase(
        "in scalar form", "goals", "out",
        rf"(?<![\w-])(?:explicitly )?{EVALUATE} {THE}{{body:xs}}(?: out\b|[^.?!;]{{0,60}}?\b{FULL})(?![\w-])|\bexplicitly {EVALUATE} {THE}(?P<body2>\x01.)|\bwhat (?:does|is) {THE}(?P<body3>\x01.)[^.?!\x01]{{0,30}}\b{PAST}",
        ("Let $\\mathbf{B}\\in\\mathbb{R}^{2\\times 3}$ and $\\mathbf{z}\\in\\mathbb{R}^3$. Write $\\mathbf{B}\\mathbf{z}$ in full.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times2}$, $\\mathbf{x}\\in\\mathbb{R}^2$. Express $\\lVert\\mathbf{A}\\mathbf{x}\\rVert^2$ in scalar form."),
        ("out", "full", "explicit", "complete", "element", "entry", "scalar", "component", "coordinate", "polynomial", "expanded"),
    ),
    Phrase(
        "evaluate where", "goals", "out",
        r"(?<![\w-])(?:evaluate|compute|calculate|work out) (?:the )?(?:product |quadratic form |form |expression )?{body:x},? (?:when|for|if|where|with|in the case)\b",
        ("Evaluate $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^2$ and $\\mathbf{A}\\in\\mathbb{R}^{2\\times 2}$.",
         "Compute $\\mathbf{u}^T\\mathbf{v}$ where $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^2$."),
        ("evaluate", "compute", "calculate", "work out"),
    ),
    Phrase(
        "why so called", "goals", "why",
        r"\bwhy (?:is|are|do|does|did|would|could|can|should|was)(?:[^.?!\x01]*{body:x})?[^.?!\x01]*(?:called|named|said|considered|known as|a polynomial|referred to|quadratic|bilinear|linear|cubic)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Why is $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ called a quadratic form?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times2}$, $\\mathbf{x}\\in\\mathbb{R}^2$. Multiply out $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$. Why do you think it is called quadratic?"),
        ("why",),
    ),
    Phrase(
        "explain the name", "goals", "why",
        r"\b(?:explain|justify) (?:the|its|this) name\b(?: of {body:x})?",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times2}$, $\\mathbf{x}\\in\\mathbb{R}^2$. Expand $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$. Explain the name quadratic form.",
         "Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^2$ with constant $\\mathbf{a}$. Multiply out $\\mathbf{a}^T\\mathbf{x}$ and justify its name, linear form."),
        ("name",),
    ),
    Phrase(
        "the degree", "goals", "why",
        r"(?:what|which|state|give|find|determine)[^.?!\x01]*?\bdegree\b[^.?!\x01]*?(?:(?:of|has|does|is) (?:the polynomial )?{body:x})?(?:,? (?:as a polynomial )?in (?:the )?(?:elements|entries|components) of {xs})?(?=[^\x01]*[?.]|$)|of (?:what|which) degree is (?:the \w+ )*(?P<body2>\x01.)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. What is the degree of $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ in the elements of $\\mathbf{x}$?",
         "Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^2$. Expand $\\mathbf{a}^T\\mathbf{x}$. What is its degree as a polynomial in the elements of $\\mathbf{x}$?"),
        ("degree",),
    ),
)  # fmt: skip


EVALUATED = PHRASES[2]


def ask(found: Found) -> Sequence[Ask]:
    text = found.sentence.text
    if OTHER.search(text) or any(asked_formula(n) for s in found.sentence.slots for n in formulas(s)):
        return []
    described = any(gives_shape(s) for s in found.sentence.slots) or re.search(r"\b(?:for|with) (?:this|these)\b", text)
    if found.match.re is EVALUATED.regex and not described:
        return []
    why = WHY.search(text)
    word = (why["word"] or why["named"] or "degree").lower() if why else ""
    said = IN.search(text)
    by = tuple(n for s in found.sentence.named(said["by"]) for n in s.subject) if said else ()
    slots = [s for name in ("body", "body2", "body3") for s in found.sentence.named(found.group(name))]
    bodies = [n for s in slots for n in expressions(s)]
    asked_why = any(found.match.re is p.regex for p in PHRASES if p.says == "why")
    if asked_why and (why is None or not (bodies or earlier(found))):
        return []
    if asked_why and (not bodies or any(a.body in bodies for a in earlier(found))):
        for slot in found.sentence.slots:
            slot.used = True
        return [replace(a, details=(word, by, a.details[2])) for a in earlier(found, take=True)]
    if not bodies or (not asked_why and not all(is_matrix_product(n) for n in bodies)):
        return []
    for slot in found.sentence.slots:
        slot.used = True
    return [Ask("expand", n, details=(word, by, not asked_why), span=n.span) for n in bodies]


def earlier(found: Found, *, take: bool = False) -> list[Ask]:
    """What the "it" of a sentence is: the last thing multiplied out in this part, or spoken of."""
    asker = found.asker
    same = [a for a in asker.asks if a.kind == "expand" and a.part == found.sentence.part]
    if same:
        if take:
            asker.asks[:] = [a for a in asker.asks if a is not same[-1]]
        return same[-1:]
    body = asker.expression
    if body is None or not is_matrix_product(body):
        return []
    return [Ask("expand", body, details=("", (), False), span=body.span)]


def formulas(slot: Slot) -> list[sx.Syntax]:
    """The formulas of a slot that might be derivatives to be found."""
    return [fact.node for fact in slot.facts if isinstance(fact, Bare)]


def gives_shape(slot: Slot) -> bool:
    """Whether a formula says that something is a vector or a matrix: by its space, its elements or its size."""
    for fact in slot.facts:
        match fact:
            case Member() | Defines(_, _, sx.Matrix() | sx.Transpose() | sx.Fenced()):
                return True
            case Bare(_, sx.Product(_, ("×",))):
                return True
    return False


def expressions(slot: Slot) -> list[sx.Syntax]:
    """What a formula holds that can be multiplied out."""
    out: list[sx.Syntax] = []
    for fact in slot.facts:
        match fact:
            case Bare(_, node) if asked_formula(node) is None:
                out.append(node)
            case Defines(_, left, _):
                out.append(left)
            case Member():
                return out
    return out


def is_matrix_product(node: sx.Syntax) -> bool:
    """Whether a formula is more than a letter, and no sum or derivative."""
    if any(isinstance(n, sx.Large | sx.Leibniz | sx.Nabla) for n in sx.walk(node)):
        return False
    return is_expression(node)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    typed = r.read(ask.body)
    word, by, out = ask.details
    named = [r.read(n) for n in by]
    constants = {e.name for e in settler.entries_in(ask.body) if e.constant}

    def build() -> Goal:
        goal = settler.goal("element", typed.build(), (), ask)
        asked = "Multiply out " if out else "The degree of "
        variables = tuple(n.build() for n in named) or variables_of(goal.question, constants)
        return replace(goal, wrt=variables, task=MultiplyOut(word), asked=(asked, goal.question))

    return build


def variables_of(term: Term, constants: set[Name]) -> tuple[Term, ...]:
    """The vectors that are not said to be constant; the matrices where there are none."""
    symbols = sorted((s for s in term.symbols if isinstance(s, Sym)), key=lambda s: s.name)
    free = [s for s in symbols if s.name not in constants] or symbols
    vectors = [s for s in free if 1 in s.shape and s.shape != SCALAR]
    return tuple(vectors or [s for s in free if s.shape != SCALAR] or free)


KIND = Kind("expand", PHRASES, ask, settle)
