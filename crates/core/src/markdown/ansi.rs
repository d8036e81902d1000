//! ANSI code blocks: divides code into coloured runs at its escape sequences.
//!
//! The desktop client knows SGR only: 0, 1, 4, 30–37 and 40–47, joined with `;`. Other parameters are ignored, and
//! sequences of other kinds are dropped, as they have no glyphs.

/// A run of code in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The code, without escape sequences.
    pub text: String,
    /// SGR 1.
    pub bold: bool,
    /// SGR 4.
    pub underline: bool,
    /// SGR 30–37.
    pub foreground: Option<Foreground>,
    /// SGR 40–47.
    pub background: Option<Background>,
}

/// Defines a palette in the order of its SGR codes.
macro_rules! palette {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in the serialised tree.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

palette! {
    /// Text colours, SGR 30 to 37, with the desktop client's dark palette (Solarized).
    Foreground {
        /// `#4f545c`.
        Gray = "gray",
        /// `#dc322f`.
        Red = "red",
        /// `#859900`.
        Green = "green",
        /// `#b58900`.
        Yellow = "yellow",
        /// `#268bd2`.
        Blue = "blue",
        /// `#d33682`.
        Pink = "pink",
        /// `#2aa198`.
        Cyan = "cyan",
        /// `#ffffff`.
        White = "white"
    }
}

palette! {
    /// Backgrounds, SGR 40 to 47. They aren't the usual eight.
    Background {
        /// `#002b36`.
        FireflyDarkBlue = "firefly-dark-blue",
        /// `#cb4b16`.
        Orange = "orange",
        /// `#586e75`.
        MarbleBlue = "marble-blue",
        /// `#657b83`.
        GreyishTurquoise = "greyish-turquoise",
        /// `#839496`.
        Gray = "gray",
        /// `#6c71c4`.
        Indigo = "indigo",
        /// `#93a1a1`.
        LightGray = "light-gray",
        /// `#fdf6e3`.
        White = "white"
    }
}

/// Splits code at its escape sequences.
#[must_use]
pub fn runs(code: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut style = Run::default();
    let mut rest = code;
    while let Some(at) = rest.find('\u{1b}') {
        push(&mut runs, &style, &rest[..at]);
        let sequence = &rest[at + 1..];
        let Some(parameters) = sequence.strip_prefix('[') else {
            // A lone escape character has no glyph and isn't the start of anything.
            rest = sequence;
            continue;
        };
        // CSI: parameters and intermediates, then one final byte in @–~.
        let Some(end) = parameters.find(|c: char| !(' '..='?').contains(&c)) else {
            rest = sequence;
            continue;
        };
        let last = parameters[end..].chars().next().unwrap_or_default();
        if !('@'..='~').contains(&last) {
            rest = sequence;
            continue;
        }
        if last == 'm' {
            parameters[..end]
                .split(';')
                .for_each(|p| apply(&mut style, p));
        }
        rest = &parameters[end + 1..];
    }
    push(&mut runs, &style, rest);
    runs
}

fn push(runs: &mut Vec<Run>, style: &Run, text: &str) {
    if text.is_empty() {
        return;
    }
    let run = Run {
        text: text.to_owned(),
        ..style.clone()
    };
    match runs.last_mut() {
        Some(last)
            if (Run {
                text: String::new(),
                ..last.clone()
            }) == *style =>
        {
            last.text.push_str(text)
        }
        _ => runs.push(run),
    }
}

fn apply(style: &mut Run, parameter: &str) {
    // An empty parameter is 0, as in every terminal.
    match if parameter.is_empty() {
        Ok(0)
    } else {
        parameter.parse::<usize>()
    } {
        Ok(0) => *style = Run::default(),
        Ok(1) => style.bold = true,
        Ok(4) => style.underline = true,
        Ok(n @ 30..=37) => style.foreground = Foreground::ALL.get(n - 30).copied(),
        Ok(n @ 40..=47) => style.background = Background::ALL.get(n - 40).copied(),
        _ => {}
    }
}
