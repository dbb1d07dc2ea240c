"""Earlier answers to be compared: with each other, with a formula; whether they justify a definition; a caveat."""

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
from derivgen.latex.phrases import SLOT, Phrase
from derivgen.latex.sentences import Sentence
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.sides import read_equation
from derivgen.tasks import Compare, Equation
from derivgen.terms.nodes import Name, Sym, Term

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

COMPARE = r"(?:compar(?:e|ing|ison of)|contrast(?:ing)?|relat(?:e|ing)|what is the (?:relation(?:ship)?|difference|connection) between)"
LABEL = (
    r"(?:(?:parts? |questions? )?\((?:[a-h]|i{1,3}|iv|vi{0,3}|ix|[1-9])\)|(?<=\w)\((?:[a-h]|[1-9])\)|parts? [a-h]\b)"
)
ANSWERS = r"(?:(?:the|your|both|these|those|our|two|its) )*(?:(?:answers?|results?|solutions?|derivatives?|formulas?|expressions?|findings?) )?(?:(?:to|of|in|from|for|obtained in|found in) )?"
THEM = r"(?:(?:the|your|these|those|both|last|two|previous|above|our) )+(?:answers?|results?|derivatives?|solutions?|formulas?|expressions?|derivations?|methods?)(?: above| of above| so far| found above)?"
CAVEAT = r"(?:caveats?|drawbacks?|disadvantages?|weakness(?:es)?|shortcomings?|downsides?|pitfalls?)"
DEFINITION = re.compile(rf"definitions? (?:of|for) (?:the )?(?:[\w-]+ )??(?P<of>{SLOT})", re.I)
JUSTIFY = re.compile(r"justif|motivat|support|explain why|reason for|makes? sense", re.I)
CAVEATS = re.compile(CAVEAT, re.I)
LABELS = re.compile(r"(?:\(|\bparts? )(?P<part>[a-h]|i{1,3}|iv|vi{0,3}|ix|[1-9])(?:\)|\b)", re.I)

LAYOUT = re.compile(r"\b(numerator|denominator)\b", re.I)

PHRASES = (
    Phrase(
        "compare the parts", "goals", "parts",
        rf"{COMPARE} {ANSWERS}(?P<parts>{LABEL}(?:(?:,? and|,? with|,? to|,| or) {ANSWERS}{LABEL})+)",
        ("Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{a}^T\\mathbf{x})$. (b) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{a})$. (c) Compare the answers to (a) and (b).",
         "(a) Find $\\frac{d}{dx}x^2$. (b) Find $\\frac{d}{dx}(x\\cdot x)$. (c) What is the relation between your results in (a) and (b)?"),
        ("compar", "contrast", "relat", "difference", "connection"),
    ),
    Phrase(
        "compare with a formula", "goals", "formula",
        rf"{COMPARE} {ANSWERS}(?:(?P<parts>{LABEL})|it|this|that|(?:the|your) (?:answer|result)) (?:with|to|and|against) (?:the )?(?:(?:known |usual |general |given |following )?(?:formula|equation|result|expression|identity|rule|chain rule|vector|matrix)[,:]? )?{{formula:x}}",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\nabla\\lVert\\mathbf{x}\\rVert^2$. (b) Compare (a) with $2\\mathbf{x}$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$, $\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{A}\\mathbf{x})$. (b) Compare your answer to (a) with the formula $2\\mathbf{A}\\mathbf{x}$."),
        ("compar", "contrast", "relat", "difference", "connection"),
    ),
    Phrase(
        "compare them", "goals", "parts",
        rf"{COMPARE} (?:{THEM}|them|both)(?! ?(?:with|to|\())",
        ("Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{a}^T\\mathbf{x})$. (b) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{a})$. (c) Compare the two answers above.",
         "(a) Find $\\frac{d}{dx}x^2$. (b) Find $\\frac{d}{dx}(x\\cdot x)$. (c) Compare both results."),
        ("compar", "contrast", "relat", "difference", "connection"),
    ),
    Phrase(
        "do they agree", "goals", "parts",
        rf"(?:do|does|are|why (?:do|are)|should|must)(?: not)? {ANSWERS}(?P<parts>{LABEL}(?:(?:,? and|,| or) {ANSWERS}{LABEL})+)[^.?\x01]*?(?:agree|coincide|match|equal|the same|identical|differ|different)",
        ("Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{a}^T\\mathbf{x})$. (b) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{a})$. (c) Do your answers to (a) and (b) agree?",
         "(a) Find $\\frac{d}{dx}x^2$. (b) Find $\\frac{d}{dx}(x\\cdot x)$. (c) Are the results of (a) and (b) the same?"),
        ("agree", "coincide", "match", "equal", "same", "identical", "differ"),
    ),
    Phrase(
        "justify the definition", "goals", "justify",
        rf"(?:do|does|why do|explain (?:how|why)|how do)? ?(?:they|these|those|this|{THEM}|{ANSWERS}(?P<parts>{LABEL}(?:(?:,? and|,| or) {ANSWERS}{LABEL})*))? ?(?:justif(?:y|ies)|motivates?|supports?) (?:the|our|your|this|that|its)?(?: [\w-]+)? ?definitions? (?:of|for) (?:the )?(?:[\w-]+ )??{{definition:x}}",
        ("Let $s$ be a function of $\\mathbf{y}=\\mathbf{v}^T\\mathbf{X}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$. (a) Find $\\frac{ds}{d\\mathbf{X}}$ by matching shapes. (b) Find $\\frac{ds}{d\\mathbf{X}}$ from one element. (c) Do (a) and (b) justify the definition of $\\frac{d(\\mathbf{v}^T\\mathbf{X})}{d\\mathbf{X}}$?",
         "Let $s$ be a function of $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$. (a) Find $\\frac{ds}{d\\mathbf{X}}$ by matching shapes. (b) Find $\\frac{ds}{d\\mathbf{X}}$ from one element. (c) Justify our definition of $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}$."),
        ("justif", "motivat", "support"),
    ),
    Phrase(
        "a caveat", "goals", "caveat",
        rf"(?:name|describe|give|state|mention|what (?:is|are)|point out|discuss|find|tell|explain|list)[^.?\x01]*? {CAVEAT} (?:of|in|with) (?:(?:this|these|the|such|our|that) )*(?:set of )?(?:[\w-]+ )??(?:definitions?|layouts?|conventions?|notations?|choices?|them|it)",
        ("In Jacobian layout, let $z$ be a function of $\\mathbf{x}\\in\\mathbb{R}^p$. (a) State the shape of $\\frac{dz}{d\\mathbf{x}}$. (b) Name one caveat of this layout.",
         "We use the Jacobian layout. Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times p}$. (a) Find $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ for $\\mathbf{x}\\in\\mathbb{R}^p$. (b) Describe a drawback of these definitions."),
        ("caveat", "drawback", "disadvantage", "weakness", "shortcoming", "downside", "pitfall"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    if len(set(map(str.lower, LAYOUT.findall(found.sentence.text)))) > 1 and not found.group("parts"):
        return []  # a derivative in two layouts
    sentences = [found.sentence, *found.following]
    formula = [s.formula.rows[0] for s in found.slots("formula")]
    labels = tuple(dict.fromkeys(m["part"].lower() for m in LABELS.finditer(found.group("parts"))))
    definition = next((d for s in sentences if (d := definition_in(s.text, s)) is not None), None)
    caveat = any(CAVEATS.search(s.text) for s in sentences)
    for sentence in sentences:
        for slot in sentence.slots:
            slot.used = True
    layout = next((a.layout for a in found.asker.asks if a.part in labels and a.layout), None)
    details = (labels, formula[0] if formula else None, definition, caveat)
    same = [a for a in found.asker.asks if a.kind == "compare" and a.part == found.sentence.part]
    if same:  # the next sentence of the same question
        return same[:1]
    return [Ask("compare", None, layout=layout, details=details, span=found.span)]


def definition_in(text: str, sentence: Sentence) -> sx.Syntax | None:
    """The derivative whose definition is to be justified."""
    match = DEFINITION.search(text)
    if match is None or not JUSTIFY.search(text):
        return None
    slot = sentence.slot(match["of"])
    slot.used = True
    return slot.node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    labels, node, definition, caveat = ask.details
    # What is said in the part that is spoken of holds for the formulas that its answer is compared with.
    there = replace(ask, part=labels[0]) if labels else ask
    settler.scope.part = there.part
    formula: Callable[[], Equation] | None = None
    if node is not None:
        chain = node if isinstance(node, sx.Chain) else sx.Chain((node,), (), span=node.span)
        formula = read_equation(settler, there, "", chain)
    defined = settler.reading(there).read(definition) if definition is not None else None

    def build() -> Goal:
        question = questions(settler, ask, labels)
        task = Compare(
            labels, formula() if formula else None, defined.build() if defined else None, caveat
        )  # fmt: skip
        goal = settler.goal("prose", question, (), ask)
        asked = "Compare the answers." if labels or not caveat else "Name a caveat of the definitions."
        return replace(goal, task=task, asked=(asked,))

    return build


def questions(settler: Settler, ask: Ask, labels: Sequence[str]) -> Term:
    """The question of the first part that is spoken of; an error where a part is not there."""
    for label in labels:
        if not any(g.part == label for g in settler.done):
            raise errors.MissingPart(
                f"there is no answer to part ({label}) before this one", place=settler.scope.place(ask.span),
                hint="name earlier parts",
            )  # fmt: skip
    done = [g for g in settler.done if g.part in labels] or [g for g in settler.done if g.part != ask.part]
    if not done and not ask.details[3]:
        raise errors.MissingPart(
            "there are no earlier answers to compare", place=settler.scope.place(ask.span), hint="name earlier parts"
        )
    return done[-1].question if done else Sym(Name("x", "bold"), "p", 1)


KIND = Kind("compare", PHRASES, ask, settle)
