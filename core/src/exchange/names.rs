//! Lists of names that may grow: the known ones are variants, any other is kept as it came.

/// Declares an enum of known names with an `Other` variant that keeps an unknown one.
macro_rules! open_names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A name that this version does not know, kept as it came.
            Other(String),
        }

        impl $name {
            /// Every name that this version knows.
            pub const KNOWN: &'static [&'static str] = &[$($text),+];

            /// The name as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    // R1: the marketplace may add names at any time; what is not known is kept and written back.
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.as_str().to_owned()
            }
        }

        impl super::fields::Field for $name {
            const ACCEPTED: &'static str = "a text";

            fn read(value: crate::document::Tree<'_>, fields: &super::fields::Fields<'_>, name: super::fields::Name<'_>) -> crate::Result<Self> {
                match value {
                    crate::document::Tree::Text(text) => Ok(text.into_owned().into()),
                    other => Err(fields.wrong(name, &other, Self::ACCEPTED)),
                }
            }

            fn write<S: serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(super) use open_names;
