"""The `run` blocks of workflows and actions, taken out to be checked and run as GitHub runs them."""
import pathlib
import re
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob(".github/workflows/*.yml"), ROOT / "action.yml", *ROOT.glob(".github/actions/*/action.yml")])


def steps(file):
    """Every step of a workflow or a composite action; one that several jobs share by an alias is there once."""
    document = read(file)
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    return list({id(step): step for job in jobs for step in job.get("steps", [])}.values())


def read(file):
    return yaml.safe_load((ROOT / file).read_text())


def gitlab_job(name):
    """A job of the GitLab example, with what it extends."""
    document = read(".github/examples/gitlab-ci.yml")
    return {**document[document[name]["extends"]], **document[name]}


def gitlab_blocks(name):
    """The scripts of a job of the GitLab example, in their order."""
    job = gitlab_job(name)
    return flat(job["before_script"]) + flat(job["script"])


def flat(script):
    return [line for part in script for line in (flat(part) if isinstance(part, list) else [part])]


def run(text, folder, variables):
    """Runs a script as GitHub does with `shell: bash`, with no variables but these."""
    environment = {"PATH": variables.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), **variables}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=30)


def named(file, name):
    """The `run` block of the step with this name."""
    found = [step for step in steps(file) if step.get("name") == name]
    assert len(found) == 1, f"{file} has {len(found)} steps named '{name}'"
    return found[0]["run"]


def write_blocks(folder):
    """Writes every block to a file of its own, for shellcheck."""
    blocks = {f"{file.parent.name}-{file.stem}-{number}": step["run"]
              for file in FILES for number, step in enumerate(steps(file)) if "run" in step}
    gitlab = dict.fromkeys(gitlab_blocks("performance") + gitlab_blocks("performance-confirm"))
    blocks |= {f"gitlab-{number}": text for number, text in enumerate(gitlab)}
    for name, text in blocks.items():
        if re.search(r"\$\{\{", text):
            sys.exit(f"{name}: an expression within a run block; give it as a variable")
        (pathlib.Path(folder) / f"{name}.sh").write_text(f"# shellcheck shell=bash\n{text}\n")
    print(f"{len(blocks)} run blocks")


if __name__ == "__main__":
    write_blocks(sys.argv[1])
