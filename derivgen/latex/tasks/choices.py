"""Select all that apply: options with the shape of something, or with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import asking
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import NEITHER
from derivgen.latex.tasks.kind import Found, Kind, question_goal
from derivgen.latex.tasks.sides import fault, suppose_functions
from derivgen.latex.typeset import typeset
from derivgen.notation.boxes import Words
from derivgen.tasks import Choose, Option
from derivgen.terms.nodes import Num, Zero
from derivgen.terms.shapes import ShapeError

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

WHICH = r"(?:which(?: ones?)?|(?:select|choose|tick|mark|check|pick|find|name|give|circle|cross|identify|indicate|underline|highlight|list) (?:all|every|each|any|those|the ones?|the))"
THESE = r"(?: (?:of )?(?:(?:the|these|those|all) ?)*(?:following|below|options?|expressions?|answers?|formulas?|products?|candidates?|matrices|ones|them|terms)?)*"

CUES = (
    "which", "select", "choose", "tick", "mark", "check", "pick", "circle", "cross", "identify", "indicate", "underline",
    "highlight", "list", "find", "name", "give",
)  # fmt: skip

PHRASES = (
    Phrase(
        "which are of a kind", "goals", "kind",
        rf"{WHICH}{THESE} (?:that |which )?(?:is|are)(?: all)?(?: an?)? (?P<kind>scalars?|numbers?|(?:column |row )?vectors?|columns?|rows?|(?:well[- ])?defined|possible|meaningful|valid products?)(?: products?| expressions?| matrices)?(?=[,.:;?]| given| for| if| when| where|$)",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$ and $\\mathbf{M}\\in\\mathbb{R}^{n\\times n}$. Which of these are scalars? "
         "\\begin{itemize}\\item $\\mathbf{x}^T\\mathbf{M}\\mathbf{x}$ \\item $\\mathbf{M}\\mathbf{x}$\\end{itemize}",
         "Let $\\mathbf{a}\\in\\mathbb{R}^m$, $\\mathbf{b}\\in\\mathbb{R}^n$. Which products are defined? "
         "\\begin{itemize}\\item $\\mathbf{a}\\mathbf{b}^T$ \\item $\\mathbf{a}^T\\mathbf{b}$\\end{itemize}"),
        CUES,
    ),
    Phrase(
        "which of a list are of a kind", "goals", "kind",
        rf"{WHICH}{THESE}(?: of)? ?(?:the )?(?:matrix )?(?:products?|expressions?|matrices|quantities|terms|formulas?)?,? ?{{list:xs}},? (?:is|are)(?: all)?(?: an?)? (?P<kind>scalars?|numbers?|(?:column |row )?vectors?|columns?|rows?|(?:well[- ])?defined|possible|meaningful)(?=[,.:;?]| given| for| if| when| where|$)",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$ and $\\mathbf{M}\\in\\mathbb{R}^{n\\times n}$. Which of $\\mathbf{x}^T\\mathbf{M}\\mathbf{x}$, $\\mathbf{M}\\mathbf{x}$ and $\\mathbf{x}^T\\mathbf{x}$ are scalars?",
         "Let $\\mathbf{a}\\in\\mathbb{R}^m$, $\\mathbf{b}\\in\\mathbb{R}^n$. Which of the products $\\mathbf{a}\\mathbf{b}^T$, $\\mathbf{a}^T\\mathbf{b}$ are defined?"),
        CUES,
    ),
    Phrase(
        "whether each has the shape", "goals", "shape",
        r"\b(?:whether|if|which)(?: or not)? (?:each|any|every one|all|some)(?: one)? of(?: the| these)? (?:following|these|them|expressions|products|options)?(?: expressions| products| options| below)? ?(?:has|have|is of|are of) (?:the )?(?:same )?(?:shapes?|sizes?|dimensions?) (?:as|of) {words}{body:x}",
        ("Let $\\mathbf{u}\\in\\mathbb{R}^m$, $\\mathbf{v}\\in\\mathbb{R}^n$. State whether each of the following has the shape of $\\mathbf{u}\\mathbf{v}^T$. "
         "\\begin{itemize}\\item $\\mathbf{v}\\mathbf{u}^T$ \\item $2\\mathbf{u}\\mathbf{v}^T$\\end{itemize}",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Decide whether any of these have the shape of $\\mathbf{a}$: (A) $\\mathbf{b}$ (B) $\\mathbf{b}^T$"),
        ("whether", "if", "which"),
    ),
    Phrase(
        "which are right for", "goals", "value",
        rf"{WHICH}{THESE}(?: of)?(?: the)? (?:correct|right|valid|possible|true|proper) (?:expressions?|formulas?|answers?|forms?|versions?|options?|results?|values?|derivatives?|gradients?|hessians?|jacobians?) (?:for|of) {{words}}{{body:x}}(?P<tail>{asking.WRT}?)",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Tick all the correct expressions for $\\frac{d}{d\\mathbf{x}}\\lVert\\mathbf{x}\\rVert_2^2$. "
         "\\begin{itemize}\\item $2\\mathbf{x}$ \\item $\\mathbf{x}^T$\\end{itemize}",
         "Let $\\mathbf{P},\\mathbf{Q}\\in\\mathbb{R}^{n\\times n}$. Circle the right formula for $(\\mathbf{P}\\mathbf{Q})^T$: (A) $\\mathbf{P}^T\\mathbf{Q}^T$ (B) $\\mathbf{Q}^T\\mathbf{P}^T$"),
        ("correct", "right", "valid", "possible", "true", "proper"),
    ),
    Phrase(
        "which have the shape", "goals", "shape",
        rf"{WHICH}{THESE} (?:that |which )?(?:(?:is|are) (?:well[- ])?defined and (?:that |which )?)?(?:has|have|are of|is of|share|with|of|can have|could have|fit|fits|match|matches) (?:the )?(?:same |right |correct |expected |proper |appropriate )?(?:shapes?|sizes?|dimensions?)"
        r"(?: (?:as|of|with|for|to be|to equal) {words}{body:x}| as it)?",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Which of these are of the shape of $\\mathbf{A}\\mathbf{x}$? "
         "\\begin{itemize}\\item $\\mathbf{A}^T\\mathbf{x}$ \\item $2\\mathbf{A}\\mathbf{x}$\\end{itemize}",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Select all expressions that have the shape of $\\mathbf{a}\\mathbf{b}^T$: "
         "\\begin{itemize}\\item $\\mathbf{b}\\mathbf{a}^T$ \\item $\\mathbf{a}^T\\mathbf{b}$\\end{itemize}"),
        ("shape", "size", "dimension"),
    ),
    Phrase(
        "which are equal", "goals", "value",
        rf"{WHICH}{THESE} (?:that |which )?(?:is|are|equals?|gives?|coincides?|agrees?|has the (?:same )?value|have the (?:same )?value)(?: always| identically)?(?: (?:correct|right|true|equal|equivalent|identical|the same))?(?: (?:an? |the )?(?:correct |right |valid |possible )(?:expression|formula|answer|result|value)s?)?"
        rf"(?: (?:to|as|of|with|for))? {{words}}{{body:x}}(?P<tail>{asking.WRT}?)",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Which of the following are equal to $(\\mathbf{A}\\mathbf{B})^T$? "
         "\\begin{enumerate}\\item $\\mathbf{A}^T\\mathbf{B}^T$ \\item $\\mathbf{B}^T\\mathbf{A}^T$\\end{enumerate}",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. Select all options that equal $\\frac{d}{d\\mathbf{x}}\\lVert\\mathbf{x}\\rVert_2^2$. "
         "\\begin{itemize}\\item $2\\mathbf{x}$ \\item $\\mathbf{x}+\\mathbf{x}$ \\item $\\mathbf{x}^T$\\end{itemize}"),
        CUES,
    ),
    Phrase(
        "it has the shape of", "goals", "shape",
        r"{body:x} has the (?:same )?(?:shape|size|dimensions?) (?:as|of)(?: (?:the )?(?:following|one of these|these))?:?$",
        ("Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Select all that apply: $\\mathbf{a}\\mathbf{b}^T$ has the shape of "
         "\\begin{itemize}\\item $\\mathbf{b}\\mathbf{a}^T$ \\item $\\mathbf{a}^T\\mathbf{b}$\\end{itemize}",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. Tick all that apply. $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$ has the same shape as: "
         "\\begin{itemize}\\item $\\mathbf{x}$ \\item $\\mathbf{x}^T$\\end{itemize}"),
        ("shape", "size", "dimension"),
    ),
    Phrase(
        "it names", "goals", "value",
        rf"(?:{WHICH} )?(?:the |its )?(?:correct |right )?(?:first |second |partial )*(?:derivative|gradient|hessian|jacobian|value)(?: \([^)]*\)| in \w+ layout)? of {{words}}{{body:x}}(?P<tail>{asking.WRT}?)(?:,? (?:for|where|with) [^.?!]*?)?(?:,? (?:is|are|equals?|is equal to|is given by|will be):?$|(?:,? {{x}}(?: [\w-]+)?)?:$)",
        ("Tick the correct option. The derivative of $\\tanh(3x)$ is: (a) $1-\\tanh^2(3x)$ (b) $3-3\\tanh^2(3x)$",
         "Choose the gradient of $\\mathbf{x}^T\\mathbf{x}$ with respect to $\\mathbf{x}\\in\\mathbb{R}^n$: (A) $\\mathbf{x}$ (B) $2\\mathbf{x}$"),
        ("derivative", "gradient", "hessian", "jacobian", "value of"),
    ),
    Phrase(
        "it is asked what it is", "goals", "value",
        rf"^(?:[^.?!\x01]*,? )?what (?:is|are) {{words}}{{body:x}}(?P<tail>{asking.WRT}?)(?:,? (?:for|where|with|if|when) [^.?!]*)?\?$",
        ("What is $\\frac{d}{d\\mathbf{x}}\\mathbf{x}^T\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^n$? (A) $\\mathbf{x}$ (B) $2\\mathbf{x}$ (C) $2\\mathbf{x}^T$",
         "What is the derivative of $\\sin(2x)$? (A) $\\cos(2x)$ (B) $2\\cos(2x)$"),
        ("what is", "what are"),
    ),
    Phrase(
        "it equals", "goals", "value",
        r"{body:x},?(?: \([^)]*\))?,? (?:(?:is|are) (?:equal|identical) to|equals?|is|are|can be (?:written|rewritten|expressed) as|is the same as)(?: (?:which|one|all|any) of)?(?: the)?(?: following| these| one of these| below)?:?$",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Select all that apply: $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{x})$ equals "
         "\\begin{itemize}\\item $2\\mathbf{x}$ \\item $\\mathbf{x}^T$\\end{itemize}",
         "Let $\\mathbf{P},\\mathbf{Q}\\in\\mathbb{R}^{n\\times n}$. Choose the right ones: $(\\mathbf{P}\\mathbf{Q})^T$ is equal to "
         "\\begin{enumerate}\\item $\\mathbf{P}^T\\mathbf{Q}^T$ \\item $\\mathbf{Q}^T\\mathbf{P}^T$\\end{enumerate}"),
        (" equal", " is", " are", " as"),
    ),
)  # fmt: skip

KINDS = (
    (re.compile(r"scalar|number"), "a scalar"), (re.compile(r"^rows?"), "a row"),
    (re.compile(r"column|vector"), "a column"), (re.compile(r""), "defined"),
)  # fmt: skip
"""Words for what options may be, with what they ask for."""

OTHERS = re.compile(rf"(?:{NEITHER})", re.I)
"""An option that speaks of the others."""

ITSELF = {p.regex.pattern for p in PHRASES if p.name.startswith("it ")}
"""Wordings that could mean anything where no options follow."""

NAMING = ("it names", "it is asked what it is")
"""Wordings with the words that say what is taken of the formula."""
PARTIAL = re.compile(r"\b(?:respect to|w\.?r\.?t\.?|by|of|for|in|on|at)(?: (?:the|an?|\w+))? ?$", re.I)
"""Words before a formula that is a part of what is spoken of, and not all of it."""
GIVEN = re.compile(r",|\b(?:given|if|for which)\b", re.I)
"""Words before a formula that is a condition, and nothing that options are held against."""
LISTED = re.compile(r"\b(?:options?|alternatives?|choices|of (?:the following|these|those))\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    if found.says == "kind":
        kind = found.group("kind").lower()
        return of_kind(found, next(name for words, name in KINDS if words.search(kind)))
    nodes, inner = found.nodes("body"), None
    options = options_in(found)
    named = any(p.name in NAMING and p.regex is found.match.re for p in PHRASES)
    partial = PARTIAL.search(found.sentence.text[: found.match.start()]) and not named
    if found.match.re.pattern in ITSELF and (not options or partial):
        return []
    body = nodes[0] if nodes else found.asker.asked_last()
    if body is None or (found.says == "value" and not options and not LISTED.search(found.match[0])):
        return []
    if found.says == "value" and not named and GIVEN.search(re.sub(r"\([^)]*\)", "", found.match[0])):
        return []
    if options and found.says == "value" and nodes:
        inner = named_derivative(found)
    if not options:
        raise errors.NoGoal(
            "there is nothing to choose from: the list of options is missing",
            place=found.asker.place(found.span), hint="put the options into a list: \\begin{itemize}\\item $…$",
        )  # fmt: skip
    return [Ask("choose", body, details=(found.says, options, inner), span=body.span)]


def of_kind(found: Found, kind: str) -> Sequence[Ask]:
    """Which options are scalars, rows, columns, or defined at all."""
    options = tuple((str(k), node) for k, node in enumerate(found.nodes("list"), 1)) or options_in(found)
    return [Ask("choose", options[0][1], details=(kind, options, None), span=options[0][1].span)] if options else []


def named_derivative(found: Found) -> Ask | None:
    """The derivative in "which of these is the gradient of F with respect to w": its words stand before the formula."""
    asker, made = found.asker, len(found.asker.asks)
    asker.first = made
    asker.phrased(asking.GOALS, found.match[0], found.sentence, ())
    asked = asker.asks[made:]
    del asker.asks[made:]
    return asked[0] if asked else None


def options_in(found: Found) -> tuple[tuple[str, sx.Syntax], ...]:
    """The options: items of a list, or formulas behind boxes to tick, each with its label."""
    out: list[tuple[str, sx.Syntax]] = []
    for sentence in found.following:
        others = sx.Words(sentence.text.strip(" .;,")) if OTHERS.match(sentence.text) else None
        if sentence.option is not None and others is not None:
            out.append((sentence.option, others))
        elif sentence.option is not None and sentence.slots:
            sentence.slots[0].used = True
            out.append((sentence.option, sentence.slots[0].formula.body))
    if any(not isinstance(node, sx.Words) for _, node in out):
        return tuple(out)
    behind = found.sentence.text[found.match.end() :]
    slots = [*found.sentence.named(behind), *(s for t in found.following for s in t.slots)]
    for slot in slots:
        for item in (i for row in slot.formula.rows for i in sx.items(row)):
            boxed = ticked(item)
            if boxed is not None:
                slot.used = True
                out.append((str(len(out) + 1), boxed))
    return tuple(out)


def ticked(node: sx.Syntax) -> sx.Syntax | None:
    r"""What stands behind a box to tick: the x of ``\Box x``."""
    match node:
        case sx.Product((sx.Placeholder("□"), *rest), signs):
            return rest[0] if len(rest) == 1 else sx.Product(tuple(rest), signs[1:], span=node.span)
        case sx.Plus((first, *rest)):
            head = ticked(first)
            return sx.Plus((head, *rest), span=node.span) if head is not None else None
    return None


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    criterion, written, inner = ask.details
    shown = [ask.body, *(node for _, node in written)]
    suppose_functions(settler.scope, [sx.Chain((node,), (), span=node.span) for node in shown])
    options = [
        read_option(settler, ask, label, node if not is_zero(node) else sx.Number("0")) for label, node in written
    ]
    if criterion in {name for _, name in KINDS}:
        return lambda: kinds(settler, ask, tuple(o() for o in options))
    if inner is None:
        build = question_goal(settler, ask)
    else:
        inner = replace(inner, part=ask.part, layout=ask.layout, method=ask.method, span=ask.span)
        build = settler.derivative(inner, settler.reading(inner))

    def made() -> Goal:
        goal = build()
        words = "have the shape of" if criterion == "shape" else "are equal to"
        zero = Zero(*goal.question.shape)
        read = (
            Option(label, typeset(node), zero) if is_zero(node) else option()
            for (label, node), option in zip(written, options, strict=True)
        )
        task = Choose(tuple(read), criterion)
        return replace(goal, kind="choice", task=task, asked=(f"Which options {words} ", goal.question, "?"))

    return made


def kinds(settler: Settler, ask: Ask, options: tuple[Option, ...]) -> Goal:
    criterion = ask.details[0]
    question = next((o.term for o in options if o.term is not None), Num(1))
    goal = settler.goal("shape", question, (), ask)
    words = "are defined?" if criterion == "defined" else f"are {criterion[2:]}s?"
    return replace(goal, kind="choice", task=Choose(options, criterion), asked=(f"Which options {words}",))


def is_zero(node: sx.Syntax) -> bool:
    """A zero of any shape."""
    return node == sx.Number("0") or (isinstance(node, sx.Symbol) and node.name.letter == "0")


def read_option(settler: Settler, ask: Ask, label: str, node: sx.Syntax) -> Callable[[], Option]:
    """An option; one that is no term at all, because its shapes do not fit, keeps the reason."""
    shown = typeset(node)
    if isinstance(node, sx.Words):
        return lambda: Option(label, Words(node.text))
    try:
        typed = settler.reading(ask).read(node)
    except errors.ShapeFault:
        reason = fault(settler, ask, node)
        return lambda: Option(label, shown, None, reason)

    def build() -> Option:
        try:
            return Option(label, shown, typed.build())
        except (ShapeError, errors.ShapeFault):
            return Option(label, shown, None, fault(settler, ask, node))

    return build


KIND = Kind("choose", PHRASES, ask, settle)
