//! In which encoding a file of text is. One rule, used by native programs (`src/data/encoding.rs`, which decode by `encoding_rs`) and, as a small wasm of
//! its own, by the page's worker (whose browser decodes): the engine's wasm has neither the tables nor the rule.
//!
//! A byte-order mark decides; then UTF-16 by its zeros, then UTF-8 by its form; what is left is guessed by `chardetng`, Firefox's detector. It does not
//! know Mac Roman, as spreadsheets on a Mac saved for long, so that is told from Windows-1252 by how odd the signs would be where they stand.

use chardetng::EncodingDetector;
use encoding_rs::{EUC_JP, Encoding, MACINTOSH, SHIFT_JIS, WINDOWS_1252};

/// Bytes of lines with something beyond ASCII that the detector hears; a larger file tells no more.
const HEARD: usize = 1 << 18;
/// How many valid characters of several bytes one broken byte must stand beside for the file to be damaged UTF-8 instead of something else.
const DAMAGED: usize = 20;

/// The name of the encoding, as the WHATWG's standard has it in small letters: `utf-8`, `windows-1252`, `gb18030`, …
pub fn detect(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return "utf-8",
        [0xFF, 0xFE, ..] => return "utf-16le",
        [0xFE, 0xFF, ..] => return "utf-16be",
        _ => {}
    }
    if let Some(wide) = utf16(bytes) {
        return wide;
    }
    if is_utf8(bytes) {
        return "utf-8";
    }
    let mut detector = EncodingDetector::new();
    let sample = beyond_ascii(bytes);
    detector.feed(&sample, true);
    let guess = detector.guess(None, false);
    // A few signs among many numbers tell the detector little; but Japanese has syllables that are nothing in other encodings.
    let japanese = if guess.is_single_byte() { [SHIFT_JIS, EUC_JP].into_iter().find(|encoding| has_kana(&sample, encoding)) } else { None };
    let guess = japanese.unwrap_or(guess);
    let guess = if guess.is_single_byte() && is_mac(&sample, bytes) { MACINTOSH } else { guess };
    match guess.name() {
        // GB18030 contains GBK.
        "GBK" => "gb18030",
        name => NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or("windows-1252"),
    }
}

/// What [`detect`] answers.
const NAMES: [&str; 27] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "macintosh",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-8",
    "koi8-u",
    "ibm866",
];

/// UTF-16 without a mark: text in lines has signs below 256 (digits, separators, line ends), of which one half is zero. Text has no zeros otherwise.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(HEARD).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = bytes.len().div_ceil(2).min(HEARD);
    match even.max(odd) {
        most if most == 0 || most * 20 < pairs || even.min(odd) * 10 > most => None,
        _ if even > odd => Some("utf-16be"),
        _ => Some("utf-16le"),
    }
}

/// True for UTF-8, also where a few bytes are broken: then the reader says where.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // What a cut-off file ends in counts as well.
        broken += chunk.invalid().len();
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
    }
    broken == 0 || sound > DAMAGED * broken
}

/// The lines that have something beyond ASCII.
fn beyond_ascii(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii() || line.contains(&0x1B)) {
        sample.extend_from_slice(line);
        if sample.len() >= HEARD {
            break;
        }
    }
    sample
}

/// True where the bytes are this encoding without a flaw, and a third of the signs are kana.
fn has_kana(sample: &[u8], encoding: &'static Encoding) -> bool {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(sample) else { return false };
    let kana = text.chars().filter(|letter| ('\u{3041}'..='\u{30fe}').contains(letter)).count();
    kana > 2 && kana * 3 >= text.chars().filter(|letter| !letter.is_ascii()).count()
}

/// True where the signs stand less oddly as Mac Roman than as Windows-1252. Files with the line ends of old Macs need no more than that; others have to be
/// clearly less odd.
fn is_mac(sample: &[u8], bytes: &[u8]) -> bool {
    let old_mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    let (mac, windows) = (oddness(sample, MACINTOSH), oddness(sample, WINDOWS_1252));
    if old_mac { mac < windows } else { 2 * mac < windows }
}

/// How oddly the signs beyond ASCII stand among their neighbours.
fn oddness(sample: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let letters: Vec<char> = text.chars().collect();
    let mut sum = 0;
    for (at, &letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.is_ascii()) {
        let before = at.checked_sub(1).map_or(' ', |at| letters[at]);
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        sum += match letter {
            // Nothing that a person writes.
            _ if letter.is_control() => 6,
            // Letters that Western languages share; large ones do not follow small ones.
            'À'..='Ö' | 'Ø'..='Þ' if before.is_lowercase() => 4,
            'à'..='ö' | 'ø'..='þ' | 'À'..='Ö' | 'Ø'..='Þ' | 'ß' => 0,
            // Letters of few words of few languages.
            'œ' | 'Œ' | 'š' | 'Š' | 'ž' | 'Ž' | 'Ÿ' | 'ÿ' => {
                if before.is_lowercase() && letter.is_uppercase() {
                    4
                } else {
                    1
                }
            }
            '’' | '‘' => 0,
            // Between numbers and words.
            '–' | '—' | '“' | '”' | '„' | '«' | '»' | '€' | '£' | '¥' | '°' | '§' | '©' | '®' | '²' | '³' | 'µ' | '·' | '\u{a0}' | '…'
                if !(before.is_alphabetic() && after.is_alphabetic()) =>
            {
                0
            }
            _ if letter.is_alphabetic() => 2,
            // A sign within a word.
            _ if before.is_alphabetic() || after.is_alphabetic() => 4,
            _ => 2,
        };
    }
    sum
}

/// Memory for the page's worker to put a file into.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    Box::leak(vec![0_u8; bytes].into_boxed_slice()).as_mut_ptr()
}

/// The encoding of the file that lies at `start`, whose memory is given back: where its name is, times 2³², and how many letters that has.
///
/// # Safety
/// `start` and `bytes` are those of a call to `room`, and it is not used again.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn which(start: *mut u8, bytes: usize) -> u64 {
    // SAFETY: the caller's promise.
    let file = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, bytes)) };
    let name = detect(&file);
    (name.as_ptr() as u64) << 32 | name.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::*;

    #[test]
    fn encodings_are_told_apart() {
        let german = "Größe;Qualität;Note\n1,5;süß;gut\n2,5;bitter;schlecht\n3,5;süß;mäßig\n";
        let french = "numéro;prénom;ville\n1;François;Nîmes\n2;Hélène;Besançon\n3;Zoé;Orléans\n";
        let spanish = "año,niño,señal\n1,sí,mañana\n2,no,corazón\n";
        let money = "item,price\npear,5 €\napple,7 €\n";
        let chinese = "身高,体重,种类\n1,2,苹果\n3,4,梨子\n";
        let taiwan = "身高,體重,種類\n1,2,蘋果\n3,4,梨子\n";
        let japanese = "身長,体重,種類\n1,2,りんご\n3,4,なし\n5,6,リンゴ\n";
        let korean = "키,몸무게,종류\n1,2,사과\n3,4,배\n";
        let few = "番号,身長,種類\n0,1.00,りんご\n3,1.01,なし\n6,1.02,りんご\n";
        let russian = "рост,вес,сорт\n1,2,яблоко\n3,4,груша\n";
        let cases: [(&str, &str, &'static Encoding, &str); 17] = [
            ("German from Excel", german, WINDOWS_1252, "windows-1252"),
            ("German from an old Mac", german, MACINTOSH, "macintosh"),
            ("French from Excel", french, WINDOWS_1252, "windows-1252"),
            ("French from an old Mac", french, MACINTOSH, "macintosh"),
            ("Spanish", spanish, WINDOWS_1252, "windows-1252"),
            ("Spanish from an old Mac", spanish, MACINTOSH, "macintosh"),
            ("nothing but a sign for euros", money, WINDOWS_1252, "windows-1252"),
            ("Chinese", chinese, GB18030, "gb18030"),
            ("two signs of Chinese", "中文,a\n1,2\n", GB18030, "gb18030"),
            ("Chinese from Taiwan", taiwan, BIG5, "big5"),
            ("Japanese from Excel", japanese, SHIFT_JIS, "shift_jis"),
            ("Japanese from Unix", japanese, EUC_JP, "euc-jp"),
            ("a little Japanese", few, SHIFT_JIS, "shift_jis"),
            ("a little Japanese from Unix", few, EUC_JP, "euc-jp"),
            ("Korean", korean, EUC_KR, "euc-kr"),
            ("Russian", russian, WINDOWS_1251, "windows-1251"),
            ("anything in UTF-8", german, UTF_8, "utf-8"),
        ];
        let mut wrong = Vec::new();
        for (reason, text, encoding, expected) in cases {
            let (bytes, _, unmapped) = encoding.encode(text);
            assert!(!unmapped, "{reason}");
            if detect(&bytes) != expected {
                wrong.push((reason, detect(&bytes)));
            }
        }
        assert_eq!(wrong, []);
        // The line ends of an old Mac.
        let (bytes, _, _) = MACINTOSH.encode("Stra\u{df}e\rK\u{f6}ln\rM\u{fc}nchen\r");
        assert_eq!(detect(&bytes), "macintosh");
    }

    #[test]
    fn wide_characters_need_no_mark() {
        for text in ["a,b\n1,2\n", "身高,体重\n1,2\n3,4\n", "größe;n\n1;2\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!((detect(&little), detect(&big)), ("utf-16le", "utf-16be"), "{text}");
            assert_eq!(detect(&[b"\xFF\xFE", &little[..]].concat()), "utf-16le");
            assert_eq!(detect(&[b"\xFE\xFF", &big[..]].concat()), "utf-16be");
        }
    }

    #[test]
    fn a_broken_byte_among_many_sound_ones_is_damage_and_nothing_is_plain() {
        let text = "身高,体重,种类\n".repeat(10);
        assert_eq!(detect(&[text.as_bytes(), b"\xFF,1\n"].concat()), "utf-8");
        assert_eq!((detect(b""), detect(b"a,b\n1,2\n"), detect(b"\xEF\xBB\xBFa")), ("utf-8", "utf-8", "utf-8"));
    }
}
