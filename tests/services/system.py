"""What the machine has to offer: programs in the usual places, and its package manager where we may use it."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path


def find(names: Iterable[str], folders: Iterable[Path] = ()) -> Path | None:
    """The first of these programs in `folders`, then in PATH."""
    places = [str(folder) for folder in folders] + os.get_exec_path()
    for name in names:
        if found := shutil.which(name, path=os.pathsep.join(places)):
            return Path(found)
    return None


def install(package: str) -> bool:
    """Brings a package of the system; False where there is no apt-get, no right to use it, or it failed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing the system package {package} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]]
    return all(
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in commands
    )
