//! Files are kept whole under their hash, or not at all.

use crate::thing::open;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use kernel::{Error, Outcome};
use std::convert::Infallible;
use store::{Store, StoredBlob};

async fn receive(store: &Store, bytes: &'static [u8]) -> Outcome<StoredBlob> {
    let stream = stream::iter([Ok::<_, Infallible>(Bytes::from_static(bytes))]);
    store.blobs().receive(stream, 1 << 20).await
}

#[test]
fn a_file_that_finds_no_place_is_away_for_the_moment_and_leaves_nothing() {
    let db = testkit::Backend::sqlite();
    let attachments = db.data.path().join("attachments");
    testkit::block_on(async {
        let store = open(&db).await;
        // Where the folders of kept files would be stands something else.
        std::fs::write(attachments.join("sha256"), "in the way").expect("writes");
        let refused = receive(&store, b"perso").await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        let waiting = std::fs::read_dir(attachments.join("incoming")).expect("a folder");
        assert_eq!(waiting.count(), 0, "nothing waits any more");
        std::fs::remove_file(attachments.join("sha256")).expect("removes");
        let kept = receive(&store, b"tenuto").await.expect("keeps");
        assert_eq!(kept.size, 6);
    });
}

#[test]
fn a_file_that_is_refused_is_heard_out_but_not_for_ever() {
    let db = testkit::Backend::sqlite();
    testkit::block_on(async {
        let store = open(&db).await;
        let most = 1000;
        for (sent, heard) in [(15, 15), (1000, 22)] {
            let mut asked = 0;
            let stream = stream::iter(0..sent).map(|_| {
                asked += 1;
                Ok::<_, Infallible>(Bytes::from_static(&[7; 100]))
            });
            let refused = store.blobs().receive(stream, most).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
            assert_eq!(
                asked, heard,
                "of {sent} parts, eleven show that it is too large and eleven more are thrown away"
            );
        }
    });
}
