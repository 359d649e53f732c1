//! The API's description (OpenAPI 3.1), made from the catalogue, the queries and the types that cross HTTP.

use super::{BODY_LIMIT, documents::LABELS};
use crate::{
    domain::{entity::EntityKind, ess::Share, ranking::Ranking},
    office::commands::for_kind,
    wire::{
        activity::{Activity, EssBy, Journal},
        catalogue::{CATALOGUE, Command, Method},
        change::{Change, Done, Snapshot},
        problem::{Problem, ProblemKind},
        query::{Balance, HistoryEntry, LogIn, Page, ProviderLoad, QUERIES, ServiceLevelOf, Session, SetPassword},
        travel::{AskTravel, TravelTimes},
    },
};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;
use utoipa::{
    ToSchema,
    openapi::{RefOr, schema::Schema},
};

/// The schemas that the operations refer to.
#[derive(Default)]
struct Schemas(Vec<(String, RefOr<Schema>)>);

impl Schemas {
    /// A reference to a type's schema, under a name.
    fn named<T: ToSchema>(&mut self, name: &str) -> Value {
        T::schemas(&mut self.0);
        self.0.push((name.to_owned(), T::schema()));
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    fn json(self) -> Value {
        let mut all = Map::new();
        for (name, schema) in self.0 {
            all.insert(name, closed(serde_json::to_value(schema).unwrap_or_default()));
        }
        let parts = all.clone();
        all.values_mut().for_each(|schema| flatten(schema, &parts));
        name_commands(&mut all);
        Value::Object(all)
    }
}

/// Writes out what a row is put together from: each part says that there is nothing beside it, so that together they would allow nothing.
fn flatten(schema: &mut Value, parts: &Map<String, Value>) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|schema| flatten(schema, parts)),
        Value::Object(object) => {
            if let Some(Value::Array(all)) = object.remove("allOf") {
                let mut properties = Map::new();
                let mut required = Vec::new();
                for part in &all {
                    let name = part.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
                    let part = name.and_then(|name| parts.get(name)).unwrap_or(part);
                    properties.extend(part.get("properties").and_then(Value::as_object).cloned().unwrap_or_default());
                    required.extend(part.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
                }
                object.insert("type".into(), json!("object"));
                object.insert("properties".into(), Value::Object(properties));
                object.insert("required".into(), Value::Array(required));
            }
            object.values_mut().for_each(|schema| flatten(schema, parts));
        }
        _ => {}
    }
}

/// A command's `command` is its name in the catalogue; the derived schema knows the type's variants alone, in the same order.
fn name_commands(all: &mut Map<String, Value>) {
    let variants = all.get_mut("Command").and_then(|command| command.get_mut("oneOf")).and_then(Value::as_array_mut);
    for (variant, entry) in variants.into_iter().flatten().zip(CATALOGUE) {
        if let Some(tag) = variant.pointer_mut("/properties/command") {
            *tag = json!({ "const": entry.name });
        }
    }
}

/// The variants of tagged enums take no other fields either, which their derived schemas leave open.
fn closed(mut schema: Value) -> Value {
    if let Some(variants) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
        for variant in variants {
            if let Some(object) = variant.as_object_mut()
                && object.get("type") == Some(&json!("object"))
            {
                object.entry("additionalProperties").or_insert(json!(false));
            }
        }
    }
    schema
}

/// The description as JSON text, made once.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| document().to_string())
}

/// The description.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let problem = schemas.named::<Problem>("Problem");
    let done = schemas.named::<Done>("Done");
    schemas.named::<Change>("Change");
    schemas.named::<Command>("Command");
    let mut paths: Map<String, Value> = Map::new();
    let mut add = |path: &str, method: &str, operation: Value| {
        let item = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(method.to_lowercase(), operation);
        }
    };
    for entry in CATALOGUE {
        let (name, body) = (entry.body)(&mut schemas.0);
        // A register entry refers to its fields by name, and creating it takes just these.
        schemas.0.push((name, body.clone()));
        let body = closed(serde_json::to_value(body).unwrap_or_default());
        let mut responses = problems(&problem, &[400, 401, 403, 404, 409, 412, 413, 415, 422, 503]);
        responses.insert("200".into(), answer("It is on disk, and this is what it changed.", &done));
        responses.insert("202".into(), answer("A trainee's: held for another to release.", &done));
        let mut parameters = path_parameters(entry.path);
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "The command's key, a UUID (version 7) made by the client; the same key again does nothing twice.",
            "schema": { "type": "string", "format": "uuid" }
        }));
        if entry.method == Method::Patch {
            parameters.push(json!({
                "name": "If-Match", "in": "header", "required": false,
                "description": "The row's ETag: refused unless it is still at this version.",
                "schema": { "type": "string", "pattern": "^\"[0-9]{1,9}\"$" }
            }));
        }
        let operation = json!({
            "operationId": entry.name, "summary": entry.summary.trim(), "tags": [tag(entry.name)],
            "parameters": parameters,
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": responses, "security": [{ "token": [] }]
        });
        add(entry.path, entry.method.name(), operation);
    }
    queries(&mut schemas, &problem, &mut add);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Loge", "version": env!("CARGO_PKG_VERSION"),
            "description": "The back office of a conciergerie solidaire: commands, change feed, snapshot.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "contact": { "name": "The Loge maintainers" }
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.json(),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }
        },
        "x-body-limit-bytes": BODY_LIMIT
    })
}

/// The section of an operation: its entity.
fn tag(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names
        .map(|name| {
            let schema = match name {
                "id" => json!({ "type": "string", "format": "uuid" }),
                _ => json!({ "type": "string", "minLength": 1, "maxLength": 64 }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect()
}

fn answer(description: &str, schema: &Value) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

/// The answers that say what is wrong, with the kinds of problem that each can be.
fn problems(problem: &Value, statuses: &[u16]) -> Map<String, Value> {
    statuses
        .iter()
        .map(|status| {
            let kinds = ProblemKind::ALL.iter().filter(|kind| kind.status() == *status);
            let words = kinds.map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
            let body =
                json!({ "description": words, "content": { "application/problem+json": { "schema": problem } } });
            (status.to_string(), body)
        })
        .collect()
}

/// What a query takes and gives beside its path.
struct Shape {
    parameters: Vec<Value>,
    body: Option<Value>,
    answer: (&'static str, Value),
}

fn queries(schemas: &mut Schemas, problem: &Value, add: &mut impl FnMut(&str, &str, Value)) {
    for query in QUERIES {
        let kinds: Vec<Option<EntityKind>> = if query.path.contains("{collection}") {
            EntityKind::ALL.iter().copied().map(Some).collect()
        } else {
            vec![None]
        };
        for kind in kinds {
            let path = kind
                .map_or_else(|| query.path.to_owned(), |kind| query.path.replace("{collection}", kind.collection()));
            let Some(shape) = shape(schemas, query.path, kind) else {
                continue;
            };
            let mut parameters = path_parameters(&path);
            parameters.extend(shape.parameters);
            let (status, answer) = shape.answer;
            let mut statuses = vec![];
            if path != "/healthz" && path != "/v1/openapi.json" {
                statuses.extend([400, 401, 403, 404, 503]);
            }
            match query.path {
                "/v1/login" => statuses.extend([413, 415, 422, 429]),
                "/v1/operators/{id}/password" | "/v1/travel-times" => statuses.extend([413, 415, 422]),
                "/v1/changes" => statuses.push(410),
                "/v1/intake/mail/{mailbox}" | "/v1/intake/calls/{token}" => statuses.extend([413, 422]),
                _ => {}
            }
            let mut responses = problems(problem, &statuses);
            responses.insert(status.to_owned(), answer);
            if query.path == "/v1/intake/mail/{mailbox}" {
                responses.insert("200".into(), json!({ "description": "It was known." }));
            }
            if query.path == "/v1/{collection}/{id}" {
                responses.insert("304".into(), json!({ "description": "As If-None-Match says." }));
            }
            let name = query.path.trim_start_matches("/v1").replace(['/', '{', '}'], " ");
            let name = name
                .split_whitespace()
                .map(|word| if word == "collection" { kind.map_or("", EntityKind::name) } else { word });
            let operation_id = format!("{}.{}", query.method.to_lowercase(), name.collect::<Vec<_>>().join("."));
            let mut operation = json!({
                "operationId": operation_id, "summary": query.summary,
                "tags": [kind.map_or("office", EntityKind::name)],
                "parameters": parameters, "responses": responses
            });
            if let Some(operation) = operation.as_object_mut() {
                if let Some(body) = shape.body {
                    let media =
                        if path.starts_with("/v1/intake/mail/") { "message/rfc822" } else { "application/json" };
                    let body = json!({ "required": true, "content": { media: { "schema": body } } });
                    operation.insert("requestBody".into(), body);
                }
                let open = query.roles.is_empty() && !path.starts_with("/v1/intake/");
                let security = if open { json!([]) } else { json!([{ "token": [] }]) };
                operation.insert("security".into(), security);
            }
            add(&path, query.method, operation);
        }
    }
}

fn parameter(name: &str, required: bool, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "required": required, "schema": schema })
}

/// The formats of a sheet that is text or a page.
const PAPER: [(&str, &str); 2] = [("text", "text/plain"), ("html", "text/html")];

/// What a sheet to print answers with, by the format that is asked for.
fn printed(formats: &[(&str, &str)]) -> (Value, Value) {
    let names: Vec<&str> = formats.iter().map(|(name, _)| *name).collect();
    let media = formats.iter().map(|(_, media)| ((*media).to_owned(), json!({ "schema": { "type": "string" } })));
    let content: Map<String, Value> = media.collect();
    let format = parameter("format", false, &json!({ "type": "string", "enum": names }));
    (format, json!({ "description": "The sheet.", "content": content }))
}

/// `None`: a path that nobody described.
fn shape(schemas: &mut Schemas, path: &str, kind: Option<EntityKind>) -> Option<Shape> {
    let limit = parameter("limit", false, &json!({ "type": "integer", "minimum": 1, "maximum": 500 }));
    let plain = |schema: Value| ("200", answer("As asked.", &schema));
    let shape = |parameters, body, answer| Shape { parameters, body, answer };
    let shape = match (path, kind) {
        ("/v1/login", _) => {
            let body = schemas.named::<LogIn>("LogIn");
            shape(vec![], Some(body), plain(schemas.named::<Session>("Session")))
        }
        ("/v1/session", _) => shape(vec![], None, ("204", json!({ "description": "The session is over." }))),
        ("/v1/operators/{id}/password", _) => {
            let body = schemas.named::<SetPassword>("SetPassword");
            shape(vec![], Some(body), ("204", json!({ "description": "The password is set." })))
        }
        ("/v1/me", _) => shape(vec![], None, plain(schemas.named::<crate::domain::operator::Operator>("Operator"))),
        ("/v1/snapshot", _) => shape(vec![], None, plain(schemas.named::<Snapshot>("Snapshot"))),
        ("/v1/changes", _) => {
            let after = parameter("after", false, &json!({ "type": "integer", "minimum": 0 }));
            let stream = json!({
                "description": "Server-sent events: `change` with a Change and its place as id, `alive` with the place reached, `reset` with a Problem.",
                "content": { "text/event-stream": { "schema": { "type": "string" } } }
            });
            shape(vec![after], None, ("200", stream))
        }
        ("/v1/search", _) => {
            let typed = parameter("q", false, &json!({ "type": "string", "maxLength": 1000 }));
            let after = parameter("after", false, &json!({ "type": "integer", "minimum": 0 }));
            shape(vec![typed, after, limit], None, plain(schemas.named::<Page>("Page")))
        }
        ("/v1/{collection}", _) => {
            let id = json!({ "type": "string", "format": "uuid" });
            let narrowing = [
                parameter("after", false, &id),
                parameter("state", false, &json!({ "type": "string", "maxLength": 40 })),
                parameter("site_id", false, &id),
                limit,
            ];
            shape(narrowing.into(), None, plain(schemas.named::<Page>("Page")))
        }
        ("/v1/{collection}/{id}", Some(kind)) => {
            let name = pascal(kind);
            let schema = for_kind!(kind, E => schemas.named::<E>(&name));
            shape(vec![], None, plain(schema))
        }
        ("/v1/{collection}/{id}/history", _) => {
            let entry = schemas.named::<HistoryEntry>("HistoryEntry");
            shape(vec![], None, plain(json!({ "type": "array", "items": entry })))
        }
        ("/v1/beneficiaries/{id}/tab" | "/v1/clients/{id}/tab", _) => {
            shape(vec![], None, plain(schemas.named::<Balance>("Balance")))
        }
        ("/v1/beneficiaries/{id}/requests", _) => shape(vec![], None, plain(schemas.named::<Page>("Page"))),
        ("/v1/callers/{number}", _) => {
            shape(vec![], None, plain(schemas.named::<crate::domain::contact::Party>("Party")))
        }
        ("/v1/contacts/{id}/raw", _) => {
            let bytes = json!({ "description": "The message.", "content": { "message/rfc822": { "schema": { "type": "string" } } } });
            shape(vec![], None, ("200", bytes))
        }
        ("/v1/contacts/{id}/attachments/{place}", _) => {
            let bytes =
                json!({ "description": "Its bytes.", "content": { "*/*": { "schema": { "type": "string" } } } });
            shape(vec![], None, ("200", bytes))
        }
        ("/v1/intake/mail/{mailbox}", _) => {
            let properties =
                json!({ "contact_id": { "type": "string", "format": "uuid" }, "known": { "type": "boolean" } });
            let taken = json!({ "type": "object", "properties": properties, "required": ["contact_id", "known"] });
            shape(vec![], Some(json!({ "type": "string" })), ("201", answer("It is on disk.", &taken)))
        }
        ("/v1/requests/{id}/ranking", _) => shape(vec![], None, plain(schemas.named::<Ranking>("Ranking"))),
        ("/v1/provider-loads", _) => {
            let load = schemas.named::<ProviderLoad>("ProviderLoad");
            shape(vec![], None, plain(json!({ "type": "array", "items": load })))
        }
        ("/v1/ess" | "/v1/ess/by", _) => {
            let day = json!({ "type": "string", "format": "date" });
            let id = json!({ "type": "string", "format": "uuid" });
            let asked = vec![
                parameter("from", true, &day),
                parameter("to", true, &day),
                parameter("site", false, &id),
                parameter("client", false, &id),
            ];
            let answered = match path {
                "/v1/ess" => schemas.named::<Share>("EssShare"),
                _ => schemas.named::<EssBy>("EssBy"),
            };
            shape(asked, None, plain(answered))
        }
        ("/v1/activity", _) => {
            let day = json!({ "type": "string", "format": "date" });
            let site = parameter("site", false, &json!({ "type": "string", "format": "uuid" }));
            let asked = vec![parameter("from", true, &day), parameter("to", true, &day), site];
            shape(asked, None, plain(schemas.named::<Activity>("Activity")))
        }
        ("/v1/journal", _) => {
            let before = parameter("before", false, &json!({ "type": "integer", "minimum": 1 }));
            shape(vec![before, limit], None, plain(schemas.named::<Journal>("Journal")))
        }
        ("/v1/rounds/{id}/sheet", _) => {
            let lang = parameter("lang", false, &json!({ "type": "string", "enum": ["fr", "en"] }));
            let (format, sheet) = printed(&[("text", "text/plain"), ("html", "text/html"), ("ics", "text/calendar")]);
            shape(vec![format, lang], None, ("200", sheet))
        }
        ("/v1/permanences/{id}/sheet" | "/v1/postings/{id}/receipt", _) => {
            let (format, sheet) = printed(&PAPER);
            shape(vec![format], None, ("200", sheet))
        }
        ("/v1/items/labels", _) => {
            let from = parameter("from", true, &json!({ "type": "string", "minLength": 1, "maxLength": 40 }));
            let count = parameter("count", false, &json!({ "type": "integer", "minimum": 1, "maximum": LABELS }));
            let (format, sheet) = printed(&PAPER);
            shape(vec![from, count, format], None, ("200", sheet))
        }
        ("/v1/travel-times", _) => {
            let body = schemas.named::<AskTravel>("AskTravel");
            shape(vec![], Some(body), plain(schemas.named::<TravelTimes>("TravelTimes")))
        }
        ("/v1/service-level", _) => {
            let day = json!({ "type": "string", "format": "date" });
            let site = parameter("site", false, &json!({ "type": "string", "format": "uuid" }));
            let asked = vec![parameter("from", true, &day), parameter("to", true, &day), site];
            shape(asked, None, plain(schemas.named::<ServiceLevelOf>("ServiceLevelOf")))
        }
        ("/v1/intake/calls/{token}", _) => {
            let taken = json!({
                "description": "It is on disk: how many events it held; or the XML that the format asks for.",
                "content": {
                    "application/json": { "schema": { "type": "object", "properties": { "events": { "type": "integer" } } } },
                    "application/xml": { "schema": { "type": "string" } }
                }
            });
            shape(vec![], Some(json!({})), ("200", taken))
        }
        ("/metrics", _) => {
            let media = "application/openmetrics-text";
            let text = json!({ "description": "Counters.", "content": { media: { "schema": { "type": "string" } } } });
            shape(vec![], None, ("200", text))
        }
        ("/healthz" | "/readyz" | "/v1/openapi.json", _) => shape(vec![], None, plain(json!({ "type": "object" }))),
        _ => return None,
    };
    Some(shape)
}

/// A kind as a schema's name: `RecurringOrder`.
fn pascal(kind: EntityKind) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    kind.name().split('_').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        call::LineState, contact::ContactState, item::ItemState, locker::LockerState, machine::State,
        request::RequestState,
    };

    #[test]
    fn every_reference_names_a_schema_that_is_there() {
        let document = document();
        let text = document.to_string();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let references = text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap());
        let missing: Vec<_> = references.filter(|name| !schemas.contains_key(*name)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn words_are_those_that_cross_http() {
        fn described(document: &Value, name: &str) -> Vec<String> {
            let words = document["components"]["schemas"][name]["enum"].as_array().unwrap();
            words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
        }
        fn states<S: State>() -> Vec<&'static str> {
            S::ALL.iter().map(|state| state.name()).collect()
        }
        let document = document();
        let kinds: Vec<_> = EntityKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(described(&document, "EntityKind"), kinds);
        assert_eq!(described(&document, "RequestState"), states::<RequestState>());
        assert_eq!(described(&document, "ContactState"), states::<ContactState>());
        assert_eq!(described(&document, "LockerState"), states::<LockerState>());
        assert_eq!(described(&document, "ItemState"), states::<ItemState>());
        assert_eq!(described(&document, "LineState"), states::<LineState>());
        let commands = document["components"]["schemas"]["Command"]["oneOf"].as_array().unwrap();
        let names = commands.iter().map(|command| command["properties"]["command"]["const"].as_str().unwrap());
        assert_eq!(names.collect::<Vec<_>>(), CATALOGUE.iter().map(|entry| entry.name).collect::<Vec<_>>());
    }

    #[test]
    fn a_row_is_described_with_all_its_fields() {
        let document = document();
        assert!(!document.to_string().contains("allOf"));
        let beneficiary = &document["components"]["schemas"]["Beneficiary"];
        for field in ["id", "version", "standing", "family_name", "phones"] {
            assert!(beneficiary["properties"][field].is_object(), "{field}");
        }
        assert_eq!(beneficiary["additionalProperties"], Value::Null);
    }

    #[test]
    fn every_command_and_query_is_described() {
        let document = document();
        for entry in CATALOGUE {
            assert!(document["paths"][entry.path][entry.method.name().to_lowercase()].is_object(), "{entry:?}");
        }
        for query in QUERIES {
            let path = query.path.replace("{collection}", EntityKind::Request.collection());
            assert!(document["paths"][&path][query.method.to_lowercase()].is_object(), "{path}");
        }
    }
}
