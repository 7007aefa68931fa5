"""What several of the shell's commands may be told, and how `--help` tells of it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The config; wayhome.toml if it is there, else the environment alone."
    ),
]
File = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; it must not be there yet.")]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="FILE", help="The key of encrypted copies, instead of the config's [backup] key_file."
    ),
]
FormName = Literal["csv", "xlsx", "hxl", "json"]
Port = Annotated[int, typer.Option("--port", min=0, max=65_535, help="The port on this machine; 0 takes any free one.")]
