"""The executable, its manual and completions, as the tarball has them."""
import gzip
import hashlib
import os
import pathlib
import shutil
import subprocess

from release import AS_ROOT, DIST, ROOT, Release, in_root, samples_in


class Files(Release):
    def test_the_checksums_are_those_of_every_file(self):
        sums = dict(reversed(line.split()) for line in (DIST / "SHA256SUMS").read_text().splitlines())
        actual = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in DIST.iterdir() if path.name != "SHA256SUMS"
        }
        self.assertEqual(sums, actual)

    def test_the_version_is_that_of_the_sources_and_of_every_name(self):
        self.assertEqual(self.run_tool(self.slogate, "--version").strip(), self.version)
        self.assertIn(f'version = "{self.version}"', (ROOT / "Sources/SLOModel/Tool.swift").read_text())
        for path in DIST.glob("slogate*"):
            self.assertIn(self.version, path.name)

    def test_the_manual_of_this_version_is_with_it(self):
        doc = self.prefix / "share/doc/slogate"
        for page in ["README.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]:
            self.assertEqual((doc / page).read_bytes(), (ROOT / page).read_bytes(), page)
        self.assertIn("GNU LESSER GENERAL PUBLIC LICENSE", (doc / "licenses/LGPL-2.1").read_text())


class Executable(Release):
    def test_it_asks_for_no_loader_and_no_library(self):
        header = self.run_tool("readelf", "--wide", "--program-headers", "--dynamic", "--sections", self.slogate)
        for word in ("INTERP", "NEEDED", ".symtab", ".debug_info"):
            self.assertNotIn(word, header)

    def test_it_names_no_folder_of_the_machine_that_built_it(self):
        content = self.slogate.read_bytes()
        for name in (b".build-release", b"checkouts/", str(ROOT).encode() + b"/", str(pathlib.Path.home()).encode() + b"/."):
            self.assertNotIn(name, content)

    def test_it_gives_the_verdicts_of_the_samples_where_nothing_else_is(self):
        # A root folder with the executable and the results: no /etc, /dev, /tmp, no C library, no shell, no git.
        root = self.root_with_samples()
        codes = self.judge_the_samples(*in_root(root), "/slogate", samples=pathlib.Path("/"))
        self.assertEqual(codes, {"passing": 0, "blocked": 1}, self.output)
        self.assertIn("payments", self.output)
        self.run_tool(*in_root(root), "/slogate", "history", "verify", "--history", "/release-test.sqlite")

    def test_it_passes_nothing_where_proc_is_missing(self):
        # Swift reads the arguments of the command line there.
        root = self.root_with_samples()
        check = ["/slogate", "check", "--budgets", "/shop.yaml", "--only", "baseline", "--no-record", "--environment", "perf",
                 "--baseline", "/passing/baseline-summary.json"]
        self.run_tool(*in_root(root), *check)
        result = subprocess.run([*AS_ROOT, "chroot", root, *check], capture_output=True, text=True, timeout=60)
        self.assertNotEqual(result.returncode, 0, result.stdout)

    def root_with_samples(self):
        root = self.folder / "root"
        samples_in(root)
        shutil.copy(self.slogate, root)
        return root


class Manual(Release):
    def pages(self):
        """The pages by name, unpacked into a folder that man can be pointed at."""
        folder = self.folder / "man/man1"
        folder.mkdir(parents=True)
        for path in (self.prefix / "share/man/man1").iterdir():
            (folder / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
        return folder

    def test_every_command_has_a_page_with_every_option_of_its_help(self):
        folder = self.pages()

        def hold(path, command):
            page = (folder / ("-".join(path) + ".1")).read_text().replace(r"\-", "-")
            for argument in command.get("arguments", []):
                for name in argument.get("names", []) if argument["shouldDisplay"] else []:
                    self.assertIn(rf"\fB{'-' if name['kind'] == 'short' else '--'}{name['name']}\fR", page, path)
            children = [child for child in command.get("subcommands", []) if child["commandName"] != "help"]
            return 1 + sum(hold([*path, child["commandName"]], child) for child in children)

        self.assertEqual(hold(["slogate"], self.help()), len(list(folder.iterdir())))

    def test_mandoc_groff_and_whatis_have_nothing_to_say(self):
        for page in sorted(self.pages().iterdir()):
            with self.subTest(page.name):
                self.assertEqual(self.run_tool("mandoc", "-Tlint", "-Wwarning", page), "")
                result = subprocess.run(["man", "--warnings", "--local-file", page], capture_output=True, text=True,
                                        env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertIn(f'"{page.stem} - ', self.run_tool("lexgrog", page))


class Completions(Release):
    def test_the_three_shells_take_their_script(self):
        share = self.prefix / "share"
        bash = share / "bash-completion/completions/slogate"
        self.assertIn("slogate", self.run_tool("bash", "-c", 'source "$1" && complete -p slogate', "bash", bash))
        zsh = share / "zsh/site-functions"
        load = 'fpath=("$1" $fpath); autoload -Uz compinit && compinit -u -d "$2" && print $_comps[slogate]'
        self.assertEqual(self.run_tool("zsh", "-f", "-c", load, "zsh", zsh, self.folder / "zcompdump").strip(), "_slogate")
        self.run_tool("zsh", "-n", zsh / "_slogate")
        fish = share / "fish/vendor_completions.d/slogate.fish"
        offered = self.run_tool("fish", "--no-config", "-c", f"source {fish}; complete -C 'slogate che'")
        self.assertTrue(offered.startswith("check"), offered)
