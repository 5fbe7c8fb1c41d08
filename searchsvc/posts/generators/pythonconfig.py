"""PythonConfig: a configuration that is a Python program, read for its literals and never run.

What counts is assigned at the top of the module: literals, names that stand for them, texts
and lists put together with ``+``, f-strings, and what ``from x import *`` takes from a file
beside it. Anything else is ``Computed``, and told only when somebody asks for it.
"""

import ast
import warnings
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import clean
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable


class Computed(str):
    """What only running the program would tell; its text says where it is computed."""


class PythonConfig(SiteConfig):
    """The values of a program. Asking for one that is computed raises ``ContentError``."""

    def get(self, name: str) -> Value | None:
        value = super().get(name)
        if isinstance(value, Computed):
            raise ContentError(
                f"{self.place}: {name} is {value}, and the program is not run. "
                "Write it as a plain value"
            )
        return value

    def is_known(self, name: str) -> bool:
        """Whether a name is there and can be read."""
        return name in self.values and not isinstance(self.values[name], Computed)


def read_python_config(root: Path, names: Iterable[str]) -> PythonConfig:
    """Read the first of some programs that is there.

    Raises:
        ContentError: it cannot be read, or is not Python.
    """
    config = read_config(root, names, parse=partial(_values, root=root, seen=frozenset()))
    return PythonConfig(config.place, config.values)


def _values(text: str, *, root: Path, seen: frozenset[str]) -> Value:
    module = _Module(root, seen)
    try:
        with warnings.catch_warnings():
            # "\d" in a text is a warning for Python, and none of our business.
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        for statement in tree.body:
            module.take(statement)
    except SyntaxError as error:
        raise Unusable(f"This is not Python: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unusable("This is not Python, or is nested too deeply") from error
    return module.values


class _Module:
    """The names of a module, statement by statement."""

    def __init__(self, root: Path, seen: frozenset[str]) -> None:
        self.values: dict[str, Value] = {}
        self._root = root
        self._seen = seen

    def take(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, self._value(value))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._value(value))
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self.values[name] = _joined(
                    self._name(name, statement), self._value(value), statement
                )
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="*")]):
                self.values |= self._imported(module)
            case _:
                self._compute(statement)

    def _assign(self, target: ast.expr, value: Value) -> None:
        match target:
            case ast.Name(id=name):
                self.values[name] = value
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))):
                table = self.values.get(name)
                if isinstance(table, dict) and not isinstance(value, Computed):
                    table[key] = value
                else:
                    self.values[name] = _computed(target)
            case _:
                self._compute(target)

    def _compute(self, node: ast.AST) -> None:
        """Whatever a branch, a loop or a call may have changed is known no longer."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and (
                isinstance(inner.ctx, ast.Store | ast.Del) or isinstance(node, ast.Expr)
            ):
                self.values[inner.id] = _computed(inner)

    def _imported(self, module: str) -> dict[str, Value]:
        name = f"{module}.py"
        if name in self._seen or not module.isidentifier():
            return {}
        parse = partial(_values, root=self._root, seen=self._seen | {name})
        return dict(read_config(self._root, [name], parse=parse).values)

    def _value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=value):
                return _text(value, node)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                values = [self._value(item) for item in items]
                return values if _are_known(values) else _computed(node)
            case ast.Dict(keys=keys, values=items):
                return self._table(keys, items, node)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _joined(self._value(left), self._value(right), node)
            case ast.JoinedStr(values=parts):
                return self._put_together(parts, node)
            case ast.Name(id=name):
                return self._name(name, node)
        return _computed(node)

    def _table(self, keys: list[ast.expr | None], items: list[ast.expr], node: ast.expr) -> Value:
        names = [_computed(node) if key is None else self._value(key) for key in keys]
        values = [self._value(item) for item in items]
        if not _are_known([*names, *values]):
            return _computed(node)
        return {name: v for name, v in zip(names, values, strict=True) if isinstance(name, str)}

    def _put_together(self, parts: list[ast.expr], node: ast.expr) -> Value:
        texts = [
            self._value(part.value)
            if isinstance(part, ast.FormattedValue) and not part.format_spec
            else self._value(part)
            for part in parts
        ]
        known = [text for text in texts if isinstance(text, str) and _are_known([text])]
        return "".join(known) if len(known) == len(texts) else _computed(node)

    def _name(self, name: str, node: ast.AST) -> Value:
        return self.values.get(name, _computed(node))


def _text(value: object, node: ast.AST) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(str(value)) if isinstance(value, str | int | float) else _computed(node)


def _joined(left: Value, right: Value, node: ast.AST) -> Value:
    if _are_known([left, right]):
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        if isinstance(left, list) and isinstance(right, list):
            return left + right
    return _computed(node)


def _are_known(values: Iterable[Value]) -> bool:
    return not any(isinstance(value, Computed) for value in values)


def _computed(node: ast.AST) -> Computed:
    return Computed(f"computed in line {getattr(node, 'lineno', 1)}")
