"""Outputs about raw samples, pages, tests, two sizings, tables, and names that mean harm."""

import pathlib
import subprocess
import sys

from project import Project, trend

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
JUNIT = """\
<testsuites>
  <testsuite name="checkout" tests="3" failures="1">
    <testcase classname="checkout" name="pays" file="pay.spec.ts" time="0.4"/>
    <testcase classname="checkout" name="&lt;script&gt;" file="pay.spec.ts" time="2">
      <failure message="expected 200">::error::</failure>
    </testcase>
    <testcase classname="checkout" name="skips" file="pay.spec.ts"><skipped/></testcase>
  </testsuite>
</testsuites>
"""


def evidence(folder):
    """Raw samples, pages, tests, thresholds that k6 evaluated, two sizings, and names that mean harm."""
    project = Project(
        folder, "service: shop\ntests: { '*': { duration: 1h } }\npages: { '*': { lcp: { warn: 1s } } }\n"
    )
    samples = ROOT / "Tests/K6Runs/runs/baseline/run-1/samples.json.gz"
    junit = project.write("junit.xml", JUNIT)
    reports = ROOT / "Tests/SLOReadersTests/Fixtures/lighthouse/lhci"
    shas = []
    for number in range(2):
        shas.append(project.commit(f"change {number}"))
        project.slogate(
            "check",
            "--baseline",
            str(samples),
            "--spike",
            project.summary(
                f"{number}.json",
                more={
                    "http_req_duration{endpoint:cart}": trend(60, 3000)
                    | {"thresholds": {"p(95)<90": True, "count>1": False}}
                },
            ),
            "--env",
            f"stage={number}",
            "--set",
            f"pool={number}",
            "--quiet",
            codes=(0, 1, 3),
        )
    project.slogate("record", "--baseline", str(samples), "--env", "stage=0", "--set", "pool=2")
    shas.append(project.commit("a third"))
    project.slogate("record", "--baseline", str(samples), "--env", "stage=0", "--set", "pool=3")
    verdict = project.document(
        "verdict",
        "pages-and-tests",
        "check",
        "--lighthouse",
        str(reports),
        "--evidence",
        junit,
        "--env",
        "stage=0",
        codes=(1, 3),
    )
    assert {finding["kind"] for finding in verdict["findings"]} == {"page", "test"}
    project.document("explain", "tests", "explain", "--evidence", junit, "--env", "stage=0")
    project.document("compare", "refused", "compare", shas[0], shas[1], codes=(3,))
    project.document("compare", "across", "compare", shas[0], shas[1], "--across-environments")
    project.document("compare", "distributions", "compare", shas[0], shas[2], "--all")
    runs = project.document("runs", "show", "history", "show", shas[0])["runs"]
    run = next(run["id"] for run in runs if run["profile"] == "baseline")
    project.document("compare", "run", "compare", run, str(samples), "--env", "stage=0")
    project.document("trend", "estimated", "trend", "--env", "stage=0", "--metric", "p97.5", "--endpoint", "**")
    project.keep_exported()
    hostile(project)
    return project


def hostile(project):
    """Names that would be markup, commands or controls elsewhere are nothing but text in JSON."""
    folder = project.folder.parent / "hostile"  # no repository, for the commit has such a name too
    subprocess.run([sys.executable, ROOT / "Tests/Formats/hostile.py", folder], check=True)
    for release in sorted(folder.iterdir()):
        arguments = (release / "arguments").read_bytes().decode().split("\0")[:-1]
        project.folder = release
        project.document("verdict", release.name, "check", *arguments, codes=(1,))
        usable = [argument for argument in arguments if not argument.startswith("--no-record")]
        project.document("explain", release.name, "explain", *usable, codes=(0,))


def tables(folder):
    """Change points and judgements of tables."""
    project = Project(folder, "service: shop\n")
    levels = [10 + number % 3 * 0.1 + (5 if number > 15 else 0) for number in range(30)]
    rows = [f"s,{number},{value}" for number, value in enumerate(levels)] + [
        f"still,{number},{number % 3 + 9}" for number in range(30)
    ]
    table = project.write("series.csv", "\n".join(["series_id,index,value", *rows]) + "\n")
    project.document("series-changes", "levels", "changes", "--csv", table)
    for line in project.slogate("changes", "--csv", table, "--format", "jsonl").splitlines():
        project.keep("series-changes-line", "levels", line)
    rows = []
    for case, value in {"slow": 150, "same": 101, "fast": 60}.items():
        rows += [f"{case},history,{number},0,{100 + number % 4}" for number in range(9)] + [
            f"{case},candidate,9,0,{value}"
        ]
    rows += ["young,history,0,0,4", "young,candidate,1,0,4"]
    cases = project.write("cases.csv", "\n".join(["case_id,role,run,rep,value", *rows]) + "\n")
    for line in project.slogate("changes", "--gate-csv", cases).splitlines():
        project.keep("gate-case", "cases", line)
    return project
