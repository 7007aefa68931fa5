"""The shell's commands. Whatever a command needs is imported when it runs, so that `--help` is quick."""
# ruff: noqa: PLC0415

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.ending import do, end, finish, settings_or_end
from bot.options import Config, File, FormName, KeyFile, Port

app = typer.Typer(
    name="wayhome",
    help="A Telegram desk for teams that bring people home and help them recover.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
journal = typer.Typer(help="The list of everything that was ever done.", rich_markup_mode=None, no_args_is_help=True)
database = typer.Typer(help="The database.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(journal, name="journal")
app.add_typer(database, name="db")


def main() -> None:
    """Runs the command line and leaves with its exit code: 0 done, 1 it could not be done, 2 wrong words."""
    try:
        app(prog_name="wayhome")
    except Exception as error:  # noqa: BLE001  (a traceback could show what nobody should read)
        from bot import sentences
        from bot.logs import told

        end([sentences.CRASHED.format(error=told(error))])


@app.command()
def run(config: Config = None) -> None:
    """Serve the desk until it is stopped (SIGTERM, or Ctrl-C)."""
    settings = settings_or_end(config)
    from bot.app import run as serve
    from bot.logs import set_up

    set_up()
    do(serve(settings))


@app.command()
def check(config: Config = None) -> None:
    """Say what would keep the desk from running: config, Telegram, database."""
    settings = settings_or_end(config)
    from bot.shell import check as checked

    finish(do(checked(settings)))


@app.command()
def sandbox(port: Port = 8088) -> None:
    """Run the stand-in of the Bot API alone, for this desk or any other bot."""
    from bot.logs import set_up
    from bot.stopping import until_told

    set_up()
    do(until_told(_stand_in(port)))


@app.command()
def demo(
    port: Port = 8088, browser: Annotated[bool, typer.Option(help="Open the chat page in a browser.")] = True
) -> None:
    """Show the desk at work: no token, no account, a chat page on this machine."""
    from bot.demo import demo as show
    from bot.logs import set_up

    set_up()
    do(show(port, browser=browser))


@app.command()
def stats(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="As after /stats: flights this month by site")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    config: Config = None,
) -> None:
    """Count what was posted, as /stats does."""
    settings = settings_or_end(config, offline=True)
    from bot.counting import stats as counted

    finish(do(counted(settings, " ".join(words), as_object=json)))


@app.command()
def export(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="As after /export: flights this year")],
    form: Annotated[
        FormName | None, typer.Option("--form", help="What sort of file; xlsx unless the words say.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where to, readable by you only; it must not be there yet. - prints it."
        ),
    ] = None,
    outsiders: Annotated[
        bool, typer.Option("--for-outsiders", help="Small numbers masked, no notes, nothing of coming flights.")
    ] = False,
    config: Config = None,
) -> None:
    """Write entries into a file, as /export does; the journal says so."""
    settings = settings_or_end(config, offline=True)
    from bot.exporting import export as exported

    finish(do(exported(settings, " ".join(words), out, form=form or "", outsiders=outsiders)))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What its rows are: flights, sessions.")],
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Where to tell of every row; it must not be there yet."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Store it. Without this it is only shown.")] = False,
    config: Config = None,
) -> None:
    """Show what a file would change and store it, as /import does, all of it or nothing."""
    settings = settings_or_end(config, offline=True)
    from bot.importing import imported

    finish(do(imported(settings, file, kind, report, yes=yes)))


@app.command()
def purge(
    entry: Annotated[
        list[str] | None,
        typer.Option("--entry", metavar="REF", help="Empty this withdrawn entry at once; may be repeated."),
    ] = None,
    all_withdrawn: Annotated[
        bool, typer.Option("--all-withdrawn", help="Empty all withdrawn entries at once.")
    ] = False,
    config: Config = None,
) -> None:
    """Forget now what is over by [retention], or withdrawn entries at once. It can't be undone; a desk may be at work."""
    settings = settings_or_end(config, offline=True)
    from bot.purging import purge as purged

    finish(do(purged(settings, entry or (), all_withdrawn=all_withdrawn)))


@journal.command()
def verify(
    head: Annotated[str, typer.Option("--head", metavar="DIGITS", help="The 12 digits in a digest's last line.")] = "",
    seq: Annotated[
        int | None, typer.Option("--seq", min=0, metavar="N", help="The number that stands before them.")
    ] = None,
    config: Config = None,
) -> None:
    """Look for changes made behind the desk's back; with a digest's head, also for a journal written anew or cut short."""
    settings = settings_or_end(config, offline=True)
    from bot.journals import verify as verified

    finish(do(verified(settings, head, seq)))


@journal.command("show")
def show_journal(
    entry: Annotated[str, typer.Option("--entry", metavar="REF", help="What was done to this entry only.")] = "",
    since: Annotated[
        datetime | None, typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="As 2026-03-01.")
    ] = None,
    config: Config = None,
) -> None:
    """Show who did what and when: number, time, entry, act, who, what changed, with tabs between."""
    settings = settings_or_end(config, offline=True)
    from bot.journals import show

    finish(do(show(settings, entry, since)))


@database.command()
def upgrade(config: Config = None) -> None:
    """Bring the database to this version's shape, which `run` does by itself."""
    settings = settings_or_end(config, offline=True)
    from bot.shell import upgrade as upgraded

    finish(do(upgraded(settings)))


@database.command()
def backup(file: File = None, key: KeyFile = None, config: Config = None) -> None:
    """Copy the database to FILE, or to one named by the moment, while a desk is at work or not; encrypted if there is a key."""
    settings = settings_or_end(config, offline=True)
    from bot.backups import make

    finish(do(make(settings, file, key)))


@database.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that `db backup` or a night made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Even if the database holds something; that is kept aside.")
    ] = False,
    key: KeyFile = None,
    config: Config = None,
) -> None:
    """Put a copy in the database's place, once it was looked through; the desk must be stopped."""
    settings = settings_or_end(config, offline=True)
    from bot.backups import restore as restored

    finish(do(restored(settings, file, key, force=force)))


@database.command("verify")
def verify_database(
    file: Annotated[Path | None, typer.Argument(metavar="[COPY]", help="A copy to look through instead.")] = None,
    key: KeyFile = None,
    config: Config = None,
) -> None:
    """Look through the whole database, or a copy: its pages, its version, its journal, its entries."""
    settings = settings_or_end(config, offline=True)
    from bot.backups import verify as verified

    finish(do(verified(settings, file, key)))


@database.command("key")
def make_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; it must not be there yet.")],
) -> None:
    """Make a key to encrypt copies with; [backup] key_file names its file."""
    from bot.backups import make_key as made

    finish(do(made(file)))


@app.callback()
def _wayhome() -> None:
    """Keeps `wayhome` a group of commands."""


async def _stand_in(port: int) -> None:
    from bot import sentences
    from sandbox import Sandbox

    async with Sandbox(port) as running:
        print(sentences.SANDBOX.format(url=running.url), flush=True)
        await asyncio.Event().wait()
