"""Checks what is defined beside tables and actions: pages, realtime namespaces, queues. None is generated yet."""

from collections.abc import Mapping

from qb_compiler.blocks.access.read import RuleReader
from qb_compiler.blocks.access.roles import RoleReader
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.files import SERVICE_FUNCTIONS, FeatureFiles, definition_of
from qb_compiler.blocks.pages.read import PageReader
from qb_compiler.blocks.realtime.problems import NotGeneratedYet
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.source.sources import Sources


def check_services(
    sources: Sources,
    modules: Modules,
    features: tuple[FeatureFiles, ...],
    tables: Mapping[str, Table],
    config: Config,
    problems: Problems,
) -> None:
    """Checks each such definition, and says that nothing is generated for it yet."""
    rules = RuleReader(None, RoleReader(config.auth.role_hierarchy, problems), problems)
    reader = PageReader(tables, rules.rule, problems)
    beside = [definition_of(modules.module(file.path).default, file) for file in sources.services]
    inside = [definition for feature in features for definition in feature.services]
    for definition in (*inside, *beside):
        if definition and definition.function in SERVICE_FUNCTIONS:
            reader.check(definition.call, definition.function)
            problems.report(NotGeneratedYet(definition.place, definition.function))
