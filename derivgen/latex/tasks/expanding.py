"""Products written out by their elements and multiplied out, and why the result is called quadratic."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asking import OPERATIONS
from derivgen.latex.asks import Ask, is_expression, operated
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, Defines, Member
from derivgen.latex.phrases import LIST, Phrase
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind, asked_formula
from derivgen.tasks import MultiplyOut
from derivgen.terms.nodes import Name, Sym, Term
from derivgen.terms.shapes import SCALAR

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PAST = r"(?:multiplied out|expanded|written out|spelled out|in full|in scalar form)"
OUT = r"(?:multiply(?:ing)? out|expand(?:ing)?(?: out)?|writ(?:e|ing) out|spell(?:ing)? out|carry out)(?: (?:explicitly|fully|completely|in full))?"
EVALUATE = r"(?:evaluate|compute|calculate|work out|express|write(?: down)?|give|state|multiply|expand|what is|find)"
ELEMENTS = r"(?:elements|entries|components|coordinates)"
FULL = (
    rf"(?:in terms of (?:all )?(?:the |its |their )?{ELEMENTS}|by (?:its|the|their|all) {ELEMENTS}|in full|fully|explicitly|completely|element by element|entry by entry|in (?:plain |terms of )?scalars?(?: form| notation)?|in components?"
    r"|in coordinates|as an? (?:explicit )?(?:scalar )?polynomial|in scalar form|without (?:any )?(?:matrices|vectors|matrix notation))"
)
THE = r"(?:(?:the|this|each|both|explicit|following|matrix|quadratic|bilinear|linear|form|product|expression|function|scalar|elements|entries|components|all of|of|for|trace|squared|norm|square|sum|difference|transpose|determinant|inner|dot) )*"
IT = r"(?:it|this|that|the (?:product|expression|form|function|result))(?! ?(?:of )?\x01)"
IT_FULL = rf"(?:{FULL}|out)"
NAMES = r"(?:linear|bilinear|quadratic|cubic|quartic|affine|homogeneous)"
WHY = re.compile(
    rf"\bwhy\b[^.?!]*?\b(?P<word>{NAMES})\b|\bwhy\b[^.?!]*\b(?:this name|its name|the name|so called|called so|called this|called that)\b"
    rf"|\b(?:what|which|state|give|find|determine)\b[^.?!]*\bdegree\b|\bof (?:what|which) degree\b|\b(?:justif\w+|explain) [^.?!]*?\bname\b(?:[^.?!]*?\b(?P<named>{NAMES})\b)?",
    re.I,
)
IN = re.compile(
    rf"\bin (?:(?:all |both )?(?:the |its )?{ELEMENTS} of )?(?:the )?(?:vectors? |matri(?:x|ces) |variables? )?(?P<by>{LIST})",
    re.I,
)
DERIVATIVE = re.compile(r"derivative|gradient|jacobian|hessian|differentiat", re.I)
"""Words before a formula that ask for its derivative; behind it they ask for one more thing."""
OTHER = re.compile(
    r"\brows?\b(?! vector)|\bcolumns?\b(?! vector)|outer[- ]product|without ind|\bshape|taylor|\bseries\b", re.I
)
INNER = re.compile(r"\b(?:inner|dot|scalar) product of$", re.I)
OPERATION = re.compile(rf"\b(?:{'|'.join(OPERATIONS)}) of$", re.I)

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
        "multiply it out", "goals", "it",
        rf"(?<![\w-])(?:(?:multiply|expand) {IT}(?: {IT_FULL})?|(?:write|spell|work|carry|put) {IT} {IT_FULL}|{OUT} {IT})(?![\w-])",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^2$, $\\mathbf{A}\\in\\mathbb{R}^{2\\times 2}$. The form $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ is given. Multiply it out.",
         "Let $\\mathbf{B}\\in\\mathbb{R}^{2\\times 2}$, $\\mathbf{z}\\in\\mathbb{R}^2$ and $\\mathbf{v}=\\mathbf{B}\\mathbf{z}$. Write this out in full."),
        ("multiply", "expand", "write", "writing", "spell", "work", "carry", "put "),
    ),
    Phrase(
        "work out and write", "goals", "out",
        rf"(?<![\w-]){EVALUATE} {THE}{{body:xs}},? (?:and|then|and then) (?:write|express|give|state|put|spell|show) (?:it|this|that|them|(?:the|your) (?:result|product|answer|outcome))(?: out)?[^.?!;\x01]{{0,30}}?\b{FULL}",
        ("Let $\\mathbf{W}\\in\\mathbb{R}^{2\\times 2}$, $\\mathbf{x}\\in\\mathbb{R}^2$. Compute $\\mathbf{W}\\mathbf{x}$ and write the result in terms of the elements of $\\mathbf{W}$ and $\\mathbf{x}$.",
         "Let $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^2$. Work out $\\mathbf{u}\\mathbf{v}^T$ and give it by its entries."),
        ("write", "express", "give", "state", "put", "spell", "show"),
    ),
    Phrase(
        "in scalar form", "goals", "out",
        rf"(?<![\w-])(?:explicitly )?{EVALUATE} {THE}{{body:xs}}(?: out\b|[^.?!;]{{0,60}}?\b{FULL})(?![\w-])|\bexplicitly {EVALUATE} {THE}(?P<body2>\x01.)|\bwhat (?:does|is) {THE}(?P<body3>{LIST})[^.?!\x01]{{0,30}}\b{PAST}",
        ("Let $\\mathbf{B}\\in\\mathbb{R}^{2\\times 3}$ and $\\mathbf{z}\\in\\mathbb{R}^3$. Write $\\mathbf{B}\\mathbf{z}$ in full.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times2}$, $\\mathbf{x}\\in\\mathbb{R}^2$. Express $\\lVert\\mathbf{A}\\mathbf{x}\\rVert^2$ in scalar form."),
        ("out", "full", "explicit", "complete", "element", "entry", "entries", "scalar", "component", "coordinate", "polynomial", "expanded"),
    ),
    Phrase(
        "evaluate where", "goals", "where",
        r"(?<![\w-])(?:evaluate|compute|calculate|work out) (?:the )?(?:product |quadratic form |form |expression )?{body:x},? (?:when|for|if|where|with|in the case)\b",
        ("Evaluate $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^2$ and $\\mathbf{A}\\in\\mathbb{R}^{2\\times 2}$.",
         "Compute $\\mathbf{u}^T\\mathbf{v}$ where $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^2$."),
        ("evaluate", "compute", "calculate", "work out"),
    ),
    Phrase(
        "why so called", "goals", "why",
        rf"\bwhy\b(?:[^.?!\x01]*{{body:x}})?[^.?!\x01]*(?:called|named|said|considered|known as|a polynomial|referred to|{NAMES})",
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
        "is it so", "goals", "is",
        rf"\b(?:is|are|whether) (?:{IT}|{{body:x}}|they)(?: is)? (?:really |indeed |then |also |an? )*(?P<called>{NAMES})\b",
        ("Let $\\mathbf{a}\\in\\mathbb{R}^2$ be constant, $\\mathbf{x}\\in\\mathbb{R}^2$. Expand $(\\mathbf{a}^T\\mathbf{x})^2$. Is it linear in $\\mathbf{x}$?",
         "Let $\\mathbf{x},\\mathbf{y}\\in\\mathbb{R}^2$. Write out $\\mathbf{x}^T\\mathbf{y}$. Is this a bilinear form?"),
        ("is ", "are ", "whether "),
    ),
    Phrase(
        "the degree", "goals", "why",
        r"(?:what|which|state|give|find|determine)[^.?!\x01]*?\bdegree\b[^.?!\x01]*?(?:(?:of|has|does|is) (?:the polynomial )?{body:x})?(?:,? (?:as a polynomial )?in (?:the )?(?:elements|entries|components) of {xs})?(?=[^\x01]*[?.]|$)|of (?:what|which) degree is (?:the \w+ )*(?P<body2>\x01.)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. What is the degree of $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ in the elements of $\\mathbf{x}$?",
         "Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^2$. Expand $\\mathbf{a}^T\\mathbf{x}$. What is its degree as a polynomial in the elements of $\\mathbf{x}$?"),
        ("degree",),
    ),
)  # fmt: skip


class Wanted(NamedTuple):
    """What is asked about a product: to multiply it out, the word for its degree, whether that fits, in which letters."""

    word: str = ""
    by: tuple[sx.Syntax, ...] = ()
    out: bool = True
    doubtful: bool = False


# ----------------------------------------------------------------------------------------------- what is asked
def ask(found: Found) -> Sequence[Ask]:
    if OTHER.search(found.sentence.text):
        return []
    return degree_asked(found) if found.says in ("why", "is") else product_asked(found)


def product_asked(found: Found) -> Sequence[Ask]:
    """Products to be multiplied out, and what the same sentence asks besides: "expand it and find its gradient"."""
    sentence, text = found.sentence, found.sentence.text
    stop = found.match.end()
    if DERIVATIVE.search(text, 0, stop) or any(
        asked_formula(n) for s in sentence.named(text[:stop]) for n in formulas(s)
    ):
        return []
    described = any(gives_shape(s) for s in sentence.slots) or re.search(r"\b(?:for|with) (?:this|these)\b", text)
    if found.says == "where" and not described:
        return []
    bodies = [spoken_of(found)] if found.says == "it" else bodies_shown(found)
    entries = [n for n in bodies if n is not None and is_entry(found, n)]
    products = [n for n in bodies if n is not None and n not in entries]
    if not (entries or products) or not all(is_matrix_product(n) or is_product_named(found, n) for n in products):
        return []
    besides = also_asked(found)
    if besides is None:
        return []
    for slot in sentence.slots:
        slot.used = True
    wanted = Wanted(degree_word(text), letters_meant(sentence, WHY.search(text)))
    return [
        *(Ask("expand", n, details=wanted, span=n.span) for n in products),
        *(Ask("element", n, span=n.span) for n in entries),
        *besides,
    ]


def bodies_shown(found: Found) -> list[sx.Syntax | None]:
    """The formulas of the wording, put together where the words say how: "the product of A and x"."""
    for name in ("body", "body2", "body3"):
        shown = found.group(name)
        if shown:
            lead = found.match[0][: found.match[0].index(shown)].strip()
            nodes = tuple(n for s in found.sentence.named(shown) for n in expressions(s))
            if INNER.search(lead) and len(nodes) == 2:
                first, second = (sx.Fenced("(", n, ")", span=n.span) for n in nodes)
                span = nodes[0].span.join(nodes[1].span)
                return [sx.Product((sx.Transpose(first, span=nodes[0].span), second), ("",), span=span)]
            return list((operated(lead, nodes, OPERATIONS) or ()) if OPERATION.search(lead) else nodes)
    return []


def degree_word(text: str) -> str:
    """The word for the degree that a sentence asks about; empty where it asks about none."""
    why = WHY.search(text)
    return (why["word"] or why["named"] or "degree").lower() if why else ""


def letters_meant(sentence: Sentence, behind: re.Match[str] | None) -> tuple[sx.Syntax, ...]:
    """The letters in which a degree is meant: "in the elements of x", "linear in x"."""
    said = IN.search(sentence.text, behind.start()) if behind is not None else None
    nodes = [n for s in sentence.named(said["by"]) for n in s.subject] if said is not None else []
    return tuple(n for n in nodes if isinstance(n, sx.Symbol))


def also_asked(found: Found) -> list[Ask] | None:
    """The derivatives that are asked for behind the product; None where some are spoken of and none is found."""
    asker, sentence = found.asker, found.sentence
    rest = " " * found.match.end() + sentence.text[found.match.end() :]
    spoken = DERIVATIVE.search(rest) or any(asked_formula(n) for s in sentence.named(rest) for n in formulas(s))
    if not spoken:
        return []
    before = len(asker.asks)
    asker.remember(sentence)
    asker.asked(rest, found.match.end(), sentence)
    made, asker.asks[before:] = asker.asks[before:], []
    return made or None


def degree_asked(found: Found) -> Sequence[Ask]:
    """The question after the degree: of a formula, or of what was multiplied out or spoken of before."""
    sentence, asker = found.sentence, found.asker
    doubtful = found.says == "is"
    word = found.group("called").lower() if doubtful else degree_word(sentence.text)
    if (
        not word
        or DERIVATIVE.search(sentence.text)
        or any(asked_formula(n) for s in sentence.slots for n in formulas(s))
    ):
        return []
    shown = [n for name in ("body", "body2") for s in sentence.named(found.group(name)) for n in expressions(s)]
    shown = [n for n in shown if is_matrix_product(n) or is_product_named(found, n)]
    wanted = Wanted(word, letters_meant(sentence, found.match), not shown, doubtful)
    told = [a for a in asker.asks if a.kind == "expand" and (not shown or a.body in shown)]
    if told and told[-1].part == sentence.part:
        asker.asks.remove(told[-1])
        asks = [replace(told[-1], details=wanted._replace(out=told[-1].details.out))]
    elif told:
        asks = [replace(told[-1], part=sentence.part, details=wanted._replace(out=False))]
    else:
        spoken = None if shown or asker.asks else spoken_of(found)
        bodies = [n for n in (*shown, spoken) if n is not None and (not doubtful or has_vectors(found, n))]
        asks = [Ask("expand", n, details=wanted._replace(out=False), span=n.span) for n in bodies]
    for slot in sentence.slots if asks else ():
        slot.used = True
    return asks


def spoken_of(found: Found) -> sx.Syntax | None:
    """What the "it" of a sentence is: the last product spoken of, where nothing else was asked for before."""
    asker = found.asker
    if any(a.kind != "expand" for a in asker.asks):
        return None
    at = next(k for k, s in enumerate(asker.sentences) if s is found.sentence)
    for sentence in reversed(asker.sentences[: at + 1]):
        for slot in reversed(sentence.slots):
            for fact in reversed(slot.facts):
                match fact:
                    case Bare(_, node) if asked_formula(node) is None and is_matrix_product(node):
                        slot.used = True
                        return node
                    case Defines(_, left, right) if is_matrix_product(right) and not is_listing(right):
                        slot.used = True
                        return left
    return None


def has_vectors(found: Found, node: sx.Syntax) -> bool:
    """Whether a formula, or what it is defined as, is plainly about vectors: it holds a transpose, a norm, bold type."""
    facts = [f for s in found.asker.sentences for t in s.slots for f in t.facts if isinstance(f, Defines)]
    whole = [node, *(f.right for f in facts if f.left == node)]
    return any(
        isinstance(n, sx.Transpose) or (isinstance(n, sx.Fenced) and n.left == "‖")
        or (isinstance(n, sx.Symbol) and n.name.font == "bold")
        for part in whole for n in sx.walk(part)
    )  # fmt: skip


def is_listing(node: sx.Syntax) -> bool:
    """Whether a formula gives a vector or a matrix by its elements."""
    return isinstance(node, sx.Matrix | sx.Fenced) or (isinstance(node, sx.Transpose) and is_listing(node.base))


def is_product_named(found: Found, node: sx.Syntax) -> bool:
    """Whether a letter stands for a product that the statement defines."""
    if not isinstance(node, sx.Symbol):
        return False
    facts = [f for s in found.asker.sentences for t in s.slots for f in t.facts if isinstance(f, Defines)]
    return any(f.left == node and is_matrix_product(f.right) and not is_listing(f.right) for f in facts)


def is_entry(found: Found, node: sx.Syntax) -> bool:
    """Whether a formula is one element of a product, or of something that is defined."""
    if not isinstance(node, sx.Subscript):
        return False
    compound = isinstance(node.base, sx.Fenced) or is_product_named(found, node.base)
    return compound and not found.asker.is_partial(node)


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
    wanted: Wanted = ask.details
    named = [r.read(n) for n in wanted.by]
    constants = {e.name for e in settler.entries_in(ask.body) if e.constant}

    def build() -> Goal:
        goal = settler.goal("element", typed.build(), (), ask)
        asked = "Multiply out " if wanted.out else "The degree of "
        variables = tuple(n.build() for n in named) or variables_of(goal.question, constants)
        task = MultiplyOut(wanted.word, wanted.doubtful)
        return replace(goal, wrt=variables, task=task, asked=(asked, goal.question), form="")

    return build


def variables_of(term: Term, constants: set[Name]) -> tuple[Term, ...]:
    """The vectors that are not said to be constant; the matrices where there are none."""
    symbols = sorted((s for s in term.symbols if isinstance(s, Sym)), key=lambda s: s.name)
    free = [s for s in symbols if s.name not in constants] or symbols
    vectors = [s for s in free if 1 in s.shape and s.shape != SCALAR]
    return tuple(vectors or [s for s in free if s.shape != SCALAR] or free)


KIND = Kind("expand", PHRASES, ask, settle)
