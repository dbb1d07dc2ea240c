"""Applications: named functions, generic functions, functions that the statement defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.named_functions import element_by_element, named_function
from derivgen.latex.scope import Entry, IndexLetter, Meaning, Typed, scalar
from derivgen.latex.sizes import Extents, Unknown, is_scalar, resolve, show
from derivgen.latex.survey import is_capital
from derivgen.notation.names import name_box
from derivgen.terms.nodes import (
    Derivative,
    El,
    Entries,
    Fn,
    Frac,
    Gen,
    Name,
    Num,
    Plus,
    Pow,
    Term,
    Times,
    Tp,
)

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan"}
HYPERBOLIC = frozenset({"sinh", "cosh", "tanh"})
GUESSED_FUNCTIONS = frozenset({"f", "g", "h", "phi", "psi", "varphi", "F", "G", "H", "L", "sigma"})


# ------------------------------------------------------------------------------------------- call or product
NAMES_OF_ARGUMENTS = "uaszvqp"
"""Letters for what a function is applied to, the first that the statement does not use."""


def head_name(head: sx.Syntax) -> Name | None:
    match head:
        case sx.Symbol(name):
            return name
        case sx.Primed(base):
            return head_name(base)
        case sx.Superscript(base, exponent) if isinstance(exponent, sx.Fenced):
            return head_name(base)
        case sx.Subscript():
            return letters.full_name(None, head)
    return None


def operand_core(node: sx.Syntax) -> sx.Syntax:
    while isinstance(node, (sx.Subscript, sx.Superscript, sx.Transpose, sx.Primed)):
        node = node.base
    return node.body if isinstance(node, sx.Fenced) else node


def is_application(r: Reading, node: sx.MaybeCall) -> bool:
    """Whether ``f(x)`` applies f: f is defined or declared as a function, or is written only that way."""
    name = head_name(node.head)
    if name is None:
        return False
    scope = r.scope
    entry = scope.find(name)
    if entry is not None:
        if entry.kind in ("function", "logistic"):
            return True
        if entry.meaning is not None and entry.meaning.params:
            return True
        if entry.depends or (entry.meaning is not None and same_letters(entry, operand_core(node.operand))):
            return sx.Fenced("(", sx.Tuple(tuple(entry.depends)), ")") != node.operand or True
        if name in scope.maps and entry.meaning is None:
            return mapped(r, entry, node)
        if scope.known(name):
            return False
    if name in r.params or (name in scope.survey.standing and not is_curve(name, node)):
        return False
    if isinstance(node.head, sx.Primed):
        return not scope.prime_transposes
    inside = operand_core(node.operand)
    if isinstance(inside, (sx.Tuple, sx.Symbol)):
        return True
    if isinstance(inside, sx.MaybeCall) and name in scope.survey.differentiated:
        return head_name(inside.head) in scope.survey.variables  # v(g(x)) where dv/dg occurs
    return name.letter in GUESSED_FUNCTIONS and name.font in ("", "cal")


def is_curve(name: Name, node: sx.MaybeCall) -> bool:
    r"""Whether it is ``\mathbf x(t)``: a vector or matrix that depends on a scalar."""
    inside = operand_core(node.operand)
    return name.font in ("bold", "vec") and isinstance(inside, sx.Symbol) and not inside.name.font


def mapped(r: Reading, entry: Entry, node: sx.MaybeCall) -> bool:
    """``f(x)`` of f: Rⁿ → R that no formula gives: an undetermined function of x, and of nothing else."""
    items = tuple(named_argument(r, i) for i in sx.items(operand_core(node.operand)))
    if not all(isinstance(i, (sx.Symbol, sx.Subscript)) for i in items):
        message = f"{entry.name.letter} is applied to an expression in vectors, but no formula gives it"
        raise r.fault(errors.Unsupported, message, node.span, f"define {entry.name.letter} by a formula")
    spaces, letter = r.scope.maps[entry.name], entry.name.letter
    known = [e.shape for i in items if (n := letters.full_name(r.scope, i)) and (e := r.scope.find(n)) and e.shape]
    if len(items) > spaces and not all(is_scalar(s) for s in known):  # f: R^2 → R may be written f(x, y)
        told = f"{letter} has {spaces} argument{'s' * (spaces > 1)}, not {len(items)}"
        raise r.fault(errors.ShapeFault, told, node.span, f"declare {letter} on a product of spaces, one for each")
    entry.depends = list(items)
    return True


def named_argument(r: Reading, item: sx.Syntax) -> sx.Syntax:
    """The ``u`` that the statement defines as the ``Wx`` of h(Wx); where it has no name it gets one."""
    if isinstance(item, (sx.Symbol, sx.Subscript)):
        return item
    scope = r.scope
    for known in scope.entries.values():
        if known.meaning is not None and known.meaning.body == item and not known.meaning.params:
            return sx.Symbol(known.name, span=item.span)
    shape = r.child({}).read(item).shape
    taken = {n.letter for n in scope.survey.bare} | scope.survey.letters | set(scope.sizes)
    letter = next((x for x in NAMES_OF_ARGUMENTS if x not in taken), None)
    if letter is None or is_scalar(shape):
        return item
    name = Name(letter, "bold")
    scope.entry(name, item.span).meaning = Meaning(item, span=item.span)
    scope.note(name_box(name), " stands for ", item, ".")
    return sx.Symbol(name, span=item.span)


def same_letters(entry: Entry, core: sx.Syntax) -> bool:
    """``E(t)`` where E is defined through a formula in t: only symbols in the parentheses."""
    return all(isinstance(item, sx.Symbol) for item in sx.items(core)) and entry.meaning is not None


def applied(r: Reading, node: sx.Syntax) -> sx.Call | None:
    """The application of a letter to arguments that a node is, without scripts behind it."""
    if isinstance(node, sx.MaybeCall) and is_application(r, node):
        node = sx.as_call(node)
    return node if isinstance(node, sx.Call) and isinstance(node.head, (sx.Symbol, sx.Subscript)) else None


def is_unspecified(r: Reading, node: sx.Call) -> bool:
    """Whether nothing but its arguments is known of the function that is applied."""
    name = head_name(node.head)
    entry = r.scope.find(name) if name is not None else None
    if entry is None:
        return name is not None and (name.letter != "sigma" or len(node.args) > 1)
    known = entry.meaning is not None or entry.depends or entry.shape is not None
    return entry.kind != "logistic" and (entry.kind == "function" or not known)


def partial_of(term: Term, orders: tuple[int, ...]) -> Term:
    """An unspecified function with the orders of its derivatives by each argument."""
    assert isinstance(term, Gen)
    return Gen(term.name, orders, *term.operands)


def read_maybe_call(r: Reading, node: sx.MaybeCall) -> Typed:
    if is_application(r, node):
        return r.read(sx.as_call(node))
    return r.read(sx.as_product(node))


# -------------------------------------------------------------------------------------------------- the calls
def read_function_name(r: Reading, node: sx.FunctionName) -> Typed:
    raise r.fault(errors.SyntaxFault, f"{node.name} stands without an argument", node.span)


def read_call(r: Reading, node: sx.Call) -> Typed:
    head = node.head
    match head:
        case sx.FunctionName(name):
            return function_of(r, name, node)
        case sx.Superscript(sx.FunctionName(name), sx.Negative(sx.Number("1"))) if name in INVERSES:
            return named_function(r, INVERSES[name], node)
        case sx.Superscript(sx.FunctionName(name), sx.Negative(sx.Number("1"))) if name in HYPERBOLIC:
            raise r.fault(
                errors.Ambiguous, f"\\{name}^{{-1}} can be the inverse function or the reciprocal",
                head.span, f"write 1/\\{name}, or the inverse function by its name",
            )  # fmt: skip
        case sx.Superscript(sx.FunctionName(name), exponent):
            inside = function_of(r, name, sx.Call(head.base, node.args, span=node.span))
            power = r.read(exponent)
            return Typed(inside.shape, lambda: Pow(inside.build(), power.build()))
        case sx.Subscript(sx.FunctionName("log" | "lg"), base):
            inside, root = named_function(r, "log", node), r.read(base)
            return Typed(inside.shape, lambda: Frac(inside.build(), Fn("log", root.build())))
    symbol = head_name(head)
    if symbol is None:
        raise r.fault(errors.Unsupported, "this cannot be applied to an argument", head.span)
    return symbol_call(r, symbol, node)


def function_of(r: Reading, name: str, node: sx.Call) -> Typed:
    """A function by its name: the one that the statement defines, if it does."""
    own = r.scope.find(Name(name, "roman"))
    if own is not None and own.meaning is not None:
        return call_definition(r, own, node)
    return named_function(r, name, node)


def symbol_call(r: Reading, name: Name, node: sx.Call) -> Typed:
    """A letter applied to arguments."""
    head, scope = node.head, r.scope
    order = head.count if isinstance(head, sx.Primed) else 0
    if isinstance(head, sx.Superscript) and isinstance(head.exponent, sx.Fenced):
        body = head.exponent.body
        order = int(body.text) if isinstance(body, sx.Number) and body.text.isdigit() else 0
    entry = scope.find(name)
    if entry is None and name.letter == "sigma" and len(node.args) == 1:
        entry = scope.entry(name, head.span)
        entry.kind, entry.declared, entry.why = "logistic", True, "default"
        scope.note(head, " was taken as the logistic function.")
    if entry is not None and entry.kind == "logistic":
        return logistic(r, order, node)
    if entry is not None and entry.meaning is not None:
        if order:
            return derivative_of(r, entry, order, node.args, node.span)
        return call_definition(r, entry, node)
    if entry is not None and entry.kind != "function" and (entry.depends or entry.shape is not None):
        whole = dependent(r, entry, node)
        return slope_of(r, whole, order, node) if order else whole
    return generic(r, name, order, node)


def logistic(r: Reading, order: int, node: sx.Call) -> Typed:
    arg = r.read(node.args[0])
    if not is_scalar(arg.shape):
        element_by_element(r, arg, node)
    if order:
        if order == 1 and is_scalar(arg.shape):
            return scalar(lambda: sigmoid_slope(Fn("sigmoid", arg.build())))
        raise r.fault(errors.Unsupported, "this derivative of the logistic function is not supported here", node.span)
    return Typed(arg.shape, lambda: Fn("sigmoid", arg.build()))


def sigmoid_slope(s: Term) -> Term:
    return Times(s, Plus(Num(1), Times(Num(-1), s)))


def generic(r: Reading, name: Name, order: int, node: sx.Call) -> Typed:
    """An undetermined function of scalars, element by element on vectors."""
    entry = r.scope.entry(name, node.head.span)
    args = [r.read(a) for a in node.args]
    if name.font in ("bold", "vec") and not order and entry.shape is None and all(is_scalar(a.shape) for a in args):
        entry.shape = (Unknown(), Unknown() if is_capital(name) else 1)
        return dependent(r, entry, node)
    shape: Extents = next((a.shape for a in args if not is_scalar(a.shape)), (1, 1))
    if not is_scalar(shape) and not entry.declared and not r.scope.elementwise:
        message = f"{name.letter} of a vector: it may act element by element or give a scalar"
        declared = f"{name.letter}:\\mathbb{{R}}^n\\to\\mathbb{{R}}"
        hint = f"say that ${name.letter}$ is applied element-wise, or declare ${declared}$"
        raise r.fault(errors.Ambiguous, message, node.head.span, hint)
    entry.kind = "function"
    for a, arg in zip(args, node.args, strict=True):
        told = lambda a=a: f"arguments of shapes {show(shape)} and {show(a.shape)}"  # noqa: E731
        r.scope.agree(shape[0], a.shape[0], arg.span, told)
        r.scope.agree(shape[1], a.shape[1], arg.span, told)
    orders = (order, *(0 for _ in args[1:]))
    if order and len(args) > 1:
        raise r.fault(
            errors.Ambiguous, f"by which argument is {name.letter} differentiated?", node.span, "write it as ∂f/∂x"
        )
    return Typed(shape, lambda: Gen(name, orders, *(a.build() for a in args)))


def dependent(r: Reading, entry: Entry, node: sx.Call) -> Typed:
    """An undetermined scalar or vector function such as L(z), applied to letters: the symbol, which depends on them."""
    for given in node.args:
        arg = named_argument(r, given) if letters.full_name(r, given) is None else given
        name = letters.full_name(r, arg)
        if name is None:
            words = r.scope.words(arg.span)
            message = f"the undetermined function {entry.name.letter} of the expression {words} is not supported"
            raise r.fault(errors.Unsupported, message, arg.span, "give the argument a name of its own: where $u=…$")
        if not entry.depends or all(letters.full_name(r, d) != name for d in entry.depends):
            entry.depends.append(arg)
    return letters.symbol(r, entry)


def slope_of(r: Reading, whole: Typed, order: int, node: sx.Call) -> Typed:
    """``x'(t)`` of a vector that depends on t: a column as the vector is, whatever the layout makes of dx/dt."""
    arg = r.read(node.args[0])
    if order > 1 or len(node.args) > 1 or not is_scalar(arg.shape):
        raise r.fault(errors.Unsupported, "this derivative is not read in primes", node.span, "write it as ∂f/∂x")
    row = r.scope.layout == "denominator" and resolve(whole.shape[1]) == 1 and not is_scalar(whole.shape)

    def build() -> Term:
        slope = Derivative(whole.build(), arg.build(), r.scope.layout)
        return Tp(slope) if row else slope

    return Typed(whole.shape, build)


def call_definition(r: Reading, entry: Entry, node: sx.Call) -> Typed:
    """A function that the statement defines: its own name where the arguments are its parameters."""
    meaning = entry.meaning
    assert meaning is not None
    own = not any(letters.full_name(r, p) in r.params for p in meaning.params)
    if (not meaning.params or tuple(node.args) == meaning.params) and own:
        return r.entry_typed(entry)
    if len(node.args) != len(meaning.params):
        told = f"{entry.name.letter} has {len(meaning.params)} arguments, not {len(node.args)}"
        raise r.fault(errors.ShapeFault, told, node.span)
    args = [r.read(a) for a in node.args]
    return apply(r, entry, args, node)


def apply(r: Reading, entry: Entry, args: list[Typed], node: sx.Syntax) -> Typed:
    """The body with values for the parameters; a function of scalars acts on vectors element by element."""
    meaning = entry.meaning
    assert meaning is not None
    names = [letters.full_name(r, p) or Name("?") for p in meaning.params]
    wide = next(
        (a for a, n in zip(args, names, strict=True) if not is_scalar(a.shape) and scalar_by_nature(r, n)), None
    )
    if wide is None:
        return r.child(dict(zip(names, args, strict=True))).read(meaning.body)
    element_by_element(r, wide, node)
    rows, cols = wide.shape
    i = r.bind("i", rows)
    j = r.bind("j", cols) if resolve(cols) != 1 else None
    r.around |= {at.shown for at in (i, j) if at is not None}
    cells = [a if is_scalar(a.shape) else cell(a, i, j) for a in args]
    body = r.child(dict(zip(names, cells, strict=True))).read(meaning.body)
    return Typed(wide.shape, lambda: Entries(body.build(), i.idx(), j.idx() if j else 1))


def cell(arg: Typed, i: IndexLetter, j: IndexLetter | None) -> Typed:
    return scalar(lambda: El(arg.build(), i.idx(), j.idx() if j else 1))


def scalar_by_nature(r: Reading, name: Name) -> bool:
    entry = r.scope.find(name)
    if entry is not None and entry.shape is not None:
        return is_scalar(entry.shape)
    return name.font not in ("bold", "vec") and name not in r.scope.survey.ranks and not is_capital(name)


def derivative_of(r: Reading, entry: Entry, order: int, args: tuple[sx.Syntax, ...], span: Span) -> Typed:
    """``h'(t)`` of a defined function of one scalar, at its own parameter."""
    meaning = entry.meaning
    assert meaning is not None
    if len(meaning.params) != 1 or tuple(args) != meaning.params:
        raise r.fault(
            errors.Unsupported, f"the derivative of {entry.name.letter} at another argument is not supported", span
        )
    var, body = r.read(meaning.params[0]), r.entry_typed(entry)
    if not is_scalar(var.shape):
        raise r.fault(
            errors.Unsupported, "a prime stands for the derivative by a scalar only", span, "write ∇f or df/dx"
        )

    def build() -> Term:
        term = body.build()
        for _ in range(order):
            term = Derivative(term, var.build(), r.scope.layout)
        return term

    return Typed(body.shape, build)
