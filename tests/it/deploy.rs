//! The files for schedulers（`deploy/`）: they can be read, a shell runs them as the scheduler would, each finds its part in the index
//! variable of its own scheduler, and the program understands the commands that come out. No part is built here.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::repository;

/// Every variable that a scheduler gives.
const INDICES: [&str; 3] = ["JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "SLURM_ARRAY_TASK_ID"];

fn text(path: &str) -> String {
    fs::read_to_string(repository().join("deploy").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}")).to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}")).iter().map(string).collect()
}

/// Variables and their values, as both schedulers' files list them.
fn variables(value: &Value) -> Vec<(String, String)> {
    let all = value.as_array().expect("a list of variables");
    all.iter().map(|one| (string(&one["name"]), string(&one["value"]))).collect()
}

fn job() -> Value {
    serde_saphyr::from_str(&text("kubernetes/job.yaml")).expect("it is YAML")
}

fn job_definition() -> Value {
    serde_json::from_str(&text("aws-batch/job-definition.json")).expect("it is JSON")
}

/// A program that stands where `hyoka` would, and prints what it was called with, a word a line.
fn stand_in() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let path = folder.path().join("hyoka");
    fs::write(&path, "#!/bin/sh\nprintf '%s\\n' hyoka \"$@\"\n").expect("it can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    (folder, path)
}

/// Runs words as a scheduler does: nothing is known but the variables that it gives, and where programs lie.
fn run(words: &[String], variables: &[(String, String)]) -> Output {
    let (folder, program) = stand_in();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").expect("programs lie somewhere"));
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env_clear().env("PATH", path).env("HYOKA", program);
    command.envs(variables.iter().cloned()).output().expect("there is a shell")
}

/// The command lines that come out, each of which the program understands.
fn understood(output: &Output) -> Vec<Vec<String>> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout.clone()).expect("it is UTF-8");
    let mut lines: Vec<Vec<String>> = Vec::new();
    for word in printed.lines() {
        if word == "hyoka" {
            lines.push(Vec::new());
        }
        lines.last_mut().expect("a program comes first").push(word.to_owned());
    }
    for line in &lines {
        hyoka::cli::command().try_get_matches_from(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
    }
    lines
}

/// Runs a file's words for each part in turn, by what its scheduler gives for it.
fn parts_are_built(words: &[String], index: &str, given: &[(String, String)], first: usize, count: usize) {
    let with = |name: &str, value: usize| [given, &[(name.to_owned(), value.to_string())]].concat();
    for part in [1, 2, count] {
        let lines = understood(&run(words, &with(index, first + part - 1)));
        assert_eq!(lines.len(), 1, "one part, one command: {lines:?}");
        let after = |option: &str| {
            let at = lines[0].iter().position(|word| word == option).unwrap_or_else(|| panic!("no {option}"));
            lines[0][at + 1].clone()
        };
        assert_eq!(lines[0][3], "build", "{lines:?}");
        assert_eq!(after("--shard"), format!("{part}/{count}"));
        assert!(after("--out").ends_with(&format!("/part-{part}")), "{lines:?}");
    }
    // Without its own variable nothing is built; the first part by all tasks would be worse.
    for other in INDICES.iter().filter(|other| **other != index) {
        let output = run(words, &with(other, 1));
        assert!(!output.status.success() && output.stdout.is_empty(), "{index} is not needed");
    }
}

#[test]
fn an_indexed_job_builds_its_part() {
    let job = job();
    assert_eq!((&job["apiVersion"], &job["kind"]), (&"batch/v1".into(), &"Job".into()));
    assert_eq!(job["spec"]["completionMode"], "Indexed");
    let pod = &job["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    let words = [strings(&container["command"]), strings(&container["args"])].concat();
    let count = job["spec"]["completions"].as_u64().expect("a number of parts");
    let count = usize::try_from(count).expect("it is small");
    let given = variables(&container["env"]);
    assert!(given.contains(&("HYOKA_SHARDS".to_owned(), count.to_string())), "{given:?}");
    parts_are_built(&words, "JOB_COMPLETION_INDEX", &given, 0, count);
    let names = |of: &Value, key: &str| -> Vec<String> {
        of[key].as_array().expect("a list").iter().map(|one| string(&one["name"])).collect()
    };
    assert_eq!(names(container, "volumeMounts"), names(pod, "volumes"));
}

#[test]
fn an_array_job_builds_its_part() {
    let (definition, job) = (job_definition(), text("aws-batch/job.json"));
    let job: Value = serde_json::from_str(&job).expect("it is JSON");
    assert_eq!(job["jobDefinition"], definition["jobDefinitionName"]);
    let container = &definition["containerProperties"];
    let count = job["arrayProperties"]["size"].as_u64().expect("a number of parts");
    let count = usize::try_from(count).expect("it is small");
    let given = variables(&container["environment"]);
    assert!(given.contains(&("HYOKA_SHARDS".to_owned(), count.to_string())), "{given:?}");
    parts_are_built(&strings(&container["command"]), "AWS_BATCH_JOB_ARRAY_INDEX", &given, 0, count);
    let names = |key: &str, name: &str| -> Vec<String> {
        container[key].as_array().expect("a list").iter().map(|one| string(&one[name])).collect()
    };
    assert_eq!(names("mountPoints", "sourceVolume"), names("volumes", "name"));
}

#[test]
fn a_job_array_builds_its_part() {
    let path = repository().join("deploy/slurm/array.sbatch");
    let words = ["sh".to_owned(), path.display().to_string()];
    let given = |count: (&str, usize)| {
        [("HYOKA_WORKSPACE", "/workspace"), ("HYOKA_OUTPUT", "/output"), (count.0, &count.1.to_string())]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    parts_are_built(&words, "SLURM_ARRAY_TASK_ID", &given(("SLURM_ARRAY_TASK_COUNT", 40)), 1, 40);
    // A task that is run again by itself is told the number of parts.
    parts_are_built(&words, "SLURM_ARRAY_TASK_ID", &given(("HYOKA_SHARDS", 40)), 1, 40);
}

#[test]
fn the_manifests_of_all_parts_are_joined() {
    let readme = text("README.md");
    let lines: Vec<&str> = readme.lines().filter(|line| line.starts_with("hyoka ")).collect();
    assert!(!lines.is_empty(), "the page says how to join");
    for line in lines {
        let words = ["sh", "-euc", line].map(str::to_owned);
        let words = understood(&run(&words, &[])).concat();
        assert_eq!(words[1..4], ["manifest", "join", "all.json"]);
        assert_eq!(words[4..], (1..=40).map(|part| format!("part-{part}")).collect::<Vec<_>>());
    }
}
