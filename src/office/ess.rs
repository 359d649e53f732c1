//! The share of ESS of what was given in a time: one question to the database, for the gauge, for each client and site, and for reports.

use super::{
    sites::Counted,
    storage::{Arg, StorageError, Tx},
};
use crate::{
    domain::{
        ess::{Share, Sum},
        ids::{ClientId, SiteId},
        provider::Tier,
    },
    wire::activity::{ClientShare, EssBy, SiteShare},
};
use std::collections::{BTreeMap, BTreeSet};

/// What went to providers of a tier, for a client on a site.
#[derive(Clone, Copy, Debug)]
struct Given {
    client: Option<ClientId>,
    site: Option<SiteId>,
    tier: Tier,
    sum: Sum,
}

/// The shares of what was given between two instants, as they stand in documents, the second not included; for one client if one is named.
pub async fn shares(
    tx: &mut Tx,
    [first, after]: &[String; 2],
    counted: &Counted,
    client: Option<ClientId>,
    ess: &BTreeSet<Tier>,
) -> Result<EssBy, StorageError> {
    let sites = counted.condition(tx.engine(), "request.site_id", 3);
    let sql = format!(
        "SELECT request.client_id, request.site_id, provider.doc ->> 'tier', count(*), CAST(sum(request.price_cents) AS BIGINT) \
         FROM assignment JOIN request ON request.id = assignment.request_id JOIN provider ON provider.id = assignment.provider_id \
         WHERE assignment.created_at >= $1 AND assignment.created_at < $2 AND assignment.state IN ('active', 'fulfilled') \
         AND {sites} AND ($4 = '' OR request.client_id = $4) GROUP BY 1, 2, 3"
    );
    let client = client.map(|client| client.to_string()).unwrap_or_default();
    let args = [first.into(), after.into(), Arg::Texts(&counted.sites()), (&client).into()];
    let mut given = Vec::new();
    for row in tx.rows(sql, &args).await? {
        given.push(Given {
            client: row.text_or_null(0)?.and_then(|id| id.parse().ok()),
            site: row.text_or_null(1)?.and_then(|id| id.parse().ok()),
            // A tier of a newer program counts for no ESS.
            tier: serde_json::from_value(row.text(2)?.into()).unwrap_or(Tier::Other),
            sum: Sum { jobs: u32::try_from(row.int(3)?).unwrap_or(u32::MAX), cents: row.int(4)? },
        });
    }
    let whole = Share::of(given.iter().map(|given| (given.tier, given.sum)), ess);
    let clients = by(&given, ess, |given| given.client);
    let sites = by(&given, ess, |given| given.site);
    Ok(EssBy {
        whole,
        clients: clients.into_iter().map(|(client_id, share)| ClientShare { client_id, share }).collect(),
        sites: sites.into_iter().map(|(site_id, share)| SiteShare { site_id, share }).collect(),
    })
}

fn by<K: Ord>(given: &[Given], ess: &BTreeSet<Tier>, key: impl Fn(&Given) -> Option<K>) -> BTreeMap<K, Share> {
    let mut groups: BTreeMap<K, Vec<(Tier, Sum)>> = BTreeMap::new();
    for one in given {
        if let Some(key) = key(one) {
            groups.entry(key).or_default().push((one.tier, one.sum));
        }
    }
    groups.into_iter().map(|(key, sums)| (key, Share::of(sums, ess))).collect()
}
