"""Every organization role that a project knows."""

from collections.abc import Iterator
from functools import partial

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.config.model import Auth, Config
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Feature
from qb_compiler.model.resource import Resource

BUILT_IN = ("owner", "admin", "member")


def declared_roles(auth: Auth) -> tuple[str, ...]:
    """The roles that the config declares; empty when it declares none."""
    return tuple(dict.fromkeys((*auth.roles, *auth.role_hierarchy)))


def mentions(resource: Resource) -> tuple[RoleMention, ...]:
    """Every place of a resource that names an organization role, once: operations may share a list of roles."""
    found = {(id(mention.span.file), mention.span.start, mention.name): mention for mention in _mentions(resource)}
    return tuple(found.values())


def _mentions(resource: Resource) -> Iterator[RoleMention]:
    # Batches share the rule of their operation.
    for rule in {id(rule): rule for rule in resource.rules}.values():
        for branch in rule.walk():
            yield from branch.mentions
    for mask in resource.masking.masks:
        yield from mask.mentions
    if resource.firewall.owner:
        yield from resource.firewall.owner.mentions
    if resource.realtime:
        yield from resource.realtime.mentions


def all_mentions(features: tuple[Feature, ...], memory: Memory) -> Iterator[RoleMention]:
    """The mentions of all features, those of actions without a table included."""
    for feature in features:
        for resource in feature.resources:
            yield from memory.recall("mentions", resource.key, (resource,), partial(mentions, resource))
        for action in feature.actions:
            for branch in action.access.walk():
                yield from branch.mentions


def project_roles(config: Config, mentioned: tuple[RoleMention, ...]) -> tuple[str, ...]:
    """Built-in roles first, then all others that config and definitions name, sorted."""
    named = {mention.name.removesuffix("+") for mention in mentioned}
    others = (named | set(declared_roles(config.auth))) - set(BUILT_IN)
    return (*BUILT_IN, *sorted(others))
