//! Who does it, from the list of what is to be given to a request that a provider does.

use crate::{
    common::{Engine, House, complete, directory, in_days, until},
    desk::{Desk, fr},
    pty::{Size, key},
};
use loge::{
    domain::{
        access::Role,
        entity::EntityKind,
        ids::{ProviderId, RequestId},
    },
    wire::fresh,
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_ranked_offered_and_given_by_a_yes_on_the_telephone_and_the_others_see_it() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    let at_once = json!({ "fields": { "send_hold_s": { "seen": 15, "new": 0 } } });
    house.manager.gives("policy.edit", loge::domain::policy::policy_id(), at_once).await;
    for (name, tier) in [("Lavoir Solidaire", "inclusion"), ("Pressing des Halles", "local")] {
        let provider: ProviderId = fresh();
        let body = json!({ "name": name, "tier": tier, "phones": ["05 36 49 00 10"], "prefers": "telephone",
            "services": [{ "service_id": all.pressing, "lead_time_h": 0 }], "hours": { "weekly": "lun-dim 00:00-24:00" } });
        house.manager.gives("provider.create", provider, body).await;
    }
    let request: RequestId = fresh();
    let mut body = complete(&all);
    let due = in_days(7);
    body["when"] = json!({ "kind": "due", "at": format!("{due}T12:00:00") });
    house.manager.gives("request.create", request, body).await;
    house.manager.gives("request.triage", request, json!({ "seen": "new" })).await;

    let ines = house.person("ines", &[Role::Dispatcher]).await;
    let paul = house.person("paul", &[Role::Operator]).await;
    let (her_desk, his_desk) =
        (Desk::of(&house, &ines, house.office.url()).await, Desk::of(&house, &paul, house.office.url()).await);
    let mut hers = her_desk.connected(Size::USUAL);
    let mut his = his_desk.connected(Size::USUAL);
    his.press("4");
    his.sees(&fr("state-request-triaged"));
    hers.press("2");
    hers.sees("26-0001");
    hers.sees("1 Lavoir Solidaire");
    hers.sees("2 Pressing des Halles");
    // The office's figures came.
    hers.sees("Avec ce choix");
    hers.press("a");
    hers.sees("1 Proposer à Lavoir Solidaire");
    hers.press(key::ENTER);
    hers.sees("26-0001 proposée à Lavoir Solidaire");
    his.sees(&fr("state-request-offered"));
    until("it is out", || async { house.number("SELECT count(*) FROM offer WHERE state = 'sent'").await == 1 }).await;
    hers.press(key::TAB);
    hers.press(key::TAB);
    hers.sees("05 36 49 00 10");
    hers.press("o");
    hers.sees("1 Oui");
    hers.press("1");
    until("it is given", || async { house.state(EntityKind::Request, request).await == "assigned" }).await;
    his.sees(&fr("state-request-assigned"));
    his.sees("Lavoir Solidaire");
    house.office.stop().await;
}
