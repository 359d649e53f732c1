//! A person's usual orders, from the requests of the past.

use super::{reading::HandOver, setting::Usual};
use crate::domain::{
    ids::ServiceId,
    request::{Payer, Quantity, Request, RequestState},
    texts::ShortText,
    time::Instant,
};

/// Days after which an order counts half as much as one of today.
const HALF_LIFE: f64 = 60.0;

/// What a person's past requests say of the next one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Habits {
    /// The orders placed at least twice, the most usual first; at most nine.
    pub usual: Vec<Usual>,
    /// How things mostly came back.
    pub handover: Option<HandOver>,
    /// Who mostly paid.
    pub payer: Option<Payer>,
}

/// The habits of the person whose requests these are; each counts half as much after 60 days, and what was refused or called off not at all.
pub fn habits<'a>(requests: impl IntoIterator<Item = &'a Request>, now: Instant) -> Habits {
    let mut orders: Vec<Tally<Order>> = Vec::new();
    let mut handovers: Vec<Tally<HandOver>> = Vec::new();
    let mut payers: Vec<Tally<Payer>> = Vec::new();
    for request in requests {
        if matches!(
            request.state,
            RequestState::Cancelled | RequestState::Refused | RequestState::Merged | RequestState::Answered
        ) {
            continue;
        }
        let days = now.since(request.created_at).as_secs_f64().max(0.0) / 86_400.0;
        let weight = (-days / HALF_LIFE).exp2();
        let fields = &request.fields;
        let handover = fields.handover.as_ref().map(HandOver::from);
        if let Some(service) = fields.service_id {
            let order = Order { service, quantity: fields.quantity, detail: fields.detail.clone() };
            tally(&mut orders, order, weight, handover.as_ref());
        }
        if let Some(handover) = handover {
            tally(&mut handovers, handover, weight, None);
        }
        if let Some(payer) = fields.payer {
            tally(&mut payers, payer, weight, None);
        }
    }
    orders.retain(|order| order.times > 1);
    // Of equals the one that is smaller in its own order comes first, so that the same past always gives the same list.
    orders.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.value.cmp(&b.value)));
    let usual = orders.into_iter().take(9).map(|tally| Usual {
        service: tally.value.service,
        quantity: tally.value.quantity,
        detail: tally.value.detail,
        handover: heaviest(tally.ways),
        times: tally.times,
    });
    Habits { usual: usual.collect(), handover: heaviest(handovers), payer: heaviest(payers) }
}

/// An order without its day.
#[derive(Clone, PartialEq)]
struct Order {
    service: ServiceId,
    quantity: Quantity,
    detail: Option<ShortText>,
}

impl Order {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |order: &Self| (order.service.to_string(), u32::from(order.quantity));
        key(self).cmp(&key(other)).then_with(|| self.detail.cmp(&other.detail))
    }
}

/// How often something was, and how much that weighs today.
struct Tally<T> {
    value: T,
    weight: f64,
    times: u32,
    ways: Vec<Tally<HandOver>>,
}

fn tally<T: PartialEq>(tallies: &mut Vec<Tally<T>>, value: T, weight: f64, way: Option<&HandOver>) {
    let place = tallies.iter().position(|tally| tally.value == value).unwrap_or(tallies.len());
    if place == tallies.len() {
        tallies.push(Tally { value, weight: 0.0, times: 0, ways: Vec::new() });
    }
    if let Some(tally) = tallies.get_mut(place) {
        tally.weight += weight;
        tally.times += 1;
        if let Some(way) = way {
            self::tally(&mut tally.ways, way.clone(), weight, None);
        }
    }
}

fn heaviest<T>(tallies: Vec<Tally<T>>) -> Option<T> {
    tallies
        .into_iter()
        .fold(None, |best: Option<Tally<T>>, next| match best {
            Some(best) if best.weight >= next.weight => Some(best),
            _ => Some(next),
        })
        .map(|tally| tally.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::{RequestId, ServiceId},
        request::{Channel, RequestFields, RequestNumber},
    };
    use uuid::Uuid;

    fn request(service: u128, quantity: u32, day: i64, state: RequestState) -> Request {
        let fields = RequestFields {
            channel: Channel::Phone,
            contact_id: None,
            requester: None,
            service_id: Some(ServiceId::from(Uuid::from_u128(service))),
            site_id: None,
            payer: Some(Payer::Person),
            when: None,
            quantity: quantity.try_into().unwrap(),
            detail: None,
            text: None,
            handover: Some(crate::domain::request::Handover::Locker),
            urgency: crate::domain::clock::Urgency::Normal,
            price: None,
        };
        let number: RequestNumber = "26-1047".parse().unwrap();
        let at = Instant::from_micros(day * 86_400_000_000).unwrap();
        let id = RequestId::from(Uuid::from_u128(1));
        Request { state, ..Request::create(id, number, fields, at, None).unwrap() }
    }

    fn usual(requests: &[Request]) -> Vec<(u128, u32, u32)> {
        let habits = habits(requests, Instant::from_micros(400 * 86_400_000_000).unwrap());
        let shown = |usual: &Usual| {
            let service: Uuid = usual.service.to_string().parse().unwrap();
            (service.as_u128(), u32::from(usual.quantity), usual.times)
        };
        habits.usual.iter().map(shown).collect()
    }

    #[test]
    fn what_was_ordered_often_and_lately_comes_first() {
        let done = RequestState::Done;
        let long_ago = (0..4).map(|week| request(1, 2, 7 * week, done));
        let lately = (0..2).map(|week| request(2, 1, 390 - 7 * week, done));
        let requests: Vec<Request> = long_ago.chain(lately).collect();
        assert_eq!(usual(&requests), [(2, 1, 2), (1, 2, 4)]);
    }

    #[test]
    fn what_was_ordered_once_or_called_off_is_no_habit() {
        let requests = [
            request(1, 1, 390, RequestState::Done),
            request(2, 1, 390, RequestState::Cancelled),
            request(2, 1, 391, RequestState::Cancelled),
        ];
        assert_eq!(usual(&requests), []);
    }

    #[test]
    fn the_usual_way_and_payer_are_those_of_most_orders() {
        let habits =
            habits(&[request(1, 1, 390, RequestState::Done)], Instant::from_micros(400 * 86_400_000_000).unwrap());
        assert_eq!(habits.handover, Some(HandOver::Locker { name: None }));
        assert_eq!(habits.payer, Some(Payer::Person));
    }
}
