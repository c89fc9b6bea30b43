"""Compares the transitions of a module of actions with the model: exactly the declared steps of the declared column."""

from collections.abc import Iterator, Sequence

from qb_compiler.blocks.actions.model import Action, Transition
from qb_compiler.contracts.literals import Data, read
from qb_compiler.contracts.typescript import Module


def transition_data(transition: Transition) -> Data:
    steps = tuple((step.state, tuple(step.targets)) for step in transition.steps)
    return {"field": transition.column, "via": transition.via, "fromTo": steps}


def transitions_match(module: Module, actions: Sequence[Action]) -> Iterator[str]:
    """The object `actionTransitions` holds the declared transitions and no other."""
    expected = {action.name: transition_data(action.transition) for action in actions if action.transition}
    node = module.exported.get("actionTransitions")
    data = read(module, node) if node is not None else {}
    if not isinstance(data, dict) or data.keys() != expected.keys():
        yield f"`actionTransitions` has not exactly {sorted(expected)}"
        return
    for name, declared in expected.items():
        if data[name] != declared:
            yield f"`actionTransitions.{name}` is not the declared transition"
