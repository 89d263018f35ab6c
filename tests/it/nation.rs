//! Many municipalities: the cities that loads are made of, and runs that several machines share.

use std::collections::BTreeSet;

use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::session::{Session, Shard, Wanted};

use crate::support::files;

#[path = "../../examples/towns/nation.rs"]
mod towns;

use towns::{City, MOST};

/// All that is wrong with a workspace, as a person reads it.
fn said(session: &Session) -> String {
    let findings = session.check(&Wanted::default()).expect("the workspace can be read");
    render(&findings.diagnostics, &findings.sources, Lang::Ja, Tone::Plain)
}

#[test]
fn ten_cities_are_without_mistakes_and_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    towns::write(&one, 0..10);
    towns::write(&other, 0..10);
    assert_eq!(said(&Session::open(&one).unwrap()), "");
    assert_eq!(files(&one), files(&other));
}

#[test]
fn no_two_cities_share_a_name_a_folder_or_a_code() {
    let cities: Vec<City> = (0..MOST).map(City::of).collect();
    const { assert!(MOST >= 1_788, "there are names for all municipalities of Japan") };
    let count = |of: fn(&City) -> String| cities.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!([count(|city| city.name.clone()), count(|city| city.slug.clone()), count(City::code)], [MOST; 3]);
}

#[test]
fn the_parts_of_a_nation_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    towns::write(folder.path(), 0..10);
    // What cannot be read has no code, but a place in one of the parts.
    let broken = format!("content/municipalities/{}/municipality.toml", City::of(3).slug);
    std::fs::write(folder.path().join(broken), "name = ").unwrap();
    let session = Session::open(folder.path()).unwrap();
    let all = session.wanted(&Wanted::default()).unwrap();
    let mut joined = Vec::new();
    for number in 1..=4 {
        let shard: Shard = format!("{number}/4").parse().unwrap();
        let part = session.sharded(all.clone(), shard).unwrap();
        for reach in &part {
            let city = (0..10).map(City::of).find(|city| city.slug == reach.municipality).unwrap();
            let key = if city == City::of(3) { city.slug.clone() } else { city.code() };
            assert!(shard.has(&key), "{} is in part {shard}", city.slug);
        }
        assert!(part.len() < all.len());
        joined.extend(part.into_iter().map(|reach| reach.municipality));
    }
    joined.sort();
    assert_eq!(joined, all.into_iter().map(|reach| reach.municipality).collect::<Vec<_>>());
}
