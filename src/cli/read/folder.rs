//! The part of a directory's files that the entry line's reader needs: services, sites, holidays, permanences and the house's hours.

use crate::{
    cli::directory::{Complaint, POLICY, Plan, Present, broken, id_of, laid_over, of_csv, of_folder, stem, text_of},
    domain::{
        entity::EntityKind,
        entry::Vocabulary,
        holiday::Holiday,
        ids::{ServiceId, SiteId},
        policy::PolicyFields,
        service::Service,
        site::Site,
        time::Window,
    },
    wire::catalogue::Command,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};
use uuid::Uuid;

/// What was read of a folder.
pub(super) struct Folder {
    pub vocabulary: Vocabulary,
    pub permanences: Vec<(SiteId, Window)>,
    /// In the order of their files, as the sites.
    services: Vec<Named<ServiceId>>,
    pub sites: Vec<Named<SiteId>>,
}

/// A record's id, key and names.
pub(super) struct Named<I> {
    pub id: I,
    pub key: String,
    pub name: String,
    pub name_en: Option<String>,
}

const KINDS: [EntityKind; 4] = [EntityKind::Service, EntityKind::Site, EntityKind::Holiday, EntityKind::Permanence];

/// What a reading does not look at, and the folder need not hold.
const ELSEWHERE: &[EntityKind] =
    &[EntityKind::Client, EntityKind::Operator, EntityKind::Provider, EntityKind::Locker, EntityKind::Courier];

/// The example that is compiled in.
const EXAMPLE: [(EntityKind, &str); 4] = [
    (EntityKind::Service, include_str!("../../../examples/directory/services.csv")),
    (EntityKind::Site, include_str!("../../../examples/directory/sites.csv")),
    (EntityKind::Holiday, include_str!("../../../examples/directory/holidays.csv")),
    (EntityKind::Permanence, include_str!("../../../examples/directory/permanences.csv")),
];

const EXAMPLE_POLICY: &str = include_str!("../../../examples/directory/policy.toml");

impl Folder {
    /// Reads a folder as import does, or the example; a file that is not there holds nothing.
    ///
    /// # Errors
    /// The lines to correct.
    pub fn read(folder: Option<&Path>) -> Result<Self, Vec<Complaint>> {
        let mut sheets = Vec::new();
        for kind in KINDS {
            let example = || {
                let text = EXAMPLE.iter().find(|(of, _)| *of == kind).map_or("", |(_, text)| text);
                of_csv(&format!("{}.csv", stem(kind)), text, kind).map(Some)
            };
            sheets.extend(folder.map_or_else(example, |folder| of_folder(folder, kind))?);
        }
        let mut keys = BTreeMap::new();
        for sheet in &sheets {
            for key in sheet.rows.iter().filter_map(|row| row.cells.get("id")) {
                keys.extend(id_of(sheet.kind, key).map(|id| (id, key.clone())));
            }
        }
        let present = Present { elsewhere: ELSEWHERE, ..Present::nothing() };
        let plan = Plan::make(&sheets, &present, None);
        if !plan.complaints.is_empty() {
            return Err(plan.complaints);
        }
        let policy = match folder.map(|folder| folder.join(POLICY)) {
            None => Some(EXAMPLE_POLICY.to_owned()),
            Some(file) if file.is_file() => {
                Some(text_of(&file).map_err(|error| vec![broken(POLICY, 1, error.to_string())])?)
            }
            Some(_) => None,
        };
        let policy = match policy {
            None => PolicyFields::default(),
            // What was held against its rules is in its form.
            Some(text) => serde_json::from_value(laid_over(&text, &present, &plan)?.1).unwrap_or_default(),
        };
        Ok(Self::of(plan, &keys, &policy))
    }

    fn of(plan: Plan, keys: &BTreeMap<Uuid, String>, policy: &PolicyFields) -> Self {
        let key = |id: Uuid| keys.get(&id).cloned().unwrap_or_default();
        let (mut services, mut sites, mut holidays, mut permanences) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for step in plan.steps {
            match step.command {
                Command::CreateService { id, body } => services.extend(Service::create(id, body)),
                Command::ArchiveService { id, .. } => services.retain(|service| service.id != id),
                Command::CreateSite { id, body } => sites.extend(Site::create(id, body)),
                Command::ArchiveSite { id, .. } => sites.retain(|site| site.id != id),
                Command::CreateHoliday { id, body } => holidays.extend(Holiday::create(id, body)),
                Command::ArchiveHoliday { id, .. } => holidays.retain(|holiday| holiday.id != id),
                Command::PlanPermanence { body, .. } => permanences.push((body.site_id, body.window)),
                _ => {}
            }
        }
        let vocabulary = Vocabulary::new(&services, &sites, &holidays, policy);
        let service = |service: Service| Named {
            id: service.id,
            key: key(service.id.into()),
            name: service.fields.name.to_string(),
            name_en: service.fields.name_en.as_ref().map(ToString::to_string),
        };
        let site = |site: Site| Named {
            id: site.id,
            key: key(site.id.into()),
            name: site.fields.name.to_string(),
            name_en: None,
        };
        Self {
            vocabulary,
            permanences,
            services: services.into_iter().map(service).collect(),
            sites: sites.into_iter().map(site).collect(),
        }
    }

    /// The service of an id.
    pub fn service(&self, id: ServiceId) -> Option<&Named<ServiceId>> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The site of an id.
    pub fn site(&self, id: SiteId) -> Option<&Named<SiteId>> {
        self.sites.iter().find(|site| site.id == id)
    }
}

impl<I> Named<I> {
    /// Key and name.
    pub fn json(&self) -> Value {
        json!({ "key": self.key, "name": self.name })
    }
}
