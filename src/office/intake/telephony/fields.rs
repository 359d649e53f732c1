//! The fields of a request, whether it is a form or flat JSON: each with all its values.

use super::Unreadable;
use serde_json::Value;
use std::collections::BTreeMap;

/// The fields by name; `user[]` of a form is `user`.
#[derive(Debug)]
pub struct Fields(BTreeMap<String, Vec<String>>);

/// Fields and values that are looked at; more of them no telephone system sends.
const MOST: usize = 200;

impl Fields {
    /// Reads a body: JSON if it begins as such, else a form.
    ///
    /// # Errors
    /// It is neither.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        let body = body.trim_ascii();
        let mut fields = Self(BTreeMap::new());
        if matches!(body.first(), Some(b'{' | b'[')) {
            let json: Value = serde_json::from_slice(body).map_err(|error| super::malformed(&error))?;
            let Value::Object(object) = json else { return Err(malformed("an object was expected")) };
            for (name, value) in object.into_iter().take(MOST) {
                match value {
                    Value::Array(values) => values.into_iter().take(MOST).for_each(|value| fields.add(&name, &value)),
                    value => fields.add(&name, &value),
                }
            }
        } else {
            let text = std::str::from_utf8(body).map_err(|error| malformed(&error.to_string()))?;
            for (name, value) in form_urlencoded::parse(text.as_bytes()).take(MOST) {
                fields.put(&name, value.into_owned());
            }
        }
        Ok(fields)
    }

    fn add(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) => self.put(name, text.clone()),
            Value::Number(number) => self.put(name, number.to_string()),
            // What else JSON can hold says nothing about a call.
            _ => {}
        }
    }

    fn put(&mut self, name: &str, value: String) {
        let name = name.strip_suffix("[]").unwrap_or(name);
        if !value.trim().is_empty() {
            self.0.entry(name.to_owned()).or_default().push(value);
        }
    }

    /// The first value of the first of these fields that has one.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.get(*name)?.first()).map(String::as_str)
    }

    /// The one value of a field; nothing if it has several.
    pub fn only(&self, name: &str) -> Option<&str> {
        match self.0.get(name).map(Vec::as_slice) {
            Some([one]) => Some(one),
            _ => None,
        }
    }
}

fn malformed(why: &str) -> Unreadable {
    Unreadable::Malformed(why.to_owned())
}
