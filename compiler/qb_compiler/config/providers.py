"""Reads `providers.runtime` and `providers.database`: helper calls, or plain objects with `name` and `config`."""

import re
from collections.abc import Mapping
from functools import partial

from qb_compiler.config.model import Database, IdMode, NamingConvention, Route, Runtime
from qb_compiler.config.problems import BadVariable, MissingOption, TargetNotBuilt, UnknownProvider
from qb_compiler.config.reader import not_generated
from qb_compiler.evaluate.decode import Fields, Reader, as_scalar
from qb_compiler.evaluate.values import BooleanValue, CallValue, Entry, ExternalValue, ObjectValue, StringValue, Value
from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record

BUILT = {"runtime": "cloudflare", "database": "cloudflare-d1", "auth": "better-auth"}
NOT_BUILT: Mapping[str, frozenset[str]] = {
    "runtime": frozenset({"bun", "node", "supabase", "vercel", "deno"}),
    "database": frozenset(
        {"better-sqlite3", "libsql", "turso", "neon", "supabase", "postgres", "mysql", "planetscale", "bun-sqlite"}
    ),
    "auth": frozenset({"supabase-auth", "external", "clerk"}),
}
HELPERS = {"runtime": "defineRuntime", "database": "defineDatabase", "auth": "defineAuth"}
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
SECRETS = frozenset({"BETTER_AUTH_SECRET", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "ACCESS_TOKEN"})
LATER_DATABASE = (
    "filesDatabaseId", "webhooksDatabaseId", "kvNamespaceId", "webhooksBinding", "additionalQueues", "realtime",
    "filesBinding", "kvBinding",
)  # fmt: skip


@record
class Provider:
    """A provider's name and its options, not yet read."""

    name: str
    options: ObjectValue


def read_provider(providers: Fields, kind: str) -> Provider | None:
    """The provider of one kind, if it is one that this version builds."""
    example = f'{kind}: {HELPERS[kind]}("{BUILT[kind]}")'
    if providers.required(kind, example) is None:
        return None
    entry = providers.object.entry(kind)
    return _provider(entry, kind, providers.reader) if entry else None


def _provider(entry: Entry, kind: str, reader: Reader) -> Provider | None:
    owner = f"providers.{kind}"
    match entry.value:
        case CallValue(ExternalValue(_, called), arguments) if called == HELPERS[kind]:
            name = arguments[0] if arguments else None
            options = arguments[1] if len(arguments) > 1 else None
        case ObjectValue() as written:
            fields = Fields(reader, written, owner, entry.key_span)
            name, options = fields.value("name"), fields.value("config")
            fields.finish()
        case StringValue() as written:
            name, options = written, None
        case other:
            reader.wrong(other, owner, f'{HELPERS[kind]}("{BUILT[kind]}", {{ … }})')
            return None
    if name is None:
        reader.problems.report(MissingOption(entry.value.span, owner, "a name", f'"{BUILT[kind]}"'))
        return None
    return _named(name, options, kind, reader)


def _named(name: Value, options: Value | None, kind: str, reader: Reader) -> Provider | None:
    owner = f"providers.{kind}"
    text = reader.string(name, owner)
    if options is not None and not isinstance(options, ObjectValue):
        reader.wrong(options, f"{owner} options", "an object")
        return None
    if text is None or not check_built(name, text, kind, reader):
        return None
    return Provider(text, options or ObjectValue((), name.span))


def check_built(name: Value, text: str, kind: str, reader: Reader) -> bool:
    """Whether the target is one that this version generates."""
    if text == BUILT[kind]:
        return True
    if text in NOT_BUILT[kind]:
        reader.problems.report(TargetNotBuilt(name.span, kind, text, BUILT[kind]))
    else:
        known = (BUILT[kind], *sorted(NOT_BUILT[kind]))
        reader.problems.report(UnknownProvider(name.span, text, known, kind))
    return False


def read_runtime(provider: Provider, reader: Reader) -> Runtime:
    fields = Fields(reader, provider.options, "providers.runtime", provider.options.span)
    routes = fields.value("routes")
    observability = fields.fields("observability")
    runtime = Runtime(
        provider.name,
        compatibility_date=fields.read("compatibilityDate", partial(_date, reader=reader)),
        routes=reader.each(routes, fields.name("routes"), partial(_route, reader=reader)) if routes else (),
        observability=observability.boolean("enabled", True) if observability else False,
    )
    if observability:
        observability.finish()
    not_generated(fields, ("placement", "limits", "compatibilityFlags", "crons"))
    fields.finish()
    return runtime


def _date(value: Value, owner: str, reader: Reader) -> str | None:
    if isinstance(value, StringValue) and DATE.match(value.text):
        return value.text
    reader.wrong(value, owner, 'a date such as "2026-06-01"')
    return None


def _route(value: Value, owner: str, reader: Reader) -> Route | None:
    if isinstance(value, StringValue):
        return Route(value.text)
    fields = reader.fields(value, owner)
    if fields is None:
        return None
    pattern = fields.required("pattern", 'pattern: "api.example.com"')
    customs = (fields.boolean("custom_domain", False), fields.boolean("customDomain", False))
    fields.finish()
    text = reader.string(pattern, fields.name("pattern")) if pattern else None
    return Route(text, any(customs)) if text else None


def read_database(provider: Provider, reader: Reader) -> Database:
    fields = Fields(reader, provider.options, "providers.database", provider.options.span)
    variables = fields.value("vars")
    split = fields.value("splitDatabases")
    if isinstance(split, BooleanValue) and not split.flag:
        reader.problems.report(TargetNotBuilt(split.span, "layout", "splitDatabases: false", "splitDatabases: true"))
    elif split:
        reader.boolean(split, fields.name("splitDatabases"))
    defaults = Database()
    database = Database(
        provider.name,
        generate_id=_id_mode(fields),
        naming_convention=fields.choice("namingConvention", NamingConvention.SNAKE),
        use_plurals=fields.boolean("usePlurals", False),
        auth_binding=fields.string("authBinding") or defaults.auth_binding,
        features_binding=fields.string("featuresBinding") or defaults.features_binding,
        audit_binding=fields.string("auditBinding") or defaults.audit_binding,
        auth_database_id=fields.string("authDatabaseId"),
        features_database_id=fields.string("featuresDatabaseId") or fields.string("databaseId"),
        audit_database_id=fields.string("auditDatabaseId"),
        vars=_variables(variables, reader) if variables else (),
    )
    fields.value("databaseId")
    not_generated(fields, LATER_DATABASE)
    fields.finish()
    _check_names(database, fields)
    return database


def _id_mode(fields: Fields) -> IdMode:
    value = fields.value("generateId")
    if value is None:
        return IdMode.PREFIXED
    if isinstance(value, BooleanValue) and not value.flag:
        return IdMode.CLIENT
    if isinstance(value, StringValue) and value.text in {mode.value for mode in IdMode if mode is not IdMode.CLIENT}:
        return IdMode(value.text)
    modes = ", ".join(f'"{mode.value}"' for mode in IdMode if mode is not IdMode.CLIENT)
    fields.reader.wrong(value, fields.name("generateId"), f"{modes} or false")
    return IdMode.PREFIXED


def _variables(value: Value, reader: Reader) -> tuple[tuple[str, Scalar], ...]:
    found: list[tuple[str, Scalar]] = []
    for entry in reader.entries(value, "providers.database.vars") or ():
        scalar = as_scalar(entry.value)
        if not IDENTIFIER.match(entry.key):
            reader.problems.report(
                BadVariable(entry.key_span, entry.key, "it is no name", "use letters, digits and `_`")
            )
        if entry.key in SECRETS:
            reader.problems.report(
                BadVariable(
                    entry.key_span,
                    entry.key,
                    "it is a secret, and variables are readable",
                    "set it with `wrangler secret put`, and in `.dev.vars` for development",
                )
            )
        if scalar and scalar[0] is not None:
            found.append((entry.key, scalar[0]))
        else:
            reader.wrong(entry.value, f"providers.database.vars.{entry.key}", "a string, number or boolean")
    return tuple(found)


def _check_names(database: Database, fields: Fields) -> None:
    """Bindings and variables share one namespace in the Worker."""
    taken = {name for name, _ in database.vars}
    for key, name in (
        ("authBinding", database.auth_binding),
        ("featuresBinding", database.features_binding),
        ("auditBinding", database.audit_binding),
    ):
        span = value.span if (value := fields.object.get(key)) else fields.span
        if not IDENTIFIER.match(name):
            fields.reader.problems.report(BadVariable(span, name, "it is no name", "use letters, digits and `_`"))
        if name in taken:
            fields.reader.problems.report(
                BadVariable(span, name, "another binding or variable has the name", "choose another name")
            )
        taken.add(name)
