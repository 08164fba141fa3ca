//! Records of a CSV file, whatever happened to it.
//!
//! A mangled file must cost no more than the rows that are broken: a quote that is never closed does not swallow what
//! follows, a line without end does not fill the memory, and every record knows the line of the file it began on.

use std::collections::VecDeque;
use std::io::{BufRead, ErrorKind};

/// Longest line that is read, in bytes.
const LONGEST: usize = 64 * 1024;
/// Lines that one quoted record may span.
const SPAN: usize = 40;

/// What a line came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// Its fields.
    Fields(Vec<String>),
    /// Not text in UTF-8, from this field on.
    NotText(usize),
    /// Longer than any row.
    TooLong,
    /// A quote that is never closed, or text after a closing one.
    Quotes,
}

struct Line {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

/// Reads records from a file.
pub(crate) struct Records<R> {
    input: R,
    number: u64,
    waiting: VecDeque<Line>,
    pub(crate) separator: u8,
}

impl<R: BufRead> Records<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            number: 0,
            waiting: VecDeque::new(),
            separator: b',',
        }
    }

    /// The next line's bytes without its end, or nothing at the end of the file.
    pub(crate) fn header(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        Ok(self
            .line()?
            .map(|line| if line.too_long { vec![0] } else { line.bytes }))
    }

    /// The next record that is not blank, with its line.
    pub(crate) fn next(&mut self) -> std::io::Result<Option<(u64, Record)>> {
        while let Some(line) = self.line()? {
            if line.too_long {
                return Ok(Some((line.number, Record::TooLong)));
            }
            if line.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let number = line.number;
            return Ok(Some((number, self.record(line)?)));
        }
        Ok(None)
    }

    fn record(&mut self, line: Line) -> std::io::Result<Record> {
        let mut text = match String::from_utf8(line.bytes) {
            Ok(text) => text,
            Err(cause) => return Ok(Record::NotText(self.place(&cause))),
        };
        match fields(&text, self.separator) {
            Split::Fields(fields) => return Ok(Record::Fields(fields)),
            Split::Broken => return Ok(Record::Quotes),
            Split::Open => {}
        }
        // A quoted field may hold line breaks: look ahead, and give back what does not belong to it.
        let mut taken: VecDeque<Line> = VecDeque::new();
        while taken.len() < SPAN && text.len() < LONGEST {
            let Some(more) = self.line()? else { break };
            let joined = std::str::from_utf8(&more.bytes)
                .ok()
                .filter(|_| !more.too_long)
                .map(|more| format!("{text}\n{more}"));
            taken.push_back(more);
            let Some(joined) = joined else { break };
            text = joined;
            match fields(&text, self.separator) {
                Split::Fields(fields) => return Ok(Record::Fields(fields)),
                Split::Broken => break,
                Split::Open => {}
            }
        }
        while let Some(line) = taken.pop_back() {
            self.waiting.push_front(line);
        }
        Ok(Record::Quotes)
    }

    /// The field in which a text stops being one.
    fn place(&self, cause: &std::string::FromUtf8Error) -> usize {
        let good = &cause.as_bytes()[..cause.utf8_error().valid_up_to()];
        good.iter().filter(|byte| **byte == self.separator).count()
    }

    fn line(&mut self) -> std::io::Result<Option<Line>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let (mut bytes, mut too_long, mut any) = (Vec::new(), false, false);
        loop {
            let part = match self.input.fill_buf() {
                Ok(part) => part,
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            if part.is_empty() {
                break;
            }
            any = true;
            let end = part.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(part.len());
            if bytes.len() + taken > LONGEST {
                (too_long, bytes) = (true, Vec::new());
            } else if !too_long {
                bytes.extend_from_slice(&part[..taken]);
            }
            self.input.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        self.number += 1;
        Ok(Some(Line {
            number: self.number,
            bytes,
            too_long,
        }))
    }
}

/// How a text splits into fields.
pub(crate) enum Split {
    Fields(Vec<String>),
    /// A quote is still open.
    Open,
    /// Text after a closing quote.
    Broken,
}

/// Splits one record.
pub(crate) fn fields(text: &str, separator: u8) -> Split {
    let separator = char::from(separator);
    let mut fields = Vec::new();
    let mut rest = text.chars().peekable();
    loop {
        let mut field = String::new();
        if rest.peek() == Some(&'"') {
            rest.next();
            loop {
                match rest.next() {
                    None => return Split::Open,
                    Some('"') if rest.peek() == Some(&'"') => {
                        rest.next();
                        field.push('"');
                    }
                    Some('"') => break,
                    Some(letter) => field.push(letter),
                }
            }
            if rest.peek().is_some_and(|next| *next != separator) {
                return Split::Broken;
            }
        } else {
            while let Some(letter) = rest.next_if(|letter| *letter != separator) {
                field.push(letter);
            }
        }
        fields.push(field);
        if rest.next().is_none() {
            return Split::Fields(fields);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Record)> {
        let mut records = Records::new(text);
        std::iter::from_fn(|| records.next().expect("reads")).collect()
    }

    fn of(fields: &[&str]) -> Record {
        Record::Fields(fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn records_know_their_line_and_broken_ones_leave_the_others_alone() {
        let long = [b"a,".as_slice(), &vec![b'x'; 10 * LONGEST], b"\nlast,1"].concat();
        type Case<'c> = (&'c [u8], Vec<(u64, Record)>);
        let cases: Vec<Case<'_>> = vec![
            (b"a,b\r\n\r\nc,", vec![(1, of(&["a", "b"])), (3, of(&["c", ""]))]),
            (
                b"\"a,1\",\"b\"\"c\"\nd,e",
                vec![(1, of(&["a,1", "b\"c"])), (2, of(&["d", "e"]))],
            ),
            (
                b"\"two\nlines\",b\nc,d",
                vec![(1, of(&["two\nlines", "b"])), (3, of(&["c", "d"]))],
            ),
            (
                b"\"never closed,b\nc,d\ne,f",
                vec![(1, Record::Quotes), (2, of(&["c", "d"])), (3, of(&["e", "f"]))],
            ),
            (b"\"a\"b,c\nd,e", vec![(1, Record::Quotes), (2, of(&["d", "e"]))]),
            (b"a,\xff\nb,c", vec![(1, Record::NotText(1)), (2, of(&["b", "c"]))]),
            (&long, vec![(1, Record::TooLong), (2, of(&["last", "1"]))]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected);
        }
    }
}
