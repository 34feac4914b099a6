"""Real outputs of every command that writes JSON, in many states: what the schemas of docs/schemas are held against.

`collect(folder)` returns them by form: `verdict`, `explain` … Each is a pair of its name and the document.
"""

import concurrent.futures
import pathlib

from outputs_of_checks import gate
from outputs_of_evidence import evidence, tables
from outputs_of_levels import levels
from outputs_of_services import services


def collect(folder):
    """The outputs of all of these, by form."""
    projects = (gate, levels, evidence, tables, services)
    found = {}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for made, project in zip(projects, pool.map(lambda made: made(pathlib.Path(folder) / made.__name__), projects)):
            for form, documents in project.documents.items():
                found.setdefault(form, []).extend((f"{made.__name__} {name}", document) for name, document in documents)
    return found
