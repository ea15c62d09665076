//! A learner's state as bytes.

use serde::{Deserialize, Serialize};

/// Learned state as bytes: restores into a *fresh* learner of the same configuration, which then trains on identically.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot(pub Vec<u8>);

impl Snapshot {
    /// Serialises a learner's state, reusing the buffer.
    pub fn store<S: Serialize>(&mut self, state: &S) {
        self.0.clear();
        let bytes = std::mem::take(&mut self.0);
        self.0 = postcard::to_extend(state, bytes).expect("states are plain data");
    }

    /// Reads a state back. Errors name what does not fit.
    pub fn load<'de, S: Deserialize<'de>>(&'de self) -> Result<S, String> {
        postcard::from_bytes(&self.0).map_err(|error| format!("the snapshot does not belong to this learner ({error})"))
    }
}

/// `#[serde(with = "numbers")]`: a vector of plain numbers as one run of little-endian bytes. One by one, they took longer to store
/// than a small network's epoch to train, and every best model is stored.
pub mod numbers {
    use bytemuck::Pod;
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    /// The bytes of `values`. Every target that we build for is little-endian.
    pub fn serialize<T: Pod, S: Serializer>(values: &[T], to: S) -> Result<S::Ok, S::Error> {
        const { assert!(cfg!(target_endian = "little")) };
        to.serialize_bytes(bytemuck::cast_slice(values))
    }

    /// The numbers again; an error where the bytes are no whole number of them.
    pub fn deserialize<'de, T: Pod, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
        struct Bytes<T>(PhantomData<T>);
        impl<T: Pod> Visitor<'_> for Bytes<T> {
            type Value = Vec<T>;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                write!(out, "numbers of {} bytes", size_of::<T>())
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
                if !bytes.len().is_multiple_of(size_of::<T>()) {
                    return Err(E::invalid_length(bytes.len(), &self));
                }
                Ok(bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned).collect())
            }
        }
        from.deserialize_bytes(Bytes(PhantomData))
    }
}
