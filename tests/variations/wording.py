"""The same question in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from tests.variations.kin import Kin, NotApplicable
from tests.variations.operands import made
from tests.variations.source import closing, cut, on_words

VERBS = (
    {"Find": "Determine", "find": "determine", "Compute": "Calculate", "compute": "calculate", "Derive the": "Deduce the", "Derive": "Find",
     "Evaluate": "Compute", "Work out": "Find", "determine": "work out", "Express": "Write", "What is": "Determine", "Show": "Prove", "Give": "Present"},
    {"Find": "Compute", "find": "obtain", "Compute": "Find", "compute": "find", "Derive the": "Obtain the", "Derive": "Compute", "Evaluate": "Calculate",
     "Work out": "Determine", "determine": "compute", "Write": "Express", "Argue": "Explain", "Verify": "Show", "Give": "Write down"},
)  # fmt: skip

PHRASES = (
    (("is constant", "is fixed"), ("be constant", "be fixed"), ("are constant", "are fixed"), ("a constant vector", "a fixed vector"),
     ("be a constant matrix", "be a fixed matrix"), ("does not depend on", "is independent of"), ("not depend on", "be independent of"),
     ("a function of", "a differentiable function of"), ("in terms of", "through"), ("by matching shapes", "by shape matching"),
     ("by matching the shapes", "by comparing shapes"), ("fall most steeply", "descend fastest"), ("fall fastest", "decrease fastest"),
     ("without indices", "in matrix form"), ("in vector form", "without indices"), ("What is the shape of", "Give the shape of"),
     ("element-wise", "component by component"), ("element by element", "entry by entry"), ("by considering one element", "from one of its elements"),
     ("by explicit expansion", "by writing out all elements"), ("Show that", "Verify that"), ("Select all that apply: which of these", "Which of the following"),
     ("Fill in the blanks", "Fill the boxes"), ("from one of its elements", "by looking at a single element"), ("using only", "through"),
     ("Leave the result unsimplified", "Do not simplify"), ("as a list of its elements", "by its elements"), ("Give the table", "Write down the table"),
     ("the gradient", "the value of the gradient"), ("which of these", "which of the following"), ("Use the chain rule to find", "Using the chain rule, find"),
     ("Do the same", "Repeat this"), ("Which equality fails, and why", "Which of these equalities is wrong, and why"), ("Does", "Say whether"),
     ("write both updates in matrix form", "vectorise both updates"), ("minimises", "gives the smallest value of"), ("Compare the answers", "Compare your answers"),
     ("For which", "Say for which"), ("where it can differ from zero", "where it is not zero"), ("How many indices has", "How many indices are needed for"),
     ("Work out the following derivatives", "Compute these derivatives"), ("Find each of these", "Determine the following"), ("in matrix form", "in vectorised form")),
    (("is constant", "is held constant"), ("be constant", "be given constants"), ("a constant vector", "a given vector"), ("does not depend on", "is not a function of"), ("not depend on", "not be a function of"),
     ("a function of", "a smooth function of"), ("in terms of", "using"), ("by matching shapes", "by comparing the shapes"), ("fall most steeply", "go down most rapidly"),
     ("fall fastest", "go down fastest"), ("without indices", "in matrix notation"), ("in vector form", "in matrix form"), ("What is the shape of", "Which shape has"),
     ("element-wise", "elementwise"), ("element by element", "componentwise"), ("by considering one element", "by looking at a single element"),
     ("by explicit expansion", "by expanding everything explicitly"), ("Show that", "Prove that"), ("Select all that apply: which of these", "Mark all of the following that"),
     ("Fill in the blanks", "Complete the blanks"), ("from one of its elements", "element by element"), ("using only", "in terms of only"),
     ("Leave the result unsimplified", "Leave your answer as it is"), ("as a list of its elements", "as a column of its elements"), ("Give the table of the", "List the"),
     ("which of these", "which ones"), ("Use the chain rule to find", "By the chain rule, determine"), ("For which", "When"),
     ("Which equality fails, and why", "Which equality does not hold? Explain"), ("in matrix form", "in vector form"), ("Find the", "What is the"),
     ("Work out the following derivatives", "Differentiate"), ("Find each of these", "Find the following")),
    (("What is the shape of", "What are the dimensions of"), ("Find the chain rule for", "State the chain rule for"),
     ("from one of its elements", "starting from a single element"), ("Do they justify", "Do they support"),
     ("Express your answer to", "Rewrite your answer to"), ("Write the answer to", "Give the answer to"),
     ("with one variable only", "using a single variable"), ("using only", "in terms of nothing but"),
     ("In which direction does", "Which way does"), ("Which matrix has the entries", "What matrix has the entries"),
     ("in vector form", "using vectors and matrices"), ("without indices", "in vector notation"), ("in matrix form", "using matrices"),
     ("Write each product by its elements, by rows and by columns", "Read each product by elements, by rows and by columns"),
     ("Write the vector, the matrix or the result without indices", "Write each of them in matrix form"),
     ("Evaluate it, so that", "Expand it so that"), ("is the only derivative left", "is the only derivative that remains"),
     ("Each blank is one of", "Choose from"), ("Show that", "Establish that"), ("we may not write", "it is wrong to write"),
     ("Which equality fails, and why", "Which of the equalities is false, and why"), ("Derive the second", "Deduce the second"),
     ("by explicit expansion", "by multiplying everything out"), ("by considering one element", "considering one element only"),
     ("Evaluate the gradient", "Find the gradient"), ("is applied element-wise", "acts on each element"),
     ("applied element-wise", "acting on every element"), ("are functions of", "depend on"), ("be functions of", "depend on"),
     ("is a function of", "depends on"), ("be a function of", "depend on"), ("with respect to", "w.r.t."), ("Suppose that", "Assume that"),
     ("is constant", "does not change"), ("by matching shapes", "using shape matching"), ("by matching the shapes", "with shape matching")),
    (("be symmetric", "be a symmetric matrix"), ("be a constant matrix", "be a given matrix"), ("the sigmoid function", "the logistic sigmoid"),
     ("element by element", "elementwise"), ("What is the shape of", "Of what shape is"), ("Use (c) to find", "From (c) find"),
     ("Select all that apply: which of these have the same shape as", "Which of these expressions have the shape of"),
     ("Do the same", "Repeat the computation"), ("Find the chain rule for", "Write down the chain rule for"), ("in terms of", "by means of"),
     ("Compare the answers to (a) and (b)", "Compare (a) with (b)"), ("into vector form", "into matrix form"), ("Find each of these", "Determine"),
     ("Work out the following derivatives", "Find the partial derivatives"), ("fall fastest", "decrease most rapidly"),
     ("fall most steeply", "slope down most steeply"), ("Which matrix has the entries", "Name the matrix with the entries"),
     ("Verify the first formula by", "Prove the first formula with"), ("is constant", "is given"), ("Show that", "Explain why"),
     ("Express your answer to", "Put your answer to"), ("Leave the result unsimplified", "Simplification is not needed"),
     ("Find", "Please find"), ("Compute", "Now compute"), ("What is", "Tell me what is")),
)  # fmt: skip


def reworded_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    for n, verbs in enumerate(VERBS):
        pattern = re.compile(r"(?<![\w-])(" + "|".join(verbs) + r")(?![\w-])")

        def other(words: str, verbs: dict[str, str] = verbs, pattern: re.Pattern[str] = pattern) -> str:
            return pattern.sub(lambda m: verbs[m[1]], words)

        yield made("reworded", statement, on_words(statement, other), how=f"verbs {n + 1}")
    for n, phrases in enumerate(PHRASES):
        yield made(
            "reworded", statement, on_words(statement, partial(other_phrases, phrases=phrases)), how=f"phrases {n + 1}"
        )
    yield made("reworded", statement, supposed(statement), how="suppose")
    yield made("reworded", statement, in_words(statement), how="derivatives in words")
    yield made("reworded", statement, differentiate(statement), how="differentiate")
    for n, words in enumerate(ASKED):
        yield made("reworded", statement, asked(statement, words), how=f"asked {n + 1}")
    yield lettered(statement)
    yield numbered(statement)


def other_phrases(words: str, phrases: tuple[tuple[str, str], ...]) -> str:
    """Every phrase once at most: what has been put in is not changed again."""
    pattern = "|".join(re.escape(old) for old, _ in phrases)
    return re.sub(rf"\b(?:{pattern})\b", lambda m: dict(phrases)[m[0]], words)


def supposed(statement: str) -> str:
    """ "Let x be constant" as "Suppose that x is constant"."""

    def sentence(found: re.Match[str]) -> str:
        body = found[2]
        if re.search(r"\blet\b|\b(?:hold|depend|act)\b|[a-z] depend", body):
            return found[0]
        before = body.partition(" be ")[0]
        plural = re.search(r"\$[^$]*,[^$]*\$| and \$", before) is not None
        return f"Suppose that {body.replace(' be ', ' are ' if plural else ' is ', 1)}"

    return re.sub(r"(Let )((?:[^.$]|\$[^$]*\$)*)", sentence, statement)


ALONE = re.compile(r"\$\\frac\{(?:d|\\partial)(?P<body>\(|[^{}()]*\})")


def in_words(statement: str) -> str:
    r"""``\frac{d(...)}{dx}`` after a verb that asks, as "the derivative of ... with respect to x"."""
    out, at = "", 0
    for found in re.finditer(
        r"((?:[Ff]ind|[Cc]ompute|[Dd]etermine|[Dd]erive|[Ww]hat is|evaluate) )\$((?:[^$])+)\$", statement
    ):
        spoken = spoken_derivative(found[2])
        if spoken:
            out += statement[at : found.start()] + found[1] + spoken
            at = found.end()
    return out + statement[at:]


ASKED = (
    "Take the derivative of {a} with respect to {b}",
    "Calculate the {kind} of {a} w.r.t. {b}",
    "What do you get when you differentiate {a} with respect to {b}",
    "I need the {kind} of {a} with respect to {b}",
    "Differentiate {a} by {b}",
    "Compute the {kind} with respect to {b} of {a}",
    "We want to know the {kind} of {a} with respect to {b}",
    "Could you find the {kind} of {a} with respect to {b}",
    "Please differentiate {a} with respect to {b}",
    "Determine how {a} changes with {b}",
    "Give me the {kind} of {a} with respect to {b}",
    "Derive an expression for the {kind} of {a} with respect to {b}",
    "Write down the {kind} of {a} with respect to {b}",
    "Work out the {kind} of {a} taken with respect to {b}",
)
"""Questions for a derivative as people put them."""


def asked(statement: str, words: str) -> str:
    r"""``Find \frac{da}{db}`` in other words."""

    def question(found: re.Match[str]) -> str:
        spoken = re.match(r"the (.*?) of (\$.*\$) with respect to (\$.*\$)$", spoken_derivative(found[2]))
        if not spoken:
            return found[0]
        text = words.format(kind=spoken[1], a=spoken[2], b=spoken[3])
        return text if found[1][0].isupper() else text[0].lower() + text[1:]

    verbs = "|".join(
        f"[{v[0]}{v[0].lower()}]{v[1:]}"
        for v in ("Find", "Compute", "Determine", "Derive", "Evaluate", "Calculate", "What is")
    )
    return re.sub(rf"({verbs}) \$([^$]+)\$", question, statement)


def differentiate(statement: str) -> str:
    """ "Find the derivative of … with respect to x" as "Differentiate … with respect to x"."""
    spoken = in_words(statement)
    return re.sub(r"(?:Find|Compute|Determine|Derive|What is) the derivative of (\$[^$]*\$ with respect to \$[^$]*\$)\?", r"Differentiate \1.",
                  re.sub(r"(?:Find|Compute|Determine|Derive) the derivative of ", "Differentiate ", spoken))  # fmt: skip


def spoken_derivative(formula: str) -> str:
    start = re.match(r"\\d?frac\{(d|\\partial)\s*", formula)
    if not start:
        return ""
    end = closing(formula, formula.index("{"))
    above = formula[start.end() : end - 1]
    stop = closing(formula, end) if formula[end : end + 1] == "{" else -1
    if stop != len(formula) or not above or above.startswith("^"):
        return ""
    below = re.match(r"\{(?:d|\\partial)\s*(.*)\}$", formula[end:])
    if not below or "partial" in below[1]:
        return ""
    above = re.sub(r"^\\left", "", above)
    above = re.sub(r"\\right\)$", ")", above)
    if above.startswith("(") and closing(above, 0) == len(above):
        above = above[1:-1]
    kind = "partial derivative" if start[1] != "d" else "derivative"
    return f"the {kind} of ${above}$ with respect to ${below[1]}$"


def lettered(statement: str) -> Kin | NotApplicable:
    """A list of parts as running text with (a), (b)."""
    found = re.search(r"\\begin\{enumerate\}(.*)\\end\{enumerate\}", statement, re.S)
    if not found:
        return NotApplicable("it has no list of parts")
    if "\\begin{itemize}" in found[1]:
        return NotApplicable("a part holds a list itself")
    items = [i.strip() for i in re.split(r"\\item(?:\[[^]]*\])?", found[1])[1:]]
    run = " ".join(f"({chr(97 + n)}) {item}" for n, item in enumerate(items))
    return made(
        "reworded", statement, statement[: found.start()] + run + statement[found.end() :], how="parts in the text"
    )


def numbered(statement: str) -> Kin | NotApplicable:
    """The parts counted by hand: item labels of the writer's own."""
    if "\\begin{enumerate}" not in statement:
        return NotApplicable("it has no list of parts")
    outer, depth, count = [], 0, 0
    for piece in re.split(r"(\\begin\{\w+\}|\\end\{\w+\}|\\item(?:\[[^]]*\])?)", statement):
        depth += piece.startswith("\\begin") - piece.startswith("\\end")
        if piece.startswith("\\item") and depth == 1:
            piece, count = f"\\item[({chr(97 + count)})]" if piece == "\\item" else "\\item", count + 1
        outer.append(piece)
    return made("reworded", statement, "".join(outer), how="labels")


def pieces_of(statement: str) -> int:
    return len(cut(statement))
