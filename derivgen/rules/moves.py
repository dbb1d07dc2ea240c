"""The moves of a derivation that are not a rewriting of one sub-term: their names, laws, reasons and sources.

A rule pushes a derivative inwards; a move begins a line, leads back from elements to matrices, or puts the result into
the form of a textbook.  The engine makes them; here is what they say.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    name: str
    law: str
    reason: str
    source: str
    examples: tuple[()] = ()


MOVES: tuple[Move, ...] = (
    Move(
        "take_element",
        r"\left[\frac{d\mathbf{y}}{d\mathbf{x}}\right]_{ij} = \frac{\partial y_j}{\partial x_i}",
        "one element of the derivative is taken",
        "seed 3.2",
    ),
    Move(
        "by_definition",
        r"\frac{dy}{d\mathbf{x}} := \left[\frac{\partial y}{\partial x_i}\right]_i",
        "the definition of the derivative",
        "seed 2.1",
    ),
    Move(
        "derivative_of_linear_form",
        r"\frac{\partial}{\partial x_j}[\mathbf{A}\mathbf{x}+\mathbf{b}]_i = A_{ij}",
        "the coefficients of a linear form are read off",
        "seed 3.2",
    ),
    Move(
        "take_out_delta",
        r"\delta_{ij}\,u + \delta_{ij}\,v = \delta_{ij}(u+v)",
        "a delta that stands in every term is taken out",
        "seed 3.4.2",
    ),
    Move(
        "regroup_sums",
        r"\sum_k A_{ki} B_{kj} = [\mathbf{A}^T\mathbf{B}]_{ij}",
        "sums over an index are products of matrices",
        "seed 3.3",
    ),
    Move(
        "put_together",
        r"a_{ij} = [\mathbf{A}]_{ij}\ \text{for all}\ i, j \Rightarrow (a_{ij}) = \mathbf{A}",
        "what holds for every element holds for the whole",
        "seed 3.2",
    ),
    Move(
        "stack",
        r"\nabla f = \left[\frac{\partial f}{\partial x},\ \frac{\partial f}{\partial y}\right]^T",
        "the entries are put together",
        "seed 1.3",
    ),
    Move(
        "compress",
        r"\frac{\partial y_i}{\partial X_{jk}} = \delta_{ij} v_k"
        r" \Rightarrow \frac{d\mathbf{y}}{d\mathbf{X}} := \mathbf{v}^T",
        "a derivative with three indices keeps what can differ from zero, once",
        "seed 3.4.3",
    ),
    Move(
        "keep_nonzero",
        r"\frac{\partial y_i}{\partial X_{jk}} = \delta_{ij} v_k"
        r" \Rightarrow \frac{\partial y_i}{\partial X_{ik}} = v_k",
        "where the indices agree the delta is 1",
        "seed 3.4.3",
    ),
    Move(
        "name_entries",
        r"M_{ik} := \frac{\partial y_i}{\partial X_{ik}}",
        "the elements are the entries of a matrix",
        "seed 3.4.3",
    ),
    Move(
        "differentiate_again",
        r"\frac{\partial^2 f}{\partial x\,\partial y} = \frac{\partial}{\partial x}\frac{\partial f}{\partial y}",
        "higher derivatives are taken from right to left",
        "seed 1.2",
    ),
    Move(
        "equal_mixed_partials",
        r"\frac{\partial^2 f}{\partial x\,\partial y} = \frac{\partial^2 f}{\partial y\,\partial x}",
        "mixed second derivatives that are continuous are equal",
        "seed 1.2",
    ),
    Move("put_in", r"a = b \Rightarrow f(a) = f(b)", "what was worked out is put in", "definition"),
    Move("put_back", r"u = g(x) \Rightarrow f(u) = f(g(x))", "names are replaced by what they stand for", "seed 2.3.7"),
    Move(
        "opposite",
        r"\text{steepest descent} = -\nabla f",
        "downhill is against the gradient",
        "seed 1.3",
    ),
    Move(
        "rewrite_numerator",
        r"\frac{e^{-x}}{(1+e^{-x})^2} = \frac{(1+e^{-x})-1}{(1+e^{-x})^2}",
        "the numerator is written in terms of the denominator",
        "seed 1.4.1",
    ),
    Move(
        "split_fraction",
        r"\frac{a+b}{c} = \frac{a}{c}+\frac{b}{c}",
        "the fraction is split",
        "algebra",
    ),
    Move(
        "pull_out_of_sum",
        r"\sum_i \mathbf{x}^T\mathbf{a}_i\mathbf{a}_i^T = \mathbf{x}^T\sum_i\mathbf{a}_i\mathbf{a}_i^T",
        "what does not bear the index stands outside of the sum",
        "seed 3.4.7",
    ),
    Move(
        "write_out_sum",
        r"\sum_{k=1}^{2} a_k = a_1+a_2",
        "a sum over few terms is written out",
        "seed 2.3.8",
    ),
    Move(
        "recognise",
        r"s = g(x) \Rightarrow h(g(x)) = h(s)",
        "a function of the statement is recognised",
        "seed 1.4.1",
    ),
    Move(
        "quadratic_form",
        r"a x^2 + 2b\,xy + c y^2 = \begin{bmatrix} x & y \end{bmatrix}"
        r"\begin{bmatrix} a & b \\ b & c \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix}",
        "the coefficients of squares stand on the diagonal, half of each mixed one on both sides of it",
        "seed 2.3.3",
    ),
    Move(
        "claimed_form",
        r"2\mathbf{A}^T(\mathbf{A}\mathbf{x}-\mathbf{b}) = 2\mathbf{A}^T\mathbf{A}\mathbf{x} - 2\mathbf{A}^T\mathbf{b}",
        "the answer is written as the statement claims it",
        "algebra",
    ),
    Move(
        "match_shapes",
        r"\frac{d\mathbf{z}}{d\mathbf{x}} = \frac{d\mathbf{y}}{d\mathbf{x}}\,\frac{d\mathbf{z}}{d\mathbf{y}}:"
        r"\quad p\times n = (p\times r)(r\times n)",
        "the factors stand in the order in which their shapes fit",
        "seed 3.1",
    ),
    Move(
        "stationary",
        r"f(\mathbf{x}^*) \le f(\mathbf{x})\ \text{for all}\ \mathbf{x}"
        r" \Rightarrow \nabla f(\mathbf{x}^*) = \mathbf{0}",
        "the gradient is zero at a minimum or maximum",
        "seed 2.3.5",
    ),
    Move(
        "clear_factors",
        r"c\,u = 0,\ c \neq 0 \Rightarrow u = 0",
        "both sides are divided by a factor that is not zero",
        "algebra",
    ),
    Move("bring_over", r"u + v = 0 \Rightarrow u = -v", "a term goes to the other side", "algebra"),
    Move(
        "take_out_unknown",
        r"\mathbf{A}\mathbf{x} + \mathbf{B}\mathbf{x} = (\mathbf{A}+\mathbf{B})\mathbf{x}",
        "the unknown is taken out",
        "algebra",
    ),
    Move(
        "multiply_by_inverse",
        r"\mathbf{A}\mathbf{x} = \mathbf{b} \Rightarrow \mathbf{x} = \mathbf{A}^{-1}\mathbf{b}",
        "both sides are multiplied by the inverse",
        "seed 2.3.5",
    ),
    Move("divide_by", r"a\,u = v,\ a \neq 0 \Rightarrow u = \frac{v}{a}", "both sides are divided", "algebra"),
    Move(
        "undo_function", r"\log u = v \Rightarrow u = e^v", "the inverse function is applied to both sides", "algebra"
    ),
    Move(
        "find_roots",
        r"(u-a)(u-b) = 0 \Rightarrow u = a\ \text{or}\ u = b",
        "a product is zero where a factor is",
        "algebra",
    ),
    Move("multiply_out", r"(a+b)c = ac + bc", "products of sums are multiplied out", "algebra"),
    Move(
        "sum_of_squares",
        r"\mathbf{z}^T\mathbf{X}^T\mathbf{X}\mathbf{z} = \lVert\mathbf{X}\mathbf{z}\rVert^2 \ge 0",
        "a squared length is never negative",
        "definition",
    ),
    Move(
        "second_order",
        r"f(\mathbf{x}+\mathbf{z}) = f(\mathbf{x}) + \mathbf{z}^T\nabla f + \tfrac12\mathbf{z}^T\nabla^2 f\,\mathbf{z}",
        "a quadratic function about a point",
        "algebra",
    ),
    Move(
        "multiplier",
        r"\nabla f + \lambda\nabla g = \mathbf{0}",
        "under the condition g = 0 the gradient of f is a multiple of that of g",
        "Lagrange",
    ),
    Move(
        "determinant",
        r"\det\begin{bmatrix} a & b \\ c & d \end{bmatrix} = ad - bc",
        "the determinant is multiplied out",
        "definition",
    ),
    Move("evaluate", r"f(x)\big|_{x=a} = f(a)", "the point is put in", "seed 1.4.4"),
    Move(
        "write_out",
        r"\mathbf{A}\mathbf{x} = \begin{bmatrix} A_{11}x_1+\cdots+A_{1n}x_n \\ \vdots \\"
        r" A_{m1}x_1+\cdots+A_{mn}x_n \end{bmatrix}",
        "matrices are written with their elements",
        "seed 2.1",
    ),
    Move(
        "take_out_factor",
        r"\begin{bmatrix} 2x_1 \\ \vdots \\ 2x_n \end{bmatrix} ="
        r" 2\begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}",
        "a factor of every element is taken out",
        "seed 1.4.3",
    ),
    Move(
        "split_elements",
        r"\begin{bmatrix} 2A_{11}x_1+(A_{12}+A_{21})x_2 \\ \vdots \end{bmatrix} ="
        r" \begin{bmatrix} A_{11}x_1+A_{12}x_2 \\ \vdots \end{bmatrix} +"
        r" \begin{bmatrix} A_{11}x_1+A_{21}x_2 \\ \vdots \end{bmatrix}",
        "elements are split so that each part is a product",
        "seed 2.3.3",
    ),
    Move(
        "write_as_sums",
        r"[\mathbf{A}\mathbf{B}]_{ij} = \sum_k A_{ik} B_{kj}",
        "products are written as sums",
        "seed 3.3",
    ),
    Move(
        "cut_into_rows",
        r"w_i = \mathbf{A}_{i,:}^T\mathbf{v},\quad \mathbf{u}^T\mathbf{A} = \sum_k u_k\mathbf{A}_{k,:}^T",
        "a matrix is cut into its rows",
        "seed 3.3",
    ),
    Move(
        "cut_into_columns",
        r"\mathbf{A}\mathbf{v} = \sum_k v_k\mathbf{A}_{:,k},\quad y_i = \mathbf{u}^T\mathbf{A}_{:,i}",
        "a matrix is cut into its columns",
        "seed 3.3",
    ),
    Move(
        "rows_times_columns",
        r"[\mathbf{A}\mathbf{B}]_{ij} = \mathbf{A}_{i,:}^T\mathbf{B}_{:,j}",
        "each row of the first factor meets each column of the second",
        "seed 3.3",
    ),
    Move(
        "sum_of_outer_products",
        r"\mathbf{A}\mathbf{B} = \sum_k \mathbf{A}_{:,k}\mathbf{B}_{k,:}^T",
        "each column of the first factor meets the row of the second with the same number",
        "seed 3.3",
    ),
    Move(
        "length_of_listed",
        r"\left\|\begin{bmatrix} a \\ b \end{bmatrix}\right\|_2 = \sqrt{a^2 + b^2}",
        "the norm is the square root of the sum of the squared entries",
        "the Euclidean norm",
    ),
    Move("put_in_order", r"2x \cdot 3x = 6x^2", "numbers in front, equal factors as powers", "algebra"),
    Move(
        "textbook_form",
        r"\mathbf{A}\mathbf{x} + \mathbf{B}\mathbf{x} = (\mathbf{A}+\mathbf{B})\mathbf{x}",
        "like terms are collected, common factors taken out, assumptions used",
        "algebra",
    ),
)

BY_NAME: dict[str, Move] = {move.name: move for move in MOVES}
