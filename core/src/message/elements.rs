//! How the elements that stay nest in one another, as HTML has it.

/// What an element means to the elements around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Has no content: `br`, `img`.
    Void,
    /// `hr`: has no content and ends a paragraph.
    Rule,
    /// `col`: has no content, stands in a table only.
    Column,
    /// Goes on behind a paragraph that ends before it.
    Formatting,
    /// Any other part of a line.
    Inline,
    /// Ends a paragraph.
    Block,
    /// `h1` to `h6`.
    Heading,
    /// `li`.
    Item,
    /// `dd`, `dt`.
    Definition,
    /// `table`.
    Table,
    /// `caption`.
    Caption,
    /// `colgroup`.
    Columns,
    /// `tbody`, `thead`, `tfoot`.
    Section,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
}

impl Kind {
    /// The kind of one of the elements that stay.
    pub(super) fn of(element: &str) -> Self {
        match element {
            "br" | "img" => Self::Void,
            "hr" => Self::Rule,
            "col" => Self::Column,
            "a" | "b" | "code" | "em" | "i" | "s" | "small" | "strong" | "u" => Self::Formatting,
            "blockquote" | "div" | "dl" | "ol" | "p" | "pre" | "ul" => Self::Block,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "li" => Self::Item,
            "dd" | "dt" => Self::Definition,
            "table" => Self::Table,
            "caption" => Self::Caption,
            "colgroup" => Self::Columns,
            "tbody" | "thead" | "tfoot" => Self::Section,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            _ => Self::Inline,
        }
    }

    /// Whether only parts of a table may stand directly in it.
    pub(super) fn is_frame(self) -> bool {
        matches!(self, Self::Table | Self::Columns | Self::Section | Self::Row)
    }

    /// Whether what is in it sees nothing of what is open around it.
    pub(super) fn is_room(self) -> bool {
        matches!(self, Self::Cell | Self::Caption) || self.is_frame()
    }

    /// Whether an end tag of a part of a line looks no further.
    pub(super) fn is_special(self) -> bool {
        !matches!(self, Self::Formatting | Self::Inline)
    }
}

/// Elements that do not stay and end a paragraph.
pub(super) const OTHER_BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "center",
    "details",
    "dialog",
    "dir",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "main",
    "menu",
    "nav",
    "search",
    "section",
    "summary",
];
