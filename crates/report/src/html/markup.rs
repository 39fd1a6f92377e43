//! HTML that cannot be written unescaped: text becomes markup only through [`text`].

use std::fmt::Write as _;

use flow_movement::{assessment::KeyFrame, draw};

/// A piece of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup(String);

/// Text, escaped.
pub(super) fn text(text: impl AsRef<str>) -> Markup {
    let mut escaped = String::with_capacity(text.as_ref().len());
    for letter in text.as_ref().chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Markup(escaped)
}

/// An element; `head` is the tag with its attributes, written in the code: `td class="number"`.
pub(super) fn element(head: &'static str, content: impl IntoIterator<Item = Markup>) -> Markup {
    let tag = head.split(' ').next().unwrap_or(head);
    let mut markup = format!("<{head}>");
    for piece in content {
        markup.push_str(&piece.0);
    }
    // Writing to a string cannot fail.
    _ = write!(markup, "</{tag}>");
    Markup(markup)
}

/// An element of text alone.
pub(super) fn words(head: &'static str, content: impl AsRef<str>) -> Markup {
    element(head, [text(content)])
}

/// The drawing of a key frame.
pub(super) fn drawing(key_frame: &KeyFrame) -> Markup {
    Markup(draw::draw_small(key_frame))
}

/// A piece with a line break after it, so that the document can be read as text.
pub(super) fn line(piece: Markup) -> Markup {
    Markup(piece.0 + "\n")
}

/// A style sheet of the program.
pub(super) fn style(sheet: &'static str) -> Markup {
    Markup(format!("<style>{sheet}</style>"))
}

/// A document with a policy for whoever opens it from a disk, where no header speaks for it.
pub(super) fn document(title: &str, policy: &str, sheet: &'static str, body: Markup) -> String {
    let head = element(
        "head",
        [
            Markup("<meta charset=\"utf-8\">\n".to_owned()),
            Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n".to_owned()),
            Markup(format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
                text(policy).0
            )),
            line(words("title", title)),
            style(sheet),
        ],
    );
    let html = element("html lang=\"en\"", [line(head), body]);
    format!("<!doctype html>\n{}\n", html.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_markup_is_not() {
        let inner = words("b class=\"x\"", "<script>alert('&\"')</script>");
        let outer = element("p", [text("5 < 6, "), inner]);
        assert_eq!(
            outer.0,
            "<p>5 &lt; 6, <b class=\"x\">&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;</b></p>"
        );
    }
}
