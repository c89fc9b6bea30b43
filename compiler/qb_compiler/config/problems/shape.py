"""What the config is written with."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/config"


@record
class UnknownOption(UnknownKey):
    """The config has a key that does not exist.

    # What it means
    Unknown keys are refused instead of ignored, because a misspelled option would silently keep its default.

    # Example
    export default defineConfig({ name: "my-app", schemaRegstry: { generate: false }, providers: { … } });

    # Fix
    Write the key as the suggestion says, or remove it.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5001"
    slug: ClassVar[str] = "config-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongOption(WrongValue):
    """An option of the config has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    features: "organizations"

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5002"
    slug: ClassVar[str] = "config-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingOption(MissingKey):
    """The config lacks an option that it cannot do without.

    # What it means
    A project needs a name and its three providers: runtime, database and auth.

    # Example
    export default defineConfig({ template: "hono", providers: { … } });

    # Fix
    Add what the message names.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5003"
    slug: ClassVar[str] = "config-missing-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class NoConfig(Problem):
    """The config file does not export `defineConfig({ … })`.

    # What it means
    The compiler looks for one default export that calls `defineConfig` with an object.

    # Example
    export const config = { name: "my-app" };

    # Fix
    Write `export default defineConfig({ … })`.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB5004"
    slug: ClassVar[str] = "config-no-default-export"
    docs: ClassVar[str] = TOPIC

    def message(self) -> str:
        return "the config must be `export default defineConfig({ … })`"

    def hint(self) -> str | None:
        return "write `export default defineConfig({ … })`"


@record
class RuntimeValue(Problem):
    """An option is taken from the environment, but the compiler needs its value.

    # What it means
    Compiling gives the same output everywhere, so the compiler reads no environment variable for this option.

    # Example
    export default defineConfig({ name: process.env.APP_NAME, providers: { … } });

    # Fix
    Write the value into the config. What differs between environments belongs into the Worker's variables and secrets.

    # See
    compiler/config/variables
    """

    code: ClassVar[str] = "QB5005"
    slug: ClassVar[str] = "config-runtime-value"
    docs: ClassVar[str] = "compiler/config/variables"

    owner: str
    variable: str

    def message(self) -> str:
        return f"`{self.owner}` is read when compiling, but `{self.variable}` is known only at runtime"

    def hint(self) -> str | None:
        return "write the value here; secrets and what differs between environments are set on the Worker"


SHAPE = Shape(WrongOption, UnknownOption, MissingOption)
