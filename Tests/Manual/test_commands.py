"""Every command line of slogate in the manual is one that the program knows: commands, options and the values of
options that take one of a few words. What the program takes is asked of itself (--experimental-dump-help)."""
import json
import os
import re
import shlex
import subprocess
import unittest

from page import Block, Page, pages, root

dump = subprocess.run(
    [os.environ["SLOGATE"], "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
tree = json.loads(dump)["command"]
# Where a command line ends: at a pipe, a list, a redirection, a substitution's end, a comment.
end = re.compile(r"\s(?:\||\|\||&&|&|>>?|<|2>&1|\\n|#)(?:\s|$)|[;)]|\s\d?>|\s<|$")
start = re.compile(r"(?:^|[\s(\"'`/]|\$\()slogate(?= +[a-z-])")


def options(command):
    """The options of a command, each with the words it takes where these are few."""
    found = {}
    for argument in command.get("arguments", []):
        for name in argument.get("names") or []:
            dashes = "-" if name["kind"] == "short" else "--"
            words = argument.get("allValues") or argument.get("allValueStrings")
            found[dashes + name["name"]] = (argument["kind"], words)
    return found


def complaint(line):
    """What is wrong with the words behind `slogate`; None where nothing is."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        words = line.split()
    command, path = tree, ["slogate"]
    below = {sub["commandName"]: sub for sub in command.get("subcommands", [])}
    awaited = None
    for number, word in enumerate(words):
        if word in ("…", "..."):
            continue
        if word.startswith("-") and word != "-":
            name, equals, value = word.partition("=")
            name = name.rstrip("…")
            known = options(command)
            if name in ("--help", "-h", "--version") or (name == "--experimental-dump-help" and command is tree):
                continue
            if name == "--generate-completion-script" and command is tree:
                return None
            if name not in known:
                return f"{' '.join(path)} has no option {name}"
            kind, few = known[name]
            awaited = (name, few) if kind == "option" else None
            if equals and few and value not in few and not value.startswith(("$", "…")):
                return f"{name} takes {', '.join(few)}; found {value}"
            if equals:
                awaited = None
        elif awaited:
            name, few = awaited
            awaited = None
            if few and not set(word.split("|")) <= set(few) and not re.match(r"[$A-Z…]", word):
                return f"{name} takes {', '.join(few)}; found {word}"
        elif below:
            if not re.fullmatch("[a-z-]+", word):
                return None if re.fullmatch("[A-Z]+", word) else f"'{word}' is no command of {' '.join(path)}"
            if word == "help" and command is tree:
                continue
            if word not in below:
                return f"'{word}' is no command of {' '.join(path)}"
            command = below[word]
            path.append(word)
            below = {sub["commandName"]: sub for sub in command.get("subcommands", [])}
    return None


def lines_of(text):
    """The command lines of slogate in a text: lines that end in a backslash go on."""
    for line in re.sub(r"\s*\\\n\s*", " ", text).split("\n"):
        for match in start.finditer(line):
            rest = line[match.end():]
            yield rest[:end.search(rest).start()].strip()


def command_lines(page):
    """All of a page, in blocks and within sentences."""
    for block in page.blocks:
        # What ends with 64 shows how a wrong line is refused.
        if block.language in ("sh", "yaml", "groovy") and block.attributes.get("exit") != "64":
            for line in lines_of(block.text):
                yield str(block), line
    for number, prose in page.prose:
        # A list of messages quotes sentences.
        quoted = page.path.name == "troubleshooting.md" and prose.startswith("- `")
        for code in [] if quoted else re.findall(r"`([^`]+)`", prose):
            if code.startswith("slogate "):
                for line in lines_of(code):
                    yield f"{page.name}:{number}", line


class Commands(unittest.TestCase):
    def test_every_command_line_is_one_the_program_takes(self):
        found = [(place, line) for page in pages() for place, line in command_lines(page)]
        self.assertGreater(len(found), 100)
        wrong = [f"{place}: slogate {line}: {complaint(line)}" for place, line in found if complaint(line)]
        self.assertEqual([], wrong, "\n".join(wrong))

    def test_options_named_by_themselves_are_options_of_some_command(self):
        def every(command):
            yield from options(command)
            for sub in command.get("subcommands", []):
                yield from every(sub)
        known = set(every(tree)) | {"--help", "--version", "--generate-completion-script"}
        foreign = set((root / "Tests/Manual/foreign-options.txt").read_text().split())
        wrong = []
        for page in pages():
            for number, prose in page.prose:
                for code in re.findall(r"`([^`]+)`", prose):
                    name = re.match(r"--[a-z][a-z0-9-]*", code)
                    if name and name[0] not in known | foreign:
                        wrong.append(f"{page.name}:{number}: no command has the option {name[0]}")
        self.assertEqual([], wrong, "\n".join(wrong))

    def test_a_line_with_a_word_nobody_knows_is_told(self):
        for line in (
                "chekc", "check --basline x", "history accpet", "check --format xml", "budgets diff --fail-on=worse"):
            self.assertIsNotNone(complaint(line), line)
        for line in (
                "check --baseline a.json --format json", "history accept --commit X --all --reason WHY", "help check"):
            self.assertIsNone(complaint(line), line)

    def test_lines_are_found_where_they_are_written(self):
        text = "```sh\nset -e; slogate check \\\n  --baseline a.json | tee log\nk6 run x && slogate trend > out\n```\n"
        found = [line for _, line in command_lines(Page(root / "README.md", text))]
        self.assertEqual(["check --baseline a.json", "trend"], found)


if __name__ == "__main__":
    unittest.main()
