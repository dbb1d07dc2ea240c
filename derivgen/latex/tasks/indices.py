"""The indices of a derivative: where its elements are zero, what they are elsewhere, how many indices they need."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.spoken import by_matrix, element_of, is_element, last_spoken, parts_of
from derivgen.tasks import FitsInto, NonzeroWhere, ZeroWhere
from derivgen.terms.nodes import Derivative, El, Idx, Name, Term

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

SURELY = r"(?:(?:necessarily|always|identically|certainly|automatically|surely|guaranteed(?: to be)?|bound to be|known to be|definitely|in any case|for sure|all|simply|equal to|to be|be|exactly) )*"
BE = r"(?:is|are|be|will be|must be|has to be|have to be|can only be|being|becomes?|remains?|stays?|equals?|vanish(?:es)?)"
NOUGHT = r"(?:zero|\x01.(?=[.?!,;)]|$| for\b| where| whatever| and\b))"
ZERO = rf"(?:nought|null|vanish(?:es|ing)?|{NOUGHT})"
CAN = r"(?:can|could|may|might|need|does|do|is|are|will|would|has to|have to)"
NOT_ZERO = (
    rf"(?:(?:{CAN} )?(?:not|n't)(?: necessarily| always| identically| have to| need to)?(?: be| to be)?(?: equal to)? (?:{NOUGHT}|vanish)"
    rf"|(?:{CAN} )?(?:possibly )?(?:be )?(?:non-?zero|different from {NOUGHT}|other than {NOUGHT}|differ from {NOUGHT})"
    r"|does(?: not|n't) vanish|need not vanish|survives?)"
)
ENTRY = r"(?:elements?|entr(?:y|ies)|components?|derivatives|terms|values|numbers|ones)"
REASON_CUES = (
    "argue",
    "show",
    "explain",
    "justif",
    "prove",
    "reason",
    "why",
    "convince",
    "demonstrat",
    "deduce",
    "conclude",
    "establish",
    "verify",
    "see",
    "claim",
)
REASON = r"\b(?:argue|show|explain|justify|prove|reason|why|convince|demonstrate|deduce|conclude|establish|verify|see|claim)\b"
CAN_BE = (
    r"(?:fits?|(?:can|could|may|might)(?: (?:they|these|those|it|this|that|all|the|its|\w+ (?:elements?|entries|numbers|values)))*(?: all)* be|is|are)(?: all| also| even| further| simply| again| therefore| then| actually)*"
    r"(?: (?:represented|stored|arranged|written|put|collected|organi[sz]ed|laid out|kept|expressed|packed|displayed|seen|thought of|regarded|viewed|reduced|"
    r"placed|summari[sz]ed|gathered|held|compressed|condensed|captured|described|shrunk|saved|given|recorded|encoded))?(?: together)?"
    r" (?:in|into|as|by|with|to|inside|using|through) (?:the form of )?"
)
ONE = r"(?:(?:an?|one|just|only|single|two-dimensional|2-?D|ordinary|the|simple|mere|of|[\w]+ by [\w]+|\x01.) )*"
WHAT = r"(?P<what>matri(?:x|ces)|vectors?|rows?|columns?|(?:two|one|2|1)-?(?:dimensional|D) array|array|table)"
SHAPED = rf"(?:{CAN_BE}|(?:form|make up|constitute|give|fill) (?:the (?:entries|elements) of )?|(?:is|are) the (?:entries|elements) of ){ONE}(?:(?:row|column|two-dimensional|2-?D|\x01.) )*{WHAT}(?! product| equation| expression| notation| form)"
SUFFICES = rf"{ONE}{WHAT}(?: (?:alone|of \w+ \w+|\x01.))?,? (?:(?:of it )?is (?:all (?:that )?(?:is|we)|enough|sufficient|needed|necessary|required)|suffices?|would (?:be enough|suffice|do)|does|holds (?:all|everything)|can (?:hold|represent|store|replace|describe|carry)|contains)"

PHRASES = (
    Phrase(
        "for which indices is it zero", "goals", "zero",
        rf"(?:\b(?:for|at|with|under|on|when|where|which|what|determine|find|give|state|list|name|tell|decide|describe)\b[^.?]{{0,160}}?)(?:is|are|does|do|will|must|that|which|where|when|whether|of|for|can|if|such that|has|have)?(?: only)? {{body:x}} {SURELY}(?:{BE} )?{SURELY}{ZERO}",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. For which $i$, $j$ and $k$ is $\\frac{dy_i}{dX_{jk}}$ necessarily zero?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ be constant and $\\mathbf{Y}=\\mathbf{A}\\mathbf{X}$ with $\\mathbf{X}\\in\\mathbb{R}^{n\\times p}$. When does $\\frac{\\partial Y_{ij}}{\\partial X_{kl}}$ vanish?"),
        ("zero", "vanish", "\x01"),
    ),
    Phrase(
        "for which indices does it equal zero", "goals", "equals zero",
        r"\b(?:for|at|under|on|when|where|which|what|determine|find|give|state|name)\b[^.?]{0,160}?{body:x}(?=[.?]|$| for| always| whatever|,)",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. For which $i,j,k$ is $\\frac{dy_i}{dX_{jk}}=0$?",
         "Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Find all indices with $\\frac{dy_i}{dX_{jk}}=0$ for every $\\mathbf{v}$."),
        ("which", "what", "when", "indices", "under"),
    ),
    Phrase(
        "which elements are zero", "goals", "zero elements",
        rf"(?:which|what|find|name|list|give|identify|determine)(?: all| out)?(?: of)?(?: the)? {ENTRY} (?:of|in) (?:the (?:full |whole )?derivative )?{{body:x}} (?:that |which )?(?:{BE} )?{SURELY}(?:zero|vanish)",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Which elements of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$ are always zero?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{u}\\in\\mathbb{R}^m$. Name the elements of $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$ that are necessarily zero."),
        ("zero", "vanish"),
    ),
    Phrase(
        "where it is not zero", "goals", "nonzero",
        rf"(?:{{body:x}}[^.?\x01]{{0,120}}?(?:where|when|whenever|if|for (?:those|the|all)|in (?:those|the)|at (?:those|the))[^.?]{{0,160}}?{NOT_ZERO}|(?:{ENTRY} (?:of|in) )(?:the (?:full )?derivative )?{{whole:x}} (?:that |which )?{NOT_ZERO}|non-?zero {ENTRY} (?:of|in) (?:the (?:full )?derivative )?{{other:x}})",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Find $\\frac{dy_i}{dX_{jk}}$ where it can be nonzero.",
         "Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. What are the nonzero elements of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$?"),
        ("zero", "vanish", "\x01", "surviv"),
    ),
    Phrase(
        "fits into a matrix", "goals", "fits",
        rf"{REASON}[^.?]{{0,160}}?\b(?:{SHAPED})[^.?]*",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Suppose only those elements of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$ are kept that can differ from zero. Argue that they fit into a matrix.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{u}\\in\\mathbb{R}^m$. Consider $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$. Explain why its nonzero elements can be arranged as a 2D matrix."),
        REASON_CUES,
    ),
    Phrase(
        "one vector suffices", "goals", "fits",
        rf"{REASON}[^.?]{{0,160}}?(?:{SUFFICES})[^.?]*",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Consider the elements of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$ that can be nonzero. Show that one vector suffices.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{u}\\in\\mathbb{R}^m$. Consider $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$. Explain why a single vector is enough to hold its elements."),
        REASON_CUES,
    ),
    Phrase(
        "how many free indices are left", "goals", "left",
        r"how many (?:free |independent |different )?(?:ind(?:ices|exes)|variables|dimensions|subscripts)[^.?\x01]{0,120}\b(?:left|remain\w*|kept|needed|suffice|enough|required|non-?zero|survive)\b[^.?]*",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. How many free indices are left if only the elements of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$ are kept that can be nonzero?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{u}\\in\\mathbb{R}^m$. Drop the zero elements of $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$. How many indices remain?"),
        ("how many",),
    ),
)  # fmt: skip


ASKS = re.compile(
    r"\?|\b(?:find|what|which|give|compute|calculate|determine|derive|evaluate|state|write|list|name|express|show|obtain|work out|take|need|want|differentiate)\b",
    re.I,
)
NOT = re.compile(r"(?:\bnot\b|n't) [^.?\x01]{0,120}(?:zero|vanish)|non-?zero", re.I)
SURE = re.compile(
    r"\b(?:always|necessarily|identically|certainly|automatically|guaranteed|ind(?:ex|ices|exes)|whatever|every)\b",
    re.I,
)
"""Words that tell that zero whatever the values is meant, and not where a function happens to be zero."""


# ----------------------------------------------------------------------------------------------------- asking
def ask(found: Found) -> Sequence[Ask]:
    match found.says:
        case "zero" | "equals zero" | "zero elements":
            return about_zero(found)
        case "nonzero":
            node = (
                derivative_named(found, "body") or derivative_named(found, "whole") or derivative_named(found, "other")
            )
            asks = ASKS.search(found.sentence.text)
            if node is None or not asks or not (is_element(node) or by_matrix(node)):
                return []
            return noted(found, [node], NonzeroWhere())
    spoken = [d for d in last_spoken(found) if by_matrix(d)]
    if not spoken:
        return []
    if found.says == "left":
        return noted(found, spoken, FitsInto(None))
    word = found.match.groupdict().get("what") or ""
    return noted(found, spoken, FitsInto(2 if is_two(word) else 1))


def about_zero(found: Found) -> list[Ask]:
    """Elements that are zero whatever the values; "for which x is f'(x) zero" asks for something else."""
    sentence = found.sentence
    node = derivative_named(found, "body")
    whole = found.says == "zero elements"
    if whole and node is not None and not by_matrix(node):
        node = its_element(node)
    if node is None or not (is_element(node) or (whole and by_matrix(node))) or NOT.search(found.match[0]):
        return []
    said = sentence.named(found.match[0][-2:])  # the zero itself, where it is a formula
    if found.says == "equals zero":
        said = sentence.named(found.group("body"))
    if said and not ends_in_zero(said[0].formula.body):
        return []
    if not (whole or isinstance(node.body, sx.Subscript) or SURE.search(sentence.text)):
        return []
    behind = sentence.text[found.match.end() :]
    both = next(p for p in PHRASES if p.says == "nonzero").match(behind)
    return noted(found, [node], ZeroWhere()) + (noted(found, [node], NonzeroWhere()) if both else [])


def its_element(node: sx.Leibniz) -> sx.Leibniz:
    """``dy_i/dx_j`` for the dy/dx of vectors."""
    match node:
        case sx.Leibniz(sx.Symbol() as body, (sx.Symbol() as by,)) if body.name.font and by.name.font:
            i, j = (sx.Symbol(Name(letter)) for letter in ("i", "j"))
            return replace(node, body=sx.Subscript(body, i, span=node.span), by=(sx.Subscript(by, j, span=node.span),))
    return node


def ends_in_zero(node: sx.Syntax) -> bool:
    last = node.sides[-1] if isinstance(node, sx.Chain) else node
    return last == sx.Number("0")


def is_two(word: str) -> bool:
    return bool(re.match(r"matri|(?:two|2)|array|table", word, re.I))


def derivative_named(found: Found, group: str) -> sx.Leibniz | None:
    """The derivative in a group of the wording; of dy_i/dX_jk = 0 the left side."""
    if not found.group(group):
        return None
    body = found.sentence.slot(found.group(group)).formula.body
    if isinstance(body, sx.Chain) and isinstance(body.sides[0], sx.Leibniz) and body.sides[-1] == sx.Number("0"):
        body = body.sides[0]
    return body if isinstance(body, sx.Leibniz) and body.body is not None and len(body.by) == 1 else None


def noted(found: Found, nodes: Sequence[sx.Leibniz], task: object) -> list[Ask]:
    for sentence in found.asker.sentences:
        for slot in sentence.slots:
            slot.used = slot.used or sentence is found.sentence or slot.formula.body in nodes
    return [Ask("indices", nodes[0], nodes[0].by, details=(task, tuple(nodes)), span=nodes[0].span)]


# ---------------------------------------------------------------------------------------------------- settling
def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    task, nodes = ask.details
    read = [parts_of(settler.reading(ask), node) for node in nodes]

    def build() -> Goal:
        pairs = [(body(), var()) for body, var in read]
        body, var = next((p for p in pairs if rank(*p) > 2), pairs[0])
        body, var = next((p for p in pairs if element_by_element(p, body, var)), (body, var))
        settler.check_variables((var,), nodes[0].by)
        question = element_of(body, var, settler.scope)
        kind = "element" if isinstance(task, NonzeroWhere) else "prose"
        goal = settler.goal(kind, question, (question.var,), ask)
        return replace(goal, task=task, asked=asked_words(task, question))

    return build


def element_by_element(pair: tuple[Term, Term], body: Term, var: Term) -> bool:
    """Whether a pair is a general element of y by one of X, with the letters that the statement has for them."""
    above, below = pair
    if not (isinstance(above, El) and isinstance(below, El)) or (above.term, below.term) != (body, var):
        return False
    places = [p for e in pair for p in (e.i, e.j) if p != 1]
    return all(isinstance(p, Idx) for p in places) and len(set(places)) == len(places)


def rank(body: Term, var: Term) -> int:
    """How many indices a general element has."""
    if isinstance(body, Derivative):
        raise errors.Unsupported("indices of a second derivative are not counted")
    letters = body.free | var.free
    return len(letters) if letters else sum(s != 1 for s in (*body.shape, *var.shape))


def asked_words(task: object, question: Term) -> tuple[str | Term, ...]:
    match task:
        case ZeroWhere():
            return ("For which indices is ", question, " always zero?")
        case NonzeroWhere():
            return (question, " where it can differ from zero.")
        case FitsInto(2):
            return ("Do the elements ", question, " that can differ from zero fit into a matrix?")
        case FitsInto(1):
            return ("Do the elements ", question, " that can differ from zero fit into a vector?")
    return ("How many indices are left where ", question, " can differ from zero?")


KIND = Kind("indices", PHRASES, ask, settle)
