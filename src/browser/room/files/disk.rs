//! A file that is read piece by piece, and one that is put together from pieces, each hashed on the way.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, Url};

/// So many bytes are collected before they are handed to the browser, which may keep them on a disk.
const PART: usize = 1024 * 1024;
/// Received files are saved, never shown: the browser must not take them for pages.
const KIND: &str = "application/octet-stream";

/// A file of this person.
#[derive(Debug)]
pub(super) struct Source {
    pub file: File,
    hash: Sha256,
    /// The hash covers the file up to here, in bytes.
    hashed: u64,
    sha256: Option<String>,
}

impl Source {
    pub fn new(file: File) -> Self {
        Self {
            file,
            hash: Sha256::new(),
            hashed: 0,
            sha256: None,
        }
    }

    /// Takes a piece that was read at `from` into the hash, unless it was read before. Answers the
    /// hash once it covers the whole file.
    pub fn note(&mut self, from: u64, bytes: &[u8]) -> Option<String> {
        let end = from + bytes.len() as u64;
        let known = usize::try_from(self.hashed.saturating_sub(from)).unwrap_or(usize::MAX);
        if from <= self.hashed && end > self.hashed {
            self.hash.update(bytes.get(known..).unwrap_or_default());
            self.hashed = end;
        }
        if self.sha256.is_none() && self.hashed == size_of(&self.file) {
            self.sha256 = Some(hexadecimal(std::mem::take(&mut self.hash)));
        }
        self.sha256.clone()
    }
}

/// The size of a file, in bytes.
pub(super) fn size_of(file: &File) -> u64 {
    file.size() as u64
}

/// Reads a piece of `file`; the page goes on meanwhile.
pub(super) async fn read(file: File, from: u64, length: u64) -> Result<Vec<u8>, JsValue> {
    let piece = file.slice_with_f64_and_f64(from as f64, (from + length) as f64)?;
    let buffer: ArrayBuffer = JsFuture::from(piece.array_buffer()).await?.dyn_into()?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file that is being received.
#[derive(Debug, Default)]
pub(super) struct Sink {
    hash: Sha256,
    part: Vec<u8>,
    parts: Vec<Blob>,
}

impl Sink {
    pub fn keep(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.hash.update(bytes);
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.hand_over()?;
        }
        Ok(())
    }

    /// The address of what was received, if that has the hash `sha256`.
    pub fn finish(mut self, sha256: &str) -> Option<String> {
        if hexadecimal(std::mem::take(&mut self.hash)) != sha256 {
            return None;
        }
        self.hand_over().ok()?;
        let whole = blob(&self.parts.iter().map(JsValue::from).collect()).ok()?;
        Url::create_object_url_with_blob(&whole).ok()
    }

    fn hand_over(&mut self) -> Result<(), JsValue> {
        let part = Uint8Array::from(self.part.as_slice());
        self.parts.push(blob(&Array::of1(&part))?);
        self.part.clear();
        Ok(())
    }
}

fn blob(parts: &Array) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(KIND);
    Blob::new_with_blob_sequence_and_options(parts, &options)
}

/// The browser may forget what is at `address`.
pub(super) fn forget(address: &str) {
    // It fails for what is no address at all, which none of ours is.
    let _ = Url::revoke_object_url(address);
}

fn hexadecimal(hash: Sha256) -> String {
    let digest = hash.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_written_as_everybody_writes_them() {
        let mut hash = Sha256::new();
        hash.update(b"abc");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hexadecimal(hash), known);
    }
}
