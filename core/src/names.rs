//! Sets of names: enums whose values are words that logs, documents and every language write alike. Each word is said
//! once, beside its value.

/// Declares an enum whose values are names. It reads and writes itself by them: as text, and by serde. Their order is
/// that of the declaration.
///
/// The text after the enum's name says what it is where an unknown name is refused.
macro_rules! names {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: $what:literal { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meta])* #[cfg_attr(feature = "serde", serde(rename = $text))] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The names of all values, in order.
            pub const NAMES: &[&str] = &[$($text),+];

            /// The name used in logs, in documents and in every language.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        /// The name, as `as_str` gives it.
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::error::KlokuurError;

            /// Reads the name that `as_str` gives.
            ///
            /// # Errors
            /// - any other text
            fn from_str(text: &str) -> $crate::error::Result<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::error::KlokuurError::UnknownName {
                        what: $what,
                        given: text.to_owned(),
                        accepted: Self::NAMES.join(", "),
                    }
                })
            }
        }
    };
}

pub(crate) use names;
