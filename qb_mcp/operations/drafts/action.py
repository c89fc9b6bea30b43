"""The file of an action on a table: its input is checked and stored in columns of the same names."""

from qb_compiler.targets.api.code import Code, layout, object_, strings, text
from qb_mcp.corpus.words import parts
from qb_mcp.operations.drafts.names import action_name
from qb_mcp.operations.drafts.scopes import WRITING
from qb_mcp.operations.drafts.wish import Draft, Wish


def draft_action(wish: Wish, name: str) -> Draft:
    """A file with one action; where the feature has an `actions.ts`, its entry goes in there."""
    action = action_name(name)
    blocks = [_imports(wish), *_roles(wish), _definition(wish, action)]
    names = ", ".join(column.name for column in wish.columns)
    notes = [f"If that file exists, put only the entry `{action}` into its defineActions."]
    if names:
        notes.append(
            f"The table needs the columns {names}; list those that only {action} may change in guards.protected."
        )
    return Draft(f"quickback/features/{wish.feature}/actions.ts", "\n\n".join(blocks) + "\n", (*wish.notes, *notes))


def _imports(wish: Wish) -> str:
    lines = ['import { defineActions } from "@quickback/compiler";']
    if wish.columns:
        lines += ['import { eq } from "drizzle-orm";', 'import { z } from "zod";']
    return "\n".join([*lines, f'import {{ {wish.variable} }} from "./{wish.file}";'])


def _roles(wish: Wish) -> list[str]:
    return [layout("const writers = ", strings(wish.writers), ";")] if wish.has_roles else []


def _definition(wish: Wish, action: str) -> str:
    said = " ".join(parts(action)).capitalize()
    entries = [f"description: {text(f'{said} a row of {wish.file}')}"]
    if wish.columns:
        fields: list[tuple[str, Code]] = [(column.name, column.input) for column in wish.columns]
        entries.append(layout("input: z.object(", object_(fields), ")", 4))
    entries.append(layout("access: ", WRITING[wish.scope], "", 4))
    entries += _stored(wish) if wish.columns else ["execute: async ({ record }) => ({ id: record.id })"]
    body = "".join(f"    {entry},\n" for entry in entries)
    return (
        f"export default defineActions({wish.variable}, {{\n"
        f"  // POST /api/v1/{wish.file}/:id/{action}\n"
        f"  {action}: {{\n{body}  }},\n}});"
    )


def _stored(wish: Wish) -> list[str]:
    values: list[tuple[str, Code]] = [(column.name, f"input.{column.name}") for column in wish.columns]
    statement = (
        "const [row] = await db\n"
        f"        .update({wish.variable})\n"
        f"        {layout('.set(', object_(values), ')', 8)}\n"
        f"        .where(eq({wish.variable}.id, record.id))\n"
        "        .returning();"
    )
    return [
        'returns: "record"',
        f"execute: async ({{ db, record, input }}) => {{\n      {statement}\n      return row;\n    }}",
    ]
