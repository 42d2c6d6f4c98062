//! What an application stores, it can read again.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

/// Holds that a value's JSON reads back as an equal value, which writes the same JSON.
#[track_caller]
pub fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(&read, value, "another value is read from {text}");
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}
