"""The commands: one short function for each verb, and the table of options.

What a run does not need is not imported: each verb imports its rooms when it runs.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from derivgen import limits
from derivgen.choices import LAYOUTS, METHODS
from derivgen.errors import DerivgenError, FileFault, InputError, InternalFault, LimitReached
from derivgen.files import STDIN, check_output, harmless, read_text, shown_name, write_output
from derivgen.version import __version__

if TYPE_CHECKING:
    from derivgen.derivation import Solution

FORMATS = ("text", "latex", "typst", "pdf", "html", "json")
SUFFIXES = {
    ".txt": "text", ".tex": "latex", ".typ": "typst", ".pdf": "pdf", ".html": "html", ".htm": "html", ".json": "json",
    ".jsonl": "json",
}  # fmt: skip
MANUAL_FORMATS = ("pdf", "latex", "typst", "html")
PAPERS = ("a4", "letter")
ENGINES = ("typst", "pdflatex")
COLOURS = ("none", "indices")
BINARY = ("pdf",)
INTERRUPTED, BROKEN_PIPE = 130, 141
WIDTH, LONGEST_MESSAGE = 100, 3000


# ---------------------------------------------------------------------------------------------------- verbs
def solve_verb(args: argparse.Namespace) -> int:
    """Work out the problems and show the derivations."""
    check_output(args.output, args.files)
    to, worst = format_of(args), 0
    records, printable = [], []
    for solution in solved(args):
        if to == "json":
            solution, record = recorded(args, solution)
            records.append(record)
            if args.output is None:
                write_output(None, record)
        elif solution.status in ("solved", "partial"):
            printable.append(solution)
        worst = max(worst, tell_solution(solution))
    if to == "json" and args.output is not None:
        write_output(args.output, "".join(records))
    elif printable:
        write_output(args.output, shown(args, printable, to))
    return worst


def manual_verb(args: argparse.Namespace) -> int:
    """Make one document of many problems: files and folders of them, with contents and links."""
    from derivgen.documents.collecting import collected
    from derivgen.documents.manual import solved_in_order, title_of
    from derivgen.writers.manual import write_manual

    check_output(args.output, args.files)
    to = format_of(args, "pdf", MANUAL_FORMATS)
    questions = collected(args.files)
    items, worst = [], 0
    options = {"check": not args.no_check, "seconds": args.timeout, **reading(args)}
    for item in solved_in_order(questions, in_words=plain, **options):
        worst = max(worst, tell_solution(item.solution))
        items.append(item)
    made = write_manual(
        items, to, title=args.title or title_of(args.files), paper=args.paper, detail=args.detail, engine=args.engine,
        templates=args.templates, colour=args.colour,
    )  # fmt: skip
    write_output(args.output, made)
    return worst


def read_verb(args: argparse.Namespace) -> int:
    """Show how the statements are understood."""
    from derivgen.face import read
    from derivgen.writers.readback import readback

    worst = 0
    for name, text in texts(args):
        try:
            with limits.limited(args.timeout):
                problem = read(given_text(text), source=shown_name(name), **reading(args))
                write_output(None, "\n".join(readback(problem, ascii=not unicode_terminal())) + "\n")
        except Exception as error:  # noqa: BLE001 - one input that fails must not stop the others
            worst = max(worst, tell(plain(error), shown_name(name)))
    return worst


def rules_verb(args: argparse.Namespace) -> int:
    """List the rules, or show one with its law, reason and examples."""
    from derivgen.rules.catalog import IDENTITIES, RULES
    from derivgen.rules.moves import MOVES, Move
    from derivgen.rules.rule import Rule
    from derivgen.rules.sums import sift_delta

    laws: list[Rule | Move] = [*RULES, sift_delta, *IDENTITIES, *MOVES]
    if args.name is None:
        width = max(len(rule.name) for rule in laws)
        write_output(None, "".join(f"{rule.name:{width}}  {rule.reason}\n" for rule in laws))
        return 0
    found = [rule for rule in laws if rule.name == args.name]
    if not found:
        raise InputError(f"there is no rule {args.name!r}", hint="derivgen rules lists them")
    for rule in found:
        lines = [rule.name, f"  law      {rule.law}", f"  reason   {rule.reason}", f"  source   {rule.source}"]
        lines += [f"  example  {before}\n        =  {after}" for before, after in dict(rule.examples).items()]
        write_output(None, "\n".join(lines) + "\n")
    return 0


def list_verb(args: argparse.Namespace) -> int:
    """List the problems of the corpus."""
    from derivgen.corpus import corpus_entries

    for entry in corpus_entries():
        where = f"  {entry.path}" if args.paths else ""
        write_output(None, f"{entry.slug:34} {entry.difficulty}  {entry.title}{where}\n")
    return 0


def errors_verb(args: argparse.Namespace) -> int:
    """List what can go wrong: code, exit code, meaning."""
    for kind in every_error():
        write_output(None, f"{kind.code:20} exit {kind.exit_code}  {(kind.__doc__ or '').splitlines()[0]}\n")
    return 0


def check_verb(args: argparse.Namespace) -> int:
    """Solve problem files and compare with the book answers that they carry."""
    from derivgen.book import compare
    from derivgen.corpus import corpus_entries

    wrong = 0
    for entry in corpus_entries(args.paths):
        for result in compare(entry, seconds=args.timeout):
            wrong += not result.right
            write_output(None, f"{'right' if result.right else 'WRONG':6} {entry.slug:34} {result.what}\n")
    write_output(None, "every book answer is met\n" if not wrong else f"{wrong} book answers are not met\n")
    return 1 if wrong else 0


def coverage_verb(args: argparse.Namespace) -> int:
    """Show a table of numbered exercises: solved, verified, the book's answer met."""
    from derivgen.corpus import corpus_entries
    from derivgen.coverage import coverage, table

    rows = coverage(corpus_entries(args.paths), seconds=args.timeout)
    if not rows:
        raise InputError("no problem here has a number (id) of its source")
    write_output(None, table(rows))
    return 0 if all(row.good for row in rows) else 1


# -------------------------------------------------------------------------------------- pieces of the verbs
def texts(args: argparse.Namespace) -> Iterator[tuple[str, str | DerivgenError]]:
    """The problems in order: (name, text), or (name, the error that kept it from being read)."""
    from derivgen.documents.sheets import problems

    if args.latex is not None:
        yield "<latex>", args.latex
        return
    for name in args.files:
        try:
            yield from ((name, statement.text) for statement in problems(read_input(name)))
        except DerivgenError as error:
            yield name, error


def read_input(name: str) -> str:
    """A file, standard input, or ``corpus:SLUG``."""
    if name.startswith("corpus:") and not os.path.exists(name):
        from derivgen.corpus import find_entry

        return find_entry(name.removeprefix("corpus:")).text
    return read_text(name)


def given_text(text: str | DerivgenError) -> str:
    if isinstance(text, DerivgenError):
        raise text
    return text


def reading(args: argparse.Namespace) -> dict[str, Any]:
    """The options that say how a statement is to be read."""
    return {"given": args.given, "latex": args.latex is not None, "layout": args.layout, "method": args.method}


def solved(args: argparse.Namespace) -> Iterator[Solution]:
    from derivgen.derivation import Solution
    from derivgen.face import solve

    for name, text in texts(args):
        source = shown_name(name)
        try:
            given = given_text(text)
            yield solve(given, source=source, check=not args.no_check, seconds=args.timeout, **reading(args))
        except Exception as error:  # noqa: BLE001 - one input that fails must not stop the others
            yield Solution(source=source, problem=None, error=plain(error))


def recorded(args: argparse.Namespace, solution: Solution) -> tuple[Solution, str]:
    """The JSON record; where it cannot be made, the solution becomes an error, so that the other inputs go on."""
    from derivgen.derivation import Solution

    try:
        return solution, str(shown(args, [solution], "json"))
    except Exception as error:  # noqa: BLE001 - one input that fails must not stop the others
        failed = Solution(source=solution.source, problem=None, error=plain(error))
        return failed, str(shown(args, [failed], "json"))


def shown(args: argparse.Namespace, solutions: list[Solution], to: str) -> str | bytes:
    """The document that shows the solutions, with the options of the terminal where it goes to one."""
    from derivgen.writers.formats import write

    terminal = args.output is None and sys.stdout is not None and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else 0
    return write(
        solutions if len(solutions) > 1 else solutions[0],
        to,
        detail=args.detail,
        engine=args.engine,
        templates=args.templates,
        colour=args.colour,
        color=terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
        width=width or WIDTH,
        ascii=args.output is None and to == "text" and not unicode_terminal(),
    )


def unicode_terminal() -> bool:
    return sys.stdout is not None and "utf" in (sys.stdout.encoding or "").lower()


def format_of(args: argparse.Namespace, otherwise: str = "text", known: Sequence[str] = FORMATS) -> str:
    """What ``--to`` says, else what the name of the output says, else what is usual."""
    suffix = os.path.splitext(args.output or "")[1].lower()
    to: str = args.to or SUFFIXES.get(suffix, otherwise)
    if to not in known:
        raise InputError(f"this is not written as {to}", hint=f"there are {', '.join(known)}")
    if to in BINARY and args.output is None and sys.stdout is not None and sys.stdout.isatty():
        raise FileFault(f"a {to} is not shown in a terminal", hint=f"name a file: -o out.{to}")
    return to


def exit_code(solution: Solution) -> int:
    errors = [solution.error, *(d.error for d in solution.derivations)]
    return max((e.exit_code for e in errors if e is not None), default=0)


def tell_solution(solution: Solution) -> int:
    """The messages of one problem, each once; its exit code."""
    if solution.error is not None:
        tell(solution.error, solution.source)
    for derivation in solution.derivations:
        if derivation.error is not None:
            part = f"{solution.source}: part ({derivation.goal.part})" if derivation.goal.part else solution.source
            tell(derivation.error, part)
    return exit_code(solution)


def tell(error: DerivgenError, source: str = "derivgen") -> int:
    """Print a message to standard error; the exit code that goes with it."""
    text = str(error)
    if error.place is None and source not in error.message:
        text = f"{source}: {text}"
    if len(text) > LONGEST_MESSAGE:
        text = f"{text[:LONGEST_MESSAGE]} …"
    print(harmless(text, kept="\n"), file=sys.stderr)
    return error.exit_code


def plain(error: Exception) -> DerivgenError:
    """Any failure as an error in words; a fault of derivgen's own says so."""
    if isinstance(error, DerivgenError):
        return error
    if isinstance(error, BrokenPipeError) or os.environ.get("DERIVGEN_DEBUG"):
        raise error
    if isinstance(error, MemoryError):
        return LimitReached("the memory limit was reached", hint="raise --memory, or give fewer problems in one run")
    words = " ".join(str(error).split())[:200]
    return InternalFault(
        f"internal error, please report it with the input: {type(error).__name__}: {words}",
        hint="DERIVGEN_DEBUG=1 shows where it happened",
    )


def every_error() -> list[type[DerivgenError]]:
    """All kinds with a code of their own, in the order of their exit codes."""
    kinds, queue = [], list(DerivgenError.__subclasses__())
    while queue:
        kind = queue.pop(0)
        kinds.append(kind)
        queue += kind.__subclasses__()
    return sorted(kinds, key=lambda kind: (kind.exit_code, kind.code))


# ------------------------------------------------------------------------------------------------- options
def seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= limits.LONGEST:
        raise argparse.ArgumentTypeError(f"the time limit is 0 (none) or up to {limits.LONGEST:g} seconds")
    return value


def megabytes(text: str) -> int:
    value = int(text)
    if value != 0 and not limits.LEAST_MEGABYTES <= value < 2**40:
        raise argparse.ArgumentTypeError(f"the memory limit is 0 (none) or at least {limits.LEAST_MEGABYTES} megabytes")
    return value


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="derivgen", description="Worked, checked derivations in matrix calculus.")
    top.add_argument("--version", action="version", version=f"derivgen {__version__}")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=run.__doc__, description=run.__doc__)
        made.set_defaults(run=run)
        return made

    solve = verb("solve", solve_verb)
    reading_options(solve)
    showing_options(solve)
    manual_options(verb("manual", manual_verb))
    reading_options(verb("read", read_verb))
    verb("rules", rules_verb).add_argument("name", nargs="?", metavar="NAME", help="show this rule alone")
    verb("list", list_verb).add_argument("--paths", action="store_true", help="show the file of each problem")
    verb("errors", errors_verb)
    for name, run in (("check", check_verb), ("coverage", coverage_verb)):
        check = verb(name, run)
        check.add_argument("paths", nargs="*", metavar="PATH", help="problem files or folders (default: the corpus)")
        check.add_argument(
            "--timeout", type=seconds, default=limits.SECONDS, metavar="SECONDS", help="for each problem"
        )  # fmt: skip
    return top


def manual_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "files", nargs="+", metavar="PATH", help="problem files, and folders whose sub-folders are sections"
    )
    verb.set_defaults(latex=None)
    limiting_options(verb)
    showing_options(verb, MANUAL_FORMATS, "pdf")
    verb.add_argument("--title", metavar="TEXT", help="title of the document (default: the name of the folder)")
    verb.add_argument("--paper", choices=PAPERS, default="a4", help="default a4")


def reading_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("files", nargs="*", metavar="FILE", help="problem statements; - is standard input")
    verb.add_argument("--latex", metavar="TEXT", help="a bare formula instead of a file")
    limiting_options(verb)


def limiting_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--given", metavar="TEXT", help=r"declarations, such as '\mathbf A\in\mathbb R^{m\times n}'")
    verb.add_argument("--layout", choices=LAYOUTS, help="overrules the default, denominator")
    verb.add_argument("--method", choices=METHODS, help="how to derive (default: single-element)")
    verb.add_argument(
        "--timeout", type=seconds, default=limits.SECONDS, metavar="SECONDS",
        help=f"time for one problem (default {limits.SECONDS:g}; 0: no limit)",
    )  # fmt: skip
    verb.add_argument(
        "--memory", type=megabytes, default=limits.MEMORY_MEGABYTES, metavar="MB",
        help=f"address space in megabytes (default {limits.MEMORY_MEGABYTES}; 0: no limit)",
    )  # fmt: skip


def showing_options(verb: argparse.ArgumentParser, formats: Sequence[str] = FORMATS, otherwise: str = "text") -> None:
    verb.add_argument("--to", choices=formats, help=f"format (default: by the name of the output, else {otherwise})")
    verb.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")
    verb.add_argument("--engine", choices=ENGINES, default="typst", help="what sets the PDF (default: typst)")
    verb.add_argument("--detail", type=int, choices=range(4), default=1, help="0 short to 3 every substep (default 1)")
    verb.add_argument(
        "--colour", "--color", choices=COLOURS, default="none",
        help="indices: set row, column and summed indices apart by colour and font (latex, typst, pdf, html)",
    )  # fmt: skip
    verb.add_argument("--templates", metavar="DIR", help="your own templates, used before those of derivgen")
    verb.add_argument("--no-check", action="store_true", help="skip the numerical checks; the output says so")


def settle(args: argparse.Namespace, top: argparse.ArgumentParser) -> None:
    """What the table of options cannot say."""
    if not hasattr(args, "latex"):
        return
    if args.latex is not None and args.files:
        top.error("give FILE or --latex, not both")
    if args.latex is None and not args.files:
        if sys.stdin is None or sys.stdin.isatty():
            top.error("nothing to read: name a FILE, - for standard input, or --latex TEXT")
        args.files = [STDIN]
    if getattr(args, "templates", None) is not None and not os.path.isdir(args.templates):
        raise FileFault(f"{args.templates} is not a folder of templates")
    limits.limit_memory(args.memory)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; every failure is a message and an exit code: 1 refused, 2 wrong input, 3 a tool is missing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the checks are small; threads would only cost start-up
    gc.set_threshold(250_000)  # imports and terms make few cycles; collecting often costs a tenth of the start-up
    atexit.register(gc.freeze)  # nor is what the system takes back anyway collected at the end: a fifth of a short run
    top = parser()
    try:
        args = top.parse_args(argv)
        settle(args, top)
        code: int = args.run(args)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
        return tell(plain(error))
