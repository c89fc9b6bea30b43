"""Reads `export default defineConfig({ … })`."""

import re
from dataclasses import replace

from qb_compiler.config.auth import read_auth, read_origins, with_roles
from qb_compiler.config.compiling import read_compiling
from qb_compiler.config.email import Email, read_email, with_email
from qb_compiler.config.model import Auth, Config, Database, Runtime
from qb_compiler.config.problems import BadName, NoConfig, OptionNotGenerated, TargetNotBuilt, UnknownProvider
from qb_compiler.config.providers import read_database, read_provider, read_runtime
from qb_compiler.config.reader import ConfigReader, not_generated
from qb_compiler.config.variables import check_variables
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader, cause
from qb_compiler.evaluate.values import ArrayValue, CallValue, ExternalValue, ObjectValue, StringValue, Value
from qb_compiler.model.variables import MAIL
from qb_compiler.span import SourceFile, Span

NAME = re.compile(r"[a-z][a-z0-9-]{0,53}\Z")
LATER = ("build", "cms", "account", "domain", "dev", "bindings", "agents", "webhooks", "schedules")
TEMPLATES = ("hono", "nextjs")
KNOWN_FEATURES = ("organizations",)
LATER_FEATURES = ("teams", "realtime", "embeddings", "webhooks")
MOST_REQUESTS = 1_000_000


def read_config(file: SourceFile, default: Value | None, problems: Problems) -> Config | None:
    """The config with every default filled in; None when it could not be read at all."""
    written = _written(default)
    if written is None:
        problems.report(cause(default, NoConfig(default.span if default else Span(file, 0, 0))))
        return None
    reader = ConfigReader(problems)
    fields = Fields(reader, written, "", written.span)
    return _config(file, fields, reader)


def _written(default: Value | None) -> ObjectValue | None:
    match default:
        case CallValue(ExternalValue(_, "defineConfig"), (ObjectValue() as written, *_)):
            return written
        case ObjectValue():
            return default
        case _:
            return None


def _config(file: SourceFile, fields: Fields, reader: Reader) -> Config:
    name = _name(fields, reader)
    _check_template(fields, reader)
    organizations = _organizations(fields, reader)
    runtime, database, auth = _providers(fields, read_email(fields), reader)
    auth = with_roles(auth, fields.fields("auth"), reader)
    auth = replace(auth, trusted_origins=tuple(dict.fromkeys((*auth.trusted_origins, *read_origins(fields)))))
    compiling = read_compiling(fields.fields("compiler"), reader)
    openapi, registry, etag = fields.fields("openapi"), fields.fields("schemaRegistry"), fields.fields("etag")
    config = Config(
        name,
        file,
        fields.span,
        organizations=organizations,
        runtime=runtime,
        database=database,
        auth=auth,
        audit_fields=compiling.audit_fields,
        renames=compiling.renames,
        security_contracts=compiling.security_contracts,
        openapi_generate=openapi.boolean("generate", True) if openapi else True,
        openapi_publish=openapi.boolean("publish", True) if openapi else True,
        registry_generate=registry.boolean("generate", True) if registry else True,
        etag=etag.boolean("enabled", True) if etag else True,
        public_rate_limit=_public_limit(fields.fields("public"), reader),
    )
    check_variables(config, reader.problems)
    if openapi:
        not_generated(openapi, ("docs",))
    for part in (openapi, registry, etag):
        if part:
            part.finish()
    not_generated(fields, LATER)
    fields.finish()
    return config


def _name(fields: Fields, reader: Reader) -> str:
    value = fields.required("name", 'name: "my-app"')
    name = reader.string(value, "name") if value else None
    if name is None or value is None:
        return "app"
    if not NAME.match(name):
        proposal = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:54]
        reader.problems.report(BadName(value.span, name, proposal if NAME.match(proposal) else ""))
    return name


def _check_template(fields: Fields, reader: Reader) -> None:
    value = fields.value("template")
    if value is None:
        return
    name = reader.string(value, "template")
    if name == "nextjs":
        reader.problems.report(TargetNotBuilt(value.span, "template", name, "hono"))
    elif name and name not in TEMPLATES:
        reader.problems.report(UnknownProvider(value.span, name, TEMPLATES, "template"))


def _organizations(fields: Fields, reader: Reader) -> bool:
    """On unless the config says otherwise: `features: []`, or `{ organizations: false }`."""
    value = fields.value("features")
    if value is None:
        return True
    if isinstance(value, ObjectValue):
        flags = Fields(reader, value, "features", value.span)
        organizations = flags.boolean("organizations", False)
        not_generated(flags, LATER_FEATURES)
        flags.finish()
        return organizations
    names = reader.strings(value, "features") or ()
    for item in names:
        _check_feature(item, reader)
    return any(item.text == "organizations" for item in names) if isinstance(value, ArrayValue) else True


def _check_feature(item: StringValue, reader: Reader) -> None:
    if item.text in LATER_FEATURES:
        reader.problems.report(OptionNotGenerated(item.span, f"features.{item.text}"))
    elif item.text not in KNOWN_FEATURES:
        reader.problems.report(UnknownProvider(item.span, item.text, KNOWN_FEATURES, "feature"))


def _providers(fields: Fields, email: Email | None, reader: Reader) -> tuple[Runtime, Database, Auth]:
    required = fields.required("providers", "providers: { runtime: …, database: …, auth: … }")
    entry = fields.object.entry("providers")
    providers = reader.fields(required, "providers", entry.key_span) if required and entry else None
    if providers is None:
        return Runtime(), Database(), Auth()
    runtime = read_provider(providers, "runtime")
    database = read_provider(providers, "database")
    auth = read_provider(providers, "auth")
    not_generated(providers, ("storage", "fileStorage"))
    providers.finish()
    read = read_database(database, reader) if database else Database()
    read = replace(read, vars=with_email(read.vars, email, reader.problems))
    said = {name for name, _ in read.vars} | {variable.name for variable in MAIL if email}
    return (
        read_runtime(runtime, reader) if runtime else Runtime(),
        read,
        read_auth(auth, frozenset(said), email is not None, reader) if auth else Auth(),
    )


def _public_limit(fields: Fields | None, reader: Reader) -> int:
    if fields is None:
        return 120
    limit = fields.whole("rateLimit", 120, 1, MOST_REQUESTS)
    fields.finish()
    return limit
