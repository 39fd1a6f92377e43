//! Schemas of types, collected under their names.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

/// Where the document has them.
const PATH: &str = "/components/schemas";

/// What is sent and what is answered have generators of their own: an optional field may be `null` in a request, and is left
/// out of an answer.
pub(super) struct Schemas {
    requests: SchemaGenerator,
    responses: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings =
            SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = PATH.into());
        Self {
            requests: settings.clone().for_deserialize().into_generator(),
            responses: settings.for_serialize().into_generator(),
        }
    }

    /// The schema of something that is sent, as a reference.
    pub(super) fn request(&mut self, schema: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Value {
        schema(&mut self.requests).to_value()
    }

    /// The schema of something that is answered, as a reference.
    pub(super) fn response(&mut self, schema: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Value {
        schema(&mut self.responses).to_value()
    }

    /// All that were referred to, by name. A type that is both sent and answered is the same in both.
    pub(super) fn into_definitions(mut self) -> Map<String, Value> {
        let mut definitions = self.responses.take_definitions(true);
        definitions.values_mut().for_each(never_null_where_left_out);
        definitions.extend(self.requests.take_definitions(true));
        definitions.values_mut().for_each(enums_as_enums);
        definitions
    }
}

/// Calls `change` on every object inside a value, the innermost first.
fn walk(value: &mut Value, change: &impl Fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(|inner| walk(inner, change));
            change(object);
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| walk(inner, change)),
        _ => {}
    }
}

/// A property that an answer may leave out is never `null` in it.
fn never_null_where_left_out(schema: &mut Value) {
    walk(schema, &|object| {
        let required: Vec<String> = object
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        let Some(Value::Object(properties)) = object.get_mut("properties") else {
            return;
        };
        for (name, property) in properties {
            if let Value::Object(property) = property
                && !required.contains(name)
            {
                without_null(property);
            }
        }
    });
}

fn without_null(property: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(values)) = property.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            property.remove("anyOf");
            property.extend(only);
        }
    }
}

/// Words, each with what it means, are an enum with one description.
fn enums_as_enums(schema: &mut Value) {
    walk(schema, &|object| {
        let Some(Value::Array(choices)) = object.get("oneOf") else {
            return;
        };
        let mut words = Vec::new();
        let mut meanings = Vec::new();
        for choice in choices {
            let of_choice: Vec<Value> = match (&choice["const"], &choice["enum"]) {
                (Value::String(word), _) => vec![word.as_str().into()],
                (_, Value::Array(several)) => several.clone(),
                _ => return,
            };
            if let (Some(meaning), [word]) = (choice["description"].as_str(), of_choice.as_slice()) {
                let word = word.as_str().unwrap_or_default();
                let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
                meanings.push(format!("- `{word}`: {meaning}"));
            }
            words.extend(of_choice);
        }
        let mut text = object
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if !meanings.is_empty() {
            text = format!("{text}\n\n{}", meanings.join("\n"));
        }
        object.remove("oneOf");
        object.insert("type".into(), "string".into());
        object.insert("enum".into(), words.into());
        object.insert("description".into(), text.trim().into());
    });
}
