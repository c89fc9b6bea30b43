"""Checks what is defined beside tables and actions: pages, realtime namespaces, queues. None is generated yet."""

from qb_compiler.blocks.files import SERVICE_FUNCTIONS, FeatureFiles, definition_of
from qb_compiler.blocks.realtime.problems import NotGeneratedYet
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.source.sources import Sources


def check_services(sources: Sources, modules: Modules, features: tuple[FeatureFiles, ...], problems: Problems) -> None:
    """Says of each such definition that nothing is generated for it yet."""
    beside = [definition_of(modules.module(file.path).default, file) for file in sources.services]
    inside = [definition for feature in features for definition in feature.services]
    for definition in (*inside, *beside):
        if definition and definition.function in SERVICE_FUNCTIONS:
            problems.report(NotGeneratedYet(definition.place, definition.function))
