"""Reads `transition: { field, to | via, fromTo }`: from which states of a column an action may be called, to which.

The states become a condition on the record, so that everything which knows rules knows transitions: the 409 of the
route, the checks for contradictions, the access matrix. Where the input names the target (`via`), the route compares
the pair.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import InputField, Step, Transition
from qb_compiler.blocks.actions.problems import TransitionInput
from qb_compiler.blocks.context import ReadRule
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ArrayValue, Entry, ObjectValue, StringValue, Value
from qb_compiler.model.record import record
from qb_compiler.span import Span

TEXT = frozenset({"string", "enum"})
Steps = tuple[tuple[StringValue, tuple[StringValue, ...]], ...]


@record
class Written:
    """What stands there: the column, the states with what each leads to, and the input field that names a target."""

    column: StringValue
    steps: Steps
    via: str | None
    span: Span

    @property
    def transition(self) -> Transition | None:
        if self.via is None:
            return None
        steps = (Step(state.text, tuple(target.text for target in targets)) for state, targets in self.steps)
        return Transition(self.column.text, self.via, tuple(steps))

    def condition(self, values: Iterable[StringValue]) -> ObjectValue:
        """`{ record: { column: { in: [values] } } }`."""
        once = tuple({value.text: value for value in values}.values())
        comparison = _object("in", self.span, ArrayValue(once, self.span, 1 + len(once)))
        return _object("record", self.span, _object(self.column.text, self.column.span, comparison))


@record
class TransitionReader:
    """`inputs` are the fields of the action's input, as far as they can be read."""

    reader: Reader
    read_rule: ReadRule
    inputs: tuple[InputField, ...]

    def read(self, rule: Rule, entry: Entry, owner: str) -> tuple[Rule, Transition | None]:
        """The rule with the states that lead on as one more condition, and the pairs that the route compares."""
        fields = self.reader.fields(entry.value, owner, entry.key_span)
        written = self._written(fields) if fields else None
        if fields:
            fields.finish()
        if written is None:
            return rule, None
        states = self.read_rule(written.condition(state for state, _ in written.steps), owner)
        if states is None or not states.record:
            return rule, None
        # Read for what it reports: a target that the column cannot hold.
        self.read_rule(written.condition(target for _, reached in written.steps for target in reached), owner)
        return conjoined(rule, states), written.transition

    def _written(self, fields: Fields) -> Written | None:
        column = fields.required("field", 'field: "status"')
        entry = fields.entry("via")
        target = fields.value("to") if entry else fields.required("to", 'to: "closed"')
        if entry and target:
            self.reader.wrong(target, fields.name("to"), "left out: `via` says where to find the target")
        steps = fields.required("fromTo", 'fromTo: { open: ["closed"] }')
        name = self.reader.string(column, fields.name("field")) if column else None
        via = self._via(entry, fields) if entry else None
        wanted = self.reader.string(target, fields.name("to")) if target and not entry else None
        if column is None or steps is None or name is None or (via is None and wanted is None):
            return None
        found = self._steps(steps, wanted, fields.name("fromTo"))
        return Written(StringValue(name, column.span), found, via, steps.span) if found else None

    def _via(self, entry: Entry, fields: Fields) -> str | None:
        name = self.reader.string(entry.value, fields.name("via"))
        usable = [field.name for field in self.inputs if field.type in TEXT and field.required]
        if name is None or name in usable:
            return name
        self.reader.problems.report(TransitionInput(entry.value.span, name, nearest(name, usable)))
        return None

    def _steps(self, value: Value, wanted: str | None, owner: str) -> Steps | None:
        """The states that lead anywhere or, with a target, to that one."""
        entries = self.reader.entries(value, owner)
        if entries is None:
            return None
        found = tuple(self._leading(entries, wanted, owner))
        if not found:
            leads = f'to "{wanted}"' if wanted else "to another"
            self.reader.wrong(value, owner, f"a map in which a state leads {leads}")
        return found or None

    def _leading(
        self, entries: tuple[Entry, ...], wanted: str | None, owner: str
    ) -> Iterator[tuple[StringValue, tuple[StringValue, ...]]]:
        for entry in entries:
            reached = self.reader.strings(entry.value, f"{owner}.{entry.key}") or ()
            targets = tuple(target for target in reached if wanted in {None, target.text})
            if targets:
                yield StringValue(entry.key, entry.key_span), targets


def conjoined(rule: Rule, states: Rule) -> Rule:
    if rule.function is None:
        return replace(rule, record=(*rule.record, *states.record))
    return Rule(rule.span, all_of=(rule, replace(states, authenticated=False)), written=rule.written)


def _object(key: str, span: Span, value: Value) -> ObjectValue:
    return ObjectValue((Entry(key, span, value),), value.span)
