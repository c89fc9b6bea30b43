"""Where a missing scope column or a missing firewall can be typed in."""

from qb_compiler.blocks.columns.model import Table
from qb_compiler.config.model import NamingConvention
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.values import ObjectValue
from qb_compiler.model.names import sql_name
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class Inserts:
    """Edits are offered only where they certainly fit: `columns` and `options` are literal objects."""

    table: Table
    columns: ObjectValue
    options: ObjectValue | None
    convention: NamingConvention

    def column(self, name: str) -> tuple[Edit, ...]:
        """Adds a required text column behind the last one."""
        own = [entry for entry in self.columns.entries if self._is_own(entry.value.span)]
        uses_text = any(column.function == "text" for column in self.table.columns)
        if not own or not uses_text:
            return ()
        last = own[-1]
        place = Span(self.table.file, last.value.span.end, last.value.span.end)
        added = f'{name}: text("{sql_name(name, self.convention)}").notNull()'
        return (Edit(place, f",{_lead(last.key_span)}{added}"),)

    def _is_own(self, span: Span) -> bool:
        inside = self.columns.span
        return span.file is self.table.file and inside.start <= span.start and span.end <= inside.end

    def is_misspelled(self, key: str) -> bool:
        """Whether an option looks like a slip of the pen for `key`: that is reported, so its absence need not be."""
        entries = self.options.entries if self.options else ()
        return any(nearest(entry.key, (key,)) for entry in entries)

    def firewall(self) -> tuple[Edit, ...]:
        """Adds `firewall: { organization: {} }` as the first option."""
        if self.options is None:
            return ()
        start = self.options.span.start + 1
        place = Span(self.options.span.file, start, start)
        own = [entry for entry in self.options.entries if entry.key_span.file is self.options.span.file]
        lead = _lead(own[0].key_span) if own else " "
        return (Edit(place, f"{lead}firewall: {{ organization: {{}} }},"),)


def _lead(key: Span) -> str:
    """The line break and indentation in front of a key, or a space when it does not start its line."""
    line = key.file.line_text(key.line)
    indentation = line[: len(line) - len(line.lstrip())]
    return f"\n{indentation}" if line.lstrip().startswith(key.text) else " "
