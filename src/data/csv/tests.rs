//! Good and bad files, one after the other.

use super::cells::SHOWN_COLUMNS;
use super::*;
use crate::config::Message;
use crate::data::Task;
use crate::data::table::Kind;
// Its random source is not there for wasm.
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;

struct OneFile(Vec<u8>);
impl Files for OneFile {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        if path == "a.csv" { Ok(self.0.clone()) } else { Err(message!("no file {path:?}", "没有文件 {path:?}")) }
    }
}

fn csv(target: &str, task: Goal) -> Csv {
    Csv { path: "a.csv".into(), target: target.into(), task, ..Csv::default() }
}

fn load(csv: &Csv, text: impl AsRef<[u8]>) -> Result<Table, Vec<Issue>> {
    csv.load(1, &OneFile(text.as_ref().to_vec()))
}

/// `text`, followed by as many good rows as it takes to have enough.
fn padded(text: &[u8], row: &str) -> Vec<u8> {
    [text, row.repeat(10).as_bytes()].concat()
}

fn rows(row: &str, count: usize) -> String {
    row.repeat(count)
}

#[test]
#[allow(clippy::type_complexity)]
fn good_files() {
    use Goal::{Classification, Regression};
    let ten = |text: &str| text.repeat(5);
    let cases: [(&str, &str, Goal, String, &[&str], [f32; 4], &[&str], [f32; 2]); 10] = [
        (
            "words",
            "",
            Classification,
            format!("a,b,kind\n{}", ten("1,2,cat\n3,4,ant\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["ant", "cat"],
            [1.0, 0.0],
        ),
        (
            "classes sort as numbers",
            "",
            Classification,
            format!("a,b,c\n{}", ten("1,2,10\n3,4,9\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["9", "10"],
            [1.0, 0.0],
        ),
        (
            "classes sort by letters if one is a word",
            "",
            Classification,
            format!("a,b,c\n{}", ten("1,2,9\n3,4,10b\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["10b", "9"],
            [1.0, 0.0],
        ),
        (
            "the target may stand anywhere",
            "t",
            Regression,
            format!("a,t,b\n{}", ten("1,0.5,2\n3,-1,4\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &[],
            [0.5, -1.0],
        ),
        (
            "spaces, signs and exponents",
            " t ",
            Regression,
            format!(" a , b, t\n{}", ten(" +1 ,2e0, .5\n30e-1, 4.,-1e0 \n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &[],
            [0.5, -1.0],
        ),
        (
            "Windows line ends, no end after the last",
            "",
            Regression,
            format!("a,b,t\r\n{}", ten("1,2,0.5\r\n3,4,-1\r\n")).trim_end().into(),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &[],
            [0.5, -1.0],
        ),
        (
            "a byte order mark",
            "a",
            Regression,
            format!("\u{feff}a,b,c\n{}", ten("0.5,1,2\n-1,3,4\n")),
            &["b", "c"],
            [1.0, 2.0, 3.0, 4.0],
            &[],
            [0.5, -1.0],
        ),
        (
            "quotes with commas, line breaks and quotes",
            "",
            Classification,
            format!("\"a, \"\"x\"\"\",b,c\n{}", ten("\"1\",2,\"two\nlines\"\n3,4,one\n")),
            &["a, \"x\"", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["one", "two\nlines"],
            [1.0, 0.0],
        ),
        (
            "semicolons",
            "",
            Classification,
            format!("a;b;\"c,d,e,f\"\n{}", ten("1;2;x\n3;4;y\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["x", "y"],
            [0.0, 1.0],
        ),
        (
            "tabs and blank lines",
            "",
            Classification,
            format!("\n\na\tb\tc\n{}\n\n", ten("1\t2\tx\n\n3\t4\ty\n")),
            &["a", "b"],
            [1.0, 2.0, 3.0, 4.0],
            &["x", "y"],
            [0.0, 1.0],
        ),
    ];
    for (reason, target, task, text, columns, inputs, classes, targets) in cases {
        let table = load(&csv(target, task), &text).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
        assert_eq!(table.columns, columns, "{reason}");
        assert_eq!(table.inputs.as_slice().unwrap(), inputs.repeat(5), "{reason}");
        assert_eq!(table.targets, targets.repeat(5), "{reason}");
        match &table.task {
            Task::Classification(names) => assert_eq!(names, classes, "{reason}"),
            Task::Regression => assert!(task == Regression, "{reason}"),
        }
    }
}

#[test]
#[allow(clippy::type_complexity)]
fn bad_files() {
    use Goal::{Classification, Clustering, Regression};
    let good = "1,2,x\n3,4,y\n";
    let wide: String = (0..60).map(|at| format!("c{at},")).collect::<String>() + "end\n";
    let cases: Vec<(&str, &str, Goal, Vec<u8>, Vec<(&str, &str)>)> = vec![
        ("no bytes", "", Classification, b"".into(), vec![("path", "the file is empty: a header and rows are needed")]),
        (
            "only a mark and line ends",
            "",
            Classification,
            b"\xEF\xBB\xBF \r\n\n".into(),
            vec![("path", "the file is empty: a header and rows are needed")],
        ),
        ("header only", "", Classification, b"a,b,c\n".into(), vec![("path", "the file has a header but no rows")]),
        (
            "UTF-16, Excel's \"Unicode text\"",
            "",
            Classification,
            b"\xFF\xFEa\0,\0b\0".into(),
            vec![("path", "the file is UTF-16: save it as UTF-8")],
        ),
        (
            "one row too long, one too short",
            "",
            Classification,
            padded(b"a,b,c\n1,2,x\n1,2,y,4\n1\n", good),
            vec![("path", "2 rows do not have 3 fields as the header: row 2 (line 3) has 4; row 3 (line 4) has 1")],
        ),
        (
            "many ragged rows are counted, three are shown",
            "",
            Classification,
            padded(format!("a,b,c\n{}", rows("1,2\n", 7)).as_bytes(), good),
            vec![(
                "path",
                "7 rows do not have 3 fields as the header: row 1 (line 2) has 2; row 2 (line 3) has 2; row 3 (line 4) has 2 and 4 more",
            )],
        ),
        (
            "a line break within quotes is no row",
            "",
            Classification,
            padded(b"a,b,c\n1,2,\"x\ny\"\n1,2\n", good),
            vec![("path", "1 row does not have 3 fields as the header: row 2 (line 4) has 2")],
        ),
        (
            "Latin-1",
            "",
            Classification,
            padded(b"a,b,c\n1,2,caf\xE9\n", good),
            vec![("path", "1 row is not UTF-8: row 1 (line 2), column \"c\"; save the file as UTF-8")],
        ),
        (
            "a header in Latin-1",
            "",
            Classification,
            padded(b"a,\xE9,c\n", good),
            vec![("path", "the header is not UTF-8: save the file as UTF-8")],
        ),
        (
            "unknown target",
            "label",
            Classification,
            padded(b"a,b,c\n", good),
            vec![("target", "there is no column \"label\", must be one of a, b, c")],
        ),
        (
            "words in input columns",
            "",
            Classification,
            padded(b"a,b,c\nred,2,x\nblue,2.5.1,x\nred,2,x\n\"a very long story that never ends\",2,x\n", good),
            vec![
                (
                    "path",
                    "the input column \"a\" has 4 cells with something other than a number: row 1 (line 2) is \"red\"; row 2 (line 3) is \"blue\"; \
                     row 3 (line 4) is \"red\" and 1 more",
                ),
                ("path", "the input column \"b\" has 1 cell with something other than a number: row 2 (line 3) is \"2.5.1\""),
            ],
        ),
        (
            "the target of a regression is a number too",
            "",
            Regression,
            padded(b"a,b,c\n1,2,x\n", "1,2,3\n"),
            vec![("path", "the target column \"c\" has 1 cell with something other than a number: row 1 (line 2) is \"x\"")],
        ),
        (
            "numbers that are not finite, or not in 32 bits",
            "",
            Classification,
            padded(b"a,b,c\ninf,-inf,x\n1e39,2,x\n", good),
            vec![
                (
                    "path",
                    "the input column \"a\" has 2 cells with a number that is not finite: row 1 (line 2) is \"inf\"; row 2 (line 3) is \"1e39\"",
                ),
                ("path", "the input column \"b\" has 1 cell with a number that is not finite: row 1 (line 2) is \"-inf\""),
            ],
        ),
        (
            "one class",
            "",
            Classification,
            padded(b"a,b,c\n", "1,2,x\n"),
            vec![("target", "the column \"c\" has the same class \"x\" in every row: at least two are needed")],
        ),
        (
            "a measurement as a class",
            "",
            Classification,
            ("a,t\n".to_string() + &(0..300).map(|row| format!("1,{row}.5\n")).collect::<String>()).into(),
            vec![("target", "the column \"t\" has more than 256 different values: use the task regression or another target")],
        ),
        (
            "nine rows",
            "",
            Classification,
            format!("a,b,c\n{}3,4,y\n", rows("1,2,x\n", 8)).into(),
            vec![("path", "the file must have at least 10 rows, got 9")],
        ),
        (
            "names twice and none",
            "c",
            Classification,
            padded(b"a,,a,c,\n", "1,2,3,x,5\n1,2,3,y,5\n"),
            vec![("path", "the header has no name for columns 2, 5"), ("path", "the header has the name \"a\" 2 times, in columns 1, 3")],
        ),
        (
            "nothing but a target",
            "",
            Classification,
            padded(b"c\n", "x\ny\n"),
            vec![("path", "the file has no column besides the target \"c\": at least one input is needed")],
        ),
        (
            "clustering",
            "",
            Clustering,
            padded(b"a,b,c\n", good),
            vec![("task", "there is no clustering learner yet: use classification or regression")],
        ),
        (
            "everything at once",
            "c",
            Classification,
            b"a,b,b,c\n1,x,,z\n1,2\ninf,2,\xFF,z\n".into(),
            vec![
                ("path", "the header has the name \"b\" 2 times, in columns 2, 3"),
                ("path", "1 row does not have 4 fields as the header: row 2 (line 3) has 2"),
                ("path", "1 row is not UTF-8: row 3 (line 4), column \"b\"; save the file as UTF-8"),
                ("path", "the file must have at least 10 rows, got 3"),
                ("target", "the column \"c\" has the same class \"z\" in every row: at least two are needed"),
            ],
        ),
    ];
    for (reason, target, task, text, expected) in cases {
        let issues = load(&csv(target, task), &text).expect_err(reason);
        let got: Vec<(&str, &str)> = issues.iter().map(|issue| (issue.path.as_str(), issue.message.en.as_str())).collect();
        assert_eq!(got, expected, "{reason}");
    }
    let line = |end: &str, of: &str| of.repeat(60) + end;
    let wide = wide.clone() + &rows(&(line("x\n", "5,") + &line("y\n", "6,")), 5) + &line("y\n", "word,");
    let issues = load(&csv("none", Classification), &wide).unwrap_err();
    assert!(issues[0].message.en.ends_with("c48, c49 and 11 more"), "{}", issues[0]);
    let issues = load(&csv("", Classification), &wide).unwrap_err();
    assert_eq!(issues.len(), SHOWN_COLUMNS + 1);
    assert_eq!(issues[SHOWN_COLUMNS].message.en, "50 more columns have the same problem");
}

#[test]
fn gaps_are_left_for_cleaning_and_columns_of_words_are_told_from_slips() {
    let text = "size,colour,code,kind\n,red,1,x\nNA,blue,2,\n3,?,1,y\n4,red,10,x\n".to_string() + &rows("5,green,2,y\n", 7);
    let table = load(&csv("", Goal::Classification), &text).unwrap();
    let words = |list: &[&str]| Kind::Words(list.iter().map(|word| word.to_string()).collect());
    assert_eq!(table.kinds, [Kind::Number, words(&["blue", "green", "red"]), Kind::Number]);
    let column = |table: &Table, at: usize| {
        table.inputs.column(at).iter().take(4).map(|value| (!value.is_nan()).then_some(*value)).collect::<Vec<_>>()
    };
    assert_eq!(column(&table, 0), [None, None, Some(3.0), Some(4.0)]);
    assert_eq!(column(&table, 1), [Some(2.0), Some(0.0), None, Some(2.0)]);
    assert!(table.targets[1].is_nan() && table.targets[2] == 1.0);
    let typed = |types: &[(&str, Holds)]| {
        let types = types.iter().map(|(column, kind)| Typed { column: column.to_string(), kind: *kind }).collect();
        load(&Csv { types, ..csv("", Goal::Classification) }, &text)
    };
    let table = typed(&[("code", Holds::Words), ("size", Holds::Ignore)]).unwrap();
    assert_eq!(table.columns, ["colour", "code"]);
    assert_eq!(table.kinds[1], words(&["1", "2", "10"]));
    assert_eq!(column(&table, 1), [Some(0.0), Some(1.0), Some(0.0), Some(2.0)]);
    let said = |issues: Vec<Issue>| issues.iter().map(Issue::to_string).collect::<Vec<_>>();
    let problems = typed(&[("colour", Holds::Numbers), ("cost", Holds::Words), ("kind", Holds::Words), ("colour", Holds::Words)]);
    assert_eq!(
        said(problems.unwrap_err()),
        [
            "types[1].column: there is no column \"cost\"",
            "types[2].column: \"kind\" is the target: what it holds follows from the task",
            "types[3].column: \"colour\" is already listed",
            "path: the input column \"colour\" has 10 cells with something other than a number: row 1 (line 2) is \"red\"; row 2 (line 3) is \"blue\"; \
             row 4 (line 5) is \"red\" and 7 more",
        ]
    );
    let none = typed(&[("colour", Holds::Ignore), ("code", Holds::Ignore), ("size", Holds::Ignore)]);
    assert_eq!(said(none.unwrap_err()), ["types: leave no input column"]);
    let many = "name,kind\n".to_string() + &(0..300).map(|row| format!("n{row},{}\n", row % 2)).collect::<String>();
    assert!(said(load(&csv("", Goal::Classification), &many).unwrap_err())[0].contains("has more than 256 different words"));
}

#[test]
fn what_the_target_means_is_told_from_its_values() {
    let task = |value: fn(usize) -> String| {
        let text = "a,t\n".to_string() + &(0..60).map(|row| format!("{row},{}\n", value(row))).collect::<String>();
        load(&csv("", Goal::Auto), &text).unwrap()
    };
    let classes = |table: &Table| if let Task::Classification(classes) = &table.task { classes.len() } else { 0 };
    assert_eq!(classes(&task(|row| ["yes", "no"][row % 2].into())), 2);
    assert_eq!(classes(&task(|row| (row % 10).to_string())), 10, "digits are names");
    assert_eq!(classes(&task(|row| (0.5 * (row % 4) as f64).to_string())), 4);
    let amounts = task(|row| (row * row).to_string());
    assert_eq!((classes(&amounts), amounts.targets[7]), (0, 49.0));
    let measured = task(|row| if row == 3 { String::new() } else { (0.1 * (row % 30) as f64).to_string() });
    assert!(classes(&measured) == 0 && measured.targets[3].is_nan() && (measured.targets[4] - 0.4).abs() < 1e-6);
    assert_eq!(classes(&task(|row| if row == 3 { "x".into() } else { row.to_string() })), 60, "one word, and all are names");
}

#[test]
fn windows_hold_the_past_and_answer_for_the_future() {
    let text = "t,y\n".to_string() + &(0..20).map(|row| format!("{row},{}\n", 100 + row)).collect::<String>();
    let windows = |lag, horizon| {
        let layout = Layout::Windows(crate::data::layout::Windows { lag, horizon });
        load(&Csv { layout, ..csv("", Goal::Regression) }, &text)
    };
    let table = windows(3, 2).unwrap();
    assert_eq!((table.rows(), table.ordered), (16, true));
    assert_eq!(table.columns, ["t t-2", "y t-2", "t t-1", "y t-1", "t t", "y t"]);
    assert_eq!(table.inputs.row(0).to_vec(), [0.0, 100.0, 1.0, 101.0, 2.0, 102.0]);
    assert_eq!((table.targets[0], table.targets[15]), (104.0, 119.0));
    let issue = windows(12, 1).unwrap_err().remove(0).to_string();
    assert_eq!(issue, "layout.windows.lag: 20 rows are too few for windows of 12 rows and a target 1 ahead: that needs at least 22");
    let words = load(&Csv { layout: Layout::Windows(Default::default()), ..csv("", Goal::Classification) }, padded(b"a,b\nx,1\n", "y,2\n"));
    assert_eq!(words.unwrap_err()[0].to_string(), "layout: needs numbers, and the column \"a\" holds words");
}

#[test]
fn the_header_decides_the_separator() {
    let cases = [
        ("a,b;c,d\n1;2;3;4", b','),
        ("a;b\tc;d", b';'),
        ("a\tb", b'\t'),
        ("a;b,c", b','),
        ("alone", b','),
        ("\"a;b;c\",d\n", b','),
        ("\r\n\na;b", b';'),
    ];
    for (text, separator) in cases {
        assert_eq!(delimiter(text.as_bytes()), separator, "{text:?}");
    }
}

#[test]
fn files_that_cannot_be_had() {
    let issue = |path: &str, file: Vec<u8>| {
        let issues = Csv { path: path.into(), ..Csv::default() }.load(1, &OneFile(file)).unwrap_err();
        assert_eq!(issues.len(), 1);
        issues[0].to_string()
    };
    assert_eq!(issue("", vec![]), "path: is empty: name a CSV file");
    assert_eq!(issue("b.csv", vec![]), "path: no file \"b.csv\"");
    assert_eq!(issue("a.csv", vec![b'1'; LARGEST_FILE + (1 << 20)]), "path: the file may have at most 64 MB, got 65.0 MB");
}

// Wasm has no clock of its own.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn fifty_megabytes_are_read_whole() {
    let mut text = String::from("a,b,c,d,e,f,g,h,kind\n");
    while text.len() < 50 << 20 {
        text.push_str("0.123456,-1.5,3.25e-2,1000,7.654321,-0.001,42,8.5,left\n1,2,3,4,5,6,7,8,right\n");
    }
    let table = load(&csv("", Goal::Classification), &text).unwrap();
    assert_eq!(table.rows(), text.lines().count() - 1);
}

#[test]
fn what_is_too_large_is_refused_with_its_size_and_named_briefly() {
    let said = |csv: Csv, text: &str| load(&csv, text).unwrap_err().iter().map(Issue::to_string).collect::<Vec<_>>();
    let any = || csv("", Goal::Auto);
    let wide = vec!["c"; 1_000_000].join(",");
    assert_eq!(
        said(any(), &format!("{wide}\n{wide}\n")),
        ["path: the file may have at most 10000 columns, got 1000000: leave out those that are not needed"]
    );
    let names = (0..10_000).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
    let numbers = vec!["1.5"; 10_000].join(",");
    assert_eq!(
        load(&csv("c9999", Goal::Regression), format!("{names}\n{}", rows(&format!("{numbers}\n"), 10))).unwrap().columns.len(),
        9_999
    );
    let long = "x".repeat(5_000_000);
    assert_eq!(
        said(any(), &format!("a,\"{long}\"\n1,2\n")),
        [
            "path: the name of column 2 may have at most 65536 bytes, got 5000000: shorten it, or look for a quotation mark that is not closed"
        ]
    );
    let issues = said(any(), &format!("a,b\n1,{long}\n{}", rows("1,2\n2,3\n", 10)));
    assert_eq!(
        issues,
        [
            "path: 1 row has a cell of more than 65536 bytes: row 1 (line 2), column \"b\", has 5000000; shorten it, or look for a quotation mark that is \
          not closed"
        ]
    );
    let word = "w".repeat(300);
    let table = format!("a,b\n{}", rows(&format!("{word},yes\nv,no\n"), 10));
    assert_eq!(
        said(any(), &table),
        ["path: the input column \"a\" has a word of 300 bytes, at most 256 are allowed: leave it out by giving it the type ignore"]
    );
    assert_eq!(
        said(csv("a", Goal::Auto), &table.replace("yes", "1").replace("no", "2")),
        ["target: the column \"a\" has a class of 300 bytes, at most 256 are allowed: shorten it or use another target"]
    );
    // Names of thousands of letters are told by their ends.
    let name = format!("begin{}end", "n".repeat(5000));
    for issue in load(&csv(&"t".repeat(90_000), Goal::Auto), format!("{name},b\n{}", rows("x,1\n3,2\n4,2\n", 10))).unwrap_err() {
        for text in [&issue.message.en, &issue.message.zh] {
            assert!(text.chars().count() < 400 && (text.contains("end") || text.contains('…')), "{text}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), target in ".{0,3}") {
        for task in [Goal::Classification, Goal::Regression, Goal::Clustering] {
            if let Err(issues) = load(&csv(&target, task), &bytes) {
                prop_assert!(!issues.is_empty());
            }
        }
    }

    #[test]
    fn texts_like_csv_do_not_panic_and_good_tables_are_whole(text in "[ab1.,;\"\n\r\té-]{0,120}", task in 0..2) {
        let task = [Goal::Classification, Goal::Regression][task as usize];
        match load(&csv("", task), padded(text.as_bytes(), "\n1,2\n3,4")) {
            Ok(table) => {
                prop_assert_eq!(table.inputs.dim(), (table.rows(), table.columns.len()));
                prop_assert!(table.inputs.iter().chain(&table.targets).all(|value| !value.is_infinite()));
            }
            Err(issues) => prop_assert!(!issues.is_empty()),
        }
    }

    #[test]
    fn what_was_written_is_read(
        values in proptest::collection::vec((any::<i16>(), -1e30_f32..1e30, "[a-z]{1,2}( é,|\"\n)?[a-z]"), 10..60),
    ) {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["count", "size", "kind"]).unwrap();
        for (count, size, kind) in &values {
            writer.write_record([count.to_string(), format!("{size:e}"), kind.clone()]).unwrap();
        }
        let result = load(&csv("kind", Goal::Classification), writer.into_inner().unwrap());
        prop_assume!(values.iter().any(|(_, _, kind)| *kind != values[0].2));
        let table = result.unwrap();
        let Task::Classification(classes) = &table.task else { panic!("a classification") };
        prop_assert!(classes.is_sorted());
        for (at, (count, size, kind)) in values.iter().enumerate() {
            prop_assert_eq!(table.inputs[(at, 0)], f32::from(*count));
            prop_assert_eq!(table.inputs[(at, 1)], *size);
            prop_assert_eq!(&classes[table.targets[at] as usize], kind);
        }
    }
}

#[test]
fn a_large_file_tells_how_far_it_is() {
    struct Told(Vec<u8>, std::cell::RefCell<Vec<f64>>);
    impl Files for Told {
        fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
            Ok(self.0.clone())
        }

        fn progress(&self, share: f64) {
            self.1.borrow_mut().push(share);
        }
    }
    let numbers = format!("a,b,c\n{}", "0.123456,0.654321,x\n1.5,2.5,y\n".repeat(130_000));
    let words = format!("a,b,c\n{}", "0.123456,above the line,x\n1.5,below,y\n".repeat(130_000));
    for text in [numbers, words] {
        let file = Told(text.into_bytes(), Default::default());
        assert_eq!(csv("c", Goal::Auto).load(1, &file).unwrap().rows(), 260_000);
        let told = file.1.into_inner();
        assert!(told.len() > 3, "{told:?}");
        assert!(told.is_sorted_by(|before, after| before < after), "{told:?}");
        assert!(told[0] > 0.0 && told.last() == Some(&1.0), "{told:?}");
    }
    // A file that cannot be used was read all the same.
    let file = Told(b"a,b\n1,2\n".to_vec(), Default::default());
    assert!(csv("", Goal::Auto).load(1, &file).is_err());
    assert_eq!(file.1.into_inner(), [1.0]);
}
