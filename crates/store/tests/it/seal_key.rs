//! The key of the seals is made once, whoever comes first.

use std::collections::HashSet;
use store::SealKey;

#[test]
fn nodes_that_make_the_key_at_once_all_have_the_same() {
    let data = testkit::Backend::sqlite().data;
    let folder = data.path().to_owned();
    testkit::block_on(async {
        let nodes = (0..32).map(|_| {
            let folder = folder.clone();
            tokio::spawn(async move { SealKey::in_folder(&folder).await.map(|key| key.fingerprint()) })
        });
        let mut keys = HashSet::new();
        for node in futures_util::future::join_all(nodes).await {
            keys.insert(node.expect("runs").expect("a key"));
        }
        assert_eq!(keys.len(), 1);
        let kept = SealKey::existing(&folder).await.expect("kept").fingerprint();
        assert!(keys.contains(&kept));
    });
    let names: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["seal.key"], "no draft is left");
}
