//! Compresses files, each content once.

use std::{
    collections::HashSet,
    fs,
    hash::{DefaultHasher, Hasher as _},
    io::{self, Write as _},
    path::PathBuf,
};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

const BROTLI_WINDOW: u32 = 22;

/// Names a content for as long as the compiler is the same; another one costs a rebuild, no more.
pub fn digest(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

/// How hard to try.
#[derive(Clone, Copy)]
pub struct Quality {
    brotli: u32,
    gzip: u32,
}

impl Quality {
    pub const SMALL: Self = Self {
        brotli: 11,
        gzip: 9,
    };
    pub const FAST: Self = Self { brotli: 5, gzip: 5 };
}

/// What was compressed before, kept in a folder under names that say of what and how hard.
pub struct Compressor {
    folder: PathBuf,
    quality: Quality,
    used: HashSet<String>,
}

impl Compressor {
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: PathBuf, quality: Quality) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            quality,
            used: HashSet::new(),
        })
    }

    /// The encoded forms of a file that are worth having: the suffix of the name, and the bytes.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn compress(&mut self, name: &str, bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
        if !is_compressible(name) {
            return Ok(Vec::new());
        }
        let digest = digest(bytes);
        let Quality { brotli, gzip } = self.quality;
        let forms = [
            (
                ".br",
                self.kept(format!("{digest}.{brotli}.br"), || {
                    with_brotli(bytes, brotli)
                })?,
            ),
            (
                ".gz",
                self.kept(format!("{digest}.{gzip}.gz"), || with_gzip(bytes, gzip))?,
            ),
        ];
        Ok(forms
            .into_iter()
            .filter(|(_, form)| form.len() < bytes.len())
            .collect())
    }

    /// Forgets what no file was asked for.
    ///
    /// # Errors
    /// When the folder cannot be read or changed.
    pub fn forget_unused(self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !self
                .used
                .contains(entry.file_name().to_string_lossy().as_ref())
            {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn kept(
        &mut self,
        name: String,
        make: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let file = self.folder.join(&name);
        self.used.insert(name);
        if let Ok(bytes) = fs::read(&file) {
            return Ok(bytes);
        }
        let bytes = make()?;
        fs::write(file, &bytes)?;
        Ok(bytes)
    }
}

fn is_compressible(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(
        extension,
        "css" | "html" | "js" | "json" | "map" | "mjs" | "svg" | "txt" | "wasm" | "xml"
    )
}

fn with_brotli(bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, BROTLI_WINDOW);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

fn with_gzip(bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(quality));
    encoder.write_all(bytes)?;
    encoder.finish()
}
