#!/usr/bin/env bash
# Makes a project in the folder it is run in, for blocks of the manual that ask a history: a repository whose branch
# main has ten commits, each measured and checked, and a branch checked out whose commit slowed search down.
set -euo pipefail
export GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@example.com

summary() { # the median of search in ms, and a little scatter of the others
  cat <<JSON
{"metrics": {
  "http_reqs": {"count": 9000, "rate": 150.1},
  "http_req_failed": {"value": 0.0004, "passes": 4, "fails": 8996},
  "http_req_duration": {"count": 9000, "med": 4$2.2, "p(95)": $(($1 * 2)).1, "p(99)": $(($1 * 3)).9},
  "http_req_duration{endpoint:search}": {"count": 3000, "med": $1.4, "p(95)": $(($1 * 2)).6, "p(99)": $(($1 * 3)).9},
  "http_req_duration{endpoint:payments}": {"count": 3000, "med": 4$2.5, "p(95)": 8$2.3, "p(99)": 12$2.4},
  "http_req_duration{endpoint:cart}": {"count": 3000, "med": 3$2.1, "p(95)": 6$2.7, "p(99)": 9$2.2}
}}
JSON
}

git init --quiet --initial-branch main .
mkdir -p budgets
cat >budgets/shop.yaml <<'YAML'
version: 1
service: shop
owner: platform-team
defaults:
  baseline: { error_rate: 1% }
endpoints:
  search: { owner: search-team, baseline: { p95: 250ms } }
  payments: { owner: payments-team, baseline: { p95: 120ms } }
YAML
printf '%s\n' history '*.json' '*.gz' >.gitignore
git add --all
scatter=(0 2 1 3 0 2 1 2 0 1)
for run in "${!scatter[@]}"; do
  git commit --quiet --allow-empty --message "Step $run"
  summary $((98 + scatter[run])) "${scatter[9 - run]}" >baseline.json
  slogate check --quiet --env stage=perf --baseline baseline.json
  [[ $run != 4 ]] || git tag v1.4.0
done
git update-ref refs/remotes/origin/main HEAD
cp baseline.json base.json
gzip --keep --force baseline.json

git switch --quiet --create pr/fuzzy
sed -i 's/p95: 250ms/p95: 300ms/' budgets/shop.yaml
git commit --quiet --all --message 'search: fuzzy matching'
summary 128 1 >baseline.json
code=0
slogate check --quiet --env stage=perf --reference main --baseline baseline.json || code=$?
[[ $code == 2 ]]
