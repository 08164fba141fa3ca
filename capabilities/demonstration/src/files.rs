//! Small files of the kinds people attach, made here: a screenshot, a form, a log.

use crate::dice::Dice;

/// A file with its name.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// A file of a kind (`png`, `pdf`, `txt`), a little different each time.
pub(crate) fn sample(kind: &str, dice: &mut Dice) -> Option<Sample> {
    let shade = u8::try_from(dice.between(40, 200)).unwrap_or(120);
    match kind {
        "png" => Some(Sample {
            name: "schermata.png",
            bytes: screenshot(shade),
        }),
        "pdf" => Some(Sample {
            name: "modulo-firmato.pdf",
            bytes: form(dice.between(1000, 9999)),
        }),
        "txt" => Some(Sample {
            name: "registro-vpn.txt",
            bytes: log(dice.between(10, 99)),
        }),
        _ => None,
    }
}

const WIDTH: usize = 320;
const HEIGHT: usize = 180;

/// A window with a title bar and a message box, as a greyscale PNG without compression.
fn screenshot(shade: u8) -> Vec<u8> {
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| pixel(x, y, shade)));
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(u32::try_from(WIDTH).unwrap_or(0).to_be_bytes());
    header.extend(u32::try_from(HEIGHT).unwrap_or(0).to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &stored(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn pixel(x: usize, y: usize, shade: u8) -> u8 {
    let in_box = (70..250).contains(&x) && (60..130).contains(&y);
    let on_text = in_box && (84..236).contains(&x) && y % 14 < 4 && (72..110).contains(&y);
    let on_button = (180..236).contains(&x) && (112..124).contains(&y);
    match (y, in_box) {
        (0..=17, _) => shade,
        _ if on_button => shade / 2,
        _ if on_text => 90,
        (_, true) => 255,
        _ => 226,
    }
}

/// A zlib stream of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend(((high << 16) | low).to_be_bytes());
    out
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let checked = [kind.as_slice(), data].concat();
    png.extend(&checked);
    png.extend(checksum(&checked).to_be_bytes());
}

/// CRC-32 as PNG wants it.
fn checksum(data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in data {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

/// One page of PDF with a heading and three lines.
fn form(number: i64) -> Vec<u8> {
    let text = format!(
        "BT /F1 18 Tf 72 760 Td (Modulo di richiesta n. {number}) Tj /F1 11 Tf 0 -40 Td (Il richiedente dichiara che i dati sono esatti.) Tj \
         0 -20 Td (Autorizzazione del dirigente: concessa.) Tj 0 -20 Td (Documento dimostrativo.) Tj ET"
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", nth + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places
        .iter()
        .for_each(|place| pdf.push_str(&format!("{place:010} 00000 n \n")));
    pdf.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    pdf.into_bytes()
}

fn log(session: i64) -> Vec<u8> {
    let mut text = String::new();
    for line in 0..14 {
        let (minute, second) = (line * 47 / 60 + 12, line * 47 % 60);
        let what = if line % 13 == 12 {
            "session closed by peer: idle timeout 600 s"
        } else {
            "keepalive ok"
        };
        text.push_str(&format!(
            "2026-01-15 09:{minute:02}:{second:02} vpn[{session}]: {what}\n"
        ));
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_what_their_first_bytes_say() {
        let mut dice = Dice::new(1);
        for (kind, media_type) in [("png", "image/png"), ("pdf", "application/pdf"), ("txt", "text/plain")] {
            let sample = sample(kind, &mut dice).expect("made");
            assert_eq!(record::media_type_of(&sample.bytes), media_type);
        }
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }
}
