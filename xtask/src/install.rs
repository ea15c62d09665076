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

/// A browser for the tests, or what drives one.
#[derive(Clone, Copy)]
pub struct Browser {
    program: &'static str,
    /// Debian's package.
    package: &'static str,
    /// Playwright's name, where Playwright brings one.
    name: Option<&'static str>,
}

pub const CHROMIUM: Browser = Browser { program: "chromium", package: "chromium", name: Some("chromium") };
/// The same without a window to draw, which takes half the time.
pub const HEADLESS: Browser =
    Browser { program: "chromium-headless-shell", package: "chromium-headless-shell", name: Some("chromium-headless-shell") };
pub const FIREFOX: Browser = Browser { program: "firefox-esr", package: "firefox-esr", name: Some("firefox") };
/// What `wasm-bindgen-test` talks to.
pub const CHROMEDRIVER: Browser = Browser { program: "chromedriver", package: "chromium-driver", name: None };

/// Without a font that has Chinese the page's own words are empty boxes, and pictures differ.
const FONT: &str = "fonts-noto-cjk";

/// Browsers and a font with Chinese, where they are missing: Debian's packages where we may install them, else Playwright's own browsers.
pub fn browsers(wanted: &[Browser]) -> Outcome {
    let missing: Vec<&Browser> = wanted.iter().filter(|browser| !present(browser.program)).collect();
    // A browser brings what lists the fonts.
    let fontless = output("fc-list", &[":lang=zh"]).map_or(!missing.is_empty(), |fonts| fonts.is_empty());
    let root = output("id", &["-u"]).as_deref() == Some("0");
    if root && present("apt-get") {
        let packages: Vec<&str> = missing.iter().map(|browser| browser.package).chain(fontless.then_some(FONT)).collect();
        if packages.is_empty() {
            return Ok(());
        }
        eprintln!("installing {}", packages.join(", "));
        step("apt-get", ["update", "-qq"])?;
        return step("apt-get", ["install", "-y", "-qq", "--no-install-recommends"].into_iter().chain(packages));
    }
    if fontless {
        eprintln!("no font here has Chinese (`fc-list :lang=zh`): pictures of the page will differ; {FONT} is one");
    }
    let names: Vec<&str> = missing.iter().filter_map(|browser| browser.name).collect();
    if names.is_empty() {
        return Ok(());
    }
    eprintln!("installing Playwright's {}", names.join(", "));
    step("npx", ["playwright", "install"].into_iter().chain(names))
}
