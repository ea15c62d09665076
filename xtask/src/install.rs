//! What a fresh machine misses: the wasm target, npm packages, browsers for the tests.

use crate::process::{Outcome, output, present, run};
use std::path::Path;

/// The wasm target of the Rust toolchain.
pub fn target() -> Outcome {
    let there = output("rustup", &["target", "list", "--installed"]).is_none_or(|list| list.contains("wasm32-unknown-unknown"));
    if there {
        return Ok(());
    }
    println!("installing the wasm target");
    run("rustup", ["target", "add", "wasm32-unknown-unknown"])
}

/// rustfmt and clippy.
pub fn components() -> Outcome {
    if output("cargo", &["clippy", "--version"]).is_some() && output("rustfmt", &["--version"]).is_some() {
        return Ok(());
    }
    println!("installing rustfmt and clippy");
    run("rustup", ["component", "add", "rustfmt", "clippy"])
}

/// npm packages as locked, again whenever the lock file is newer than what is installed.
pub fn packages() -> Outcome {
    let changed = |path: &str| Path::new(path).metadata().and_then(|file| file.modified()).ok();
    if let (Some(installed), Some(locked)) = (changed("node_modules/.package-lock.json"), changed("package-lock.json"))
        && installed >= locked
    {
        return Ok(());
    }
    println!("installing npm packages");
    run("npm", ["ci", "--no-audit", "--no-fund"])
}

/// A Chromium and its driver: Debian's packages where we may install them, else Playwright's own browser.
pub fn browser() -> Outcome {
    if present("chromium") && present("chromedriver") {
        return Ok(());
    }
    let root = output("id", &["-u"]).as_deref() == Some("0");
    if root && present("apt-get") {
        println!("installing chromium and its driver");
        run("apt-get", ["update", "-qq"])?;
        return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver", "fonts-noto-cjk"]);
    }
    println!("installing Playwright's browser");
    run("npx", ["playwright", "install", "chromium"])
}
