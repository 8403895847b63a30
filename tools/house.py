"""How large the house is: lines, folders, complexity, and in how many places one capability stands.

``python tools/house.py`` prints the table for this checkout; with the path of another checkout its column too.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
COMPLEX = 10
EXHIBITS = "net_value fit stability regret alignment pairwise challenges terms".split()
SHEETS = "burdens delivery links".split()
SETTINGS = "fairness compensation halo".split()
Function = ast.FunctionDef | ast.AsyncFunctionDef


def table(checkout: Path) -> dict[str, str]:
    """Figures of a checkout, each under what it is."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((checkout / "src").rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    documented = [_docstring_lines(node) for tree in trees.values() for node in _public(tree)]
    room, files = Counter(path.parent for path in texts).most_common(1)[0]
    branches = [_complexity(node) for tree in trees.values() for node in ast.walk(tree) if _is_function(node)]
    return {
        "lines of src": f"{sum(text.count(chr(10)) for text in texts.values()):,}",
        "docstring lines a public name": f"{sum(documented) / len(documented):.2f}",
        "largest folder": f"{files} files ({room.relative_to(checkout)})",
        f"functions of complexity over {COMPLEX}": str(sum(number > COMPLEX for number in branches)),
        "files that name an exhibit": _places(texts, EXHIBITS),
        "files that name a sheet": _places(texts, SHEETS),
        "files that name a setting": _places(texts, SETTINGS),
    }


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from (
                n for n in getattr(node, "body", []) if isinstance(node, ast.ClassDef) and _is_public(n)
            )


def _is_public(node: ast.stmt) -> bool:
    return isinstance(node, Function) and not node.name.startswith("_")


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, Function)


def _docstring_lines(node: Function | ast.ClassDef) -> int:
    text = ast.get_docstring(node)
    return len(text.splitlines()) if text else 0


def _complexity(function: ast.AST) -> int:
    """One, and one for every way round: branch, loop, handler, conditional, `and`, `or` and comprehension."""
    return 1 + sum(_ways(node) for node in _own(function))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """All of a function but the functions and classes that it defines."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.ClassDef):
            yield child
            yield from _own(child)


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    kinds = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)
    return int(isinstance(node, (*kinds, ast.comprehension)))


def _places(texts: dict[Path, str], names: list[str]) -> str:
    """In how many files a name stands: the median over some names, and the most."""
    counts = [sum(bool(re.search(rf"\b{name}\b", text)) for text in texts.values()) for name in names]
    return f"{median(counts):g} (most {max(counts)}), of {', '.join(names)}"


def main(others: list[str]) -> None:
    """Print one line a figure, one column a checkout, this one last."""
    columns = [table(Path(other)) for other in others] + [table(ROOT)]
    for what in columns[0]:
        print(f"{what:40}", "   |   ".join(column[what] for column in columns))


if __name__ == "__main__":
    main(sys.argv[1:])
