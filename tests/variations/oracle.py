"""What the answers to a variation must be: the original's values, and finite differences of what is differentiated.

Nothing here knows the rules.  The original and its kin are evaluated side by side, each symbol of the kin having the
value of the symbol that it stands for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from derivgen.arrays import array_value
from derivgen.derivation import Derivation, Problem, Solution
from derivgen.errors import InputError
from derivgen.latex.printer import latex
from derivgen.samples import free_indices, sample, size_value
from derivgen.tasks import Steepest
from derivgen.terms.nodes import At, Derivative, El, Hessian, Sym, Term
from derivgen.terms.positions import FixedIdx
from derivgen.writers.json_record import answer_record, numpy_or_none, question_numpy
from tests.variations.kin import Kin

VALUES = (4, 3, 5, 2, 6, 7)
OTHER_VALUES = (2, 4, 3, 6, 5, 7)
STEP = 1e-2
STENCIL = ((-3, -1 / 60), (-2, 3 / 20), (-1, -3 / 4), (1, 3 / 4), (2, -3 / 20), (3, 1 / 60))
OPEN = re.compile(r"(?<!\w)d\d?[A-Za-z]\w*_d")
"""A derivative in an answer that is left as it is."""
Scope = Mapping[str, Any]


def bare(latex: str) -> str:
    return re.sub(r"[{}\s]|\\,", "", latex)


# ---------------------------------------------------------------------------------- the original beside its kin
def names(original: Problem, kin: Problem, how: Kin) -> dict[str, str]:
    """The kin's plain name of every symbol and size of the original; a size that became a number has that number."""
    found: dict[str, str] = {}
    mine: dict[str, list[str]] = {}
    for symbol in kin.symbols:
        mine.setdefault(bare(symbol.latex), []).append(symbol.name)
    for d in kin.definitions:
        mine.setdefault(bare(latex(d.symbol)), []).append(d.name)
    for d in original.definitions:
        found |= dict(zip([d.name], mine.get(bare(how.renamed(latex(d.symbol))), []), strict=False))
    for symbol in original.symbols:
        candidates = mine.get(bare(how.renamed(symbol.latex)), [])
        if candidates:
            found[symbol.name] = candidates.pop(0) if len(candidates) > 1 else candidates[0]
    return found


def size_names(original: Problem, kin: Problem, how: Kin) -> dict[str, str]:
    mine = {bare(written): name for name, written in kin.sizes}
    renamed = {name: bare(how.renamed(written)) for name, written in original.sizes}
    return {name: mine.get(new, new) for name, new in renamed.items()}


def chosen_sizes(original: Problem, how: Kin, values: tuple[int, ...]) -> tuple[int, ...]:
    """A value for every size of the original: the number that it became, else one for each letter of the kin."""
    given: dict[str, int] = {}
    free = iter(values)
    out = []
    for _, written in original.sizes:
        new = bare(how.renamed(written))
        out.append(int(new) if new.isdigit() else given[new] if new in given else given.setdefault(new, next(free)))
    return tuple(out)


def moved_scope(theirs: Scope, one: Derivation, kin: Derivation, how: Kin) -> dict[str, Any]:
    """The scope of the kin's answer, from that of the original."""
    letters = names(one.problem, kin.problem, how)
    sizes = size_names(one.problem, kin.problem, how)
    shapes = {s.name: s.shape for s in kin.problem.symbols}
    turned = {s.name for s in one.problem.symbols if re.sub(r"\\\w+|[{}]", "", s.latex) in how.turned}
    out: dict[str, Any] = {}
    for name, value in theirs.items():
        if name in sizes:
            if not sizes[name].isdigit():
                out[sizes[name]] = value
        elif name in letters:
            value = value.T if name in turned else value
            new = letters[name]
            if isinstance(value, np.ndarray) and new in shapes and len(shapes[new]) != value.ndim:
                value = fitted(value, len(shapes[new]))
            out[new] = value
        else:
            out[composed(name, letters, how)] = value
    return out


def agreed(scope: dict[str, Any], one: Derivation, kin: Derivation, how: Kin) -> dict[str, Any]:
    """The same value for symbols of the original that are one symbol of the kin (A of two sizes that became one)."""
    first: dict[str, str] = {}
    for name, new in names(one.problem, kin.problem, how).items():
        other = first.setdefault(new, name)
        if other in scope and name in scope and np.shape(scope[other]) == np.shape(scope[name]):
            scope[name] = scope[other]
    return scope


def fitted(value: Any, axes: int) -> Any:
    """A vector declared with two axes, a vector of one element as a number."""
    if axes == 0:
        return value.item() if value.size == 1 else value
    return value.reshape(-1) if axes == 1 else value.reshape(-1, 1)


def composed(name: str, letters: Mapping[str, str], how: Kin) -> str:
    """f_prime, dz_dy, x_t: names made of other names."""
    for above, below in itertools.product(letters, repeat=2):
        for power in ("", "2"):
            if name == f"d{power}{above}_d{below}{power}":
                return f"d{power}{letters[above]}_d{letters[below]}{power}"
    head, *rest = name.split("_")
    own = letters.get(head) or plain(head, how)
    return "_".join([own, *(r if len(r) > 3 else plain(r, how) for r in rest)])


def plain(letter: str, how: Kin) -> str:
    """t, and t + 1 as it stands in names (tp1)."""
    found = re.fullmatch(r"([a-zA-Z])([pm]\d)?", letter)
    return bare(how.renamed(found[1])).lstrip("\\") + (found[2] or "") if found else letter


def differing_functions(scope: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """Stand-ins that tell one function of the statement from another."""
    heads = [s.name for s in problem.symbols if s.role == "function" or s.term is None]
    for n, name in enumerate(heads):
        c = 1.1 + 0.3 * n
        scope[name] = lambda *a, c=c: (
            sum(np.sin(c * x) + 0.2 * x**2 for x in a) + (0.3 * np.prod(np.stack(a), axis=0) if a[1:] else 0)
        )
        scope[f"{name}_prime"] = scope[f"{name}_d1"] = lambda *a, c=c: (
            c * np.cos(c * a[0]) + 0.4 * a[0] + (0.3 * np.prod(np.stack(a[1:]), axis=0) if a[1:] else 0)
        )
        scope[f"{name}_d2"] = lambda x, y, c=c: c * np.cos(c * y) + 0.4 * y + 0.3 * x
        scope[f"{name}_second"] = lambda x, c=c: 0.4 - c * c * np.sin(c * x)
    return scope


def expression(derivation: Derivation) -> str | None:
    found = (answer_record(derivation) or {}).get("numpy")
    return str(found) if found else None


def compared(one: Derivation, kin: Derivation, how: Kin) -> str | None:
    """What differs between the kin's answer and what the original's says it is; "" where they agree, None where there
    is nothing to compare."""
    theirs, ours = expression(one), expression(kin)
    if theirs is None and ours is None:
        return None
    if how.layout not in ("", one.layout) and not turned_whole(one, how):
        return None  # the same derivative, arranged otherwise: finite differences tell
    if theirs is None or ours is None:
        return f"one has no value: {theirs}, {ours}"
    if one.goal.kind == "shape":
        letters = size_names(one.problem, kin.problem, how)
        wanted = re.sub(r"[A-Za-z]\w*", lambda m: letters.get(m[0], m[0]), theirs)
        return "" if wanted == ours else f"the shape is {ours}, not {wanted}"
    if how.scale is None or (how.kind == "a size made one" and one.layout == "jacobian"):
        return None
    left: set[int] = set()  # by what all the points so far allow the two to differ: one factor everywhere
    for values, seed in itertools.product((VALUES, OTHER_VALUES), range(2)):
        trouble = compared_at(one, kin, how, chosen_sizes(one.problem, how, values), seed, left)
        if trouble:
            return f"{trouble}: {ours} and {theirs}"
    return ""


def turned_whole(one: Derivation, how: Kin) -> bool:
    """Whether all that is differentiated is the transpose of the original's: what numerator layout is to the other, but
    for a matrix by a scalar."""
    question = one.goal.question
    matrix = isinstance(question, Derivative) and 1 not in question.body.shape
    return (one.layout, how.layout) == ("denominator", "numerator") and one.goal.kind == "derivative" and not matrix


def transposed(value: Any) -> Any:
    """A matrix turned, a row as a list and a list as a row."""
    value = np.asarray(value, dtype=float)
    if value.ndim == 1:
        return value[None, :]
    return value.reshape(-1) if value.ndim == 2 and value.shape[0] == 1 else value.T


def compared_at(one: Derivation, kin: Derivation, how: Kin, sizes: tuple[int, ...], seed: int, left: set[int]) -> str:
    theirs, ours = str(expression(one)), str(expression(kin))
    bound, scope = sample(one, sizes, np.random.default_rng(seed), positive=True)
    scope = agreed(differing_functions(scope, one.problem), one, kin, how)
    mine = moved_scope(scope, one, kin, how)
    turn = how.layout not in ("", one.layout)
    if turn:
        mine = {k: transposed(v) if OPEN.match(k) and isinstance(v, np.ndarray) else v for k, v in mine.items()}
    free = sorted(free_indices(one), key=lambda i: i.letter)
    for places in itertools.product(*(range(size_value(i.size, bound)) for i in free)):
        here = {i.letter: p for i, p in zip(free, places, strict=True)}
        there = {bare(how.renamed(letter)): p for letter, p in here.items()}
        scales = multiples(one, kin, how, {**scope, **here}, {**mine, **there})
        try:
            expected = np.asarray(array_value(theirs, {**scope, **here}))
            expected = transposed(expected) if turn else expected
            found = np.asarray(array_value(ours, {**mine, **there}))
        except (InputError, ValueError, IndexError) as error:
            return f"cannot be evaluated ({error})"
        if how.kind == "a size made one" and found.size != expected.size:
            continue  # a matrix of one column is a vector: its derivative has a form of its own
        if found.squeeze().shape != expected.squeeze().shape or (
            how.kind != "a size made one" and found.shape != expected.shape
        ):
            return f"the shape is {found.shape}, not {expected.shape}"
        if isinstance(one.goal.task, Steepest):
            found, expected = found / np.linalg.norm(found), expected / np.linalg.norm(expected)
        right = [c for c in scales if np.allclose(found.reshape(expected.shape), c * expected, rtol=1e-7, atol=1e-9)]
        if not right:
            return "the values differ"
        if len(right) == 1 and left and right[0] not in left:
            return "the values differ by several factors"
        left |= set(right) if len(right) == 1 else set()  # zero is any multiple of zero
    return ""


def multiples(one: Derivation, kin: Derivation, how: Kin, scope: Scope, mine: Scope) -> tuple[int, ...]:
    """By what the kin's answer may differ: the ratio of what is differentiated, where that has a value."""
    if how.scale == 1 or isinstance(one.goal.task, Steepest):
        return (1,)
    if OPEN.search(str(expression(kin))):
        return (1, how.scale or 1)  # it keeps derivatives that may hold the factor
    try:
        before = np.asarray(array_value(str(question_numpy(one.goal, one.problem)), scope), dtype=float)
        after = np.asarray(array_value(str(question_numpy(kin.goal, kin.problem)), mine), dtype=float)
    except (InputError, ValueError, IndexError, TypeError):
        return (1, how.scale or 1)
    found = tuple(c for c in (1, how.scale or 1) if np.allclose(after, c * before))
    return found or (0,)


# ------------------------------------------------------------------------------------------ finite differences
def differences(derivation: Derivation, values: tuple[int, ...] = VALUES) -> str | None:
    """What differs between an answer and finite differences of the question; None where there are none to take."""
    body, answer = question_numpy(derivation.goal, derivation.problem), expression(derivation)
    by = derivation.goal.wrt
    question = derivation.goal.question
    if derivation.goal.kind == "shape" or OPEN.search(answer or ""):
        return None
    point: dict[str, Any] = {}
    bound, scope = sample(derivation, values, np.random.default_rng(7), positive=True)
    if isinstance(question, At):
        question, point = inside(question, derivation, scope)
        body = question_numpy(replace(derivation.goal, question=question), derivation.problem)
    if body is None or answer is None or not by or not isinstance(question, Derivative | Hessian):
        return None
    bound, scope = sample(derivation, values, np.random.default_rng(7), positive=True)
    scope = differing_functions(scope, derivation.problem) | point
    plain = {s.term: s.name for s in derivation.problem.symbols if s.term is not None}
    plain |= {s.term.bare: s.name for s in derivation.problem.symbols if hasattr(s.term, "bare")}
    where = [at(v, plain) for v in by]
    if any(w is None for w in where):
        return None
    for here in places(derivation, bound):
        try:
            found = np.asarray(array_value(answer, {**scope, **here}), dtype=float)
            wanted = taken(body, {**scope, **here}, [w for w in where if w], question, derivation.layout)
        except (InputError, ValueError, IndexError, TypeError) as error:
            return f"cannot be evaluated ({type(error).__name__} {error}): {answer}"
        if wanted is None:
            return None
        if isinstance(derivation.goal.task, Steepest):
            found = found / np.linalg.norm(found)
            wanted = (-wanted if derivation.goal.task.down else wanted) / np.linalg.norm(wanted)
        if wanted.shape != found.shape:
            return f"the shape of {answer} is {found.shape}, that of the differences {wanted.shape}"
        if not np.allclose(found, wanted, rtol=1e-4, atol=1e-5):
            return f"{answer} differs from finite differences"
    return ""


def inside(question: At, derivation: Derivation, scope: Scope) -> tuple[Term, dict[str, Any]]:
    """What is evaluated, and the values of the symbols at the point."""
    point = {}
    for symbol, where in question.bindings:
        name = next((s.name for s in derivation.problem.symbols if s.term == symbol), "")
        found = numpy_or_none(where, derivation.problem)
        if name and found is not None:
            value = np.asarray(array_value(found, scope), dtype=float)
            point[name] = value if value.ndim else float(value)
    return question.body, point


def at(variable: Term, plain: Mapping[Term, str]) -> tuple[str, tuple[Any, ...]] | None:
    """The plain name of a variable, and the positions of its element."""
    if isinstance(variable, El):
        inner = variable.term
        spots = [p for p, size in zip((variable.i, variable.j), inner.shape, strict=True) if size != 1]
        name = plain.get(inner)
        return (name, tuple(spots)) if name and not any(isinstance(p, FixedIdx) for p in spots) else None
    name = plain.get(variable)
    return (name, ()) if name and isinstance(variable, Sym) else None


def places(derivation: Derivation, bound: Mapping[str, int]) -> Iterator[dict[str, int]]:
    free = sorted(derivation.goal.question.free, key=lambda i: i.letter)
    for spots in itertools.product(*(range(size_value(i.size, bound)) for i in free)):
        yield {i.letter: p for i, p in zip(free, spots, strict=True)}


def taken(body: str, scope: dict[str, Any], by: list[tuple[str, tuple[Any, ...]]], question: Term, layout: str) -> Any:
    """The derivative of the body in the arrangement of the layout."""
    if any(spots for _, spots in by):
        if len(by) > 1:
            return None
        name, spots = by[0]
        index = tuple(scope[p.letter] if hasattr(p, "letter") else p - 1 for p in spots)
        return slope(lambda s: value(body, s), scope, name, index)
    names_ = [name for name, _ in by]
    if isinstance(question, Hessian):
        return hessian(body, scope, names_)
    if all(np.ndim(scope[n]) == 0 for n in names_):
        count, inner = 0, question
        while isinstance(inner, Derivative):
            count, inner = count + 1, inner.body
        if count > 1:
            return nested(body, scope, names_ if len(names_) == count else names_ * count)
    if len(names_) > 1:
        cols = [slope(lambda s: value(body, s), scope, n, ()) for n in names_]
        out = np.stack(cols)
        return out if layout != "numerator" or out.ndim > 1 else out[None, :]
    return arranged(body, scope, names_[0], layout)


def value(body: str, scope: Scope) -> Any:
    return np.asarray(array_value(body, scope), dtype=float)


def slope(function: Any, scope: Scope, name: str, index: tuple[int, ...]) -> Any:
    def moved(step: float) -> Scope:
        new = np.array(scope[name], dtype=float)
        new[index] += step
        return {**scope, name: new if new.ndim else float(new)}

    return sum(w * function(moved(k * STEP)) for k, w in STENCIL) / STEP


def nested(body: str, scope: Scope, by: list[str]) -> Any:
    def function(s: Scope, rest: list[str]) -> Any:
        return slope(lambda t: function(t, rest[1:]), s, rest[0], ()) if rest else value(body, s)

    return function(scope, by)


def hessian(body: str, scope: Scope, by: list[str]) -> Any:
    spots = [(n, i) for n in by for i in np.ndindex(np.shape(scope[n]))]
    table = [[slope(lambda s, b=b: slope(lambda t: value(body, t), s, *b), scope, *a) for b in spots] for a in spots]
    return np.array(table)


def arranged(body: str, scope: Scope, name: str, layout: str) -> Any:
    y, x = value(body, scope), np.asarray(scope[name])
    if x.ndim == 2 and 1 in x.shape and y.ndim:
        table = np.array([slope(lambda s: value(body, s), scope, name, i).ravel() for i in np.ndindex(x.shape)])
        return table if layout == "denominator" else table.T
    full = np.array([slope(lambda s: value(body, s), scope, name, i) for i in np.ndindex(x.shape)])
    flat = y.ndim < 2 or 1 in y.shape
    if x.ndim == 0:
        if y.ndim == 0 or not flat:
            return full[0]
        return full[0].reshape(1, -1) if layout == "denominator" else full[0].reshape(-1)
    if y.ndim == 0:
        out = full.reshape(x.shape)
        return (out[None, :] if x.ndim == 1 else out.T) if layout == "numerator" else out
    if x.ndim == 1 and flat:
        table = full.reshape(len(x), -1)
        return table if layout == "denominator" else table.T
    return compressed(full.reshape(*x.shape, -1), layout) if flat and x.ndim == 2 else None


def compressed(full: Any, layout: str) -> Any:
    """d(Xv)/dX as v^T and d(v^T X)/dX as v, where the full derivative is of that kind."""
    m, n, k = full.shape
    rows = k == m and np.allclose(full, np.eye(m)[:, None, :] * full[0, :, 0][None, :, None], atol=1e-6)
    columns = k == n and np.allclose(full, np.eye(n)[None, :, :] * full[:, 0, 0][:, None, None], atol=1e-6)
    if rows == columns:
        return None
    if rows:
        return full[0, :, 0][None, :] if layout != "numerator" else full[0, :, 0]
    return full[:, 0, 0] if layout != "numerator" else full[:, 0, 0][None, :]


# ------------------------------------------------------------------------------------------------ words
def said(derivation: Derivation) -> tuple[set[tuple[str, str]], set[str]]:
    return {(f.name, f.value) for f in derivation.facts}, {c.label for c in derivation.choices if c.right}


def words_differ(one: Derivation, kin: Derivation, how: Kin) -> str:
    """Facts and options of the original, in the kin's letters, beside the kin's own."""
    parts = {old: new for new, old in how.labels.items()}
    letters = names(one.problem, kin.problem, how) | size_names(one.problem, kin.problem, how)
    letters |= {bare(old): bare(how.renamed(old)) for _, old in one.problem.sizes if len(bare(old)) == 1}

    def in_kin(text: str) -> str:
        def word(m: re.Match[str]) -> str:
            return letters.get(m[0]) or (bare(how.renamed(m[0])) if len(m[0]) == 1 else composed(m[0], letters, how))

        text = re.sub(r"\(([a-h])\)", lambda m: f"({parts.get(m[1], m[1])})", text)
        return re.sub(r"(?<!\()[A-Za-z]\w*(?!\))", word, text)

    (facts, options), (own_facts, own_options) = said(one), said(kin)
    expected = {(in_kin(name), in_kin(value)) for name, value in facts}
    found = {(name if (name, v) in facts else name, v) for name, v in own_facts}
    if options != own_options:
        return f"options {sorted(own_options)}, not {sorted(options)}"
    numbers = how.kind == "sizes made numbers" or "unequal" in how.how
    if found - expected if numbers else expected != found:
        return f"facts {sorted(found - expected)}, not {sorted(expected - found)}"
    return ""


def names_differ(one: Derivation, kin: Derivation) -> str:
    """Where the values of facts may be others: whether facts of the same kinds were found all the same."""
    expected, found = ({re.sub(r"[^A-Za-z ]", "", name) for name, _ in said(d)[0]} for d in (one, kin))
    return f"facts {sorted(found)}, not {sorted(expected)}" if found != expected else ""


def solved(solution: Solution) -> bool:
    return (
        solution.problem is not None and not solution.error and all(d.status == "solved" for d in solution.derivations)
    )
