#!/bin/sh
# Records a data directory of a released version: one unfinished run of each job, ended by SIGKILL in the middle.
# Usage, as root because of the neutral host name: unshare --uts sh record.sh JAR
# All recorded paths start with /proc/self/cwd, so the runs can be resumed in any directory.
set -eu
jar=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
hostname released
export HOSTNAME=released TZ=UTC
place=$(mktemp -d)
cp "$here"/*.yaml "$here"/*.csv "$place"
cd "$place"

# run_until JOB PATTERN COUNT: starts the run of a job and kills it when COUNT lines of its audit match PATTERN.
run_until() {
    java -jar "$jar" run "/proc/self/cwd/$1.yaml" --data data --no-dashboard --quiet >"$1.out" 2>&1 &
    pid=$!
    world=''
    until [ -n "$world" ] && [ "$(grep -cE "$2" "$world/audit.jsonl" || true)" -ge "$3" ]; do
        kill -0 $pid || { cat "$1.out"; exit 1; }
        world=$(ls -dt data/simulator/*/ 2>/dev/null | head -1)
        [ -f "$world/audit.jsonl" ] && grep -q . "$world/journal.jsonl" || world=''
        sleep 0.05
    done
    kill -KILL $pid
    wait $pid || true
}

run_until stop-dcs '"stop-dcs".*EXECUTED' 4
run_until changestate '"UpdateCopyState".*EXECUTED' 5
run_until update '"UpdateTask".*EXECUTED' 5
run_until action '"start".*EXECUTED' 5
run_until migrate '"test".*EXECUTED' 4

# Each command also compacts the database when it closes it.
for run in $(ls data/simulator); do
    java -jar "$jar" status "$run" --data data
done
rm -rf "$here/recorded"
mkdir -p "$here/recorded/db"
cp data/db/sms-runner.mv.db data/db/sms-runner.key data/db/sms-runner.known "$here/recorded/db"
cp -R data/simulator "$here/recorded"
rm -rf "$place"
