//! Rebuilds the server when the site folder, which is embedded into it, changes.

fn main() {
    println!("cargo:rerun-if-changed=target/site");
}
