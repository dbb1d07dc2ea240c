"""Boxes read aloud: the alternative text of a formula in a tagged PDF or a web page."""

from __future__ import annotations

from derivgen.notation import glyphs
from derivgen.notation.boxes import (
    Accent,
    BigOp,
    Box,
    Digits,
    Fenced,
    Fraction,
    FunctionName,
    Grid,
    Letter,
    Marked,
    Operator,
    Root,
    RowOf,
    Scripts,
    Space,
    Words,
)

FUNCTIONS = {
    "tr": "the trace of", "det": "the determinant of", "diag": "the diagonal matrix of", "exp": "the exponential of",
    "log": "log", "sin": "sine", "cos": "cosine", "tan": "tangent", "max": "the maximum of",
    "abs": "the absolute value of", "sign": "the sign of",
}  # fmt: skip
OF = frozenset(FunctionName(name) for name, said in FUNCTIONS.items() if said.endswith(" of"))
FENCES = {"(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket"}
BIG = {"sum": "the sum", "prod": "the product", "max": "the maximum", "min": "the minimum", "int": "the integral"}
FONTS = {"bold": "bold ", "cal": "script ", "bb": "blackboard "}
POWERS = {"2": "squared", "3": "cubed", "T": "transpose", "⊤": "transpose"}
ORDERS = {"2": "second ", "3": "third ", "4": "fourth "}
DENOMINATORS = {"2": ("half", "halves"), "3": ("third", "thirds"), "4": ("quarter", "quarters")}


def spoken(box: Box) -> str:
    """The formula in words: "the sum over i from 1 to n of x sub i"."""
    return " ".join(_say(box).replace(" ,", ",").split())


def _say(box: Box) -> str:
    match box:
        case Letter(name, font):
            return _letter(name, font)
        case Digits(text) | Words(text):
            return text
        case Operator(sign):
            return glyphs.operator(sign).spoken
        case FunctionName(name):
            return FUNCTIONS.get(name, name)
        case RowOf(items):
            return _row(items)
        case Scripts(base, sub, sup):
            return _scripts(base, sub, sup)
        case Accent(accent, base):
            return f"{_say(base)} {accent}"
        case Fraction(num, den):
            return _fraction(num, den)
        case Root(arg, degree):
            order = f"the root of order {_say(degree)} of" if degree else "the square root of"
            return f"{order} {_say(arg)}{_end(arg)}"
        case Fenced(left, body, right):
            return _fenced(left, body, right)
        case BigOp(name, lower, upper, body):
            return _big(name, lower, upper, body)
        case Grid(rows):
            return _grid(rows)
        case Marked(body):
            return _say(body)
        case Space():
            return ""
    raise TypeError(f"not a box: {box!r}")


def _row(items: tuple[Box, ...]) -> str:
    """Side by side; what a named function is of is told without its parentheses."""
    said: list[str] = []
    for k, item in enumerate(items):
        if k and isinstance(items[k - 1], FunctionName) and isinstance(item, Fenced) and item.left == "(":
            said.append(f"{'' if items[k - 1] in OF else 'of '}{_say(item.body)}{_end(item.body)}")
        else:
            said.append(_say(item))
    return " ".join(said)


def _letter(name: str, font: str) -> str:
    said = glyphs.letter(name).spoken
    capital = "capital " if len(said) == 1 and said.isupper() else ""
    return f"{FONTS.get(font, '')}{capital}{said}"


def _scripts(base: Box, sub: Box | None, sup: Box | None) -> str:
    said = _say(base)
    match base, sub:
        case Fenced(""), Box():
            return f"{said} {_say(sub)},"
        case Fenced("[", body), Box():
            said, sub = f"element {_say(sub)} of {_say(body)}{_end(body)}", None
        case Fenced("‖", body), (Digits() | Letter("F")):
            kind = "Frobenius" if sub == Letter("F") else _say(sub)
            said, sub = f"the {kind} norm of {_say(body)}{_end(body)}", None
    if sub is not None:
        said += f" sub {_say(sub)}"
    if sup is None:
        return said
    match sup:
        case Letter("T", ""):
            return said + " transpose"
        case Digits(text) if text in POWERS:
            return f"{said} {POWERS[text]}"
        case RowOf((Operator("-"), Digits("1"))):
            return said + " inverse"
        case RowOf((Operator("-"), Letter("T", ""))):
            return said + " inverse transpose"
        case RowOf((Operator("prime"), Operator("prime"))):
            return said + " double prime"
        case Operator("prime"):
            return said + " prime"
        case RowOf((Operator("odot" | "circ"), *power)):
            return f"{said} to the element-wise power {_say(RowOf(tuple(power)))}"
        case Fenced("(", Digits(order)):
            return f"derivative {order} of {said}"
    return f"{said} to the power {_say(sup)}{_end(sup)}"


def _end(box: Box) -> str:
    """A pause after anything longer than a letter, so that one hears where it ends."""
    return "," if isinstance(box, RowOf) and len(box.items) > 1 else ""


def _fraction(num: Box, den: Box) -> str:
    if isinstance(num, Digits) and isinstance(den, Digits) and den.digits in DENOMINATORS:
        one, several = DENOMINATORS[den.digits]
        return f"one {one}" if num.digits == "1" else f"{num.digits} {several}"
    if isinstance(den, RowOf) and _is_differential(den.items[0]):
        return _derivative(num, den.items)
    if isinstance(num, RowOf) or isinstance(den, RowOf):
        return f"the fraction {_say(num)} over {_say(den)}, end of fraction,"
    return f"{_say(num)} over {_say(den)}"


def _is_differential(box: Box) -> bool:
    return box in (Letter("d"), Letter("partial"))


def _derivative(num: Box, below: tuple[Box, ...]) -> str:
    """ "the second partial derivative of u by x and y": the order is told by the sign above."""
    sign, *body = num.items if isinstance(num, RowOf) else (num,)
    times = _say(sign.sup) if isinstance(sign, Scripts) and sign.sup is not None else ""
    order = ORDERS.get(times, f"order {times} ") if times else ""
    said = f"the {order}{'derivative' if below[0] == Letter('d') else 'partial derivative'}"
    variables = [box for box in below if not isinstance(box, Space) and not _is_differential(box)]
    by = " and ".join(_repeated(v) for v in variables)
    if not body:
        return f"{said} by {by} of"
    of = body[0].body if isinstance(body[0], Fenced) and len(body) == 1 else RowOf(tuple(body))
    return f"{said} of {_say(of)}{_end(of)} by {by},"


def _repeated(variable: Box) -> str:
    """x² below the line is x twice."""
    match variable:
        case Scripts(base, sub, Digits(count)):
            return f"{_say(Scripts(base, sub) if sub else base)} {'twice' if count == '2' else f'{count} times'}"
    return _say(variable)


def _fenced(left: str, body: Box, right: str) -> str:
    if left == right == "‖":
        return f"the norm of {_say(body)}{_end(body)}"
    if left == right == "|":
        return f"the absolute value of {_say(body)}{_end(body)}"
    if not left:
        return f"{_say(body)} evaluated at"
    return f"{FENCES.get(left, left)} {_say(body)} {FENCES.get(right, right)}"


def _big(name: str, lower: Box | None, upper: Box | None, body: Box) -> str:
    said = BIG.get(name, name)
    if lower is not None:
        over = _say(lower).replace(" equals ", " from ", 1)
        said += f" over {over}"
    if upper is not None:
        said += f" to {_say(upper)}"
    return f"{said} of {_say(body)}"


def _grid(rows: tuple[tuple[Box, ...], ...]) -> str:
    lines = "; ".join(", ".join(_say(cell) for cell in line) for line in rows)
    return f"the {len(rows)} by {max(len(line) for line in rows)} matrix with rows {lines},"
