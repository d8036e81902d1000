//! The fonts that scrollback embeds and tests with, as bytes.

/// Every font file: its file name and its data.
pub const FILES: &[(&str, &[u8])] = &[
    (
        "NotoSans[wght].ttf",
        include_bytes!("../files/NotoSans[wght].ttf"),
    ),
    (
        "NotoSans-Italic[wght].ttf",
        include_bytes!("../files/NotoSans-Italic[wght].ttf"),
    ),
    (
        "NotoSansArabic[wght].ttf",
        include_bytes!("../files/NotoSansArabic[wght].ttf"),
    ),
    (
        "NotoSansHebrew[wght].ttf",
        include_bytes!("../files/NotoSansHebrew[wght].ttf"),
    ),
    (
        "SourceCodePro[wght].ttf",
        include_bytes!("../files/SourceCodePro[wght].ttf"),
    ),
    (
        "SourceCodePro-Italic[wght].ttf",
        include_bytes!("../files/SourceCodePro-Italic[wght].ttf"),
    ),
    (
        "Twemoji-17.0.2.ttf",
        include_bytes!("../files/Twemoji-17.0.2.ttf"),
    ),
];
