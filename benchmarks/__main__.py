"""Measure, print a table, write ``benchmarks/results.json``.

Every figure is a ratio of two times of the same run on the same machine, or an amount with its target beside it.
Letters are drawn anew in each repetition (``--seed`` fixes them).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.problems import QUESTIONS, Question, letters, native, statement

HERE = Path(__file__).resolve().parent
MILLI = 1000.0


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value, and what it should be at most."""

    name: str
    value: float
    target: float
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.target


@dataclass(frozen=True)
class Times:
    """Medians for one problem, in milliseconds."""

    name: str
    native: float
    reading: float
    deriving: float
    everything: float


def timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * MILLI


def measure(question: Question, rng: random.Random, rounds: int) -> Times:
    """Time SymPy's ``diff``, reading, deriving without checks, and everything from the text; new letters each round."""
    from sympy.core.cache import clear_cache

    from derivgen.engine.derive import solve_problem
    from derivgen.latex.statement import read_problem

    columns: list[list[float]] = [[], [], [], []]
    for _ in range(rounds):
        names = letters(rng)
        expression, variable = native(question, names)
        clear_cache()
        columns[0].append(timed(lambda: expression.diff(variable)))  # noqa: B023 - called at once
        text = statement(question, names)
        columns[1].append(timed(lambda: read_problem(text)))  # noqa: B023 - called at once
        problem = read_problem(text)
        columns[2].append(timed(lambda: solve_problem(problem, check=False)))  # noqa: B023 - called at once
        other = statement(question, letters(rng))
        columns[3].append(timed(lambda: solve_problem(read_problem(other), check=True)))  # noqa: B023 - called at once
    return Times(question.name, *(statistics.median(column) for column in columns))


def warm(rng: random.Random) -> None:
    """Once through everything, so that imports and compiled patterns are not counted; answers are judged solved."""
    from derivgen.engine.derive import solve_problem
    from derivgen.latex.statement import read_problem

    for question in QUESTIONS:
        solution = solve_problem(read_problem(statement(question, letters(rng))))
        if solution.status != "solved":
            raise SystemExit(f"{question.name}: {solution.status}: {solution.derivations[0].error}")


def pdf_page(rng: random.Random, rounds: int) -> float:
    """Seconds for one page by typst, beyond the derivation."""
    from derivgen.engine.derive import solve_problem
    from derivgen.latex.statement import read_problem
    from derivgen.writers.formats import write

    times = []
    for _ in range(rounds):
        solution = solve_problem(read_problem(statement(QUESTIONS[2], letters(rng))))
        times.append(timed(lambda: write(solution, "pdf")) / MILLI)  # noqa: B023 - called at once
    return statistics.median(times)


def command(arguments: Sequence[str], cwd: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of Python with these arguments."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=cwd, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"python {' '.join(arguments)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def cold(rng: random.Random, rounds: int) -> tuple[float, float]:
    """(cold solve over a bare import of SymPy, peak megabytes of the solve); the runs alternate."""
    ours, bare, peak = [], [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            Path(folder, "in.tex").write_text(statement(QUESTIONS[2], letters(rng)), encoding="utf-8")
            native_seconds, _ = command(["-c", "import sympy"], Path(folder))
            seconds, megabytes = command(["-m", "derivgen", "solve", "in.tex", "--to", "latex"], Path(folder))
            if turn:  # the first run may have to compile the modules, as it does after an installation
                bare.append(native_seconds)
                ours.append(seconds)
                peak = max(peak, megabytes)
    return statistics.median(ours) / statistics.median(bare), peak


def figures(rows: Sequence[Times], page: float, start: float, peak: float) -> list[Figure]:
    def middle(column: str) -> float:
        return statistics.median(getattr(row, column) for row in rows)

    return [
        Figure("deriving without checks / SymPy diff", middle("deriving") / middle("native"), 1 / 15),
        Figure("from the text with all checks / SymPy diff", middle("everything") / middle("native"), 1 / 2),
        Figure("reading a statement", middle("reading"), 3.0, "ms"),
        Figure("a page of PDF by typst, beyond the derivation", page, 0.15, "s"),
        Figure("cold solve --to latex / import sympy", start, 1.4),
        Figure("peak memory of that solve", peak, 150.0, "MB"),
    ]


def show(rows: Sequence[Times], results: Sequence[Figure]) -> None:
    print(f"{'problem':34}{'SymPy':>9}{'read':>9}{'derive':>9}{'all':>9}   (ms)  derive/SymPy  all/SymPy")
    for row in rows:
        times = f"{row.native:9.2f}{row.reading:9.2f}{row.deriving:9.2f}{row.everything:9.2f}"
        print(f"{row.name:34}{times}   {row.deriving / row.native:17.3f}{row.everything / row.native:11.3f}")
    print()
    for figure in results:
        verdict = "met" if figure.met else "NOT MET"
        print(f"{figure.name:48}{figure.value:9.3f} {figure.unit:3} (at most {figure.target:.3f})  {verdict}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="repetitions of each measurement")
    parser.add_argument("--seed", type=int, help="fixes the letters (default: new ones in each run)")
    parser.add_argument("--json", type=Path, default=HERE / "results.json", help="where the figures go")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    warm(rng)
    gc.collect()
    rows = [measure(question, rng, args.rounds) for question in QUESTIONS]
    results = figures(rows, pdf_page(rng, args.rounds), *cold(rng, args.rounds))
    show(rows, results)
    record = {"problems": [asdict(r) for r in rows], "figures": [asdict(f) | {"met": f.met} for f in results]}
    args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.met for figure in results) else 1


if __name__ == "__main__":
    sys.exit(main())
