//! What a fresh machine misses: the wasm target, npm packages, browsers for the tests.

use crate::process::{Outcome, output, present, step};
use std::path::Path;

/// The wasm target of the Rust toolchain.
pub fn target() -> Outcome {
    let there = output("rustup", &["target", "list", "--installed"]).is_none_or(|list| list.contains("wasm32-unknown-unknown"));
    if there {
        return Ok(());
    }
    eprintln!("installing the wasm target");
    step("rustup", ["target", "add", "wasm32-unknown-unknown"])
}

/// rustfmt and clippy.
pub fn components() -> Outcome {
    if output("cargo", &["clippy", "--version"]).is_some() && output("rustfmt", &["--version"]).is_some() {
        return Ok(());
    }
    eprintln!("installing rustfmt and clippy");
    step("rustup", ["component", "add", "rustfmt", "clippy"])
}

/// The page's npm packages.
pub fn packages() -> Outcome {
    packages_of(".")
}

/// A folder's npm packages as locked, again whenever the lock file is newer than what is installed.
pub fn packages_of(folder: &str) -> Outcome {
    let changed = |file: &str| Path::new(folder).join(file).metadata().and_then(|file| file.modified()).ok();
    if let (Some(installed), Some(locked)) = (changed("node_modules/.package-lock.json"), changed("package-lock.json"))
        && installed >= locked
    {
        return Ok(());
    }
    eprintln!("installing npm packages");
    step("npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder])
}

/// A browser for the tests.
#[derive(Clone, Copy)]
pub struct Browser {
    /// Debian's package and the name of its program.
    program: &'static str,
    /// Playwright's name.
    name: &'static str,
}

pub const CHROMIUM: Browser = Browser { program: "chromium", name: "chromium" };
pub const FIREFOX: Browser = Browser { program: "firefox-esr", name: "firefox" };

/// Browsers, where they are missing: Debian's packages (and a font with Chinese) where we may install them, else Playwright's own.
pub fn browsers(wanted: &[Browser]) -> Outcome {
    let missing: Vec<&Browser> = wanted.iter().filter(|browser| !present(browser.program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root = output("id", &["-u"]).as_deref() == Some("0");
    if root && present("apt-get") {
        let packages: Vec<&str> = missing.iter().map(|browser| browser.program).chain(["fonts-noto-cjk"]).collect();
        eprintln!("installing {}", packages.join(", "));
        step("apt-get", ["update", "-qq"])?;
        return step("apt-get", ["install", "-y", "-qq", "--no-install-recommends"].into_iter().chain(packages));
    }
    let names: Vec<&str> = missing.iter().map(|browser| browser.name).collect();
    eprintln!("installing Playwright's {}", names.join(", "));
    step("npx", ["playwright", "install"].into_iter().chain(names))
}
