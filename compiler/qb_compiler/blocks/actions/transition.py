"""Reads `transition: { field, to, fromTo }`: from which states of a column an action may be called.

It becomes a condition on the record, so that everything which knows rules knows transitions: the 409 of the route, the
checks for contradictions, the access matrix.
"""

from dataclasses import replace

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.problems import TransitionByInput
from qb_compiler.blocks.context import ReadRule
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ArrayValue, Entry, ObjectValue, StringValue, Value


def with_transition(rule: Rule, entry: Entry, owner: str, reader: Reader, read_rule: ReadRule) -> Rule:
    """The rule, with the states that `transition` names as one more condition."""
    fields = reader.fields(entry.value, owner, entry.key_span)
    condition = _condition(fields, reader) if fields else None
    if fields:
        fields.finish()
    states = read_rule(condition, owner) if condition else None
    if states is None:
        return rule
    if rule.function is None:
        return replace(rule, record=(*rule.record, *states.record))
    return Rule(rule.span, all_of=(rule, replace(states, authenticated=False)), written=rule.written)


def _condition(fields: Fields, reader: Reader) -> ObjectValue | None:
    """`{ record: { field: { in: [the states that lead to the target] } } }`."""
    column = fields.required("field", 'field: "status"')
    by_input = fields.entry("via")
    if by_input:
        reader.problems.report(TransitionByInput(by_input.key_span))
    target = fields.value("to") if by_input else fields.required("to", 'to: "closed"')
    steps = fields.required("fromTo", 'fromTo: { open: ["closed"] }')
    name = reader.string(column, fields.name("field")) if column else None
    wanted = reader.string(target, fields.name("to")) if target else None
    if column is None or steps is None or name is None or wanted is None:
        return None
    states = _states(steps, wanted, fields.name("fromTo"), reader)
    if states is None:
        return None
    comparison = _object("in", ArrayValue(states, steps.span, 1 + len(states)))
    return _object("record", _object(name, comparison, column))


def _states(steps: Value, wanted: str, owner: str, reader: Reader) -> tuple[Value, ...] | None:
    """The states from which the wanted one can be reached."""
    entries = reader.entries(steps, owner)
    if entries is None:
        return None
    targets = {entry: reader.strings(entry.value, f"{owner}.{entry.key}") or () for entry in entries}
    found = tuple(
        StringValue(entry.key, entry.key_span)
        for entry, reached in targets.items()
        if any(target.text == wanted for target in reached)
    )
    if not found:
        reader.wrong(steps, owner, f'a map in which a state leads to "{wanted}"')
    return found or None


def _object(key: str, value: Value, at: Value | None = None) -> ObjectValue:
    return ObjectValue((Entry(key, (at or value).span, value),), value.span)
