//! Good and bad files, one after the other.

use super::cells::SHOWN_COLUMNS;
use super::*;
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
            other => assert!(task == Regression && *other == Task::Regression, "{reason}"),
        }
    }
}

#[test]
fn what_is_clustered_has_no_target_but_one_that_is_named() {
    let text = padded(b"a,b,kind\n", "1,2,x\n3,5,y\n");
    let table = load(&csv("", Goal::Clustering), &text).unwrap();
    assert_eq!((&table.task, table.columns.len(), table.target.as_str()), (&Task::Clustering, 3, ""));
    assert!(table.targets.len() == table.inputs.nrows() && table.targets.iter().all(|target| *target == 0.0));
    let table = load(&csv("kind", Goal::Clustering), &text).unwrap();
    assert_eq!((table.task, table.columns.len()), (Task::Classification(vec!["x".into(), "y".into()]), 2));
}

#[test]
#[allow(clippy::type_complexity)]
fn bad_files() {
    use Goal::{Classification, Regression};
    let good = "1,2,x\n3,4,y\n";
    let wide: String = (0..60).map(|at| format!("c{at},")).collect::<String>() + "end\n";
    let cases: Vec<(&str, &str, Goal, Vec<u8>, Vec<(&str, &str)>)> = vec![
        ("no bytes", "", Classification, b"".into(), vec![("path", "the file is empty: a header and at least 10 rows are needed")]),
        (
            "only a mark and line ends",
            "",
            Classification,
            b"\xEF\xBB\xBF \r\n\n".into(),
            vec![("path", "the file is empty: a header and at least 10 rows are needed")],
        ),
        ("header only", "", Classification, b"a,b,c\n".into(), vec![("path", "the file has a header but no rows: at least 10 are needed")]),
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
            vec![("target", "the column \"t\" has more than 256 different values: use the task “Regression” or another target")],
        ),
        (
            "nine rows",
            "",
            Classification,
            format!("a,b,c\n{}3,4,y\n", rows("1,2,x\n", 8)).into(),
            vec![("path", "the file must have at least 10 rows, got 9")],
        ),
        (
            "names twice",
            "c",
            Classification,
            padded(b"a,b,a,c,e\n", "1,2,3,x,5\n1,2,3,y,5\n"),
            vec![("path", "the header has the name \"a\" 2 times, in columns 1, 3")],
        ),
        (
            "nothing but a target",
            "",
            Classification,
            padded(b"c\n", "x\ny\n"),
            vec![("path", "the file has no column besides the target \"c\": at least one input is needed")],
        ),
        (
            "everything at once",
            "c",
            Classification,
            "a,b,b,c\n1,x,,z\n1,2\ninf,2,größe,z\n1,2,\u{0}größer,z\n".as_bytes().into(),
            vec![
                ("path", "the header has the name \"b\" 2 times, in columns 2, 3"),
                ("path", "1 row does not have 4 fields as the header: row 2 (line 3) has 2"),
                ("path", "the file must have at least 10 rows, got 4"),
                ("path", "the input column \"b\" has 1 cell with something other than a number: row 1 (line 2) is \"x\""),
                ("path", "the input column \"a\" has 1 cell with a number that is not finite: row 3 (line 4) is \"inf\""),
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
    let typed = |types: &[(&str, Column)]| {
        let columns = types.iter().map(|(column, kind)| Column { column: column.to_string(), ..kind.clone() }).collect();
        load(&Csv { columns, ..csv("", Goal::Classification) }, &text)
    };
    let kind = |kind: Holds| Column { kind, ..Column::default() };
    let ignore = Column { role: Role::Ignore, ..Column::default() };
    let table = typed(&[("code", kind(Holds::Word)), ("size", ignore.clone())]).unwrap();
    assert_eq!(table.columns, ["colour", "code"]);
    assert_eq!(table.kinds[1], words(&["1", "2", "10"]));
    assert_eq!(column(&table, 1), [Some(0.0), Some(1.0), Some(0.0), Some(2.0)]);
    let said = |issues: Vec<Issue>| issues.iter().map(Issue::to_string).collect::<Vec<_>>();
    let problems = typed(&[("colour", kind(Holds::Number)), ("cost", kind(Holds::Word)), ("colour", kind(Holds::Word))]);
    assert_eq!(
        said(problems.unwrap_err()),
        [
            "columns[1].column: there is no column \"cost\"",
            "columns[2].column: \"colour\" is already listed",
            "path: the input column \"colour\" has 10 cells with something other than a number: row 1 (line 2) is \"red\"; row 2 (line 3) is \"blue\"; \
             row 4 (line 5) is \"red\" and 7 more",
        ]
    );
    let none = typed(&[("colour", ignore.clone()), ("code", ignore.clone()), ("size", ignore)]);
    assert_eq!(said(none.unwrap_err()), ["columns: leave no input column"]);
    let many = "name,kind\n".to_string() + &(0..900).map(|row| format!("n{},{}\n", row / 3, row % 2)).collect::<String>();
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
        ["path: the input column \"a\" has a word of 300 bytes, at most 256 are allowed: leave it out by giving it the role “Ignore”"]
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
        // A mark for a gap is no class.
        prop_assume!(values.iter().all(|(_, _, kind)| !Csv::default().gaps.contains(kind)));
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

/// A file, the settings with which it is read, and what it comes to.
#[cfg(not(target_arch = "wasm32"))]
mod as_people_have_them {
    use super::*;
    use crate::data::csv::settings::{Calendar, Same};
    use serde_json::{Value, json};

    /// What stands in tables, and what should not.
    const CELLS: &[&str] = &[
        "",
        "",
        "0",
        "1",
        "2.5",
        "-3",
        "x",
        "x",
        "y",
        "z",
        "NA",
        "None",
        "?",
        "inf",
        "1e39",
        "5 kg",
        "5 kg",
        "2020-01-31",
        "31/1/2020",
        "12:30",
        "\"a,b\"",
        "\"",
        "#",
        "a word of some letters",
        "1,5",
    ];

    /// `rows` of a pattern in which `{}` is the row's number from 0.
    fn lines(rows: usize, line: impl Fn(usize) -> String) -> String {
        (0..rows).map(line).collect()
    }

    fn read(csv: &Csv, bytes: &[u8]) -> Result<Table, Vec<Issue>> {
        csv.load(1, &OneFile(bytes.to_vec()))
    }

    fn auto() -> Csv {
        csv("", Goal::Auto)
    }

    fn inspect(csv: &Csv, text: &str) -> Reading {
        csv.inspect(text.as_bytes(), None).expect("a file with lines")
    }

    fn finding<'a>(reading: &'a Reading, part: &str) -> &'a Finding {
        let found = reading.findings.iter().find(|finding| finding.message.en.contains(part));
        found.unwrap_or_else(|| panic!("{part:?} is not in {:?}", reading.findings))
    }

    #[test]
    fn separators_are_told_by_the_rows() {
        use Separator::{Blanks, Comma, Pipe, Semicolon, Tab};
        let numbers = |row: usize| (row as f64 / 7.0, row * row % 13, row % 3);
        let cases: [(&str, String, Separator, &[&str]); 14] = [
            ("commas", "a,b,c\n".to_string() + &lines(12, |row| format!("{},{},x{}\n", row, row * 2, row % 2)), Comma, &["a", "b"]),
            (
                "semicolons and decimal commas",
                "a;b;c\n".to_string() + &lines(12, |row| format!("{},5;{},25;x{}\n", row, row, row % 2)),
                Semicolon,
                &["a", "b"],
            ),
            (
                "a header with more commas than semicolons",
                "a;b, in m, or so, or so;c\n".to_string() + &lines(12, |row| format!("{row}.5;{row};x{}\n", row % 2)),
                Semicolon,
                &["a", "b, in m, or so, or so"],
            ),
            ("tabs", "a\tb\tc\n".to_string() + &lines(12, |row| format!("{row}.5\t{row}\tx{}\n", row % 2)), Tab, &["a", "b"]),
            ("pipes", "a|b|c\n".to_string() + &lines(12, |row| format!("{row}.5|{row}|x{}\n", row % 2)), Pipe, &["a", "b"]),
            (
                "what a spreadsheet says",
                "sep=;\na;b;c\n".to_string() + &lines(12, |row| format!("{row},5;{row};x{}\n", row % 2)),
                Semicolon,
                &["a", "b"],
            ),
            (
                "text with commas in it",
                "note;b;c\n".to_string() + &lines(12, |row| format!("red, green, or blue;{row}.5;x{}\n", row % 2)),
                Semicolon,
                &["note", "b"],
            ),
            (
                "Boston: blanks before and between, no header",
                lines(20, |row| {
                    let (a, b, c) = numbers(row);
                    format!(" {a:8.5}  {b:5.2}   {c:4}\n")
                }),
                Blanks,
                &["column 1", "column 2"],
            ),
            (
                "seeds: tabs, sometimes two, no header",
                lines(30, |row| {
                    let (a, b, _) = numbers(row);
                    format!("{a:.2}\t{}{b}\t{}\n", if row % 5 == 0 { "\t" } else { "" }, row / 10 + 1)
                }),
                Blanks,
                &["column 1", "column 2"],
            ),
            (
                "auto-mpg: fixed width and a tab before a quoted name",
                lines(24, |row| {
                    let (a, b, c) = numbers(row);
                    format!("{a:4.1}   {}   {:5.1}      {c}\t\"ford pinto {}\"\n", 4 + b % 4, 90.5 + a, row % 3)
                }),
                Blanks,
                &["column 1", "column 2", "column 3", "column 4"],
            ),
            (
                "times have blanks",
                "time,a,c\n".to_string() + &lines(12, |row| format!("2020-01-{:02} 12:00,{row}.5,x{}\n", row + 1, row % 2)),
                Comma,
                &["time", "a"],
            ),
            (
                "names have blanks",
                "name,a,c\n".to_string() + &lines(12, |row| format!("New York,{row}.5,x{}\n", row % 2)),
                Comma,
                &["name", "a"],
            ),
            (
                "a blank before a quote",
                "a, b, c\n".to_string() + &lines(12, |row| format!("{row}.5, \"x, {}\", \"y{}\"\n", row % 2, row % 3)),
                Comma,
                &["a", "b"],
            ),
            (
                "R's write.table",
                "\"a\" \"b\" \"c\"\n".to_string() + &lines(12, |row| format!("\"{}\" {row}.5 {} \"x{}\"\n", row + 1, row % 5, row % 2)),
                Blanks,
                &["a", "b"],
            ),
        ];
        for (reason, text, separator, columns) in cases {
            let table = read(&auto(), text.as_bytes()).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            let reading = table.reading.as_ref().unwrap();
            assert_eq!(
                (reading.separator.value, &table.columns[..]),
                (separator, &columns.iter().map(|name| name.to_string()).collect::<Vec<_>>()[..]),
                "{reason}"
            );
            assert_eq!(table.rows(), reading.rows, "{reason}");
        }
    }

    #[test]
    fn headers_are_told_from_rows() {
        let iris = lines(30, |row| format!("{}.1,3.{},{}\n", 4 + row % 3, row % 10, ["setosa", "virginica"][row % 2]));
        let mushrooms = lines(40, |row| format!("{},{},{}\n", ["p", "e"][row % 2], ["x", "b", "s"][row % 3], ["n", "y"][row % 2]));
        let cases: [(&str, String, bool, usize); 9] = [
            ("numbers in the first row as below", iris.clone(), false, 30),
            ("names over numbers", "a,b,kind\n".to_string() + &iris, true, 30),
            ("words that occur again", mushrooms.clone(), false, 40),
            ("words that do not", "class,shape,colour\n".to_string() + &mushrooms, true, 40),
            (
                "pandas' numbers as names",
                "0,1,2\n".to_string() + &lines(20, |row| format!("{}.5,{},{}\n", row, row * row % 7, row % 2)),
                true,
                20,
            ),
            (
                "years as names",
                "land,2019,2020,kind\n".to_string()
                    + &lines(20, |row| format!("l{},{}.5,{},{}\n", row % 4, row, row * row % 7, ["u", "v"][row % 2])),
                true,
                20,
            ),
            (
                "a first row with a gap",
                "5,,x\n".to_string() + &lines(20, |row| format!("{row},{}.5,{}\n", row % 3, ["x", "y"][row % 2])),
                false,
                21,
            ),
            ("a header with a name missing", "a,,kind\n".to_string() + &iris, true, 30),
            (
                "dates below names",
                "day,a,kind\n".to_string() + &lines(20, |row| format!("2020-01-{:02},{row},{}\n", row + 1, ["x", "y"][row % 2])),
                true,
                20,
            ),
        ];
        for (reason, text, header, rows) in cases {
            let reading = inspect(&auto(), &text);
            assert_eq!((reading.header.value, reading.rows), (header, rows), "{reason}: {:?}", reading.header);
        }
        let said = |header| inspect(&Csv { header, ..auto() }, &iris);
        assert_eq!((said(Guess::Yes).rows, said(Guess::Yes).header.guessed), (29, false));
        let named = Csv { names: vec!["long".into(), "".into(), "kind".into()], ..auto() };
        assert_eq!(read(&named, iris.as_bytes()).unwrap().columns, ["long", "column 2"]);
    }

    #[test]
    fn titles_comments_and_blank_rows_are_no_rows() {
        let body = lines(20, |row| format!("{}.5,{},{}\n", row, row % 7, ["x", "y"][row % 2]));
        let cases: [(&str, String, &[&str]); 9] = [
            ("a title", format!("Results of the year\n\na,b,kind\n{body}"), &["a", "b"]),
            ("a title with empty cells, as spreadsheets write it", format!("Results,,\n,,\na,b,kind\n{body}"), &["a", "b"]),
            ("comments", format!("# made by hand\n# twice\na,b,kind\n{body}"), &["a", "b"]),
            ("comments between rows", format!("a,b,kind\n{body}# and now, for something, else\n1,2,x\n"), &["a", "b"]),
            ("names in a comment, as numpy writes them", format!("# a,b,kind\n{body}"), &["a", "b"]),
            ("rows of separators", format!("a,b,kind\n{body},,\n,,\n"), &["a", "b"]),
            ("a separator behind every row", format!("a,b,kind,\n{}", body.replace('\n', ",\n")), &["a", "b"]),
            ("a separator behind every row, but not the header", format!("a,b,kind\n{}", body.replace('\n', ",\n")), &["a", "b"]),
            ("a separator behind the header alone", format!("a,b,kind,\n{body}"), &["a", "b"]),
        ];
        for (reason, text, columns) in cases {
            let table = read(&auto(), text.as_bytes()).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            assert_eq!(table.columns, columns, "{reason}");
            assert!((20..=21).contains(&table.rows()), "{reason}: {} rows", table.rows());
            assert_eq!(table.target, "kind", "{reason}");
        }
        let skip = Skip::Lines(settings::Lines { count: 3 });
        let table = read(&Csv { skip, ..auto() }, format!("x,y,z\n1,2,3\n4,5,6\na,b,kind\n{body}").as_bytes()).unwrap();
        assert_eq!((&table.columns[..], table.rows()), (&["a".to_string(), "b".to_string()][..], 20));
        let hashes = "a,b,kind\n".to_string() + &lines(20, |row| format!("#{},{row}.5,{}\n", row % 4, ["x", "y"][row % 2]));
        assert_eq!(inspect(&auto(), &hashes).rows, 20, "rows that begin with a hash are rows");
    }

    #[test]
    fn lines_are_right_whatever_ends_them() {
        let text = "a,b,kind\n".to_string() + &lines(20, |row| format!("{row}.5,{row},x{}\n", row % 2)) + "1,oops,x1\n";
        for (end, skip) in [("\n", ""), ("\r\n", ""), ("\r", ""), ("\n", "# a comment\n\n"), ("\r", "Title\r\r")] {
            let lead = skip.matches(['\n', '\r']).count() as u64;
            let issues = read(&auto(), (skip.to_string() + &text.replace('\n', end)).as_bytes()).unwrap_err();
            let line = 22 + lead;
            assert_eq!(
                issues[0].to_string(),
                format!("path: the input column \"b\" has 1 cell with something other than a number: row 21 (line {line}) is \"oops\""),
                "{end:?}"
            );
        }
    }

    #[test]
    fn quotes_that_are_not_closed_are_refused_with_their_line() {
        let good = "a,b,kind\n".to_string() + &lines(20, |row| format!("{row}.5,{row},fig\n"));
        let more = lines(200, |row| format!("{row}.5,{row},pear\n"));
        let cases: [(&str, String, &str); 4] = [
            ("never", format!("{good}1.5,0.5,\"fig\n{more}"), "a quote opened in line 22 is never closed"),
            (
                "by the next one",
                format!("{good}1.5,0.5,\"fig\n{more}1,2,\"apple\"\n"),
                "a quote opened in line 22 is not closed in its cell: the next quote is in line 223",
            ),
            (
                "by one behind rows",
                format!("{good}1.5,0.5,\"fig\n{more}1,2,apple\"\n"),
                "a quote opened in line 22 is not closed in its cell: the next quote is in line 223",
            ),
            (
                "in a file of an old Mac",
                format!("{good}1.5,0.5,\"fig\n{more}").replace('\n', "\r"),
                "a quote opened in line 22 is never closed",
            ),
        ];
        for (reason, text, expected) in cases {
            let issue = read(&auto(), text.as_bytes()).expect_err(reason).remove(0);
            assert_eq!(issue.message.en, expected, "{reason}");
            assert!(inspect(&auto(), &text).rows > 220, "{reason}: there is something to see all the same");
        }
        let within =
            "a,b,kind\n".to_string() + &lines(20, |row| format!("{row}.5,\"two\nlines, {}\",\"say \"\"x{}\"\"\"\n", row % 4, row % 2));
        let table = read(&auto(), within.as_bytes()).unwrap();
        assert_eq!((table.rows(), &table.kinds[1]), (20, &Kind::Words((0..4).map(|at| format!("two\nlines, {at}")).collect())));
    }

    #[test]
    #[allow(clippy::type_complexity)]
    fn numbers_are_read_as_their_column_and_their_file_have_them() {
        // A column of eleven cells beside one that tells nothing.
        let cells = |separator: char, cells: &[&str]| {
            let quote = |cell: &str| if cell.contains(separator) { format!("\"{cell}\"") } else { cell.to_string() };
            format!("a{separator}b{separator}t\n")
                + &lines(22, |row| {
                    format!("{}{separator}{}{separator}{}\n", quote(cells[row % cells.len()]), row * row % 17, ["x", "y"][row % 2])
                })
        };
        let cases: [(&str, char, &[&str], &[f32], &str, &str); 17] = [
            ("a decimal comma", ';', &["20,05", "1,5"], &[20.05, 1.5], "1.234,5", ""),
            ("a decimal comma decides about thousands", ';', &["1.200", "1,5"], &[1200.0, 1.5], "1.234,5", ""),
            ("a point as ever", ',', &["1.200", "1.5"], &[1.2, 1.5], "1,234.5", ""),
            ("thousands in quotes", ',', &["1,112", "1,200.5"], &[1112.0, 1200.5], "1,234.5", ""),
            ("thousands alone, between commas", ',', &["1,112", "2,200"], &[1112.0, 2200.0], "1,234.5", ""),
            ("three digits behind a comma, between semicolons", ';', &["1,112", "2,200"], &[1.112, 2.2], "1.234,5", ""),
            ("millions by points", ';', &["1.234.567", "1.000"], &[1_234_567.0, 1000.0], "1.234,5", ""),
            ("blanks", ';', &["1 112", "12 200,5"], &[1112.0, 12_200.5], "1.234,5", ""),
            ("apostrophes", ',', &["1'112", "2'200.25"], &[1112.0, 2200.25], "1,234.5", ""),
            ("percent", ',', &["45%", "4.5 %"], &[45.0, 4.5], "1,234.5", "%"),
            ("dollars", ',', &["$1,200.50", "-$3.00"], &[1200.5, -3.0], "1,234.5", "$"),
            ("euros", ';', &["1.200,50 €", "3,00 €"], &[1200.5, 3.0], "1.234,5", "€"),
            ("kilograms", ',', &["12 kg", "3.5 kg"], &[12.0, 3.5], "1,234.5", "kg"),
            ("what is owed", ',', &["(1200)", "35"], &[-1200.0, 35.0], "1,234.5", ""),
            ("a minus of Unicode", ',', &["−7.5", "35"], &[-7.5, 35.0], "1,234.5", ""),
            ("exponents", ',', &["1e-3", "2.5E2"], &[0.001, 250.0], "1,234.5", ""),
            ("gaps among them", ',', &["#N/A", "5.5", "na", "-"], &[f32::NAN, 5.5, f32::NAN, f32::NAN], "1,234.5", ""),
        ];
        for (reason, separator, given, expected, format, unit) in cases {
            let table = read(&auto(), cells(separator, given).as_bytes()).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            let column = &table.reading.as_ref().unwrap().columns[0];
            assert_eq!((&*column.format, &*column.unit, column.kind.value), (format, unit, Holds::Number), "{reason}");
            for (at, value) in expected.iter().enumerate() {
                let got = table.inputs[(at, 0)];
                assert!(got == *value || (got.is_nan() && value.is_nan()), "{reason}: {got} is not {value}");
            }
        }
        let other = |reason: &str, given: &[&str]| {
            let table = read(&auto(), cells(',', given).as_bytes()).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            table.reading.as_ref().unwrap().columns[0].kind.value
        };
        assert_eq!(other("two units are words", &["5 kg", "5 lb"]), Holds::Word);
        assert_eq!(other("codes are words", &["A1", "B2"]), Holds::Word);
        // A slip of another unit is refused with its place.
        let slip = cells(',', &["5 kg", "6 kg", "7 lb"]);
        assert!(read(&auto(), slip.as_bytes()).unwrap_err()[0].message.en.contains("row 3 (line 4) is \"7 lb\""));
        // What is open is said, and can be changed.
        let text = cells(',', &["1,112", "2,200"]);
        let reading = inspect(&auto(), &text);
        let found = finding(&reading, "may be read in two ways");
        let changed = with(&auto(), found.remedy.as_ref().unwrap());
        assert_eq!(read(&changed, text.as_bytes()).unwrap().inputs[(0, 0)], 1.112);
        assert!(inspect(&changed, &text).findings.is_empty());
        let whole = Csv { decimal: Decimal::Comma, ..auto() };
        assert_eq!(read(&whole, text.as_bytes()).unwrap().inputs[(1, 0)], 2.2);
    }

    /// The settings with a remedy, whose edits are relative to them.
    fn with(csv: &Csv, remedy: &Remedy) -> Csv {
        let mut document = serde_json::to_value(csv).unwrap();
        remedy.apply(&mut document);
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn gaps_are_one_rule_for_every_column() {
        let text = "a,b,kind\n".to_string()
            + &lines(30, |row| {
                format!("{},{},{}\n", ["#N/A", "#N/A", "5.5"][row % 3], ["NA", "DE", "FR"][row % 3], ["x", "y", "None"][row % 3])
            });
        let table = read(&auto(), text.as_bytes()).unwrap();
        assert_eq!((&table.kinds[0], &table.kinds[1]), (&Kind::Number, &Kind::Words(vec!["DE".into(), "FR".into()])));
        assert!(table.inputs[(0, 0)].is_nan() && table.inputs[(0, 1)].is_nan() && table.targets[2].is_nan());
        assert_eq!(table.task, Task::Classification(vec!["x".into(), "y".into()]));
        assert_eq!(table.reading.as_ref().unwrap().gaps, [("NA".into(), 10), ("#N/A".into(), 20), ("None".into(), 10)]);
        let country = |name: &str| Column { column: name.into(), keep_marks: true, ..Column::default() };
        let kept = Csv { columns: vec![country("b"), country("kind")], ..auto() };
        let table = read(&kept, text.as_bytes()).unwrap();
        assert_eq!(table.kinds[1], Kind::Words(vec!["DE".into(), "FR".into(), "NA".into()]));
        assert_eq!(table.task, Task::Classification(vec!["None".into(), "x".into(), "y".into()]));
        // The list is the document's.
        let coded = text.replace("#N/A", "-999");
        assert_eq!(read(&auto(), coded.as_bytes()).unwrap().inputs[(0, 0)], -999.0);
        let csv = Csv { gaps: vec!["-999".into()], ..auto() };
        let table = read(&csv, coded.as_bytes()).unwrap();
        assert!(table.inputs[(0, 0)].is_nan());
        assert_eq!(table.task.outputs(), 3, "None is a word where the list does not have it");
        // A wholly empty column is left out by itself.
        let empty = "a,nothing,none,kind\n".to_string() + &lines(20, |row| format!("{row}.5,,NA,{}\n", ["x", "y"][row % 2]));
        let table = read(&auto(), empty.as_bytes()).unwrap();
        assert_eq!(table.columns, ["a"]);
        finding(table.reading.as_ref().unwrap(), "\"nothing\" is empty in every row");
        finding(table.reading.as_ref().unwrap(), "\"none\" is empty in every row");
    }

    #[test]
    fn dates_are_numbers_and_their_order_is_told() {
        let dates = |cells: &[&str]| {
            "day,a,kind\n".to_string() + &lines(24, |row| format!("{},{}.5,{}\n", cells[row % cells.len()], row % 7, ["x", "y"][row % 2]))
        };
        let cases: [(&str, &[&str], &[f32], &str); 8] = [
            ("ISO", &["2020-01-01", "2020-01-31", ""], &[0.0, 30.0, f32::NAN], "DD/MM/YYYY"),
            ("German", &["01.02.2020", "01.03.2020"], &[0.0, 29.0], "DD/MM/YYYY"),
            ("American", &["1/31/2020", "2/1/2020"], &[0.0, 1.0], "MM/DD/YYYY"),
            ("British", &["31/1/2020", "1/2/2020"], &[0.0, 1.0], "DD/MM/YYYY"),
            ("open: the month is taken first", &["1/2/2020", "2/2/2020"], &[0.0, 31.0], "MM/DD/YYYY"),
            ("with times", &["2020-01-01 06:00", "2020-01-02 18:00"], &[0.0, 1.5], "DD/MM/YYYY"),
            ("times alone", &["06:30", "18:00"], &[6.5, 18.0], "hh:mm"),
            ("Chinese", &["2020年1月1日", "2020年1月31日"], &[0.0, 30.0], "DD/MM/YYYY"),
        ];
        for (reason, given, expected, format) in cases {
            let table = read(&auto(), dates(given).as_bytes()).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            let column = &table.reading.as_ref().unwrap().columns[0];
            assert_eq!((column.kind.value, &*column.format), (Holds::Date, format), "{reason}");
            for (at, value) in expected.iter().enumerate() {
                let got = table.inputs[(at, 0)];
                assert!(got == *value || (got.is_nan() && value.is_nan()), "{reason}: {got} is not {value}");
            }
        }
        let open = dates(&["1/2/2020", "2/2/2020"]);
        let reading = inspect(&auto(), &open);
        let remedy = finding(&reading, "may be read in two ways").remedy.clone().unwrap();
        assert_eq!(read(&with(&auto(), &remedy), open.as_bytes()).unwrap().inputs[(1, 0)], 1.0);
        let both = dates(&["31/1/2020", "30/1/2020", "1/31/2020"]);
        let issue = read(&auto(), both.as_bytes()).unwrap_err().remove(0);
        assert!(issue.message.en.contains("other than a date as the others: row 3 (line 4) is \"1/31/2020\""), "{issue}");
        let column = |column: Column| Csv { columns: vec![Column { column: "day".into(), ..column }], ..auto() };
        let parts = column(Column { calendar: Calendar::Parts, ..Column::default() });
        let table = read(&parts, dates(&["2020-01-31 18:30", "2019-12-30 00:00"]).as_bytes()).unwrap();
        assert_eq!(table.columns, ["day year", "day month", "day day", "day weekday", "day hour", "a"]);
        assert_eq!(table.inputs.row(0).to_vec()[..5], [2020.0, 1.0, 31.0, 5.0, 18.5]);
        let epoch = column(Column { date: DateOrder::Epoch, ..Column::default() });
        let table = read(&epoch, dates(&["1577836800", "1577923200"]).as_bytes()).unwrap();
        assert_eq!((table.inputs[(0, 0)], table.inputs[(1, 0)]), (0.0, 1.0));
        let compact = column(Column { kind: Holds::Date, ..Column::default() });
        assert_eq!(read(&compact, dates(&["20200101", "20200131"]).as_bytes()).unwrap().inputs[(1, 0)], 30.0);
    }

    #[test]
    fn every_column_has_a_role() {
        let sentence = |row: usize| format!("This is the remark number {row} about something that went well");
        let text = "id,uid,note,day,who,a,kind\n".to_string()
            + &lines(40, |row| {
                format!(
                    "{},k{:x},{},2020-02-{:02},p{},{}.5,{}\n",
                    row + 1,
                    row * 7919,
                    sentence(row),
                    28 - row % 28,
                    row % 5,
                    row % 7,
                    ["x", "y"][row % 2]
                )
            });
        let table = read(&auto(), text.as_bytes()).unwrap();
        assert_eq!(table.columns, ["day", "who", "a"]);
        let roles: Vec<Role> = table.reading.as_ref().unwrap().columns.iter().map(|column| column.role.value).collect();
        use Role::{Feature, Group, Id, Ignore, Target, Time};
        assert_eq!(roles, [Id, Id, Ignore, Feature, Feature, Feature, Target]);
        // What is left out by itself can be taken in.
        let reading = inspect(&auto(), &text);
        for name in ["id", "uid", "note"] {
            let remedy = finding(&reading, &format!("{name:?} ")).remedy.clone().unwrap();
            assert!(
                inspect(&with(&auto(), &remedy), &text).columns.iter().any(|column| column.name == name && column.role.value == Feature)
            );
        }
        let role = |column: &str, role| Column { column: column.into(), role, ..Column::default() };
        let csv = Csv { columns: vec![role("day", Time), role("who", Group), role("a", Target)], ..auto() };
        let table = read(&csv, text.as_bytes()).unwrap();
        assert_eq!((&table.target[..], &table.columns[..], table.ordered), ("a", &["kind".to_string()][..], true));
        assert_eq!(table.numbers[..3], [27, 26, 25], "the earliest day first");
        assert_eq!(table.groups.as_ref().unwrap()[..3], [2, 1, 0]);
        let both = Csv { target: "kind".into(), ..csv };
        let issue = read(&both, text.as_bytes()).unwrap_err().remove(0);
        assert_eq!(issue.to_string(), "columns: both \"kind\" and \"a\" are the target: one has to be");
        // A count without a name that says so is a feature, and pointed out.
        let counted = "a,b,kind\n".to_string() + &lines(20, |row| format!("{row},{}.5,{}\n", row % 7, ["x", "y"][row % 2]));
        let reading = inspect(&auto(), &counted);
        let remedy = finding(&reading, "\"a\" counts the rows").remedy.clone().unwrap();
        assert_eq!(read(&auto(), counted.as_bytes()).unwrap().columns, ["a", "b"]);
        assert_eq!(read(&with(&auto(), &remedy), counted.as_bytes()).unwrap().columns, ["b"]);
        // A lone count is what there is to learn from.
        let curve = "n,y\n".to_string() + &lines(20, |row| format!("{row},{}.5\n", row * row));
        assert_eq!(read(&auto(), curve.as_bytes()).unwrap().columns, ["n"]);
        // pandas' index.
        let pandas = ",a,kind\n".to_string() + &lines(20, |row| format!("{row},{}.5,{}\n", row % 7, ["x", "y"][row % 2]));
        let table = read(&auto(), pandas.as_bytes()).unwrap();
        assert_eq!((&table.columns[..], table.reading.as_ref().unwrap().columns[0].role.value), (&["a".to_string()][..], Id));
    }

    #[test]
    fn a_weight_stays_with_its_row_and_is_no_feature() {
        let text = "a,w,day,kind\n".to_string()
            + &lines(30, |row| format!("{}.5,{},2024-03-{:02},{}\n", row % 7, ["0", "0.25", "3"][row % 3], 30 - row, ["x", "y"][row % 2]));
        let role = |column: &str, role| Column { column: column.into(), role, ..Column::default() };
        let weighted = Csv { columns: vec![role("w", Role::Weight)], ..auto() };
        let table = read(&weighted, text.as_bytes()).unwrap();
        assert_eq!(table.columns, ["a", "day"]);
        assert_eq!(table.weights.as_deref().unwrap()[..4], [0.0, 0.25, 3.0, 0.0]);
        let found = &table.reading.as_ref().unwrap().columns[1];
        assert_eq!((found.role.value, found.role.guessed, found.kind.value), (Role::Weight, false, Holds::Number));
        let in_time = Csv { columns: vec![role("w", Role::Weight), role("day", Role::Time)], ..auto() };
        let table = read(&in_time, text.as_bytes()).unwrap();
        assert_eq!(table.numbers[..3], [29, 28, 27]);
        assert_eq!(table.weights.as_deref().unwrap()[..3], [3.0, 0.25, 0.0], "in the order of the days");
        // A weight may be written as numbers are, and may be called a word.
        let word = Column { kind: Holds::Word, ..role("w", Role::Weight) };
        let european = text.replace("0.25", "\"1.000,5\"");
        let table = read(&Csv { columns: vec![word], ..auto() }, european.as_bytes()).unwrap();
        assert_eq!(table.weights.as_deref().unwrap()[1], 1000.5);
        // A window counts what the row counts that it foretells.
        let layout = Layout::Windows(crate::data::layout::Windows { lag: 3, horizon: 2 });
        let table = read(
            &Csv { layout, columns: vec![role("w", Role::Weight), role("kind", Role::Ignore)], target: "a".into(), ..auto() },
            text.as_bytes(),
        )
        .unwrap();
        assert_eq!(table.weights.as_deref().unwrap()[..3], [0.25, 3.0, 0.0], "of rows 5, 6, 7");
        // Not one of them is taken where nobody asks for it.
        assert_eq!(read(&auto(), text.as_bytes()).unwrap().weights, None);
    }

    #[test]
    fn weights_that_are_none_are_refused_with_their_place() {
        let file = |cells: [&str; 2]| {
            "a,w,kind\n".to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", cells[usize::from(row == 4)], ["x", "y"][row % 2]))
        };
        let csv = Csv { columns: vec![Column { column: "w".into(), role: Role::Weight, ..Column::default() }], ..auto() };
        let cases = [
            (["1", "-2"], "columns: the weight column \"w\" has 1 cell below 0: row 5 (line 6) is \"-2\"; every weight must be at least 0"),
            (["1", ""], "columns: the weight column \"w\" has 1 empty cell: row 5 (line 6); every row needs a weight"),
            (["1", "NA"], "columns: the weight column \"w\" has 1 empty cell: row 5 (line 6); every row needs a weight"),
            (["0", "0"], "columns: the weight column \"w\" is 0 in every row: at least one weight must be above 0"),
            (["0", "1e-60"], "columns: the weight column \"w\" is 0 in every row: at least one weight must be above 0"),
            (["1", "much"], "path: the weight column \"w\" has 1 cell with something other than a number: row 5 (line 6) is \"much\""),
            (["1", "inf"], "path: the weight column \"w\" has 1 cell with a number that is not finite: row 5 (line 6) is \"inf\""),
        ];
        for (cells, expected) in cases {
            let issues = read(&csv, file(cells).as_bytes()).unwrap_err();
            assert_eq!(issues.iter().map(Issue::to_string).collect::<Vec<_>>(), [expected], "{cells:?}");
            assert_eq!(issues[0].remedy.as_ref().unwrap().title.en, "Leave the column \"w\" out");
        }
        assert_eq!(read(&csv, file(["0", "2"]).as_bytes()).unwrap().weights.unwrap().iter().sum::<f32>(), 2.0);
        let two = Csv {
            columns: ["a", "w"].map(|name| Column { column: name.into(), role: Role::Weight, ..Column::default() }).to_vec(),
            ..auto()
        };
        let issues = read(&two, file(["1", "2"]).as_bytes()).unwrap_err();
        assert_eq!(issues[0].to_string(), "columns: both \"a\" and \"w\" are the sample weight: one has to be");
    }

    #[test]
    fn classes_that_are_probably_the_same_are_pointed_out() {
        let cases: [(&str, [&str; 3], usize); 3] = [
            ("the adult data", [">50K", "<=50K", ">50K."], 2),
            ("a whole number and a fraction", ["1", "0", "1.0"], 2),
            ("letters in two cases", ["Yes", "no", "yes "], 2),
        ];
        for (reason, words, classes) in cases {
            let text = "a,b,kind\n".to_string()
                + &lines(60, |row| format!("{}.5,{},{}\n", row % 11, row % 7, words[if row % 10 == 0 { 2 } else { row % 2 }]));
            let csv = csv("", Goal::Classification);
            let reading = inspect(&csv, &text);
            let remedy = finding(&reading, "probably mean the same").remedy.clone().unwrap();
            let merged = with(&csv, &remedy);
            assert_eq!(merged.columns[0].same, [Same { word: words[2].trim().into(), means: words[0].into() }], "{reason}");
            assert_eq!(read(&merged, text.as_bytes()).unwrap().task.outputs(), classes, "{reason}");
            assert!(inspect(&merged, &text).findings.is_empty(), "{reason}");
        }
    }

    #[test]
    fn a_remedy_helps() {
        let good =
            |row: &str, name: &str| format!("{name}\n{}{row}", lines(20, |row| format!("{row}.5,{},{}\n", row % 7, ["x", "y"][row % 2])));
        let column = |column: Column| Csv { columns: vec![Column { column: "b".into(), ..column }], ..auto() };
        let many = "name,a,kind\n".to_string() + &lines(900, |row| format!("n{},{}.5,{}\n", row / 3, row % 7, ["x", "y"][row % 2]));
        // UTF-16 has pairs of bytes.
        let odd = good("1,2,x\n", "a,b,kind");
        let odd = if odd.len().is_multiple_of(2) { odd + "\n" } else { odd };
        let cases: Vec<(&str, Csv, String)> = vec![
            ("a slip", auto(), good("1,oops,x\n", "a,b,kind")),
            ("many slips", auto(), good("1,one,x\n1,two,x\n1,three,x\n1,four,x\n", "a,b,kind")),
            ("a number that is not finite", auto(), good("1,inf,x\n", "a,b,kind")),
            ("a slip in an amount", csv("a", Goal::Auto), good("k.A.,1,x\n", "a,b,kind")),
            ("names twice", csv("kind", Goal::Auto), good("", "a,a,kind")),
            ("too many words", auto(), many),
            ("no such target", csv("label", Goal::Auto), good("", "a,b,kind")),
            ("no such column", Csv { columns: vec![Column { column: "z".into(), ..Column::default() }], ..auto() }, good("", "a,b,kind")),
            (
                "nothing left",
                Csv {
                    columns: ["a", "b"].map(|name| Column { column: name.into(), role: Role::Ignore, ..Column::default() }).to_vec(),
                    ..auto()
                },
                good("", "a,b,kind"),
            ),
            (
                "words that are said to be numbers",
                Csv { columns: vec![Column { column: "kind".into(), kind: Holds::Number, ..Column::default() }], ..csv("a", Goal::Auto) },
                good("1,2,z\n1,2,w\n", "a,b,kind"),
            ),
            ("a weight that is missing", column(Column { role: Role::Weight, ..Column::default() }), good("1,,x\n", "a,b,kind")),
            ("a weight below 0", column(Column { role: Role::Weight, ..Column::default() }), good("1,-0.5,x\n", "a,b,kind")),
            ("a weight that is no number", column(Column { role: Role::Weight, ..Column::default() }), good("1,much,x\n", "a,b,kind")),
            (
                "two weights",
                Csv {
                    columns: ["a", "b"].map(|name| Column { column: name.into(), role: Role::Weight, ..Column::default() }).to_vec(),
                    ..auto()
                },
                good("", "a,b,kind"),
            ),
            ("a time that is missing", column(Column { role: Role::Time, ..Column::default() }), good("1,,x\n", "a,b,kind")),
            ("a quote alone", auto(), good("1,2,\"x\n1,2,y\n", "a,b,kind")),
            ("an encoding that it is not", Csv { encoding: Encoding::Utf16Be, ..auto() }, odd),
            ("more names than columns", Csv { names: vec!["a".into(); 5], ..auto() }, good("", "a,b,kind")),
        ];
        for (reason, csv, text) in cases {
            let issues = read(&csv, text.as_bytes()).expect_err(reason);
            for issue in issues {
                let remedy = issue.remedy.as_ref().unwrap_or_else(|| panic!("{reason}: nothing helps against {issue}"));
                let after = read(&with(&csv, remedy), text.as_bytes()).err().unwrap_or_default();
                assert!(after.iter().all(|other| other.message != issue.message), "{reason}: {issue} is still there");
                assert!(remedy.title.zh.chars().any(|letter| letter > '\u{3000}'), "{reason}");
                assert!(remedy.edits.iter().all(|edit| edit.path != "data"), "{reason}: a setting helps against {issue}");
            }
        }
    }

    /// What the press of one button after the other, always the first, comes to: titles of remedies in their order, and the rows, or none that stayed refused.
    fn pressed(csv: &Csv, bytes: &[u8]) -> (Vec<String>, Option<Table>) {
        let mut document = json!({ "data": { "csv": csv } });
        let mut titles = Vec::new();
        for _ in 0..8 {
            let data: crate::data::Data = serde_json::from_value(document["data"].clone()).unwrap();
            let issues = match data.part().load(1, &OneFile(bytes.to_vec())) {
                Ok(table) => return (titles, Some(table)),
                Err(issues) => issues,
            };
            let first = issues[0].clone().under("data.csv");
            let remedy = first.remedy.clone().unwrap_or_else(|| panic!("nothing helps against {first}"));
            titles.push(remedy.title.en.clone());
            remedy.apply(&mut document);
        }
        (titles, None)
    }

    #[test]
    fn the_first_buttons_lead_to_rows() {
        let body = lines(20, |row| format!("{row}.5,{},{}\n", row * row % 7, ["x", "y"][row % 2]));
        let named = "a,b,kind\n";
        let forty = lines(40, |row| format!("{row}.5,{}\n", row * row % 7));
        let long = "w".repeat(300);
        const SAMPLE: &[&str] = &["Use a sample data set"];
        let tasked = |task| csv("", task);
        let cases: Vec<(&str, Csv, String, &[&str], &str)> = vec![
            ("no bytes", auto(), String::new(), SAMPLE, "class"),
            ("a line", auto(), "a,b,kind\n".into(), SAMPLE, "class"),
            ("no such file", Csv { path: "b.csv".into(), ..auto() }, body.clone(), SAMPLE, "class"),
            ("no file", Csv { path: String::new(), ..auto() }, body.clone(), SAMPLE, "class"),
            ("nine rows", auto(), named.to_string() + &lines(9, |row| format!("{row}.5,1,{}\n", ["x", "y"][row % 2])), SAMPLE, "class"),
            (
                "lines that are all left out",
                Csv { skip: Skip::Lines(settings::Lines { count: 20 }), ..auto() },
                named.to_string() + &body,
                &["Guess the lines before the header"],
                "kind",
            ),
            (
                "another separator than it has",
                Csv { separator: Separator::Semicolon, ..auto() },
                named.to_string() + &body,
                &["Guess the separator"],
                "kind",
            ),
            ("ragged rows", auto(), named.to_string() + &body + "1,2\n1,2,x,4\n", &["Leave these rows out"], "kind"),
            (
                "mostly short rows",
                csv("kind", Goal::Auto),
                "a,kind,b\n".to_string()
                    + &lines(4, |row| format!("{row},x,1\n"))
                    + &lines(20, |row| format!("{row}.5,{}\n", ["x", "y"][row % 2])),
                &["Take the missing cells as missing values"],
                "kind",
            ),
            (
                "one class",
                auto(),
                "a,b,kind\n".to_string() + &lines(20, |row| format!("{row}.5,{},x\n", row % 3)),
                &["Predict \"b\" instead"],
                "b",
            ),
            (
                "a class that is a mark",
                auto(),
                named.to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", row % 3, ["x", "None"][row % 2])),
                &["Take \"None\" as a class"],
                "kind",
            ),
            (
                "one class, and inputs that never change",
                auto(),
                named.to_string() + &rows("1,2,x\n", 20),
                &["Predict nothing: find clusters"],
                "",
            ),
            (
                "an empty target that is named",
                csv("kind", Goal::Auto),
                named.to_string() + &lines(20, |row| format!("{row}.5,{},\n", row % 3)),
                &["Predict \"b\" instead"],
                "b",
            ),
            ("one column of numbers", auto(), "a\n".to_string() + &lines(20, |row| format!("{row}.5\n")), &["Find clusters of \"a\""], ""),
            ("one column of words", auto(), "a\n".to_string() + &rows("x\ny\n", 10), SAMPLE, "class"),
            (
                "amounts that are said to be classes",
                tasked(Goal::Classification),
                "a,t\n".to_string() + &lines(300, |row| format!("{},{row}.5\n", row % 7)),
                &["Predict \"t\" as a number"],
                "t",
            ),
            (
                "classes that are said to be amounts",
                tasked(Goal::Regression),
                named.to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", row % 3, ["u", "v", "w", "z"][row % 4])),
                &["Predict \"kind\" as a class"],
                "kind",
            ),
            (
                "a class like a book",
                csv("a", Goal::Auto),
                "a,b\n".to_string() + &rows(&format!("{long},1\nv,2\n"), 10),
                &["Predict nothing: find clusters"],
                "",
            ),
            (
                "a class like a book, and more to predict",
                csv("a", Goal::Auto),
                "a,b,c\n".to_string() + &lines(20, |row| format!("{},{row}.5,{}\n", [&long[..], "v"][row % 2], ["x", "y"][row % 2])),
                &["Predict \"c\" instead"],
                "c",
            ),
            (
                "a feature that is empty",
                Csv { columns: vec![Column { column: "b".into(), role: Role::Feature, ..Column::default() }], ..auto() },
                named.to_string() + &lines(20, |row| format!("{row}.5,,{}\n", ["x", "y"][row % 2])),
                &["Leave the column \"b\" out"],
                "kind",
            ),
            ("words that are needed elsewhere", auto(), named.to_string() + &body + "x,1,y\n", &["Leave the column \"a\" out"], "kind"),
            (
                "words for an image",
                Csv { layout: Layout::Image(Default::default()), ..auto() },
                named.to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", ["u", "v"][row % 2], ["x", "y"][row % 2])),
                &["Take the columns as numbers side by side"],
                "kind",
            ),
            (
                "no image",
                Csv { layout: Layout::Image(Default::default()), ..auto() },
                named.to_string() + &body,
                &["Take a height of 1"],
                "kind",
            ),
            (
                "windows that are too long",
                Csv { layout: Layout::Windows(crate::data::layout::Windows { lag: 40, horizon: 30 }), ..tasked(Goal::Regression) },
                "t,y\n".to_string() + &forty,
                &["Take windows of 1 row"],
                "y",
            ),
            (
                "entries that are alike",
                Csv { columns: vec![Column { column: "z".into(), ..Column::default() }; 2], ..auto() },
                named.to_string() + &body,
                &["Remove this entry"],
                "kind",
            ),
            ("rows that are not UTF-8", Csv { encoding: Encoding::Utf8, ..auto() }, String::from("latin"), &["Guess the encoding"], "kind"),
        ];
        let mut wrong: Vec<String> = Vec::new();
        for (reason, csv, text, titles, target) in cases {
            let bytes = if text == "latin" {
                let text = named.to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", row % 7, ["süß", "öde"][row % 2]));
                encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
            } else {
                text.into_bytes()
            };
            let (pressed, table) = pressed(&csv, &bytes);
            let got = (pressed, table.map(|table| table.target));
            let expected = (titles.iter().map(|title| title.to_string()).collect(), Some(target.to_string()));
            if got != expected {
                wrong.push(format!("{reason}: {got:?} in place of {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn rows_that_do_not_fit_are_left_out_or_filled_and_told() {
        let text = "a,b,kind\n1,2,x,4\n".to_string() + &lines(20, |row| format!("{row}.5,{},{}\n", row % 7, ["x", "y"][row % 2])) + "7\n";
        let of = |ragged| read(&Csv { ragged, ..auto() }, text.as_bytes());
        assert!(of(Ragged::Refuse).is_err());
        let table = of(Ragged::Skip).unwrap();
        assert_eq!((table.rows(), table.numbers[0], table.numbers[19]), (20, 1, 20), "rows keep their numbers in the file");
        let reading = table.reading.unwrap();
        assert_eq!((reading.rows, reading.unfit_rows), (20, 2));
        let told = finding(&reading, "left out that do");
        assert_eq!(
            told.message.en,
            "2 rows are left out that do not have 3 fields as the header: row 1 (line 2) has 4; row 22 (line 23) has 1"
        );
        let filled = with(&Csv { ragged: Ragged::Skip, ..auto() }, told.remedy.as_ref().unwrap());
        assert_eq!(filled.ragged, Ragged::Fill);
        let table = of(Ragged::Fill).unwrap();
        assert_eq!(
            (table.rows(), table.inputs[(20, 0)], table.inputs[(20, 1)].is_nan(), table.targets[20].is_nan()),
            (21, 7.0, true, true)
        );
        let reading = table.reading.unwrap();
        assert_eq!((reading.rows, reading.unfit_rows), (21, 1));
        let told = finding(&reading, "fewer than 3 fields");
        assert!(told.message.en.ends_with("row 22 (line 23) has 1"), "{:?}", told.message);
        assert_eq!(with(&auto(), told.remedy.as_ref().unwrap()).ragged, Ragged::Skip);
        assert!(finding(&reading, "1 row is left out that does").remedy.is_none());
        // One cause is told where there is but one.
        let empty = inspect(&auto(), "a,b,kind\n");
        assert!(empty.findings.is_empty() && empty.columns.iter().all(|column| column.role.value != Role::Ignore), "{empty:?}");
    }

    #[test]
    fn files_of_all_countries_are_read_alike() {
        let german = "Größe;Qualität;Preis;Sorte\n".to_string()
            + &lines(20, |row| format!("{},5;{};1.2{:02},50 €;{}\n", row, ["gut", "mäßig"][row % 2], row, ["süß", "bitter"][row % 2]));
        let french = "numéro;prénom;coût;été\n".to_string()
            + &lines(20, |row| format!("{};{};1 2{:02},5;{}\n", row + 1, ["Zoé", "René"][row % 2], row, ["à", "ça"][row % 2]));
        let chinese = "编号,身高,日期,种类\n".to_string()
            + &lines(20, |row| format!("{},1.{row:02},2020年1月{}日,{}\n", row + 1, row + 1, ["苹果", "梨"][row % 2]));
        let japanese =
            "番号,身長,種類\n".to_string() + &lines(20, |row| format!("{},1.{row:02},{}\n", row * 3 % 20, ["りんご", "なし"][row % 2]));
        let taiwan =
            "編號,身高,種類\n".to_string() + &lines(20, |row| format!("{},1.{row:02},{}\n", row * 3 % 20, ["蘋果", "梨子"][row % 2]));
        let korean = "번호,키,종류\n".to_string() + &lines(20, |row| format!("{},1.{row:02},{}\n", row * 3 % 20, ["사과", "배"][row % 2]));
        let cases: [(&str, &String, &'static encoding_rs::Encoding, &str); 9] = [
            ("German from Excel", &german, encoding_rs::WINDOWS_1252, "windows-1252"),
            ("German from an old Mac", &german, encoding_rs::MACINTOSH, "macintosh"),
            ("French from Excel", &french, encoding_rs::WINDOWS_1252, "windows-1252"),
            ("Chinese from Excel", &chinese, encoding_rs::GB18030, "gb18030"),
            ("Japanese from Excel", &japanese, encoding_rs::SHIFT_JIS, "shift_jis"),
            ("Japanese from Unix", &japanese, encoding_rs::EUC_JP, "euc-jp"),
            ("Taiwan", &taiwan, encoding_rs::BIG5, "big5"),
            ("Korean", &korean, encoding_rs::EUC_KR, "euc-kr"),
            ("UTF-8", &german, encoding_rs::UTF_8, "utf-8"),
        ];
        let same =
            |table: Table| Table { reading: None, inputs: table.inputs.mapv(|value| if value.is_nan() { -1e9 } else { value }), ..table };
        for (reason, text, encoding, name) in cases {
            let (bytes, _, unmapped) = encoding.encode(text);
            assert!(!unmapped, "{reason}");
            let table = read(&auto(), &bytes).unwrap_or_else(|issues| panic!("{reason}: {issues:?}"));
            assert_eq!(table.reading.as_ref().unwrap().encoding.value, name, "{reason}");
            assert_eq!(same(table), same(read(&auto(), text.as_bytes()).unwrap()), "{reason}");
        }
        for (mark, wide) in
            [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (false, u16::to_le_bytes), (true, u16::to_be_bytes), (false, u16::to_be_bytes)]
        {
            let bytes: Vec<u8> = mark.then_some(0xFEFF).into_iter().chain(chinese.encode_utf16()).flat_map(wide).collect();
            assert_eq!(same(read(&auto(), &bytes).unwrap()), same(read(&auto(), chinese.as_bytes()).unwrap()));
        }
        let table = read(&auto(), german.as_bytes()).unwrap();
        assert_eq!(
            (&table.columns[..], table.inputs[(3, 0)], table.inputs[(3, 2)]),
            (&["Größe", "Qualität", "Preis"].map(String::from)[..], 3.5, 1203.5)
        );
        assert_eq!(read(&auto(), french.as_bytes()).unwrap().columns, ["prénom", "coût"], "the number of the row is none");
        // Another encoding is a setting; what is not in it is refused with its line.
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&german);
        let said = |encoding| read(&Csv { encoding, ..auto() }, &bytes);
        assert_eq!(said(Encoding::Macintosh).unwrap().reading.as_ref().unwrap().encoding.value, "macintosh");
        assert_eq!(said(Encoding::EucKr).unwrap_err()[0].path, "encoding");
        assert!(said(Encoding::Utf8).unwrap_err()[0].message.en.contains("not UTF-8"));
    }

    #[test]
    fn documents_of_earlier_versions_open() {
        let mut old = json!({"path": "a.csv", "types": [{"column": "a", "kind": "words"}, {"column": "b", "kind": "ignore"}, {"column": "c"}], "columns": []});
        migrate(old.as_object_mut().unwrap());
        let csv: Csv = serde_json::from_value(old).unwrap();
        let column = |column: &str, role, kind| Column { column: column.into(), role, kind, ..Column::default() };
        assert_eq!(
            csv.columns,
            [column("a", Role::Feature, Holds::Word), column("b", Role::Ignore, Holds::Auto), column("c", Role::Feature, Holds::Number)]
        );
    }

    proptest! {
        /// Whatever the separator, the decimal mark and the line ends are: the same table.
        #[test]
        fn tables_are_read_however_they_are_written(
            rows in proptest::collection::vec((-9999_i32..9999, 0_u32..9999, 0_usize..3), 12..40),
            separator in proptest::sample::select(vec![',', ';', '\t', '|']),
            comma in any::<bool>(),
            end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        ) {
            prop_assume!(rows.iter().any(|row| row.2 != rows[0].2));
            let comma = comma && separator != ',';
            let mut text = ["size", "share", "kind"].join(&separator.to_string()) + end;
            for (a, b, kind) in &rows {
                let a = format!("{:.2}", f64::from(*a) / 100.0);
                let a = if comma { a.replace('.', ",") } else { a };
                text += &[a, b.to_string(), ["red", "green", "dark blue"][*kind].to_string()].join(&separator.to_string());
                text += end;
            }
            let table = read(&auto(), text.as_bytes()).unwrap();
            prop_assert_eq!(table.rows(), rows.len());
            for (at, (a, b, _)) in rows.iter().enumerate() {
                prop_assert_eq!(table.inputs[(at, 0)], (f64::from(*a) / 100.0) as f32);
                prop_assert_eq!(table.inputs[(at, 1)], *b as f32);
            }
        }

        /// Every problem of any file has a remedy, after which it is gone; who presses one button after the other has rows in the end.
        #[test]
        fn every_problem_has_a_remedy_that_helps(
            rows in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(CELLS), 1..5), 0..24),
            tidy in 0_usize..24,
            separator in proptest::sample::select(vec![",", ",", ";", "\t"]),
            (task, ragged) in (
                proptest::sample::select(vec![Goal::Auto, Goal::Auto, Goal::Classification, Goal::Regression, Goal::Clustering]),
                proptest::sample::select(vec![Ragged::Refuse, Ragged::Refuse, Ragged::Skip, Ragged::Fill]),
            ),
            target in proptest::sample::select(vec!["", "", "a", "b", "z"]),
            (header, said, skip) in (
                proptest::sample::select(vec![Guess::Auto, Guess::Auto, Guess::Yes, Guess::No]),
                proptest::sample::select(vec![Separator::Auto, Separator::Auto, Separator::Auto, Separator::Comma, Separator::Blanks]),
                proptest::sample::select(vec![Skip::default(), Skip::default(), Skip::default(), Skip::Lines(settings::Lines { count: 12 })]),
            ),
            columns in proptest::collection::vec(
                (
                    proptest::sample::select(vec!["a", "b", "c", "y"]),
                    proptest::sample::select(vec![Role::Auto, Role::Feature, Role::Target, Role::Id, Role::Time, Role::Group, Role::Ignore]),
                    proptest::sample::select(vec![Holds::Auto, Holds::Number, Holds::Word, Holds::Date, Holds::Text]),
                ),
                0..3,
            ),
        ) {
            let columns = columns.into_iter().map(|(column, role, kind)| Column { column: column.into(), role, kind, ..Column::default() }).collect();
            let csv = Csv { task, ragged, target: target.into(), header, separator: said, skip, columns, ..auto() };
            let mut text = ["a", "b", "c"].join(separator) + "\n";
            text += &lines(tidy, |row| [format!("{}.5", row * 7 % 11), (row % 3).to_string(), ["x", "y"][row % 2].into()].join(separator) + "\n");
            rows.iter().for_each(|row| text += &(row.join(separator) + "\n"));
            let mut document = json!({ "data": { "csv": csv } });
            let load = |document: &Value| {
                let data: crate::data::Data = serde_json::from_value(document["data"].clone()).unwrap();
                data.part().load(1, &OneFile(text.clone().into_bytes())).err().unwrap_or_default()
            };
            let mut pressed = Vec::new();
            loop {
                let issues: Vec<Issue> = load(&document).into_iter().map(|issue| issue.under("data.csv")).collect();
                let Some(first) = issues.first() else { break };
                prop_assert!(pressed.len() < 16, "{pressed:?}: {issues:?}");
                for issue in &issues {
                    let mut after = document.clone();
                    let Some(remedy) = &issue.remedy else { return Err(TestCaseError::fail(format!("nothing helps against {issue}"))) };
                    remedy.apply(&mut after);
                    let still = load(&after).iter().any(|other| other.message == issue.message);
                    prop_assert!(!still, "{issue} is still there after {:?}", remedy.title.en);
                }
                if let Some(remedy) = &first.remedy {
                    pressed.push(format!("{first}: {}", remedy.title.en));
                    remedy.apply(&mut document);
                }
            }
        }

        /// There is something to show of anything that has a line, and nothing panics.
        #[test]
        fn anything_with_a_line_can_be_seen(text in "[ab1.,;|#\"\n\r\t =é%€/:-]{0,160}") {
            let reading = auto().inspect(text.as_bytes(), None);
            prop_assert_eq!(reading.is_some(), !text.trim_ascii().is_empty() );
        }
    }
}
