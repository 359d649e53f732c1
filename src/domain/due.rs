//! What a request costs, and whose tab it is put on once it is handed back.

use super::{
    money::Cents,
    posting::{Account, ChargedTo, Earner, Line, charge},
    request::{Payer, Request, Requester},
    service::ServiceFields,
};

/// The price that was told, else the catalogue's; none where nothing is to be paid, or nobody knows yet.
pub fn price(request: &Request, service: &ServiceFields) -> Option<Cents> {
    let told = request.fields.price.or_else(|| service.price.told(request.fields.quantity));
    told.filter(|price| *price > Cents::ZERO)
}

/// Whose tab it is, as far as the request says.
pub fn charged_to(request: &Request) -> Option<ChargedTo> {
    let person = match request.fields.requester.as_ref()? {
        Requester::Person { id } => Some(*id),
        Requester::Organisation { .. } => None,
    };
    Some(match (request.fields.payer.unwrap_or(Payer::Person), person, request.client_id) {
        (Payer::Person, Some(person), _) | (Payer::Shared { .. }, Some(person), None) => ChargedTo::Person(person),
        (Payer::Shared { client: client_share }, Some(person), Some(client)) => {
            ChargedTo::Shared { person, client, client_share }
        }
        (_, _, client) => ChargedTo::Client(client?),
    })
}

/// The lines that put it on the tab; none where nothing is put there.
pub fn lines(request: &Request, service: &ServiceFields) -> Option<Vec<Line>> {
    Some(charge(price(request, service)?, service.vat, charged_to(request)?, Earner::House))
}

/// What of it the person is to pay.
pub fn of_person(request: &Request, service: &ServiceFields) -> Cents {
    let lines = lines(request, service).unwrap_or_default();
    let theirs = lines.iter().filter(|line| matches!(line.account, Account::Person { .. })).map(|line| line.amount);
    Cents::sum(theirs).unwrap_or(Cents::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        moves::walk::{at, id},
        request::RequestNumber,
    };
    use serde_json::json;

    fn request(more: &serde_json::Value) -> Request {
        let mut fields = json!({
            "channel": "permanence", "quantity": 3, "service_id": uuid::Uuid::from_u128(9),
            "requester": { "kind": "person", "id": uuid::Uuid::from_u128(5) },
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut request =
            Request::create(id(1), RequestNumber::new(26, 1), serde_json::from_value(fields).unwrap(), at(0), None)
                .unwrap();
        request.client_id = Some(id(7));
        request
    }

    fn service(price: &serde_json::Value) -> ServiceFields {
        serde_json::from_value(json!({
            "name": "Pressing", "family": "Linge", "everyday": "everyday", "vat": 2000, "carriage": "there_and_back", "price": price,
        }))
        .unwrap()
    }

    #[test]
    fn the_price_that_was_told_is_before_that_of_the_catalogue() {
        let by_piece = service(&json!({ "kind": "per_unit", "cents": 450 }));
        assert_eq!(price(&request(&json!({})), &by_piece), Some(1350.into()));
        assert_eq!(price(&request(&json!({ "price": 1200 })), &by_piece), Some(1200.into()));
        assert_eq!(price(&request(&json!({})), &service(&json!({ "kind": "on_quote" }))), None);
        assert_eq!(price(&request(&json!({})), &service(&json!({ "kind": "free" }))), None);
    }

    #[test]
    fn what_a_person_pays_is_their_part() {
        let by_piece = service(&json!({ "kind": "per_unit", "cents": 450 }));
        assert_eq!(of_person(&request(&json!({})), &by_piece), 1350.into());
        assert_eq!(of_person(&request(&json!({ "payer": { "kind": "client" } })), &by_piece), Cents::ZERO);
        let half = request(&json!({ "payer": { "kind": "shared", "client": 5000 } }));
        assert_eq!(of_person(&half, &by_piece), 675.into());
    }
}
