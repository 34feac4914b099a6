"""The workflow that `slogate init` writes, its steps run as GitHub runs them: in order, each with the variables of the
job. Stand-ins are Docker, npm, curl and k6; slogate and the action's script are the real ones."""
import json
import os
import pathlib
import re
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPOSITORIES = pathlib.Path(os.environ["REPOSITORIES"])
SLOGATE = os.environ["SLOGATE"]
SHA = "41d0e77abc41d0e77abc41d0e77abc41d0e77abc"

# Ten seconds of 200 requests, as k6 writes them: named by the endpoint that the script names.
POINTS = "\n".join(
    json.dumps({"type": "Point", "metric": metric, "data": {
        "time": f"2026-01-02T00:00:{second:02}.{part:03}Z", "value": value,
        "tags": {"endpoint": "home", "expected_response": "true", "scenario": "baseline"}}})
    for second in range(10) for part in range(0, 1000, 50)
    for metric, value in (("http_reqs", 1), ("http_req_duration", 20 + part % 7), ("http_req_failed", 0)))

K6 = f"""#!/usr/bin/env bash
[[ $1 == run && -f ${{@: -1}} ]] || exit 64
for argument in "$@"; do [[ $argument != json=* ]] || file=${{argument#json=}}; done
gzip > "$file" << 'POINTS'
{POINTS}
POINTS
"""


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Workflow(unittest.TestCase):
    def job(self, name):
        self.folder = REPOSITORIES / name
        document = yaml.safe_load((self.folder / ".github/workflows/performance.yml").read_text())
        return document["jobs"]["performance"]

    def prepare(self):
        temporary = self.folder / "runner"
        tools = temporary / "bin"
        for name in ("docker", "npm", "curl"):
            script(tools / name, f'#!/usr/bin/env bash\necho "{name} $*" >> "{temporary}/started"\n')
        script(tools / "python3", f"""#!/usr/bin/env bash
[[ $1 == -m && $2 == venv ]] || exit 64
mkdir -p "$3/bin"
printf '#!/usr/bin/env bash\\n[[ -f ${{@: -1}} ]]\\n' > "$3/bin/pip"
cp "{tools}/k6" "$3/bin/k6"
chmod +x "$3/bin/pip"
""")
        script(tools / "k6", K6)
        output = temporary / "output"
        output.touch()
        return {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(temporary), "RUNNER_TEMP": str(temporary),
                "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
                "GITHUB_WORKSPACE": str(self.folder), "GITHUB_SHA": SHA, "GITHUB_REF_NAME": "main",
                "GITHUB_REF": "refs/heads/main", "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_REPOSITORY": "acme/shop", "GITHUB_ACTION_PATH": str(ROOT)}

    def run_steps(self, job, variables):
        """Runs the steps up to the verdict."""
        for step in job["steps"]:
            if "run" in step:
                text = step["run"]
            elif step.get("id") == "slogate":
                text = f"bash '{ROOT}/.github/action/check.sh'"
            else:
                continue
            result = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text], cwd=self.folder,
                env={**variables, **self.variables_of(step)}, capture_output=True, text=True, timeout=60)
            self.assertEqual(result.returncode, 0, f"{step.get('name')}: {result.stdout}{result.stderr}")
            if step.get("id") == "slogate":
                return result
        self.fail("no step judges")

    def variables_of(self, step):
        """The variables that the action gives its script."""
        if step.get("id") != "slogate":
            return {}
        action = yaml.safe_load((ROOT / "action.yml").read_text())
        inputs = {name: str(given.get("default", "")) for name, given in action["inputs"].items()}
        self.assertLessEqual(set(step["with"]), set(inputs))
        inputs |= {name: str(value).lower() if isinstance(value, bool) else str(value)
                   for name, value in step["with"].items()}
        [check] = [step for step in action["runs"]["steps"] if step.get("id") == "check"]
        variables = {}
        for name, value in check["env"].items():
            found = re.fullmatch(r"\$\{\{ inputs\.([a-z0-9-]+) \}\}", value)
            if found:
                variables[name] = inputs[found[1]]
        return {**variables, "SLOGATE": SLOGATE}

    def test_the_first_push_is_green_and_its_verdict_says_what_was_not_judged(self):
        for name, started in (("compose", "docker compose up --detach --wait"), ("node", "npm start")):
            with self.subTest(name):
                job = self.job(name)
                variables = self.prepare()
                self.run_steps(job, variables | {key: str(value) for key, value in job["env"].items()})
                self.assertIn(started, (self.folder / "runner/started").read_text())
                outputs = (self.folder / "runner/output").read_text()
                self.assertIn("verdict=pass\n", outputs)
                verdict = json.loads((self.folder / "slogate-reports/verdict.json").read_text())
                self.assertEqual(verdict["environment"]["name"], "ci")
                limits = {finding["endpoint"] for finding in verdict["findings"] if finding["budget"]}
                self.assertEqual(limits, {"*", "home"})

    def test_a_secret_that_is_missing_is_named(self):
        job = self.job("server")
        [step] = [step for step in job["steps"] if step.get("name") == "Every secret is there"]
        run = lambda **given: subprocess.run(
            ["bash", "-c", step["run"]], env={"PATH": os.environ["PATH"], **given}, capture_output=True, text=True)
        secrets = {"PERF_BASE_URL": "https://perf.example", "PERF_BEARER_TOKEN": " ", "PERF_ACCOUNT_ID": "7"}
        self.assertIn("::PERF_BEARER_TOKEN", run(**secrets).stdout)
        self.assertEqual(run(**secrets).returncode, 1)
        self.assertEqual(run(**{**secrets, "PERF_BEARER_TOKEN": "t"}).returncode, 0)

    def test_the_last_line_gives_the_first_verdict(self):
        for name in ("compose", "node"):
            with self.subTest(name):
                self.folder = REPOSITORIES / name
                variables = self.prepare()
                tools = pathlib.Path(variables["PATH"].split(":")[0])
                script(tools / "slogate", f'#!/usr/bin/env bash\nexec "{SLOGATE}" "$@"\n')
                script(tools / "sleep", "#!/usr/bin/env bash\n")
                line = (self.folder / "steps.txt").read_text().splitlines()[-1]
                plain = {key: value for key, value in variables.items() if not key.startswith("GITHUB")}
                result = subprocess.run(["bash", "-c", line], cwd=self.folder, env=plain, capture_output=True, text=True)
                self.assertEqual(result.returncode, 0, f"{line}\n{result.stdout}{result.stderr}")
                self.assertTrue(result.stdout.startswith("PASS"), result.stdout)


if __name__ == "__main__":
    unittest.main()
