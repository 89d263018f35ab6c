#!/bin/bash
# Tries array.sbatch on a Slurm of one controller and two workers on this machine: kills a worker in the middle, lets its parts run again,
# joins the manifests, and compares every file with a run on one machine. Needs root and Debian. Everything lies in a temporary folder, and
# all that was started is stopped at the end.
#
#   deploy/slurm/try.sh [CITIES] [PARTS]
set -euo pipefail

cities=${1:-24}
parts=${2:-6}
limit=240 # seconds that the array may take
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for profile in release debug; do
  built=$root/target/$profile
  if [ -x "$built/hyoka" ] && [ -x "$built/examples/towns" ]; then break; fi
done
HYOKA=${HYOKA:-$built/hyoka}
TOWNS=${TOWNS:-$built/examples/towns}
if [ ! -x "$HYOKA" ] || [ ! -x "$TOWNS" ]; then
  echo "build them first: cargo build --locked --bin hyoka --example towns" >&2
  exit 2
fi
if ! command -v slurmctld slurmd sbatch munged >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends slurmctld slurmd slurm-client munge
fi

work=$(mktemp -d)
chmod 755 "$work"
mkdir "$work/state" "$work/munge" "$work/output" "$work/spool-w1" "$work/spool-w2"
export SLURM_CONF=$work/slurm.conf
munged_pid='' controller_pid='' worker1_pid='' worker2_pid=''

# The processes of a worker's jobs, each with the step daemon that is their parent. Only ours: they know the temporary folder.
jobs_of() {
  local file pid
  for file in /proc/[0-9]*/environ; do
    pid=${file#/proc/}
    pid=${pid%/environ}
    if tr '\0' '\n' 2>/dev/null <"$file" | grep -qxF "SLURMD_NODENAME=$1" &&
      tr '\0' '\n' 2>/dev/null <"$file" | grep -qxF "HYOKA_OUTPUT=$work/output"; then
      echo "$pid"
      if grep -q slurmstepd "/proc/$(ps -o ppid= -p "$pid" | tr -d ' ')/comm" 2>/dev/null; then
        ps -o ppid= -p "$pid" | tr -d ' '
      fi
    fi
  done | sort -u
}

stop() {
  local node pid
  for node in w1 w2; do
    for pid in $(jobs_of $node); do kill -9 "$pid" 2>/dev/null || true; done
  done
  for pid in $worker1_pid $worker2_pid $controller_pid $munged_pid; do kill "$pid" 2>/dev/null || true; done
  for pid in $worker1_pid $worker2_pid $controller_pid $munged_pid; do wait "$pid" 2>/dev/null || true; done
  if [ "${KEEP:-}" = "" ]; then rm -rf "$work"; else echo "kept: $work"; fi
}
trap stop EXIT

wait_for() { # what, seconds, command…
  local what=$1 left=$(($2 * 5))
  shift 2
  until "$@"; do
    left=$((left - 1))
    if [ $left -le 0 ]; then
      echo "gave up waiting for $what" >&2
      tail -n 20 "$work"/*.log >&2 || true
      exit 1
    fi
    sleep 0.2
  done
}

echo "== a workspace of $cities cities, built on one machine"
"$TOWNS" "$work/workspace" "$cities"
"$HYOKA" --root "$work/workspace" build --out "$work/whole"

echo "== one controller, two workers"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none
chmod 400 "$work/munge/key"
munged --foreground --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" \
  --seed-file="$work/munge/seed" --log-file="$work/munge/munged.log" >"$work/munged.log" 2>&1 &
munged_pid=$!
host=$(hostname -s)
cat >"$SLURM_CONF" <<CONF
ClusterName=trial
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=17817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=10
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/controller.pid
SlurmdPidFile=$work/%n.pid
SlurmctldLogFile=$work/controller.log
SlurmdLogFile=$work/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmdTimeout=10
ReturnToService=1
JobRequeue=1
MessageTimeout=5
NodeName=w1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17821 CPUs=1 RealMemory=500
NodeName=w2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17822 CPUs=1 RealMemory=500
PartitionName=all Nodes=w1,w2 Default=YES State=UP MaxTime=10
CONF
wait_for 'the key daemon' 10 test -S "$work/munge/socket"
slurmctld -D -c >"$work/controller.out" 2>&1 &
controller_pid=$!
slurmd -D -N w1 >"$work/w1.out" 2>&1 &
worker1_pid=$!
slurmd -D -N w2 >"$work/w2.out" 2>&1 &
worker2_pid=$!
two_idle() { [ "$(sinfo -h -N -o '%T' 2>/dev/null | grep -c '^idle')" = 2 ]; }
wait_for 'two idle workers' 40 two_idle
sinfo -N -o '%N %T'

echo "== an array of $parts parts"
export HYOKA HYOKA_WORKSPACE=$work/workspace HYOKA_OUTPUT=$work/output
job=$(sbatch --parsable --array="1-$parts" --output="$work/part-%a.log" "$here/array.sbatch")
runs_on_w1() { squeue -h -r -w w1 -t RUNNING -o '%K' 2>/dev/null | grep -q . && [ "$(jobs_of w1)" != '' ]; }
wait_for 'a part on the first worker' 60 runs_on_w1
sleep 0.5
lost=$(squeue -h -r -w w1 -t RUNNING -o '%K' | tr '\n' ' ')
killed=$(jobs_of w1 | tr '\n' ' ')
for pid in $worker1_pid $killed; do kill -9 "$pid" 2>/dev/null || true; done
echo "killed the first worker while it made part ${lost:-(none)}"
for part in $lost; do
  if [ -f "$work/output/part-$part/manifest.json" ]; then echo "part $part had just been written"; fi
done

done_all() { [ "$(squeue -h -j "$job" -o '%i' 2>/dev/null | wc -l)" = 0 ]; }
wait_for 'the array' $limit done_all
sinfo -N -o '%N %T'
for part in $(seq 1 "$parts"); do echo "part $part: $(tr '\n' ' ' <"$work/part-$part.log")"; done
for part in $lost; do
  scontrol -o show job "${job}_$part" 2>/dev/null |
    grep -o -E 'ArrayTaskId=[0-9]+|JobState=[A-Z]+|Restarts=[0-9]+|NodeList=w[0-9]' | tr '\n' ' '
  echo
done

echo "== joined, and compared with the run on one machine"
mapfile -t folders < <(seq -f "$work/output/part-%g" 1 "$parts")
"$HYOKA" manifest join "$work/joined.json" "${folders[@]}"
cmp "$work/joined.json" "$work/whole/manifest.json"
hashes() { (cd "$1" && find . -type f -path './*/*/*' | LC_ALL=C sort | xargs -d '\n' sha256sum); }
hashes "$work/whole" >"$work/whole.sha256"
for folder in "${folders[@]}"; do hashes "$folder"; done | LC_ALL=C sort -k 2 >"$work/parts.sha256"
cmp "$work/whole.sha256" "$work/parts.sha256"
echo "the same: $(wc -l <"$work/whole.sha256") files, and the manifest byte for byte"
