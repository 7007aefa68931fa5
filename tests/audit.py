"""`make audit`: asks pip-audit for known holes in what is pinned, and says loudly what could not be looked up.

pip-audit itself calls it no error where the network gives no answer, and says that no hole is known.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def verdict(found: Sequence[dict[str, Any]]) -> tuple[list[str], int]:
    """What is to be said of pip-audit's answer, and the exit code: 1 for a known hole; what was not looked up is no reason."""
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one.get("vulns", ())]
    unasked = [one["name"] for one in found if "skip_reason" in one]
    said = [f"== KNOWN HOLE: {one}" for one in holes]
    if unasked or not found:
        said.append(f"== NOT AUDITED, since nobody could be asked: {', '.join(unasked) or 'anything'}")
    asked = len(found) - len(unasked)
    if asked:
        said.append(f"{asked} packages looked up, known holes in {len({one.split()[0] for one in holes})} of them")
    return said, int(bool(holes))


def audit(program: str, requirements: Path) -> tuple[list[str], int]:
    """Runs pip-audit over a list of pinned requirements; it installs nothing."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "audit.json"
        command = [
            program,
            "--disable-pip",
            "--require-hashes",
            "-r",
            str(requirements),
            "-f",
            "json",
            "-o",
            str(answer),
        ]
        subprocess.run([*command, "--progress-spinner", "off"], check=False, stderr=subprocess.DEVNULL, timeout=600)
        return verdict(json.loads(answer.read_text("utf-8"))["dependencies"] if answer.exists() else ())


if __name__ == "__main__":
    lines, code = audit(sys.argv[1], ROOT / "requirements" / "test.txt")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(code)
