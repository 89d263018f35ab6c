//! The path of a file, parted.

/// The folder and the name of a file, by its path; the folder is empty where the path has none（フォルダとファイル名）.
#[must_use]
pub fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn the_last_part_is_the_name() {
        assert_eq!(parted("content/facts.toml"), ("content", "facts.toml"));
        assert_eq!(parted("content/editions/aoba/zei/r6/seal.toml"), ("content/editions/aoba/zei/r6", "seal.toml"));
        assert_eq!(parted("manifest.json"), ("", "manifest.json"));
    }
}
