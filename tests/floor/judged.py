"""What the code of the floor says of itself: for each act, which refusals its judgement can raise."""

import ast
import inspect

from servanda.floor import asking, commands, conditions, refusals

NAMED = {
    name for name, found in vars(refusals).items() if inspect.isclass(found) and found.__module__ == refusals.__name__
}
FUNCTIONS = {
    node.name: node
    for module in (commands, asking, conditions)
    for node in ast.parse(inspect.getsource(module)).body
    if isinstance(node, ast.FunctionDef)
}


def refusals_in(name, seen=()):
    """The refusals that a function of the judgement names, and those that it calls."""
    if name not in FUNCTIONS or name in seen:
        return set()
    names = {node.id for node in ast.walk(FUNCTIONS[name]) if isinstance(node, ast.Name)}
    called = set().union(*(refusals_in(each, (*seen, name)) for each in names)) if names else set()
    by_act = {each.__name__ for each in asking.ASKING.values()} if "ASKING" in names else set()
    return (names & NAMED) | called | set().union(*(refusals_in(each, (*seen, name)) for each in by_act))


def refusals_by_kind():
    """By kind of act, the names of the refusals that it may meet on an open floor."""
    found = {kind: refusals_in(check.__name__) for kind, check in commands.CHECKS.items()}
    return {"floor-opened": {"FloorIsOpen"} | refusals_in("check_rules"), **found}
