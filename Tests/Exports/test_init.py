"""What `slogate init` writes: by the validators of workflows, by k6 and Node, and at a terminal."""
import os
import pathlib
import pty
import subprocess
import unittest

import yaml
from exports import ROOT, SLOGATE, Exports

VALIDATORS = pathlib.Path(os.environ["VALIDATORS"])


def triggers(document):
    """The key `on`, which YAML 1.1 takes for true."""
    return document.get("on", document.get(True))


class Init(Exports):
    def init(self, *arguments):
        self.run_tool(SLOGATE, "init", *arguments)
        return {path.name: yaml.safe_load(path.read_text()) for path in (self.folder / ".github/workflows").iterdir()}

    def test_the_workflows_give_what_those_they_call_ask_for(self):
        for name, document in self.init().items():
            [(_, job)] = document["jobs"].items()
            if "uses" not in job:
                continue
            called = job["uses"].split("@")[0].removeprefix("OWNER/slogate/")
            callee = yaml.safe_load((ROOT / called).read_text())
            call = triggers(callee)["workflow_call"] or {}
            with self.subTest(name):
                self.assertLessEqual(set(job.get("with", {})), set(call.get("inputs", {})))
                # The token is for a slogate whose repository is private.
                self.assertEqual(set(job.get("secrets", {})), set(call.get("secrets", {})) - {"SLOGATE_TOKEN"})
                granted = job.get("permissions", document["permissions"])
                for wanted in [callee.get("permissions", {}), *(each.get("permissions", {}) for each in callee["jobs"].values())]:
                    for scope, level in wanted.items():
                        self.assertIn(granted.get(scope), {level, "write"}, scope)

    def test_the_workflows_give_the_action_what_it_asks_for(self):
        known = set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
        documents = self.init("--start", "make serve &", "--url", "http://localhost:8080").values()
        steps = [step for document in documents for job in document["jobs"].values() for step in job.get("steps", [])]
        used = [step for step in steps if step.get("uses", "").startswith("OWNER/slogate@")]
        self.assertEqual(len(used), 2)
        for step in used:
            self.assertLessEqual(set(step["with"]), known)

    def test_the_scripts_are_where_the_gate_looks_for_them(self):
        self.init()
        gate = yaml.safe_load((ROOT / ".github/workflows/performance-release-gate.yml").read_text())
        inputs = triggers(gate)["workflow_call"]["inputs"]
        for name in ("baseline-script", "spike-script", "k6-requirements"):
            self.assertTrue((self.folder / inputs[name]["default"]).is_file(), name)

    def test_the_validators_have_nothing_to_say(self):
        self.init()
        workflows = sorted((self.folder / ".github/workflows").iterdir())
        self.run_tool(VALIDATORS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
        self.run_tool(VALIDATORS / "zizmor", "--quiet", "--offline", *workflows)
        self.run_tool(VALIDATORS / "yamllint", "--strict", "--config-file", ROOT / "Tests/Workflows/yamllint.yml", *workflows)

    def test_k6_and_node_take_the_scripts(self):
        self.init()
        environment = {**os.environ, "PERF_BASE_URL": "https://perf.example", "PERF_BEARER_TOKEN": "t", "PERF_ACCOUNT_ID": "1"}
        for script in ("baseline", "spike"):
            path = self.folder / f".github/k6/{script}.js"
            result = subprocess.run(["k6", "inspect", "--include-system-env-vars", path], env=environment, capture_output=True,
                                    text=True, timeout=60)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("p(99)", result.stdout)
        for path in (self.folder / ".github/k6").glob("*.js"):
            module = self.folder / (path.stem + ".mjs")
            module.write_text(path.read_text())
            self.run_tool("node", "--check", module)

    def at_a_terminal(self, answers, *arguments):
        """What is shown there."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execv(SLOGATE, [SLOGATE, "init", *arguments])
        os.write(terminal, answers.encode())
        shown = b""
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:  # Linux ends a terminal that nobody writes to any more with an error.
            pass
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), 0)
        return shown.decode()

    def test_at_a_terminal_it_asks_for_two_names_that_have_defaults(self):
        shown = self.at_a_terminal("web shop\n\n")
        self.assertIn("Service [", shown)
        self.assertIn("Owner of its limits [web shop-team]", shown)
        budgets = yaml.safe_load((self.folder / "budgets/slogate.yaml").read_text())
        self.assertEqual((budgets["service"], budgets["owner"]), ("web shop", "web shop-team"))

    def test_at_a_terminal_it_asks_for_nothing_that_is_given(self):
        self.assertNotIn("[", self.at_a_terminal("", "--service", "shop", "--owner", "us"))


if __name__ == "__main__":
    unittest.main()
