use descent::session::Session;
use std::time::Instant;
fn time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    println!("  {what}: {:.2} s", start.elapsed().as_secs_f64());
    out
}
fn all(name: &str, bytes: Vec<u8>, extra: &str) {
    println!("{name} {extra} ({} MB)", bytes.len() >> 20);
    let mut s = Session::default();
    s.attach("t.csv", bytes);
    let doc = format!(r#"{{"data":{{"csv":{{"path":"t.csv"}}}},"learner":{{"net":{{"layers":[{{"dense":{{"units":4}}}}]}}}}{extra}}}"#);
    let issues = time("check", || s.check(&doc));
    println!("  {:?}", issues.iter().take(3).map(|i| i.to_string()).collect::<Vec<_>>());
    time("overview", || s.overview(&doc).map(|_| ()).ok());
    time("plan", || s.plan(&doc).is_some());
    if time("open", || s.open(&doc)).is_err() { return; }
    time("overview of the run", || s.overview(&doc).map(|_| ()).ok());
    time("look", || s.look(None));
    let range = time("range", || s.range(0));
    let mut v = Vec::new();
    time("map 100", || s.map(0, 100, range, &mut v));
    time("unit maps", || s.unit_maps(0, 8, range, &mut v));
    time("shown + predictions", || s.predictions(0, 2000, &mut v));
    time("alike", || s.alike(0).len());
    time("examine", || s.examine(0).len());
    time("diagnose", || s.diagnose(0).len());
    time("augmented", || s.augmented(&doc, 100, 1).is_some());
    time("10 updates", || s.advance(1e9, 10, &mut || 0.0));
    time("fork", || s.fork(0, 10));
}
fn main() {
    let rows = |n: usize, c: usize, words: bool| {
        let mut t: String = (0..c).map(|i| format!("c{i},")).collect::<String>() + "y\n";
        let mut x: u32 = 1;
        for r in 0..n {
            for i in 0..c {
                x = x.wrapping_mul(1664525).wrapping_add(1013904223);
                if words && i == 0 { t += &format!("w{},", x >> 25); } else { t += &format!("{}.{},", x >> 28, (x >> 16) & 255); }
            }
            t += if r % 2 == 0 { "a\n" } else { "b\n" };
        }
        t.into_bytes()
    };
    let which = std::env::args().nth(1).unwrap_or_default();
    if which != "wide" {
        all("1e6 x 3", rows(1_000_000, 3, false), "");
        all("1e6 x 3 words", rows(1_000_000, 3, true), "");
        all("1e5 x 3 cleaned", rows(100_000, 3, true), r#","prepare":{"clean":["drop_duplicates",{"outliers":{}}],"damage":["duplicates"]},"split":{}"#);
        all("1e5 x 3 smote", rows(100_000, 3, false), r#","augment":["smote"]"#);
    }
    all("1000 x 1000", rows(1000, 1000, false), "");
    all("20 x 10000", rows(20, 9_999, false), "");
}
