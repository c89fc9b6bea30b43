"""`<route>.actions.ts`: the author's actions, tied to their inputs, and what their routes need to know."""

from collections.abc import Sequence

from qb_compiler.blocks.actions.model import Action, ActionMethod, ResponseType, Transition
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.carrying import handler_specifier
from qb_compiler.targets.api.code import Code, key, layout, map_of, member, object_, strings, text
from qb_compiler.targets.api.custom import carried_text, code_object, function_of, rule_helpers
from qb_compiler.targets.api.handlers import Trail, registration
from qb_compiler.targets.api.rules import is_anonymous, rule_code, uses_context
from qb_compiler.targets.api.scoping import required_sources
from qb_compiler.targets.carried import ModulePaths

STANDALONE = "standalone"


@record
class ActionRoute:
    """One action as `routes_action.ts.jinja` needs it."""

    name: str
    rule: str
    code_rule: str | None
    transition: str | None
    action: str
    anonymous: bool
    by_record: bool
    verb: str
    path: str
    standalone: bool
    unsafe: bool
    admin_only: bool
    cross_tenant: bool
    scopes: tuple[str, ...]
    raw_sql: bool
    returns_record: bool
    opening: str
    closing: str
    nested: bool


def action_route(action: Action, resource: Resource | None) -> ActionRoute:
    unsafe = action.unsafe
    anonymous = is_anonymous(action.access)
    own = action.path or action.name
    path = f"/{own}" if action.standalone else f"/:id/{own}"
    verb = action.method.value.lower()
    registered = registration(verb, path, _trail(action, resource, anonymous))
    return ActionRoute(
        name=action.name,
        rule=member("actionAccess", action.name),
        code_rule=member("actionRules", action.name) if action.access.functions else None,
        transition=member("actionTransitions", action.name) if action.transition else None,
        action=member("actions", action.name),
        anonymous=anonymous,
        by_record=action.access.needs_record,
        verb=verb,
        path=path,
        standalone=action.standalone,
        unsafe=unsafe is not None,
        admin_only=unsafe is not None and unsafe.admin_only,
        cross_tenant=unsafe is not None and unsafe.cross_tenant,
        scopes=_scopes(action, resource),
        raw_sql=action.allow_raw_sql,
        returns_record=action.returns_record and action.response_type is ResponseType.JSON,
        opening=registered.opening,
        closing=registered.closing,
        nested=registered.nested,
    )


def _scopes(action: Action, resource: Resource | None) -> tuple[str, ...]:
    crosses = action.unsafe is not None and action.unsafe.cross_tenant
    return () if resource is None or crosses else required_sources(resource.firewall, inserts=False)


def _trail(action: Action, resource: Resource | None, anonymous: bool) -> Trail | None:
    """What the trail says, for actions that leave the firewall or write without a sign-in."""
    unsafe = action.unsafe
    crosses = unsafe is not None and unsafe.cross_tenant
    if not crosses and not (anonymous and action.method is not ActionMethod.GET):
        return None
    entries: Trail = [
        ("action", text(action.name)),
        ("resource", text(resource.key) if resource else "null"),
        ("operation", text("action")),
    ]
    if unsafe and crosses:
        entries.append(("targetScope", text(unsafe.target_scope)))
        entries += [("reason", text(unsafe.reason))] if unsafe.reason else []
    return entries


def actions_module(
    paths: ModulePaths, feature: str, route: str, actions: Sequence[Action], resource: Resource | None
) -> tuple[str, str]:
    """Path and text of the module."""
    path = f"{names.folder(feature)}/{route}.actions.ts"
    pieces = [
        carried for action in actions for carried in (action.input, action.execute, *action.access.functions) if carried
    ]
    sections = [_access(actions), _transitions(actions), *_declared(actions, resource), _object(actions, resource)]
    return path, carried_text(paths, path, pieces, _own_imports(path, actions, resource), [s for s in sections if s])


def _own_imports(path: str, actions: Sequence[Action], resource: Resource | None) -> dict[str, set[str]]:
    access = {"type Rule", *rule_helpers(action.access for action in actions)}
    if any(uses_context(rule_code(action.access)) for action in actions):
        access.add("fromContext")
    if any(action.access.functions for action in actions):
        access.add("type CodeRule")
    callers = {caller_type(action, resource) for action in actions}
    own = {
        "../../lib/access": access,
        "../../lib/actions": {
            "actionsOn",
            *(["noInput"] if any(a.input is None for a in actions) else []),
            *(["type Transition"] if any(a.transition for a in actions) else []),
        },
        "../../lib/context": {f"type {name}" for caller in callers for name in caller.split(" & ")},
    }
    if resource:
        own["./schema"] = {f"type {resource.key}"}
    if resource and "mixed" in access:
        own[f"./{resource.route}.resource"] = {"fields"}
    for action in actions:
        if action.handler:
            own.setdefault(handler_specifier(path, action.handler.file), set()).add(f"execute as {_handler(action)}")
    return own


def caller_type(action: Action, resource: Resource | None) -> str:
    if is_anonymous(action.access):
        return "Ctx"
    crosses = action.unsafe is not None and action.unsafe.cross_tenant
    scoped = resource is not None and resource.firewall.organization is not None and not crosses
    return "SignedIn & InOrganization" if scoped else "SignedIn"


def _handler(action: Action) -> str:
    words = action.name.replace("_", "-").split("-")
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:]) + "Handler"


def _access(actions: Sequence[Action]) -> str:
    rules: list[tuple[str, Code]] = [(action.name, rule_code(action.access)) for action in actions]
    code = layout("export const actionAccess = ", object_(rules), " as const satisfies Record<string, Rule>;")
    return f"/** Who may use which action. */\n{code}"


def _transitions(actions: Sequence[Action]) -> str:
    """Where the input names the state to go to: which leads to which."""
    found = [(action.name, _transition(action.transition)) for action in actions if action.transition]
    if not found:
        return ""
    code = layout(
        "export const actionTransitions = ", object_(found), " as const satisfies Record<string, Transition>;"
    )
    return f"/** Which state leads to which. */\n{code}"


def _transition(transition: Transition) -> Code:
    steps: list[tuple[str, Code]] = [(step.state, strings(step.targets)) for step in transition.steps]
    return object_([("field", text(transition.column)), ("via", text(transition.via)), ("fromTo", map_of(steps))])


def _declared(actions: Sequence[Action], resource: Resource | None) -> list[str]:
    """One builder for each kind of caller, and the rules in code."""
    row = f"typeof {resource.key}.$inferSelect" if resource else "undefined"
    found = []
    for caller in sorted({caller_type(action, resource) for action in actions}):
        found.append(f"const {_builder(caller)} = actionsOn<{row}, {caller}>();")
    rules = [(action.name, _rule_code(action, resource, row)) for action in actions if action.access.functions]
    written = code_object("actionRules", rules, f" satisfies Record<string, CodeRule<{row}>>") if rules else ""
    return ["\n".join(found), written]


def _rule_code(action: Action, resource: Resource | None, row: str) -> Code:
    found = f"{row} | undefined" if action.standalone and resource else row
    return function_of(action.access, found, "fields" if resource else "new Map()")


def _builder(caller: str) -> str:
    return {"Ctx": "anyone", "SignedIn": "signedIn"}.get(caller, "member")


def _object(actions: Sequence[Action], resource: Resource | None) -> str:
    lines = "".join(f"  {key(action.name)}: {_action(action, resource)},\n" for action in actions)
    return f"export const actions = {{\n{lines}}};"


def _action(action: Action, resource: Resource | None) -> str:
    kind = "standalone" if action.standalone else "record"
    if action.unsafe:
        kind = "unsafe" + kind.capitalize()
    schema = action.input.text if action.input else "noInput"
    execute = action.execute.text if action.execute else _handler(action)
    return f"{_builder(caller_type(action, resource))}.{kind}({{\n    input: {schema},\n    execute: {execute},\n  }})"


def all_actions(feature: Feature) -> list[Action]:
    return [*feature.actions, *(action for resource in feature.resources for action in resource.actions)]


def has_actions(project: Project) -> bool:
    return any(all_actions(feature) for feature in project.features)
