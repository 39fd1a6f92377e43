//! Key-value stores on their file.

use flow::key_value::{KeyValueError, KeyValueFile, MAX_RESULT_BYTES};

fn file() -> (tempfile::TempDir, KeyValueFile) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = KeyValueFile::open(&folder.path().join("kv.db")).expect("opened");
    (folder, file)
}

#[test]
fn values_are_set_read_replaced_and_deleted() {
    let (_folder, file) = file();
    let store = file.store("default");
    assert_eq!(store.get("k").expect("read"), None);
    assert!(!store.exists("k").expect("read"));
    store.set("k", b"one").expect("set");
    store.set("k", b"two").expect("set");
    store.set("empty", b"").expect("set");
    assert_eq!(store.get("k").expect("read").as_deref(), Some(b"two".as_slice()));
    assert_eq!(store.get("empty").expect("read").as_deref(), Some(b"".as_slice()));
    assert!(store.exists("empty").expect("read"));
    store.delete("k").expect("deleted");
    store.delete("k").expect("deleting what is not there is no error");
    assert_eq!(store.keys().expect("listed"), ["empty"]);
}

#[test]
fn stores_do_not_see_each_other_and_last_beyond_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kv.db");
    {
        let file = KeyValueFile::open(&path).expect("opened");
        file.store("a").set("k", b"a").expect("set");
        file.store("b").set("k", b"b").expect("set");
    }
    let file = KeyValueFile::open(&path).expect("opened again");
    assert_eq!(
        file.store("a").get("k").expect("read").as_deref(),
        Some(b"a".as_slice())
    );
    assert_eq!(
        file.store("b").get("k").expect("read").as_deref(),
        Some(b"b".as_slice())
    );
    assert!(file.store("c").keys().expect("listed").is_empty());
}

#[test]
fn a_value_over_the_result_limit_is_an_error_and_not_cut() {
    let (_folder, file) = file();
    let store = file.store("videos");
    store.set("big", &vec![7; MAX_RESULT_BYTES]).expect("set");
    assert!(matches!(store.get("big"), Err(KeyValueError::TooLarge)));
    assert!(store.exists("big").expect("existence needs no value"));
}

#[test]
fn writers_at_once_lose_nothing() {
    let (_folder, file) = file();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let store = file.store("default");
            scope.spawn(move || {
                for number in 0..25 {
                    store.set(&format!("{writer}-{number}"), &[writer]).expect("set");
                }
            });
        }
    });
    assert_eq!(file.store("default").keys().expect("listed").len(), 100);
}
