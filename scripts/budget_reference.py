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
SLOGATE = os.environ.get("SLOGATE", "slogate")
# Where the figures of a kind are limited.
PLACES = {"load": "run: {{ baseline: {{ {} }} }}", "page": "pages: {{ /: {{ {} }} }}", "test": "tests: {{ \"*\": {{ {} }} }}"}
TITLES = {"load": "Figures of load tests", "page": "Figures of pages", "test": "Figures of tests"}
# A bound of each form with one that is refused, and bounds that figures usually have.
USUAL = {"lcp": "2.5s", "fcp": "1.8s", "tbt": "200ms", "cls": "0.1", "si": "3.4s", "tti": "3.8s", "ttfb": "600ms", "inp": "200ms",
         "largest-contentful-paint": "2.5s", "first-contentful-paint": "1.8s", "total-blocking-time": "200ms",
         "cumulative-layout-shift": "0.1", "speed-index": "3.4s", "interactive": "3.8s", "failed": "0", "duration": "90s",
         "resource.third-party.count": "20", "total-byte-weight": "1MB", "resource.total.size": "1MB", "min": "50ms", "max": "5s"}
VALUES = {
    "time": ("400ms", "400"), "size": ("300KB", "300"), "share": ("1%", "101%"), "number": ("5", "5ms"), "rate": ("5/s", "5"),
    "shareCompared": ('">= 99%"', "99%"), "scoreCompared": ('">= 0.9"', "0.9"), "rateCompared": ('">= 230/s"', "230/s"),
    "numberCompared": ('">= 50"', "50"), "sizeCompared": ('">= 1MB"', "1MB"), "dataRateCompared": ('">= 1MB/s"', "1MB/s")}
OPERATOR = {"may": "may stand before it", "must": "needed, for more is better"}
INTRO = """\
# The budget language, key by key

<!-- Written by scripts/budget_reference.py: change Tests/Schema/keys.yaml, or the descriptions of the schema in
     Sources/SLOReports/Budgets/Schema. -->

What every key means, its default, an example, and the error of a wrong one. [The introduction](budgets.md) explains how
the parts work together. Names in capitals are free: `endpoints.NAME` is any endpoint. Each example is a whole budget file,
and below it is one that is refused, with its error; `slogate budgets lint FILE` says whether a file is right, and exits with
78 where it is refused. A file with every section:
"""


def values(figure, form):
    """A bound for a figure, and one that is refused."""
    right, refused = VALUES[form]
    return USUAL.get(figure, right), refused


def lint(text):
    """What slogate says of a budget file: the exit code, and its errors."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "budget.yaml").write_text(text + "\n")
        done = subprocess.run(
            [SLOGATE, "budgets", "lint", "--no-color", "budget.yaml"], cwd=folder, capture_output=True, text=True)
    # The last line counts them.
    return done.returncode, re.sub(r"(?m)^\d+ errors?, \d+ warnings?.*\n", "", done.stdout + done.stderr).strip()


def examples():
    """Every example of the page as a budget file, and every wrong one."""
    good, wrong = [KEYS["complete"]], []
    for section in KEYS["sections"]:
        good += [key["example"] for key in section["keys"].values()]
        wrong += [key["wrong"] for key in section["keys"].values()]
    for bound in KEYS["bounds"].values():
        place = PLACES[bound.get("section", "load")]
        good.append(place.format(bound["example"]))
        wrong.append(place.format(bound["wrong"]))
    for kind in language.FIGURES:
        for name, _, form in language.figures(kind):
            right, refused = values(name, form)
            good.append(PLACES[kind].format(f"{name}: {right}"))
            wrong.append(PLACES[kind].format(f"{name}: {refused}"))
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


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


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


def section(found, described, errors):
    """A section: what it is for, a table of its keys, and each with an example and an error."""
    lines = [f"## {found['title']}", "", found["intro"], "", "| key | value | default | meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{path}` | {cell(value(key, described[path]))} | {cell(default(key, described[path]))} | {cell(meaning(key, described[path]))} |"
        for path, key in found["keys"].items()]
    for path, key in found["keys"].items():
        lines += ["", f"### `{path}`", "```yaml", key["example"], "```", "```", key["wrong"], errors[key["wrong"]], "```"]
    return lines


def written(bound):
    """Examples of a bound, and the units of its pattern."""
    units = re.findall(r"\(([^()|]+(?:\|[^()|]+)+)\)", bound["pattern"].replace("(<=|>=|<|>)", ""))
    spans = [f"/{unit}" for unit in units.pop().split("|")] if "/" in bound["pattern"] and bound["pattern"].count("%") == 0 else []
    known = [unit for units in units for unit in units.split("|") if "%" not in bound["pattern"]]
    return ", ".join(f"`{example}`" for example in bound["examples"]) + (f"; `{' '.join(known + spans)}`" if known or spans else "")


def bounds(errors):
    """The forms of a bound."""
    lines = [
        "## Bounds", "",
        "A bound is a quantity with its unit. Where less is better, a quantity alone will do: of load tests values have to stay"
        " below it (`p95: 400ms`), of pages and tests it is the largest one allowed. Where more is better an operator is needed:"
        " `<`, `<=`, `>` or `>=`, in quotes, for an unquoted `>` begins a text of several lines in YAML.", "",
        "| bound | written as | operator | example | refused |", "|---|---|---|---|---|"]
    for name, described in language.bounds():
        if name not in KEYS["bounds"]:
            continue
        bound = KEYS["bounds"][name]
        error = errors[PLACES[bound.get("section", "load")].format(bound["wrong"])]
        lines.append(
            f"| {cell(described['description'].removesuffix('.').lower())} | {cell(written(described))} | {OPERATOR[bound['operator']]} |"
            f" `{bound['example']}` | `{bound['wrong']}`: {short(error)} |")
    return lines


def short(error):
    """An error on one line, without its place."""
    first, _, hint = error.partition("\n")
    message = first.split("error: ", 1)[1]
    hint = hint.strip().removeprefix("hint: ").partition("\n")[0]
    return cell(message + (f" ({hint})" if hint else ""))


def figures(kind, errors):
    """The figures that an editor offers for a kind of results."""
    texts = {
        "load": "`METRIC.STATISTIC` of any metric of k6 and of the script: `http_req_waiting.p95`, `payment_time.med`, `logins.count`,"
                " with tags `http_req_duration{method:GET}.p95`. Statistics are `avg`, `min`, `med`, `max`, `count`, `rate`, `value` and"
                " any percentile, such as `p99.9`. These have short names, or are what limits are usual on:",
        "page": "Any audit by its id, its score (`AUDIT.score`) and the number of its items (`AUDIT.count`), categories by theirs, and"
                " `resource.TYPE.size` and `.count` ([all of them](inputs.md#what-a-lighthouse-report-has-besides-its-metrics)). These"
                " are usual:",
        "test": "Of each test file, and under `run` of all tests together:"}
    lines = [f"## {TITLES[kind]}", "", texts[kind], "", "| figure | what it is | example | refused |", "|---|---|---|---|"]
    for name, description, form in language.figures(kind):
        good, wrong = values(name, form)
        error = errors[PLACES[kind].format(f"{name}: {wrong}")]
        lines.append(f"| `{name}` | {cell(description)} | `{name}: {good}` | `{wrong}`: {short(error)} |")
    return lines


def page():
    errors = judged()
    described = dict([*language.keys(), *language.limit_keys()])
    lines = [INTRO, "```yaml", KEYS["complete"].rstrip(), "```", ""]
    titles = [found["title"] for found in KEYS["sections"]] + ["Bounds", *TITLES.values()]
    lines += [" · ".join(f"[{title}](#{title.lower().replace(' ', '-').replace(',', '')})" for title in titles), ""]
    for found in KEYS["sections"]:
        lines += section(found, described, errors) + [""]
    lines += bounds(errors)
    for kind in language.FIGURES:
        lines += ["", *figures(kind, errors)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else PAGE).write_text(page())
