#!/usr/bin/env python3
"""Writes the manual pages of slogate from what the executable says of itself, so that they are --help on paper.

  slogate --experimental-dump-help | python3 scripts/manpages.py --version 0.1.0 --date 2026-01-31 --output DIR

One page for slogate and one for every command of its own: slogate.1, slogate-check.1, slogate-budgets-lint.1."""

import argparse
import json
import re
import sys
from pathlib import Path


# Signs that roff takes for something else, or shows as another one.
ROFF = {"\\": r"\e", "-": r"\-", "^": r"\(ha", "~": r"\(ti", "`": r"\(ga"}


def escaped(text):
    """Text that roff shows as it is: no escape sequences, no requests at the start of a line, hyphens to paste."""
    text = text.translate({ord(sign): roff for sign, roff in ROFF.items()})
    return re.sub(r"(?m)^(?=[.'])", r"\\&", text)


def prose(text):
    """Paragraphs, one sentence a line as roff wants them."""
    paragraphs = [escaped(re.sub(r"\s+", " ", part.strip())) for part in text.split("\n\n") if part.strip()]
    return "\n.PP\n".join(re.sub(r"(?<=[^.][a-z)\]][.?!]) (?=[A-Z])", "\n", part) for part in paragraphs)


def spelling(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def placeholder(argument):
    return r"\fI" + escaped(argument["valueName"]) + r"\fR"


def header(argument):
    """How an option is written, -v, --verbose, or --history FILE."""
    if argument["kind"] == "positional":
        return placeholder(argument)
    names = ", ".join(r"\fB" + escaped(spelling(name)) + r"\fR" for name in argument["names"])
    return names + (" " + placeholder(argument) if argument["kind"] == "option" else "")


def described(argument):
    """What --help says of an argument: abstract, the values it may have, its default."""
    facts = []
    if values := argument.get("allValues"):
        facts.append("values: " + ", ".join(values))
    if (default := argument.get("defaultValue")) and argument["kind"] != "flag":
        facts.append("default: " + default)
    text = argument.get("abstract", "")
    if argument.get("discussion"):
        text += "\n\n" + argument["discussion"]
    return prose(text + (f" ({'; '.join(facts)})" if facts else "")).replace("\n.PP\n", "\n.IP\n")


def usage(path, command, arguments):
    """The synopsis: options as such, every positional argument by its name."""
    words = [r"\fB" + escaped(" ".join(path)) + r"\fR"]
    if any(argument["kind"] != "positional" for argument in arguments):
        words.append(r"[\fIoptions\fR]")
    for argument in arguments:
        if argument["kind"] == "positional":
            word = placeholder(argument) + (r"\ .\|.\|." if argument["isRepeating"] else "")
            words.append(f"[{word}]" if argument["isOptional"] else word)
    if command.get("subcommands"):
        words.append(r"\fIcommand\fR")
    return " ".join(words)


def page(path, command, date, version):
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    children = [child for child in command.get("subcommands", []) if child["commandName"] != "help"]
    name = "-".join(path)
    # A title is not broken, and a summary is one line without a full stop, as whatis(1) lists it.
    lines = [
        f'.TH {name.upper().replace("-", chr(92) + "-")} 1 {date} "slogate {version}" "User Commands"',
        ".SH NAME", f"{escaped(name)} \\- {escaped(command['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS", usage(path, command, shown),
        ".SH DESCRIPTION", prose(command["abstract"]),
    ]
    if command.get("discussion"):
        lines += [".PP", prose(command["discussion"])]
    for title, kind in (("ARGUMENTS", {"positional"}), ("OPTIONS", {"option", "flag"})):
        chosen = [argument for argument in shown if argument["kind"] in kind]
        lines += [f".SH {title}"] if chosen else []
        for argument in chosen:
            lines += [".TP", header(argument), described(argument)]
    if children:
        lines.append(".SH COMMANDS")
        for child in children:
            lines += [".TP", rf"\fB{escaped(child['commandName'])}\fR", prose(child["abstract"])]
    related = ["-".join(path[:-1])] if path[1:] else []
    related += [f"{name}-{child['commandName']}" for child in children]
    if related:
        lines += [".SH SEE ALSO", ",\n".join(rf"\fB{escaped(other)}\fR(1)" for other in related)]
    yield name, "\n".join(lines) + "\n"
    for child in children:
        yield from page(path + [child["commandName"]], child, date, version)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--date", required=True, help="the day of the release, YYYY-MM-DD")
    options.add_argument("--version", required=True)
    options.add_argument("--output", required=True, type=Path)
    options = options.parse_args()
    help_texts = json.load(sys.stdin)
    if help_texts["serializationVersion"] != 0:
        sys.exit(f"manpages.py: help of serialization version {help_texts['serializationVersion']}, expected 0")
    options.output.mkdir(parents=True, exist_ok=True)
    command = help_texts["command"]
    for name, text in page([command["commandName"]], command, options.date, options.version):
        (options.output / f"{name}.1").write_text(text)


if __name__ == "__main__":
    main()
