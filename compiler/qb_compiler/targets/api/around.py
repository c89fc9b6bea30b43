"""What the modules of one table depend on besides the table: the only part of the project that their emitters see."""

from collections.abc import Mapping

from qb_compiler.config.model import Config
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api.actions import has_actions
from qb_compiler.targets.api.cascades import Owned, candidates, cascades
from qb_compiler.targets.carried import ModulePaths, module_paths


@record
class Around:
    """`targets` are the tables that the table refers to, by key; `cascades` says whether deleting a row takes others
    along. Equal tables with equal surroundings have equal modules."""

    config: Config
    targets: Mapping[str, Resource | InternalTable]
    paths: ModulePaths
    has_actions: bool
    cascades: bool

    def resource(self, key: str) -> Resource | None:
        """The table with routes that a reference leads to."""
        found = self.targets.get(key)
        return found if isinstance(found, Resource) else None


def surroundings(project: Project, memory: Memory) -> list[tuple[Resource, Around]]:
    """Every table with what is around it."""
    tables: dict[str, Resource | InternalTable] = {}
    for feature in project.features:
        tables |= {item.key: item for item in feature.internal}
        tables |= {item.key: item for item in feature.resources}
    config, paths = project.config, memory.same("paths", "", module_paths(project))
    acts = has_actions(project)

    def around(resource: Resource, below: Mapping[str, Owned]) -> Around:
        keys = {reference.target for reference in resource.references} & tables.keys()
        targets = {key: tables[key] for key in sorted(keys)}
        return Around(config, targets, paths, acts, cascades(resource, below))

    return [
        (resource, around(resource, below))
        for feature in project.features
        for below in (candidates(feature.tables),)
        for resource in feature.resources
    ]
