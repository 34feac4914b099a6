"""How the action comes to its slogate: downloaded and held against a SHA-256, given, or built; with a stand-in release."""
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import steps
from folder import Folder
from stub import GitHub, executable, tarball

TOOLS = ["awk", "basename", "bash", "cat", "chmod", "cut", "dirname", "find", "grep", "gzip", "mkdir", "mktemp", "mv",
         "realpath", "rm", "sed", "sha256sum", "sort", "tar", "xargs"]
VERSION = subprocess.run(["bash", steps.ROOT / ".github/action/version.sh"], capture_output=True, text=True,
                         check=True).stdout.strip()


class Install(Folder):
    def setUp(self):
        super().setUp()
        self.tools = self.folder / "tools"
        self.tools.mkdir()
        self.give(*TOOLS, "curl")
        self.variables |= {"PATH": str(self.tools), "RUNNER_TOOL_CACHE": str(self.folder / "cache"),
                           "GITHUB_REPOSITORY": "acme/shop"}
        (self.folder / "cache").mkdir()
        self.files = {}

    def give(self, *names):
        """Puts programs of this machine on the search path of the step; there are no others."""
        for name in names:
            (self.tools / name).symlink_to(sys.executable if name == "python3" else shutil.which(name))

    def release(self, version=VERSION, architecture="x86_64", text='echo 1.2.3 "$@"\n', sums=None):
        """A release with one file; returns its SHA-256."""
        name, data = f"slogate-{version}-linux-{architecture}.tar.gz", tarball(version, architecture, text)
        digest = hashlib.sha256(data).hexdigest()
        self.files |= {f"/acme/slogate/releases/download/v{version}/{name}": data,
                       f"/acme/slogate/releases/download/v{version}/SHA256SUMS":
                           f"{'0' * 64}  other.deb\n{sums or digest}  {name}\n".encode()}
        return digest

    def install(self, **inputs):
        """The step, as its action gives it its inputs; `inputs` by the names of its variables."""
        [step] = [step for step in steps.steps("action.yml") if step.get("id") == "slogate"]
        self.output.write_text("")
        self.path.unlink(missing_ok=True)
        with GitHub(self.files) as server:
            here = f"http://127.0.0.1:{server.server_port}"
            defaults = {name: "" for name in step["env"]}
            result = self.run_script("action/install.sh", **{
                **defaults, "BUILD": "false", "KEEP_HISTORY": "none", "REPOSITORY": "acme/slogate", "RUNNER_OS": "Linux",
                "RUNNER_ARCH": "X64", "GITHUB_SERVER_URL": here, "GITHUB_API_URL": f"{here}/api",
                **{name: value.replace("HERE", here) for name, value in inputs.items()}})
            self.asked, self.tokens, self.given = server.asked, server.tokens, server.given
        self.log = result.stdout + result.stderr
        return result.returncode

    def ready(self):
        """The executable that the step names, once it is on the search path and runs."""
        found = pathlib.Path(dict(line.split("=", 1) for line in self.output.read_text().splitlines())["executable"])
        self.assertEqual(self.path.read_text(), f"{found.parent}\n")
        return subprocess.run([found, "x"], capture_output=True, text=True, check=True).stdout

    def refused(self, code, *words, **inputs):
        self.assertEqual(self.install(**inputs), code, self.log)
        for word in ("::error title=slogate::", *words):
            self.assertIn(word, self.log)
        self.assertEqual(self.output.read_text(), "")
        self.assertFalse(self.path.exists())


class Downloads(Install):
    def test_the_version_of_the_source_is_downloaded_and_its_checksum_asked_of_the_release(self):
        self.release()
        self.assertEqual(self.install(), 0, self.log)
        self.assertEqual(self.ready(), "1.2.3 x\n")
        self.assertEqual([path.rsplit("/", 1)[1] for path in self.asked],
                         ["SHA256SUMS", f"slogate-{VERSION}-linux-x86_64.tar.gz"])
        self.assertEqual(self.tokens, {None})

    def test_curl_wget_and_python_will_each_do_and_without_any_the_error_names_them(self):
        self.release()
        (self.tools / "curl").unlink()
        self.refused(69, "one of curl, wget and python3")
        for tool in ("curl", "wget", "python3"):
            with self.subTest(tool):
                self.give(tool)
                self.assertEqual(self.install(), 0, self.log)
                self.assertEqual(self.ready(), "1.2.3 x\n")
                self.refused(66, "9.9.9 has no file SHA256SUMS", "(404)", VERSION="9.9.9")
                shutil.rmtree(self.folder / "cache/slogate")
                (self.tools / tool).unlink()

    def test_another_tool_that_is_missing_is_named(self):
        for tool in ("tar", "gzip", "sha256sum"):
            (self.tools / tool).unlink()
            self.refused(69, f"the runner lacks: {tool}.")
            self.give(tool)

    def test_another_version_and_the_file_for_ARM_are_downloaded(self):
        self.release("2.0.0-rc.1", "aarch64")
        for version in ("2.0.0-rc.1", "v2.0.0-rc.1"):
            self.assertEqual(self.install(VERSION=version, RUNNER_ARCH="ARM64"), 0, self.log)
            self.ready()

    def test_a_pinned_checksum_is_the_one_that_counts(self):
        digest = self.release(sums="f" * 64)
        self.assertEqual(self.install(SHA256=digest.upper()), 0, self.log)
        self.ready()
        self.assertEqual(len(self.asked), 1)
        self.refused(65, f"found {digest}", f"expected {'a' * 64}", SHA256="a" * 64)
        self.refused(65, f"found {digest}", f"expected {'f' * 64}")

    def test_what_is_not_as_it_should_be_is_kept_nowhere(self):
        self.release(sums="f" * 64)
        self.refused(65)
        self.assertEqual([file for file in self.folder.rglob("*") if "linux" in file.name or "slogate." in file.name], [])

    def test_a_kept_copy_is_downloaded_once_and_a_pinned_one_asks_for_nothing(self):
        digest = self.release()
        self.assertEqual([(self.install(), len(self.asked)) for _ in range(2)], [(0, 2), (0, 1)])
        self.assertEqual((self.install(SHA256=digest), self.asked), (0, []))
        self.ready()

    def test_a_tool_cache_that_cannot_be_written_is_not_needed(self):
        self.release()
        for cache in ("", str(self.folder / "none")):
            self.assertEqual(self.install(RUNNER_TOOL_CACHE=cache), 0, self.log)
            self.ready()

    def test_releases_may_be_elsewhere_also_in_a_folder(self):
        digest = self.release()
        folder = self.folder / f"mirror/v{VERSION}"
        folder.mkdir(parents=True)
        for path, data in self.files.items():
            (folder / path.rsplit("/", 1)[1]).write_bytes(data)
        self.files = {}
        self.assertEqual(self.install(RELEASES=f"file://{folder.parent}/"), 0, self.log)
        self.assertIn(digest, self.log)
        self.ready()
        self.refused(66, "cannot be fetched", RELEASES=f"file://{self.folder}/nowhere")

    def test_as_a_local_action_it_looks_in_the_repository_of_the_workflow(self):
        self.refused(66, f"/acme/shop/releases/download/v{VERSION}/SHA256SUMS", REPOSITORY="")

    def test_a_version_that_is_not_released_is_told_with_its_address_and_ways_out(self):
        self.refused(66, f"/acme/slogate/releases/download/v9.9.9/slogate-9.9.9-linux-x86_64.tar.gz (404)",
                     "build: true", "releases", VERSION="9.9.9", SHA256="a" * 64)

    def test_a_release_that_does_not_name_or_hold_the_executable_is_an_error(self):
        self.release("1.0.0", "aarch64")
        self.refused(65, "SHA256SUMS does not give the SHA-256 of slogate-1.0.0-linux-x86_64.tar.gz", VERSION="1.0.0")
        self.release(text="echo 'GLIBC_2.38 not found' >&2; exit 1\n")
        self.refused(66, f"slogate {VERSION} does not start on this runner: GLIBC_2.38 not found")

    def test_a_private_release_is_read_with_the_token_which_no_mirror_gets(self):
        self.release()
        self.give("python3")
        names = [path.rsplit("/", 1)[1] for path in self.files]
        files, self.files = list(self.files.values()), {}
        api = "/api/repos/acme/slogate/releases"
        # As GitHub does: the release names an address of each file, which sends to a storage.
        self.files = {f"/storage/{number}": data for number, data in enumerate(files)}
        self.files |= {f"{api}/assets/{number}": f"/storage/{number}" for number in range(len(files))}
        self.files[f"{api}/tags/v{VERSION}"] = lambda here: {"assets": [
            {"name": name, "url": f"{here}{api}/assets/{number}"} for number, name in enumerate(names)]}
        self.refused(66, "token")
        self.assertEqual(self.install(TOKEN="secret"), 0, self.log)
        self.ready()
        self.assertEqual({path: token for path, token in self.given.items() if not path.startswith("/acme")}, {
            f"{api}/tags/v{VERSION}": "Bearer secret",
            **{f"{api}/assets/{number}": "Bearer secret" for number in range(2)},
            **{f"/storage/{number}": None for number in range(2)}})
        self.assertNotIn("secret", self.log)
        self.refused(66, "has no file SHA256SUMS", TOKEN="secret", RELEASES="HERE/mirror")
        self.assertEqual(self.tokens, {None})


class Refusals(Install):
    def test_runners_slogate_does_not_run_on_are_named(self):
        for system in ("macOS", "Windows"):
            for build in ("true", "false"):
                self.refused(64, f"slogate runs on Linux; this runner has {system}", RUNNER_OS=system, BUILD=build)
        self.refused(64, "X64 and ARM64; this runner has 'RISCV64'", RUNNER_ARCH="RISCV64")

    def test_inputs_that_say_nothing_or_two_things_are_refused(self):
        for name, value, words in (
                ("VERSION", "latest", "version is a version such as 1.2.3; found 'latest'"),
                ("VERSION", "1.2.3/../..", "found '1.2.3/../..'"),
                ("SHA256", "abc", "sha256 is of 64 hexadecimal digits; found 'abc'"),
                ("BUILD", "yes", "build is true or false; found 'yes'"),
                ("KEEP_HISTORY", "artifact", "keep-history is cache or none; found 'artifact'"),
                ("VERSION", "1\n::warning::%0A", "found '1 ::warning::%250A'")):
            self.refused(64, words, **{name: value})
        self.refused(64, "leave out", BINARY="x", BUILD="true")
        self.refused(64, "leave out", BINARY="x", VERSION="1.2.3")
        self.refused(64, "pin the action", BUILD="true", SHA256="a" * 64)


class Given(Install):
    def test_an_executable_that_is_there_is_taken_as_it_is(self):
        executable(self.folder / "own/slogate", "echo own\n")
        self.assertEqual(self.install(BINARY="own/slogate", RUNNER_ARCH="RISCV64"), 0, self.log)
        self.assertEqual((self.ready(), self.asked), ("own\n", []))

    def test_a_file_that_is_no_program_is_refused(self):
        (self.folder / "text").touch()
        for binary in ("text", "nowhere", str(self.folder)):
            self.refused(66, f"'{binary}', is no executable file", BINARY=binary)


class Build(Install):
    def test_on_request_the_source_of_the_action_is_built_and_nothing_downloaded(self):
        executable(self.tools / "swift", "echo Swift version 6\n")
        executable(self.tools / "dpkg-query", "echo install ok installed\n")
        self.assertEqual(self.install(BUILD="true"), 0, self.log)
        self.assertEqual(self.asked, [])
        output = dict(line.split("=", 1) for line in self.output.read_text().splitlines())
        self.assertEqual((output["source"], output["executable"]),
                         (str(steps.ROOT), str(self.folder / "slogate/slogate")))
        self.assertRegex(output["made-of"], "^[0-9a-f]{40}$")
        self.assertEqual(self.path.read_text(), f"{self.folder}/slogate\n")
        executable(self.tools / "swift", "echo Swift version 7\n")
        self.install(BUILD="true")
        self.assertNotIn(output["made-of"], self.output.read_text())

    def test_only_then_the_build_steps_run(self):
        document = {step.get("name"): step for step in steps.steps("action.yml")}
        self.assertEqual(document["The slogate built before"]["if"], "steps.slogate.outputs.made-of != ''")
        self.assertEqual(document["Build slogate"]["if"],
                         "steps.slogate.outputs.made-of != '' && steps.built.outputs.cache-hit != 'true'")
        executable(self.tools / "swift", f'[[ $* != *--show-bin-path ]] || echo {self.folder}/bin\n')
        executable(self.folder / "bin/slogate", "echo built\n")
        self.give("cp")
        result = self.run_text(document["Build slogate"]["run"], SOURCE=str(steps.ROOT))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((self.folder / "slogate/slogate").exists())


class KeptHistory(unittest.TestCase):
    """The action restores and saves under the names of the gate, so that either finds what the other kept."""
    steps = {step.get("name"): step for step in steps.steps("action.yml")}
    restore, save = steps["The history of the environment"], steps["Keep the history of the default branch"]

    def runs(self, step, **values):
        """Whether a step runs, by its condition: all of its expression language that it uses."""
        values = {"keep_history": "cache", "check": "true", "outcome": "failure", "cancelled": False, "event": "push",
                  "ref": "refs/heads/main", **values}
        python = step["if"].replace("&&", " and ").replace("||", " or ")
        for words, value in {
                "!cancelled()": not values["cancelled"], "inputs.keep-history": values["keep_history"],
                "inputs.check": values["check"], "steps.check.outcome": values["outcome"],
                "github.event_name": values["event"], "github.ref ": values["ref"],
                "format('refs/heads/{0}', github.event.repository.default_branch)": "refs/heads/main"}.items():
            python = python.replace(words, repr(value) + " ")
        self.assertNotRegex(python, r"inputs\.|github\.|steps\.|!c")
        return eval(python)

    def test_nothing_is_kept_unless_it_is_asked_for(self):
        self.assertEqual(steps.read("action.yml")["inputs"]["keep-history"]["default"], "none")
        for step in (self.restore, self.save):
            self.assertFalse(self.runs(step, keep_history="none"))
            self.assertTrue(self.runs(step))

    def test_every_branch_reads_it_and_the_default_branch_alone_writes(self):
        for ref in ("refs/heads/feature", "refs/pull/7/merge", "refs/tags/main"):
            self.assertTrue(self.runs(self.restore, ref=ref))
            self.assertFalse(self.runs(self.save, ref=ref))
        self.assertTrue(self.runs(self.save, event="schedule", ref="refs/heads/x"))

    def test_what_is_blocked_is_kept_too_and_without_a_check_nothing(self):
        for outcome, kept in (("success", True), ("failure", True), ("skipped", False)):
            self.assertEqual(self.runs(self.save, outcome=outcome), kept)
        self.assertFalse(self.runs(self.save, cancelled=True))
        self.assertFalse(self.runs(self.restore, check="false"))

    def test_the_verdict_stands_whether_the_history_is_kept_or_not(self):
        self.assertIs(self.save["continue-on-error"], True)
        order = [step.get("name") for step in steps.steps("action.yml")]
        self.assertLess(order.index("The history of the environment"), order.index("Judge"))
        self.assertLess(order.index("Judge"), order.index("Keep the history of the default branch"))

    def keys(self, environment):
        values = {"inputs.environment || 'default'": environment or "default", "github.run_id": "7",
                  "github.run_attempt": "1", "steps.check.outputs.key": f"shop_{environment}", "github.job": "perf",
                  "hashFiles(inputs.history)": "0a1b"}
        given = (self.save["with"]["key"], self.restore["with"]["restore-keys"], self.restore["with"]["key"])
        return [re.sub(r"\$\{\{ (.+?) \}\}", lambda name: values[name[1]], text) for text in given]

    def test_it_is_found_by_its_environment_and_by_no_other_and_the_gate_finds_it_too(self):
        self.assertEqual(self.save["with"]["path"], self.restore["with"]["path"])
        saved, sought, never = self.keys("perf")
        self.assertTrue(saved.startswith(sought) and not saved.startswith(never) and " " not in saved, saved)
        self.assertFalse(self.keys("perf-eu")[0].startswith(sought))
        gate = steps.read(".github/workflows/performance-release-gate.yml")["jobs"]["first"]["env"]["HISTORY_NAME"]
        name = "inputs.environment || 'default'"
        self.assertEqual(gate.replace(f"${{{{ {name} }}}}", "perf") + ":", sought)


if __name__ == "__main__":
    unittest.main()
