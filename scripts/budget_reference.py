#!/usr/bin/env python3
"""Writes docs/budget-reference.md from the schema of the budget language and the examples of Tests/Schema/keys.yaml.

Every example is read by slogate, and every error is the one it gives.

usage: SLOGATE=slogate scripts/budget_reference.py [FILE]
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/Schema"))
import language  # noqa: E402

KEYS = YAML(typ="safe", pure=True).load((ROOT / "Tests/Schema/keys.yaml").read_text())
PAGE = ROOT / "docs/budget-reference.md"
FIGURES = KEYS["figures"]
SLOGATE = os.environ.get("SLOGATE", "slogate")


def values(figure, form):
    """A bound for a figure, and one that is refused."""
    right, refused = KEYS["values"][form]
    return KEYS["usual"].get(figure, right), refused


def lint(text):
    """What slogate says of a budget file: the exit code, and its errors."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "budget.yaml").write_text(text + "\n")
        done = subprocess.run(
            [SLOGATE, "budgets", "lint", "--no-color", "budget.yaml"], cwd=folder, capture_output=True, text=True
        )
    # The last line counts them.
    return done.returncode, re.sub(r"(?m)^\d+ errors?, \d+ warnings?.*\n", "", done.stdout + done.stderr).strip()


def examples():
    """Every example of the page as a budget file, and every wrong one."""
    good, wrong = [KEYS["complete"]], []
    for section in KEYS["sections"]:
        good += [key["example"] for key in section["keys"].values()]
        wrong += [key["wrong"] for key in section["keys"].values()]
    for bound in KEYS["bounds"].values():
        place = FIGURES[bound.get("section", "load")]["place"]
        good.append(place.format(bound["example"]))
        wrong.append(place.format(bound["wrong"]))
    for kind in language.FIGURES:
        for name, _, form in language.figures(kind):
            right, refused = values(name, form)
            good.append(FIGURES[kind]["place"].format(f"{name}: {right}"))
            wrong.append(FIGURES[kind]["place"].format(f"{name}: {refused}"))
    return good, wrong


def judged():
    """What slogate says of each wrong example, after it has read every good one."""
    good, wrong = examples()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for text, (code, errors) in zip(good, pool.map(lint, good)):
            if code != 0:
                raise SystemExit(f"error: slogate refuses an example:\n{text}\n{errors}")
        said = dict(zip(wrong, pool.map(lint, wrong)))
    for text, (code, errors) in said.items():
        if code != 78 or not errors.startswith("budget.yaml:"):
            raise SystemExit(f"error: slogate does not refuse a wrong example (exit code {code}):\n{text}\n{errors}")
    return {text: errors for text, (_, errors) in said.items()}


def value(key, described):
    """What may be written under a key."""
    if "value" in key:
        return key["value"]
    if "enum" in described:
        return ", ".join(f"`{word}`" for word in dict.fromkeys(map(str, described["enum"])))
    types = described.get("type", [])
    types = [types] if isinstance(types, str) else types
    if "minimum" in described and "maximum" in described:
        return f"whole number, {described['minimum']:,} to {described['maximum']:,}"
    if "exclusiveMaximum" in described:
        return "share: `5%` or `0.05`"
    if "boolean" in types and len(types) == 1:
        return "`true`, `false`"
    if "object" in types:
        return "mapping"
    if "array" in types:
        return "list"
    if "anyOf" in described:
        return "text or list"
    return "text"


def row(*cells):
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def default(key, described):
    if key.get("needed"):
        return "needed"
    if "default" in key:
        return key["default"]
    if "default" in described:
        return f"`{json.dumps(described['default']).strip(chr(34))}`"
    return "–"


def meaning(key, described):
    return key.get("means") or described["description"]


def section(found, said, errors):
    """A section: what it is for, a table of its keys, and each with an example and an error."""
    lines = [f"## {found['title']}", "", found["intro"], "", "| key | value | default | meaning |", "|---|---|---|---|"]
    lines += [
        row(f"`{path}`", value(key, said[path]), default(key, said[path]), meaning(key, said[path]))
        for path, key in found["keys"].items()
    ]
    for path, key in found["keys"].items():
        lines += [
            "",
            f"### `{path}`",
            "```yaml",
            key["example"],
            "```",
            "```",
            key["wrong"],
            errors[key["wrong"]],
            "```",
        ]
    return lines


def written(bound):
    """Examples of a bound, and the units of its pattern."""
    # Of a rate, the pattern goes on with how it is computed.
    pattern = bound["pattern"].replace("(<=|>=|<|>)", "").split("|capacity")[0]
    units = re.findall(r"\(([^()|]+(?:\|[^()|]+)+)\)", pattern)
    spans = [f"/{unit}" for unit in units.pop().split("|")] if "/" in pattern and pattern.count("%") == 0 else []
    known = [unit for units in units for unit in units.split("|") if "%" not in pattern]
    return ", ".join(f"`{example}`" for example in bound["examples"]) + (
        f"; `{' '.join(known + spans)}`" if known or spans else ""
    )


def bounds(errors):
    """The forms of a bound."""
    lines = [
        f"## {KEYS['bound']['title']}",
        "",
        KEYS["bound"]["intro"],
        "",
        "| bound | written as | operator | example | refused |",
        "|---|---|---|---|---|",
    ]
    for name, described in language.bounds():
        if name not in KEYS["bounds"]:
            continue
        bound = KEYS["bounds"][name]
        error = errors[FIGURES[bound.get("section", "load")]["place"].format(bound["wrong"])]
        lines.append(
            row(
                described["description"].removesuffix(".").lower(),
                written(described),
                KEYS["operators"][bound["operator"]],
                f"`{bound['example']}`",
                f"`{bound['wrong']}`: {short(error)}",
            )
        )
    return lines


def short(error):
    """An error on one line, without its place."""
    first, _, hint = error.partition("\n")
    message = first.split("error: ", 1)[1]
    hint = hint.strip().removeprefix("hint: ").partition("\n")[0]
    return message + (f" ({hint})" if hint else "")


def figures(kind, errors):
    """The figures that an editor offers for a kind of results."""
    found = FIGURES[kind]
    lines = [
        f"## {found['title']}",
        "",
        found["intro"],
        "",
        "| figure | what it is | example | refused |",
        "|---|---|---|---|",
    ]
    for name, description, form in language.figures(kind):
        good, wrong = values(name, form)
        error = errors[FIGURES[kind]["place"].format(f"{name}: {wrong}")]
        lines.append(row(f"`{name}`", description, f"`{name}: {good}`", f"`{wrong}`: {short(error)}"))
    return lines


def page():
    errors = judged()
    described = dict([*language.keys(), *language.limit_keys()])
    lines = [KEYS["intro"], "```yaml", KEYS["complete"].rstrip(), "```", ""]
    titles = [found["title"] for found in KEYS["sections"]] + [
        KEYS["bound"]["title"],
        *(found["title"] for found in FIGURES.values()),
    ]
    lines += [" · ".join(f"[{title}](#{title.lower().replace(' ', '-').replace(',', '')})" for title in titles), ""]
    for found in KEYS["sections"]:
        lines += section(found, described, errors) + [""]
    lines += bounds(errors)
    for kind in language.FIGURES:
        lines += ["", *figures(kind, errors)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else PAGE).write_text(page())
