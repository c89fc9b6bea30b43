"""The words of a routes module: where each comes from, what it may be given, and whether its answer must be awaited.

What is not a word here, or is given something else, is a violation: a generated handler has no use for it. Arguments
are patterns over the text without line breaks. In them @RULE is the operation's own rule, @CODE a rule in code,
@TRANSITION its transition, and @ACTION its action.
"""

from qb_compiler.model.record import record

ROWS = r"(db|featuresDb\(c\.env\))"
CHANGED = r"(values|whole|\{ \.\.\.blank\(\), \.\.\.values \})"
SEEN = r"(, unchanged\(fields, row\))?"
UNTAKEN = r"!taken\.has\(item\.id\) \|\| seen\.has\(index\)"
CODE = r"(@CODE|customRules\.\w+)"
FRESH = r"c(, \{ fresh: true \})?"


@record
class Word:
    """`module` is where it is imported from; a word that nobody awaits has no answer that could be lost."""

    module: str
    given: str
    awaited: bool = False


def awaited(module: str, given: str) -> Word:
    return Word(module, given, True)


LIB = "../../lib"
WORDS: dict[str, Word] = {
    "authenticate": awaited(f"{LIB}/identity", FRESH),
    "identify": awaited(f"{LIB}/identity", FRESH),
    "limitPublic": awaited(f"{LIB}/rate-limit", r"c"),
    "audited": Word(f"{LIB}/audit-trail", r"\{ .+ \}"),
    "requireOrganization": Word(f"{LIB}/context", r"ctx"),
    "requireScope": Word(f"{LIB}/context", r'ctx, "(activeTeamId|userRole)"'),
    "requireCrossTenant": Word(f"{LIB}/actions", r"ctx"),
    "requirePlatformAdmin": Word(f"{LIB}/actions", r"ctx"),
    "requireRole": Word(f"{LIB}/access", r"@RULE, ctx"),
    "requireRecord": Word(f"{LIB}/access", r"resource, @RULE, ctx, row"),
    "requireNewRecord": Word(f"{LIB}/access", r"resource, @RULE, ctx, fresh(\(item\))?"),
    "requireCode": awaited(f"{LIB}/access", CODE + r", ctx, (undefined|row|row \?\? fresh)"),
    "requireCodeVisible": awaited(f"{LIB}/access", r"resource, customRules\.get, ctx, (row|record)"),
    "recordFilter": Word(f"{LIB}/access", r"@RULE, fields, ctx"),
    "unchanged": Word(f"{LIB}/access", r"fields, row"),
    "readInput": awaited(f"{LIB}/actions", r"c, @ACTION\.input"),
    "requestParts": Word(f"{LIB}/actions", r"c"),
    "requireState": Word(f"{LIB}/actions", r"resource, @RULE, ctx, record"),
    "requireCodeState": awaited(f"{LIB}/actions", CODE + r", ctx, record"),
    "requireTransition": Word(f"{LIB}/actions", r"@TRANSITION, record, input"),
    "returnedRecord": Word(f"{LIB}/actions", r"result"),
    "sendResult": Word(f"{LIB}/actions", r"c, result"),
    "checkItems": Word(
        f"{LIB}/batch",
        r"batch, (batch\.items|checked|present|asked|judgeable|(textIds|integerIds)\(batch, resource\)), \(.+",
    ),
    "checkReferences": awaited(f"{LIB}/references", r"db, ctx, batch, resource, (checked|found)"),
    "checkCode": awaited(f"{LIB}/batch", rf"batch, resource, {CODE}, ctx, rows, visible(, fresh)?"),
    "checkCodeVisible": awaited(
        f"{LIB}/batch", r"batch, resource, customRules\.get, ctx, rows, (checked|asked|present)"
    ),
    "idsOf": Word(f"{LIB}/batch", r"found"),
    "textIds": Word(f"{LIB}/batch", r"batch, resource"),
    "integerIds": Word(f"{LIB}/batch", r"batch, resource"),
    "readBatch": awaited(
        f"{LIB}/batch", r'c, \{ list: "(records|ids)", max: \d+, allowAtomic: (true|false) \}'
    ),
    "requireItem": Word(f"{LIB}/batch", r"resource, @RULE, ctx, rows, item"),
    "takenIds": awaited(f"{LIB}/batch", r"db, resource, checked"),
    "writeItems": awaited(f"{LIB}/batch", r"db, ctx, batch, resource, (checked|found|items), \(.+\) => .+"),
    "dropItems": awaited(f"{LIB}/batch", r"db, ctx, batch, resource, found, below, \(.+\) => softDeleteRow\(.+\)"),
    "sendBatch": Word(
        f"{LIB}/batch",
        r"c, batch, (\(row\) => maskRow\(resource, ctx, row, columns\)|\(\{ id \}\) => \(\{ id \}\))(, 201)?",
    ),
    "checkBody": Word(
        f"{LIB}/body",
        r"(record|withoutId\(await readJson\(c\), resource\.id, id\)), bodies\.(create|update|put)(, knownFields)?",
    ),
    "readBody": awaited(f"{LIB}/body", r"c, bodies\.(create|update)(, knownFields)?"),
    "readJson": awaited(f"{LIB}/body", r"c"),
    "withoutId": Word(f"{LIB}/body", r"await readJson\(c\), resource\.id, id"),
    "cascade": Word(f"{LIB}/cascade", r"db, ctx, resource, children, (\[id\]|idsOf\(found\)), now"),
    "write": awaited(
        f"{LIB}/database",
        r"resource, ctx, (removal|change|query|db\.batch\(\[removal, \.\.\.below\]\)|"
        r"(insertRow|updateRow|softDeleteRow|hardDeleteRow)\(.+\))",
    ),
    "allOf": Word(
        f"{LIB}/firewall", r"firewall\(ctx\), (recordFilter\(@RULE, fields, ctx\), )?(query\.filter|eq\(\w+\.\w+, id\))"
    ),
    "requireVisible": Word(
        f"{LIB}/firewall", r"(await fetchRow\(db, ctx, resource, id\)|rows\[0\]|row|saved|gone|found), resource"
    ),
    "checkCreate": Word(f"{LIB}/guards", r"guards, (await readBody\(c, |checkBody\(record, )bodies\.create.*"),
    "checkUpdate": Word(f"{LIB}/guards", r"guards, (await readBody\(c, |checkBody\(record, )bodies\.update.*"),
    "checkPut": Word(f"{LIB}/guards", r"guards, checkBody\(.+, bodies\.put, knownFields\)"),
    "readListQuery": Word(f"{LIB}/list-query", r'c, resource, (list|views\.\w+|views\["[^"]+"\]), ctx'),
    "readColumns": Word(f"{LIB}/list-query", r"c, resource, columns, ctx"),
    "selectionOf": Word(f"{LIB}/list-query", r'resource, (list|views\.\w+|views\["[^"]+"\])'),
    "textId": Word(f"{LIB}/list-query", r"c"),
    "integerId": Word(f"{LIB}/list-query", r"c, resource"),
    "readPage": awaited(f"{LIB}/page", r"db, ctx, resource, rows, query, where(, usualPage)?"),
    "readRecord": awaited(f"{LIB}/page", r"db, ctx, resource, page, shown"),
    "pagination": Word(f"{LIB}/page", r"query, found"),
    "requireReferences": awaited(f"{LIB}/references", r"db, ctx, resource, values"),
    "requireFree": awaited(f"{LIB}/references", r"db, resource, id"),
    "maskRow": Word(
        f"{LIB}/respond",
        r"resource, ctx, (row|requireVisible\((row|saved), resource\)|returnedRecord\(result\)), "
        r"(columns|shown)(, labels)?",
    ),
    "maskRows": Word(f"{LIB}/respond", r"resource, ctx, found, query\.columns"),
    "send": Word(f"{LIB}/respond", r"c, (maskRow\(.+\)|\{ success: true, id \})(, (201|row \? 200 : 201))?"),
    "sendPage": Word(f"{LIB}/respond", r"c, \{ .+ \}"),
    "usualPage": Word(f"{LIB}/rows", r"never called"),
    "fetchRow": awaited(f"{LIB}/rows", rf"{ROWS}, ctx, resource, id"),
    "fetchRows": awaited(f"{LIB}/rows", r"db, ctx, resource, (checked|asked)"),
    "fetchAcrossTenants": awaited(f"{LIB}/rows", rf"{ROWS}, resource, id"),
    "insertRow": Word(f"{LIB}/rows", r"db, ctx, resource, values"),
    "putRow": Word(f"{LIB}/rows", rf"db, ctx, resource, id, {CHANGED}"),
    "updateRow": Word(f"{LIB}/rows", rf"db, ctx, resource, @RULE, id, {CHANGED}{SEEN}"),
    "softDeleteRow": Word(f"{LIB}/rows", rf"db, ctx, resource, @RULE, id, (now|new Date\(\)){SEEN}"),
    "hardDeleteRow": Word(f"{LIB}/rows", rf"db, ctx, resource, @RULE, id{SEEN}"),
    "featuresDb": Word("../../db/connections", r"c\.env"),
    "actionDb": Word("../../db/scoped", r"c\.env, ctx(, \{ allowRawSql: true \})?"),
    "eq": Word("drizzle-orm", r"\w+\.\w+, id"),
    "firewall": Word("./resource", r"ctx"),
    "blank": Word("./resource", r""),
}  # fmt: skip
OWN = {
    "access", "actionAccess", "actionRules", "actionTransitions", "actions", "blank", "bodies", "children", "columns",
    "customRules", "fields", "firewall", "guards", "knownFields", "list", "resource", "viewAccess", "views",
}  # fmt: skip
"""What a routes module takes from the modules of its own table."""
METHODS: dict[str, str] = {
    "db.select": r"(selectionOf\(resource, .+\))?",
    "db.batch": r"\[removal, \.\.\.below\]",
    "from": r"\w+",
    "where": r"where",
    "limit": r"1",
    "rows.map": r"\(row\) => row\.\w+",
    "known.has": r"id",
    "taken.has": r"item\.id",
    "seen.has": r"index",
    "filter": r"\(\[(, item|index, item)\]\) => (taken\.has\(item\.id\)|" + UNTAKEN + ")",
    "resource.created": r"ctx",
    "fresh": r"item",
}
"""What is called on a value, by the whole name or by its last part, and what it may be given."""
EXPRESSIONS = {
    "binary_expression": r"row \?\? fresh|" + UNTAKEN,
    "unary_expression": r"!row|!taken\.has\(item\.id\)",
    "as_expression": r".+ as typeof \w+\.\$inferSelect",
    "spread_element": r"\.\.\.(requestParts\(c\)|blank\(\)|values|below|checked|resource\.created\(ctx\))",
    "new_expression": r"new (Date\(\)|Set\(rows\.map\(\(row\) => row\.\w+\)\)|Map\(\[\.\.\.checked\]\.filter\(.+\)\))",
    "subscript_expression": r'@RULE|@CODE|@TRANSITION|@ACTION|views\["[^"]+"\]|rows\[0\]',
}
"""Expressions that could hide a step, and the few of them that handlers have."""
PLAIN = {
    "array", "array_pattern", "arguments", "arrow_function", "await_expression", "call_expression", "else_clause",
    "expression_statement", "false", "formal_parameters", "identifier", "lexical_declaration", "member_expression",
    "null", "number", "object", "object_pattern", "object_type", "pair", "parenthesized_expression", "predefined_type",
    "property_identifier", "property_signature", "required_parameter", "return_statement",
    "shorthand_property_identifier", "shorthand_property_identifier_pattern", "statement_block", "string",
    "string_fragment", "true", "type_annotation", "type_query", "undefined", "variable_declarator",
}  # fmt: skip
"""Nodes that mean what they say: no loop, assignment, template, `let`, `try`, optional chain or assertion is one."""
MEMBERS = (
    r"@RULE|@CODE|@TRANSITION|@ACTION(\.input|\.execute)?|(customRules|views|bodies)\.\w+|"
    r"query\.(filter|columns|fields)|batch\.items|\[\.\.\.checked\]\.filter|"
    r"c\.env|resource\.(created|id)|"
    r"row\.\w+|item\.id|\w+\.\$inferSelect|db\.(select|batch)|(taken|known|seen)\.has|rows\.map"
)
"""What is taken from a value, but for columns of a table and the links of a query."""
BOUND: dict[str, str] = {
    "ctx": r"await (authenticate|identify)\(.+",
    "db": r"featuresDb\(c\.env\)",
    "id": r"(textId|integerId)\(.+",
    "query": r"readListQuery\(.+|row \? updateRow.+",
    "where": r"allOf\(.+",
    "page": r"db\.select\(.+",
    "rows": r"db\.select\(.+|await fetchRows\(.+",
    "{ rows, labels }": r"await readRecord\(.+",
    "found": r"(await (readPage|checkCode|fetchRow|fetchAcrossTenants)|checkItems)\(.+",
    "data": r"maskRows\(.+",
    "shown": r"readColumns\(.+",
    "row": r"(requireVisible|await fetchRow)\(.+",
    "values": r"(checkCreate|checkUpdate|checkPut)\(.+",
    "whole": r"\{ \.\.\.blank\(\), \.\.\.values \}",
    "fresh": r".*\{ \.\.\.blank\(\), \.\.\.values, (\w+: )?id, \.\.\.resource\.created\(ctx\) \}.*",
    "now": r"new Date\(\)",
    "below": r"cascade\(.+",
    "change": r"updateRow\(.+",
    "removal": r"(softDeleteRow|hardDeleteRow)\(.+",
    "[row]": r"await write\(.+, insertRow\(.+",
    "[saved]": r"await write\(.+",
    "[gone]": r"await write\(.+",
    "[[gone]]": r"await write\(.+",
    "batch": r"await readBatch\(.+",
    "asked": r"(textIds|integerIds)\(.+",
    "checked": r"checkItems\(.+",
    "present": r"await checkCodeVisible\(.+|new Map\(.+",
    "seen": r"await checkCodeVisible\(.+",
    "judgeable": r"new Map\(.+",
    "visible": r"checkItems\(.+",
    "items": r"await checkReferences\(.+",
    "known": r"new Set\(.+",
    "taken": r"await takenIds\(.+",
    "input": r"await readInput\(.+",
    "record": r"requireVisible\(found, resource\)",
    "result": r"await @ACTION\.execute\(.+",
}
"""What a handler may call its values, and where each of them comes from."""
EXECUTION = (
    r"\{ db: actionDb\(c\.env, ctx(?P<sql>, \{ allowRawSql: true \})?\),(?P<raw> rawDb: featuresDb\(c\.env\),)? ctx, "
    r"record(: undefined)?, input, \.\.\.requestParts\(c\) \}"
)
"""What an action is given."""
BRANCHES = (
    r"if \(!row\) await requireFree\(.+\);|if \(row\) await requireCodeVisible\(.+\);|"
    r"if \(row\) requireRecord\([^;]+\);( else requireNewRecord\([^;]+\);)?|"
    r"if \(taken\.has\(item\.id\)\) return requireItem\([^;]+\);|"
    r"row \? 200 : 201|(row|known\.has\(id\)) \? updateRow\(.+\) : putRow\(.+\)"
)
"""An upsert does one thing for a row that is there and another for one that is not; nothing else branches."""
HOLDERS = {"checkItems", "writeItems", "dropItems", "sendBatch", "rows.map", "filter"}
"""Who may be given a function; any other function could be one that is never called."""
