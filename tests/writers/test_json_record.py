"""The JSON contract: every key, in order, with the shapes and names that other programs rely on."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from derivgen.terms import nodes
from derivgen.writers.formats import write

from . import examples

KEYS = {
    "": ["schema", "version", "source", "status", "problem", "derivations", "error"],
    "problem": ["statement", "layout", "symbols", "sizes", "definitions", "goals", "notes"],
    "symbol": ["name", "latex", "shape", "role", "properties", "declared"],
    "derivation": ["part", "kind", "status", "method", "layout", "question", "answer", "conditions", "steps", "check", "error"],
    "question": ["latex", "numpy", "wrt"],
    "answer": ["latex", "srepr", "numpy", "shape", "text", "choices", "facts"],
    "step": ["id", "rule", "reason", "law", "source", "before", "after", "path", "check", "substeps"],
    "check": ["verdict", "sizes", "error", "witness"],
    "error": ["code", "message", "line", "column", "span", "hint"],
}  # fmt: skip


def record(solution: Any) -> dict[str, Any]:
    out = write(solution, "json")
    assert isinstance(out, str) and out.count("\n") == 1
    return json.loads(out)  # type: ignore[no-any-return]


def test_all_keys_in_order() -> None:
    whole = record(examples.bilinear())
    derivation = whole["derivations"][0]
    assert list(whole) == KEYS[""] and list(whole["problem"]) == KEYS["problem"]
    assert list(whole["problem"]["symbols"][0]) == KEYS["symbol"]
    assert list(derivation) == KEYS["derivation"]
    for name, part in (("question", derivation["question"]), ("answer", derivation["answer"]), ("check", derivation["check"])):
        assert list(part) == KEYS[name]
    for step in (*derivation["steps"], *derivation["steps"][1]["substeps"]):
        assert list(step) == KEYS["step"] and list(step["check"]) == KEYS["check"]


def test_values_of_a_solved_problem() -> None:
    whole = record(examples.bilinear())
    assert (whole["schema"], whole["status"], whole["error"]) == ("derivgen/1", "solved", None)
    symbol = whole["problem"]["symbols"][0]
    assert (symbol["name"], symbol["shape"], symbol["role"]) == ("X", ["m", "n"], "variable")
    derivation = whole["derivations"][0]
    assert derivation["question"]["wrt"] == ["X"] and derivation["answer"]["shape"] == ["m", "n"]
    assert [s["id"] for s in derivation["steps"]] == ["1", "2", "3", "4", "5"]
    assert derivation["steps"][1]["substeps"][1]["id"] == "2.2"
    assert derivation["steps"][0]["source"] is None
    assert derivation["check"]["sizes"][0] == {"m": 2, "n": 3}


def test_the_answer_agrees_with_the_question_in_numpy() -> None:
    derivation = record(examples.bilinear())["derivations"][0]
    rng = np.random.default_rng(0)
    scope = {"np": np, "outer": np.outer, "a": rng.normal(size=2), "b": rng.normal(size=3), "X": rng.normal(size=(2, 3))}
    answer = eval(derivation["answer"]["numpy"], dict(scope))
    moved = dict(scope, X=scope["X"] + np.array([[0, 0, 1e-6], [0, 0, 0]]))
    question = derivation["question"]["numpy"]
    slope = (eval(question, moved) - eval(question, dict(scope))) / 1e-6
    assert abs(slope - answer[0, 2]) < 1e-6


def test_srepr_builds_the_answer_again() -> None:
    answer = record(examples.bilinear())["derivations"][0]["answer"]
    assert eval(answer["srepr"], vars(nodes).copy()) == examples.bilinear().derivations[0].answer


def test_a_part_that_is_refused() -> None:
    whole = record(examples.long_parts())
    assert whole["status"] == "partial"
    first, second = whole["derivations"]
    assert (first["part"], first["steps"][0]["id"]) == ("a", "a.1")
    assert second["answer"] is None and second["status"] == "refused"
    assert list(second["error"]) == KEYS["error"] and second["error"]["code"] == "no-rule"


def test_a_problem_that_could_not_be_read() -> None:
    whole = record(examples.unread())
    assert list(whole) == KEYS[""]
    assert (whole["status"], whole["problem"], whole["derivations"]) == ("error", None, [])
    error = whole["error"]
    assert (error["code"], error["line"], error["column"], error["span"]) == ("undeclared", 1, 7, [6, 16])


def test_several_are_one_object_a_line() -> None:
    out = str(write([examples.bilinear(), examples.unread()], "json"))
    assert [json.loads(row)["status"] for row in out.splitlines()] == ["solved", "error"]


def test_the_same_bytes_each_time() -> None:
    assert write(examples.long_parts(), "json") == write(examples.long_parts(), "json")
