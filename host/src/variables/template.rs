//! Text with `{{ name }}` places in it.

use super::VariableError;
use std::collections::BTreeMap;

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Variable(String),
}

impl Template {
    /// Parses `text`.
    ///
    /// # Errors
    /// A `{{` without its `}}`.
    pub fn parse(text: &str) -> Result<Self, VariableError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (literal, expression) = match rest.split_once("{{") {
                Some((literal, expression)) => (literal, Some(expression)),
                None => (rest, None),
            };
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            rest = match expression {
                None => "",
                Some(expression) => {
                    let (name, after) = expression.split_once("}}").ok_or_else(|| {
                        VariableError::InvalidTemplate("unmatched '{{' in template".to_owned())
                    })?;
                    parts.push(Part::Variable(name.trim().to_owned()));
                    after
                }
            };
        }
        Ok(Self(parts))
    }

    /// Whether the template names no variable.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Literal(_)))
    }

    /// Replaces every variable by its value.
    ///
    /// # Errors
    /// A variable that `values` does not have.
    pub fn expand(&self, values: &BTreeMap<String, String>) -> Result<String, VariableError> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Variable(name) => {
                    text.push_str(values.get(name).ok_or_else(|| {
                        VariableError::InvalidTemplate(format!("unknown variable {name:?}"))
                    })?);
                }
            }
        }
        Ok(text)
    }
}
