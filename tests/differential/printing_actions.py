"""Writes the actions of a feature as a developer would have typed them."""

from differential.literals import literal, rule_value
from model.definition import Action, Input, Table

INPUTS = {"text": "z.string()", "integer": "z.number().int()", "boolean": "z.boolean()"}


TELLS = {
    "json": "{ rows: rows.length }",
    "file": 'new Response(`rows ${rows.length}`, { headers: { "content-type": "text/csv" } })',
    "stream": 'new Response(new Blob([`rows ${rows.length}`]).stream(), { headers: { "content-type": "text/plain" } })',
}


def actions_text(table: Table) -> str:
    """`actions.ts` of a feature whose actions are those of a table."""
    entries = "".join(_action(table, action) for action in table.actions.values())
    return (
        'import { defineActions } from "@quickback/compiler";\n'
        'import { eq } from "drizzle-orm";\n'
        'import { z } from "zod";\n'
        f'import {{ {table.name} }} from "./{table.route}";\n\n'
        f"export default defineActions({table.name}, {{\n{entries}}});\n"
    )


def tools_text(table: Table) -> str:
    """`actions.ts` of a feature without a table; its actions reach the rows of one elsewhere."""
    entries = "".join(_action(table, action) for action in table.actions.values())
    return (
        'import { defineActions } from "@quickback/compiler";\n'
        'import { z } from "zod";\n'
        f'import {{ {table.name} }} from "../{table.feature}/{table.route}";\n\n'
        f"export default defineActions(null, {{\n{entries}}});\n"
    )


def _action(table: Table, action: Action) -> str:
    fields = ", ".join(f"{name}: {INPUTS[kind]}" for name, kind in action.input.items())
    options = {
        "description": literal(action.name),
        "input": f"z.object({{ {fields} }})",
        "access": literal(rule_value(action.access)),
        **_kind(action),
        **_transition(action),
        "execute": f"async ({{ {', '.join(_takes(action))} }}) => {{\n      {_body(table, action)}\n    }}",
    }
    lines = "".join(f"    {name}: {text},\n" for name, text in options.items())
    return f"  {action.name}: {{\n{lines}  }},\n"


def _kind(action: Action) -> dict[str, str]:
    found = {"returns": '"record"'} if action.returns_record else {}
    found |= {"standalone": "true"} if action.standalone else {}
    found |= {"method": literal(action.method)} if action.method != "POST" else {}
    found |= {"path": literal(action.path)} if action.path else {}
    found |= {"responseType": literal(action.answers)} if action.answers != "json" else {}
    return found | ({"unsafe": _unsafe(action)} if action.unsafe else {})


def _transition(action: Action) -> dict[str, str]:
    found = action.transition
    if found is None:
        return {}
    return {"transition": literal({"field": found.column, "via": found.via, "fromTo": found.steps})}


def _unsafe(action: Action) -> str:
    assert action.unsafe
    if not (action.unsafe.admin_only or action.unsafe.cross_tenant):
        return "true"
    flag = "crossTenant" if action.unsafe.cross_tenant else "adminOnly"
    return f'{{ reason: "Support", {flag}: true }}'


def _takes(action: Action) -> list[str]:
    found = ["rawDb" if action.unsafe else "db"]
    found += [] if action.standalone else ["record"]
    return found + (["input"] if any(isinstance(value, Input) for value in action.sets.values()) else [])


def _body(table: Table, action: Action) -> str:
    db = "rawDb" if action.unsafe else "db"
    sets = ", ".join(
        f"{name}: {f'input.{value.name}' if isinstance(value, Input) else literal(value)}"
        for name, value in action.sets.items()
    )
    if action.standalone:
        changed, all_rows = f"update({table.name}).set({{ {sets} }}).returning()", f"select().from({table.name})"
        return f"const rows = await {db}.{changed if sets else all_rows};\n      return {TELLS[action.answers]};"
    result = "{ ...record, " + sets + " }" if action.returns_record else "{ done: record.id }"
    change = f"await {db}.update({table.name}).set({{ {sets} }}).where(eq({table.name}.id, record.id));"
    return f"{change}\n      return {result};"
