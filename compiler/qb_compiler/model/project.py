"""The whole project: what every target reads."""

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.relations.model import DrizzleRelations
from qb_compiler.config.model import Config
from qb_compiler.model.carried import CarriedModule
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.span import SourceFile


@record
class Feature:
    """A folder under `quickback/features`. `actions` are tableless; `support` are modules that carried code imports."""

    name: str
    files: tuple[SourceFile, ...]
    resources: tuple[Resource, ...] = ()
    internal: tuple[InternalTable, ...] = ()
    relations: tuple[DrizzleRelations, ...] = ()
    actions: tuple[Action, ...] = ()
    support: tuple[CarriedModule, ...] = ()

    @property
    def tables(self) -> tuple[Resource | InternalTable, ...]:
        """Everything of the feature that has a table, resources first."""
        return (*self.resources, *self.internal)


@record
class Project:
    """`mentions` are the places that name an organization role, `roles` all of them: owner, admin, member, then those
    that config and definitions name, sorted. `audited` says whether something happens that must leave a trace."""

    config: Config
    features: tuple[Feature, ...]
    mentions: tuple[RoleMention, ...]
    roles: tuple[str, ...]
    audited: bool

    @property
    def resources(self) -> tuple[Resource, ...]:
        return tuple(resource for feature in self.features for resource in feature.resources)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the features database, those of resources first."""
        resources = (resource.table for feature in self.features for resource in feature.resources)
        internal = (internal.table for feature in self.features for internal in feature.internal)
        return (*resources, *internal)

    def resource(self, key: str) -> Resource | None:
        return next((resource for resource in self.resources if resource.key == key), None)
