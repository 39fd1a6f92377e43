//! A script of SQL as its statements, because Spin runs one at a time.
//!
//! Statements end where SQLite's own shell ends them (`sqlite3_complete`): at a semicolon, but inside of `CREATE TRIGGER` only
//! at one that follows `; END`. Nothing else of SQL is understood here.

/// One statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The statement, without what surrounds it and without its semicolon.
    pub text: &'a str,
    /// The line of the script on which it begins, from 1.
    pub line: usize,
}

/// Why a script is not a sequence of statements for one transaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// Something is begun and never ended.
    #[error("{what} begins in line {line} and never ends")]
    Unfinished {
        /// Where it begins, from 1.
        line: usize,
        /// What it is.
        what: &'static str,
    },
    /// A statement would end the transaction that the migration is applied in.
    #[error("line {line} says {word}: leave it out, a migration is one transaction already")]
    Transaction {
        /// Where, from 1.
        line: usize,
        /// The statement's first word.
        word: String,
    },
}

/// As much of a script's text as belongs together.
enum Token<'a> {
    /// White space or a comment.
    Space,
    Semicolon,
    Word(&'a str),
    /// A string, a quoted name, a sign.
    Other,
}

/// Where in a statement we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Inside,
    /// After `CREATE`, `CREATE TEMP`: a trigger may follow.
    Create,
    Trigger,
    /// In a trigger, after a semicolon.
    TriggerSemicolon,
    /// In a trigger, after `; END`.
    TriggerEnd,
}

impl Place {
    /// Where we are after `token`, which is no space. After a semicolon, [`Place::Start`] is the end of the statement.
    fn after(self, token: &Token<'_>) -> Self {
        let is = |keyword: &str| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(keyword));
        let semicolon = matches!(token, Token::Semicolon);
        match self {
            Self::Start | Self::Inside | Self::Create | Self::TriggerEnd if semicolon => Self::Start,
            Self::Trigger | Self::TriggerSemicolon if semicolon => Self::TriggerSemicolon,
            Self::Start if is("CREATE") => Self::Create,
            Self::Create if is("TEMP") || is("TEMPORARY") => Self::Create,
            Self::Create if is("TRIGGER") => Self::Trigger,
            Self::TriggerSemicolon if is("END") => Self::TriggerEnd,
            Self::Trigger | Self::TriggerSemicolon | Self::TriggerEnd => Self::Trigger,
            Self::Start | Self::Inside | Self::Create => Self::Inside,
        }
    }
}

/// The statements of a script in order. One without any is empty.
pub fn statements(script: &str) -> Result<Vec<Statement<'_>>, ScriptError> {
    let mut statements = Vec::new();
    let mut place = Place::Start;
    let (mut begin, mut end, mut at) = (0, 0, 0);
    let statement = |begin: usize, end: usize| Statement {
        text: &script[begin..end],
        line: line_of(script, begin),
    };
    while let Some((token, length)) = next(&script[at..]).map_err(|what| ScriptError::Unfinished {
        line: line_of(script, at),
        what,
    })? {
        if !matches!(token, Token::Space) {
            let before = place;
            place = before.after(&token);
            if before == Place::Start && place != Place::Start {
                begin = at;
            }
            if before != Place::Start && place == Place::Start {
                statements.push(statement(begin, end));
            }
            end = at + length;
        }
        at += length;
    }
    match place {
        Place::Start => {}
        Place::Inside | Place::Create | Place::TriggerEnd => statements.push(statement(begin, end)),
        Place::Trigger | Place::TriggerSemicolon => {
            return Err(ScriptError::Unfinished {
                line: line_of(script, begin),
                what: "a trigger",
            });
        }
    }
    Ok(statements)
}

/// Checks that a script can be applied as a part of a transaction.
pub(crate) fn check(script: &str) -> Result<(), ScriptError> {
    for statement in statements(script)? {
        let word = statement
            .text
            .split(|letter: char| !letter.is_ascii_alphabetic())
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        // `END` is another word for `COMMIT`, and the others would end or cut up the transaction.
        if ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"].contains(&word.as_str()) {
            return Err(ScriptError::Transaction {
                line: statement.line,
                word,
            });
        }
    }
    Ok(())
}

fn line_of(script: &str, at: usize) -> usize {
    1 + script[..at].matches('\n').count()
}

/// The token that `rest` begins with and its length in bytes; `None` at the end, what it is when it has no end.
fn next(rest: &str) -> Result<Option<(Token<'_>, usize)>, &'static str> {
    let Some(first) = rest.chars().next() else {
        return Ok(None);
    };
    let width = first.len_utf8();
    // Two quotes in a row stand for one; read as the end of one string and the beginning of the next they do no harm.
    let quoted = |close: char, what| {
        rest[width..]
            .find(close)
            .map(|length| (Token::Other, width + length + close.len_utf8()))
            .ok_or(what)
    };
    let token = match first {
        ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{feff}' => (Token::Space, width),
        '-' if rest.starts_with("--") => (Token::Space, rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => {
            let length = rest[2..].find("*/").ok_or("a comment")?;
            (Token::Space, length + 4)
        }
        ';' => (Token::Semicolon, width),
        '\'' => quoted('\'', "a string")?,
        '"' | '`' => quoted(first, "a quoted name")?,
        '[' => quoted(']', "a quoted name")?,
        _ if is_of_word(first) => {
            let length = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
            (Token::Word(&rest[..length]), length)
        }
        _ => (Token::Other, width),
    };
    Ok(Some(token))
}

/// What SQLite takes into a name without quotes.
fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$') || !letter.is_ascii()
}

#[cfg(test)]
mod tests;
