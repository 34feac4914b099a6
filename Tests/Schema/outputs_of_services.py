"""Outputs about the services that slogate.yaml names."""

from project import SIZING, Project

SERVICES = """\
version: 1
defaults: { environment: perf }
services:
  shop: { profiles: { baseline: results/shop.json } }
  search: { profiles: { baseline: results/search.json } }
"""


def services(folder):
    """Two services that are judged, and one that is not there."""
    project = Project(folder, SIZING)
    project.commit("first")
    for service in ("shop", "search", "billing"):
        project.write(f"budgets/{service}.yaml", f"service: {service}\n{SIZING}")
        if service != "billing":
            project.summary(f"{service}.json")
    project.write("slogate.yaml", SERVICES)
    project.document("services", "judged", "check", "--all", "--bootstrap")
    project.write("slogate.yaml", SERVICES + "  billing: { profiles: { baseline: none.json } }\n")
    project.document("services", "without-a-verdict", "check", "--all", "--bootstrap", codes=(66,))
    return project
