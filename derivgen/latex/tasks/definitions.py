"""Which definition of the derivative applies, and what it says when it is written out for given shapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Defines
from derivgen.latex.phrases import Phrase
from derivgen.latex.scope import Typed
from derivgen.latex.sizes import is_scalar
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, derivative_asked, derivative_goal
from derivgen.latex.tasks.spoken import last_spoken
from derivgen.latex.variables import symbol_behind
from derivgen.tasks import Define
from derivgen.terms.nodes import Derivative, Mat, Sym, Term
from derivgen.terms.shapes import ShapeError
from derivgen.terms.taking import general_element
from derivgen.terms.trees import Fresh, letters_of

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

NAME = r"(?:definitions?|kinds?|types?|sorts?|class|cases?)"
KIND_OF = r"(?:definitions?|kinds?|types?|sorts?)(?! of (?!(?:the |a )?(?:vector |matrix )?(?:derivatives?|definitions?|object)))"
OF = r"(?:(?:the|its|all|each|every|full|definitions?|derivatives?|gradient|entries|elements|components|matrix|vector|form|rules?|formula|for|of) )*"
ANY = r"(?! of (?!(?:the |an? |our |these |vector |matrix |nine |six )*(?:derivatives?|definitions?|object|quantity|table)\b))[^.?!\x01]{0,80}?"
"""Between the question word and the derivative; "which type of matrices" asks for something else."""
END = (
    r"(?=[.?!,;:)]|$| (?:agrees?|corresponds?|requires?|needs?|falls?|belongs?|is|does|has)? ?(?:with|to|under|of|into|here|computed|taken|defined|"
    r"found|derived|meant|used|called)?(?: by)? ?(?:[.?!,;:]|$|here|in (?:numerator|denominator|jacobian)|and |when|if|for |where |with |given ))"
)

OUT = (
    Phrase(
        "write out", "goals", "written",
        rf"(?:write|spell|set|lay) (?:[\w,]+ )??out(?: in full| explicitly)?,? {OF}{{body:x}}",
        ("Let the scalar $y$ depend on $\\mathbf{x}\\in\\mathbb{R}^{n\\times 1}$. Write out $\\frac{dy}{d\\mathbf{x}}$.",
         "Let $\\mathbf{y}\\in\\mathbb{R}^2$ be a function of $\\mathbf{x}\\in\\mathbb{R}^3$. Spell out the entries of $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$."),
        (" out",),
    ),
    Phrase(
        "list the entries", "goals", "written",
        rf"(?:write(?: down)?|give|list|display|show|state|name) (?:all )?(?:the |its )?(?:entries|elements|components|definition) of {OF}{{body:x}}",
        ("Let $s$ be a function of $\\mathbf{x}\\in\\mathbb{R}^3$. List the entries of $\\frac{ds}{d\\mathbf{x}}$.",
         "Let $\\mathbf{u}\\in\\mathbb{R}^k$ be a function of $\\mathbf{x}\\in\\mathbb{R}^n$. Give the definition of $\\frac{d\\mathbf{u}}{d\\mathbf{x}}$."),
        ("entries", "elements", "components", "definition"),
    ),
    Phrase(
        "what it says in each case", "goals", "cases here",
        r"\b(?:what|how|write|give|state|find|spell|speciali[sz]e|evaluate|determine|show|express|apply|expand)\b[^.?\x01]{0,80}\b(?:definition|derivative|it|this|formula|expression|that)\b(?=[^.?\x01]{0,60}\x01)",
        ("For a scalar $y$ and a matrix $\\mathbf{X}$ we defined $\\frac{dy}{d\\mathbf{X}}$. What does the definition say for $\\mathbf{X}\\in\\mathbb{R}^{1\\times 1}$ and for $\\mathbf{X}\\in\\mathbb{R}^{n\\times 1}$?",
         "Consider $\\frac{dy}{d\\mathbf{X}}$ for a scalar $y$. Write out this derivative when $\\mathbf{X}\\in\\mathbb{R}^{1\\times n}$ and when $\\mathbf{X}\\in\\mathbb{R}^{n\\times 1}$."),
        ("definition", "derivative", " it", "this", "formula", "expression", "that"),
    ),
    Phrase(
        "in each case", "goals", "cases",
        rf"(?:write(?: down)?|give|state|find|expand|speciali[sz]e|evaluate|determine|compute|display|show|express|derive|simplify|what(?: (?:is|are|does|do|becomes?|happens to|form))*(?: of)?) {OF}{{body:x}}",
        ("Let $y$ depend on $\\mathbf{X}$. What is $\\frac{dy}{d\\mathbf{X}}$ for $\\mathbf{X}\\in\\mathbb{R}^{1\\times 1}$ and for $\\mathbf{X}\\in\\mathbb{R}^{n\\times 1}$?",
         "The scalar $s$ depends on $\\mathbf{W}\\in\\mathbb{R}^{m\\times n}$. Specialise $\\frac{ds}{d\\mathbf{W}}$ when $m=1$ and when $n=1$."),
        ("write", "give", "state", "find", "expand", "speciali", "evaluate", "determine", "compute", "display", "show", "express", "derive", "simplify", "what"),
    ),
)  # fmt: skip

WHICH = (
    Phrase(
        "which definition", "goals", "which",
        rf"(?:which|what)(?: of the (?:\w+ )?)? ?(?:derivative )?{NAME}(?: \([^)]*\))?{ANY}[ :]{{body:x}}{END}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Which definition of the derivative do we need for $\\frac{d(\\mathbf{x}^T\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. What kind of derivative is $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$?"),
        ("definition", "kind", "type", "sort", "class", "case"),
    ),
    Phrase(
        "name the definition", "goals", "which",
        rf"(?:identify|name|state|give|tell|decide|say|determine|specify|find(?: out)?)(?: us| me| on)? (?:which|what|the)(?: of the)? (?:derivative )?{NAME}(?: \([^)]*\))?{ANY}[ :]{{body:x}}{END}",
        ("Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. Identify the definition of the derivative that is needed for $\\frac{d(\\mathbf{a}^T\\mathbf{x})}{d\\mathbf{x}}$.",
         "Let $\\mathbf{r}$ be a function of $t$ in $\\mathbb{R}^3$. State which kind of derivative $\\frac{d\\mathbf{r}}{dt}$ is."),
        ("definition", "kind", "type", "sort", "class", "case"),
    ),
    Phrase(
        "for this, which definition", "goals", "which",
        rf"{{body:x}}[^.?\x01]{{0,40}}?\b(?:which|what|name the|state the|identify the) {KIND_OF}\b[^.?\x01]*",
        ("Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. To find $\\frac{d(\\mathbf{a}^T\\mathbf{x})}{d\\mathbf{x}}$, which definition has to be used?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{n\\times n}$. For $\\frac{d\\operatorname{tr}(\\mathbf{X})}{d\\mathbf{X}}$: what type of derivative is this?"),
        ("definition", "kind", "type", "sort", "class", "case"),
    ),
    Phrase(
        "scalar or vector", "goals", "which",
        r"is {body:x} (?:an? |the )?derivative of (?:an? )?(?:scalar|vector|matrix)[^.?\x01]{0,120}\bor\b[^.?\x01]*",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Is $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$ the derivative of a scalar or of a vector?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$, $\\mathbf{x}\\in\\mathbb{R}^n$. Is $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ a derivative of a scalar by a vector or of a vector by a vector?"),
        ("derivative of",),
    ),
    Phrase(
        "which definition here", "goals", "here",
        rf"(?:which|what) {NAME} of (?:the )?(?:vector |matrix )?derivatives?(?: \w+)*? (?:need(?:ed)?|use[ds]?|appl(?:y|ies|ied)|required|necessary|is (?:this|it|that))\b(?! (?:\w+ )*\x01)",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$. (b) Which definition of the derivative was used?",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. (a) State the shape of $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$. (b) Which kind of derivative is this?"),
        ("definition", "kind", "type", "sort"),
    ),
)  # fmt: skip

EACH = (
    Phrase(
        "which definition each", "goals", "each",
        rf"(?:which|what|name the|state the|identify the|compare[^.?]*with the)(?: of (?:the|our) (?:\w+ )?)? ?{NAME}(?: of (?:the )?derivatives?)?"
        r"[^.?\x01]{0,120}\b(?:each|they|them|these|those|every|all three|the three|the results?|the two|both|it|this)\b[^.?\x01]*",
        ("Let $y$ depend on $\\mathbf{X}$. Write out $\\frac{dy}{d\\mathbf{X}}$ when $\\mathbf{X}\\in\\mathbb{R}^{1\\times 1}$ and when $\\mathbf{X}\\in\\mathbb{R}^{1\\times n}$. Which definition does each of them agree with?",
         "Let $y$ depend on $\\mathbf{X}$. Write out $\\frac{dy}{d\\mathbf{X}}$ for $\\mathbf{X}$ of size $1\\times 1$, $n\\times 1$ and $1\\times n$. With which definitions do they agree?"),
        ("definition", "kind", "type", "sort", "class", "case"),
    ),
    Phrase(
        "are these the same", "goals", "each",
        r"^(?:and )?(?:are|is|do|does) (?:these|they|it|each|this|those|the results?|the three|all)\b[^.?]* (?:same as|equal|agree|equivalent|correspond|coincide|match|consistent|identical)[^.?]*",
        ("Let $y$ depend on $\\mathbf{X}$. Write out $\\frac{dy}{d\\mathbf{X}}$ for $\\mathbf{X}\\in\\mathbb{R}^{n\\times 1}$ and $\\mathbf{X}\\in\\mathbb{R}^{1\\times n}$. Are these the same as $\\frac{dy}{d\\mathbf{x}}$ and $\\frac{dy}{d\\mathbf{x}^T}$?",
         "Let $y$ depend on $\\mathbf{X}$. Write out $\\frac{dy}{d\\mathbf{X}}$ for $\\mathbf{X}\\in\\mathbb{R}^{n\\times 1}$ and $\\mathbf{X}\\in\\mathbb{R}^{1\\times n}$. Do these agree with the definitions for vectors?"),
        ("same", "equal", "agree", "equivalent", "correspond", "coincide", "match", "consistent", "identical"),
    ),
    Phrase(
        "compute it", "goals", "it",
        r"(?:^|\band )(?:now |then |also |hence |next )*(?:find|compute|calculate|evaluate|determine|work out|derive) (?:it|this|that|this derivative|that derivative|the derivative)(?: itself)?[.!]?$",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. What kind of derivative is $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$? Compute it.",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. Which definition applies to $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$? Then find the derivative."),
        (" it", " this", " that", "the derivative"),
    ),
)  # fmt: skip


COMPUTE = EACH[-1]


def ask(found: Found) -> Sequence[Ask] | None:
    asker, sentence = found.asker, found.sentence
    earlier = [a for a in asker.asks if a.kind == "define" and sentence.part in (None, a.part)]
    if found.says == "each":
        for slot in sentence.slots if earlier else ():
            slot.used = True
        return None if earlier else []
    if found.says == "it":
        if not earlier or earlier[-1].details:
            return []
        compute_it(found, earlier[-1])
        return None
    body = body_of(found)
    formula = asked_formula(body)
    if body is None or formula is None or len(set(formula.by)) > 1:
        return []
    written = found.says != "which" and found.says != "here"
    listed = bool(sentence.cases) or found.says != "cases" or speaks_of_definitions(found)
    if written and not (listed and is_open(formula.body, found)):
        return []
    found.nodes("body")
    asked = Ask("define", body, details=written or bool(sentence.cases), span=body.span, by=formula.by)
    if re.search(COMPUTE.pattern, sentence.text, re.I):
        asker.asks.append(replace(asked, part=sentence.part, layout=asker.layout(sentence)))
        compute_it(found, asked)
        return None
    return [asked]


def body_of(found: Found) -> sx.Syntax | None:
    """The derivative that is spoken of."""
    if found.says == "here":
        return found.asker.asked_last()
    if found.says == "cases here":
        spoken = last_spoken(found)
        for slot in (t for s in found.asker.sentences for t in s.slots if spoken):
            slot.used = slot.used or slot.formula.body == spoken[0]
        return spoken[0] if spoken and found.sentence.cases else None
    slots = found.sentence.named(found.group("body"))
    return slots[0].node if slots else None


def compute_it(found: Found, before: Ask) -> None:
    """The derivative itself, asked beside its kind."""
    formula = asked_formula(before.body)
    if formula is not None:
        found.asker.asks.append(replace(formula, part=found.sentence.part, layout=before.layout))


def is_open(node: sx.Syntax | None, found: Found) -> bool:
    """Whether something that is differentiated is a bare letter, of which no formula is given."""
    here = [f.left for s in found.sentence.slots for f in s.facts if isinstance(f, Defines)]
    return isinstance(node, sx.Symbol) and node not in here and not found.asker.names_something(node)


def speaks_of_definitions(found: Found) -> bool:
    """Whether the statement asks which definition something agrees with."""
    return any(EACH[0].match(s.text) for s in found.asker.sentences)


# ---------------------------------------------------------------------------------------------------- settling
def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    formula = derivative_asked(settler, ask)
    assert formula.body is not None
    name = letters.full_name(settler.scope, formula.body)
    known = settler.scope.find(name) if name is not None else None
    if ask.details and known is not None and known.meaning is not None:
        return derivative_goal(settler, ask)
    body = r.read(formula.body)
    by = formula.by or settler.parameters(formula.body) or settler.guess(formula.body, ask.span, formula.kind)
    if formula.order > 1 or formula.kind == "hessian":
        raise r.fault(errors.Unsupported, "which definition a second derivative needs is not supported", ask.span)
    var = together(r, by, ask)

    def build() -> Goal:
        by_what = var.build()
        settler.check_variables((by_what,) if len(by) == 1 else (), by)
        inner = tied(body.build(), by_what)
        question = in_two_indices(inner, by_what, settler.layout_of(ask))
        goal = settler.goal("definition", question, (by_what,), ask)
        words = "Write out " if ask.details else "Which definition of the derivative is needed for "
        asked = (words, *(goal.asked or (question,)), "." if ask.details else "?")
        return replace(goal, task=Define(inner, by_what, bool(ask.details)), asked=asked)

    return build


def together(r: Reading, by: tuple[sx.Syntax, ...], ask: Ask) -> Typed:
    """The variable; several scalars are one column."""
    typed = [r.read(v) for v in by]
    if len(typed) == 1:
        return typed[0]
    if not all(is_scalar(t.shape) for t in typed):
        raise r.fault(errors.Unsupported, "a derivative by several vectors has no definition of its own", ask.span)
    return Typed((len(typed), 1), lambda: Mat(len(typed), 1, *(t.build() for t in typed)))


def tied(body: Term, var: Term) -> Term:
    """A bare letter that is differentiated depends on the variable, whether or not the statement says so."""
    behind = symbol_behind(var)
    if isinstance(body, Sym) and isinstance(behind, Sym) and behind not in body.symbols:
        return Sym(body.name, *body.shape, body.props, *body.deps, behind)
    return body


def in_two_indices(body: Term, var: Term, layout: str) -> Derivative:
    """The derivative, or one element of it where it has more than two indices."""
    try:
        return Derivative(body, var, layout)
    except ShapeError:
        return general_element(body, var, Fresh(letters_of(body) | letters_of(var)).within(body))


KIND = Kind("define", (*OUT, *WHICH, *EACH), ask, settle)
