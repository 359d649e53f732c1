//! The demonstration's house: its database in a folder that goes with it or in a file that is kept, its past, and the office on it.

use super::super::{error::CliError, office::directory::built_in};
use crate::{
    client::{Client, Options, Pace, Url},
    config::mail::{Mail, Outlet},
    demo::{
        directory::{BaseError, Directory, Seat},
        past::{self, Dated},
        play::Outside,
        scene::Scene,
        village::Size,
    },
    domain::{
        access::Actor,
        ids::OperatorId,
        operator::{Language, Operator},
        time::Instant,
    },
    office::{
        auth,
        failure::Failure,
        intake::mail::token,
        outreach::post::Post,
        secret,
        serve::{Beside, Office, listen},
        storage::{Arg, StorageError, Store},
        writer::{self, Deed, Given},
    },
    wire::{fresh, query::Session},
};
use jiff::{SignedDuration, Timestamp};
use mail_parser::MessageParser;
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The files of the example that the house is made of.
const BASE: &[(&str, &str)] = &[
    ("clients.csv", include_str!("../../../examples/directory/clients.csv")),
    ("services.csv", include_str!("../../../examples/directory/services.csv")),
    ("sites.csv", include_str!("../../../examples/directory/sites.csv")),
    ("providers.csv", include_str!("../../../examples/directory/providers.csv")),
    ("lockers.csv", include_str!("../../../examples/directory/lockers.csv")),
    ("couriers.csv", include_str!("../../../examples/directory/couriers.csv")),
    ("operators.csv", include_str!("../../../examples/directory/operators.csv")),
];

/// Files of the village's folder by their names.
macro_rules! village {
    ($($name:literal),*) => { &[$(($name, include_str!(concat!("../../demo/data/village/", $name)))),*] };
}

/// The files that the village is made of.
const VILLAGE: &[(&str, &str)] = village![
    "clients.csv",
    "services.csv",
    "sites.csv",
    "providers.csv",
    "lockers.csv",
    "couriers.csv",
    "operators.csv"
];

/// The mark in the head of a file that this program made for a demonstration: SQLite's application id, at byte 68
/// (<https://sqlite.org/fileformat2.html>). « `LgDm` ».
const MARK: [u8; 4] = *b"LgDm";

/// Where the mark stands.
const MARK_AT: usize = 68;

/// The house's address of mail, and the name of its mailbox.
const MAILBOX: &str = "bonjour@conciergerie.example";

/// What the demonstration is to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is played.
    pub scene: Scene,
    /// What decides over chance.
    pub seed: u32,
    /// When the day begins.
    pub start: Instant,
    /// In which language people write and speak.
    pub language: Language,
    /// The file that is kept; a temporary one if none.
    pub keep: Option<PathBuf>,
    /// What lies behind it.
    pub past: Past,
}

/// What lies behind a house when it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// A year of services, and a day in full swing.
    Busy,
    /// What a practised permanence needs, and nothing else.
    #[cfg(feature = "console")]
    Practice,
}

/// A folder that goes when it is let go.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new one, its owner's alone.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("loge-demo-{}", fresh::<uuid::Uuid>().simple()));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "the temporary folder stays");
        }
    }
}

/// A house that is open.
#[derive(Debug)]
pub struct House {
    /// The office.
    pub office: Office,
    /// What the players know.
    pub directory: Directory,
    /// What is played.
    pub scene: Scene,
    /// What decides over chance.
    pub seed: u32,
    /// How far the house's clock goes ahead of the machine's.
    pub ahead: SignedDuration,
    /// From which moment of the day's script it is played: a fast day is further in its script than its clock is.
    pub from: Instant,
    /// Whether the file was there already, and the house goes on where it was left.
    #[cfg(test)]
    pub resumed: bool,
    password: String,
    /// What lets mail in.
    mail_token: String,
    file: PathBuf,
    /// Let go after the office is.
    folder: Option<Folder>,
    /// Where its mails go, and go with the demonstration: nobody picks them up.
    outgoing: Folder,
}

impl House {
    /// Makes the house, or opens the one that was kept.
    ///
    /// # Errors
    /// The file is not a demonstration's, or cannot be made or opened.
    pub async fn open(plan: &Plan) -> Result<Self, CliError> {
        let (folder, file) = if let Some(file) = &plan.keep {
            (None, file.clone())
        } else {
            let folder = Folder::new().map_err(|error| CliError::fault(&error))?;
            let file = folder.0.join("demo.sqlite");
            (Some(folder), file)
        };
        let named = |error| CliError::Storage { database: file.display().to_string(), error };
        let resumed = is_there(&file)?;
        if !resumed {
            touch(&file)
                .map_err(|why| named(StorageError::Open { place: file.display().to_string(), why: why.to_string() }))?;
        }
        let store = Store::open_file(&file).await.map_err(named)?;
        let left = if resumed {
            where_left(&store).await.map_err(named)?
        } else {
            Left { scene: plan.scene, seed: plan.seed, start: plan.start, now: plan.start, from: plan.start }
        };
        let Left { scene, seed, start, now, from } = left;
        let directory = directory(scene, seed, start)?;
        if !resumed && let Err(error) = fill(&store, &directory, scene, seed, plan).await {
            // A file that holds half a house is none.
            store.close().await;
            for ending in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{ending}", file.display()));
            }
            return Err(error);
        }
        let password = password()?;
        admit(&store, &directory, &password).await?;
        let mail_token = mail_token(&store).await?;
        let machine: Instant = Timestamp::now().try_into().map_err(|error| CliError::fault(&error))?;
        let ahead = now.since(machine);
        let listener = listen(([127, 0, 0, 1], 0).into())?;
        let outgoing = Folder::new().map_err(|error| CliError::fault(&error))?;
        let beside = Beside { post: Some(post(&outgoing.0)?), ..Beside::default() };
        let office = Office::start_with(store.ahead(ahead), listener, None, beside).await?;
        Ok(Self {
            office,
            directory,
            scene,
            seed,
            ahead,
            from,
            #[cfg(test)]
            resumed,
            password,
            mail_token,
            file,
            folder,
            outgoing,
        })
    }

    /// A client of the office, through `url`, for a seat's account.
    ///
    /// # Errors
    /// The office does not let it in.
    pub async fn client(&self, url: &str, seat: Seat, language: Language) -> Result<(Client, Operator), CliError> {
        let (client, session) = self.session(url, seat, language).await?;
        Ok((client, session.operator))
    }

    /// The same, with its session.
    ///
    /// # Errors
    /// As [`House::client`].
    pub async fn session(&self, url: &str, seat: Seat, language: Language) -> Result<(Client, Session), CliError> {
        let url: Url = url.parse().map_err(|error| CliError::fault(&error))?;
        let options = Options { language, pace: Pace::default(), ..Options::default() };
        let client = Client::new(vec![url], options).map_err(|error| CliError::fault(&error))?;
        let login = seat.login().parse().map_err(|error| CliError::fault(&error))?;
        let session = client.log_in(login, self.password.clone()).await.map_err(|error| CliError::fault(&error))?;
        Ok((client, session))
    }

    /// What leads from providers to the house.
    pub fn outside(&self) -> Outside {
        Outside {
            outgoing: self.outgoing.0.clone(),
            house: MAILBOX.to_owned(),
            intake: format!("{}/v1/intake/mail/{MAILBOX}", self.office.url()),
            token: self.mail_token.clone(),
            page_in,
        }
    }

    /// Now on the house's clock.
    ///
    /// # Errors
    /// The machine's clock shows no time that can be.
    pub fn now(&self) -> Result<Instant, CliError> {
        let machine: Instant = Timestamp::now().try_into().map_err(|error| CliError::fault(&error))?;
        Ok(machine.plus(self.ahead))
    }

    /// The folder that goes with the house, if it is not kept.
    #[cfg(any(test, feature = "console"))]
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.0.clone())
    }

    /// Ends it: what runs is finished, the temporary folder is removed. A house that is kept knows how far its day was `played`.
    pub async fn close(self, played: Instant) {
        self.office.stop().await;
        if self.folder.is_none()
            && let Err(error) = keep_place(&self.file, played).await
        {
            tracing::warn!(file = %self.file.display(), %error, "some of the day will be played again");
        }
        drop(self.outgoing);
        drop(self.folder);
    }
}

/// Where the house's mails go: into a folder.
fn post(folder: &Path) -> Result<Post, CliError> {
    let wrong =
        |error: &dyn std::error::Error| CliError::sentence("cli-mail-unusable", vec![("why", error.to_string())]);
    let domain = "conciergerie.example";
    let from = MAILBOX
        .to_owned()
        .try_into()
        .map_err(|why: &str| CliError::sentence("cli-mail-unusable", vec![("why", why.to_owned())]))?;
    let mail = Mail {
        outlet: Outlet::Folder(folder.to_owned()),
        from,
        name: Some("La Conciergerie".to_owned()),
        reply_to: None,
        domain: domain.to_owned(),
        signature: None,
    };
    Post::open(mail).map_err(|error| wrong(&error))
}

/// The directory of a day.
pub fn directory(scene: Scene, seed: u32, start: Instant) -> Result<Directory, CliError> {
    let files = match scene {
        Scene::House => BASE,
        Scene::Village(_) => VILLAGE,
    };
    let base = built_in(files).map_err(|why| CliError::fault(&why))?;
    scene.directory(base, seed.into(), start).map_err(|error| CliError::fault(&error))
}

/// Whether a demonstration's file is there.
fn is_there(file: &Path) -> Result<bool, CliError> {
    use io::Read as _;
    let strange = || CliError::sentence("cli-demo-not-ours", vec![("file", file.display().to_string())]);
    let mut head = Vec::new();
    match fs::File::open(file) {
        Ok(opened) => opened.take(100).read_to_end(&mut head).map_err(|_| strange())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(_) => return Err(strange()),
    };
    if head.is_empty() {
        return Ok(false);
    }
    let mark = head.get(MARK_AT..MARK_AT + MARK.len());
    if mark == Some(&MARK) { Ok(true) } else { Err(strange()) }
}

/// An empty file that nobody else reads.
fn touch(file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Marks the file, and writes directory and past into it.
async fn fill(store: &Store, directory: &Directory, scene: Scene, seed: u32, plan: &Plan) -> Result<(), CliError> {
    let mut tx = store.write().await.map_err(Failure::from)?;
    tx.execute(format!("PRAGMA application_id = {}", i32::from_be_bytes(MARK)), &[]).await.map_err(Failure::from)?;
    let size = match scene {
        Scene::House => Size { buildings: 0, bags: 0 },
        Scene::Village(size) => size,
    };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    for (name, value) in [
        ("demo_seed", i64::from(seed)),
        ("demo_start", directory.start.as_micros()),
        ("demo_buildings", number(size.buildings)),
        ("demo_bags", number(size.bags)),
    ] {
        let sql = "INSERT INTO counter (name, value) VALUES ($1, $2)";
        tx.execute(sql, &[name.into(), Arg::Int(value)]).await.map_err(Failure::from)?;
    }
    tx.commit().await.map_err(Failure::from)?;
    let unmade = |error: BaseError| CliError::fault(&error);
    let dated = match plan.past {
        Past::Busy => scene.past(directory, seed.into(), plan.language).map_err(unmade)?,
        #[cfg(feature = "console")]
        Past::Practice => crate::demo::practice::Story::past(directory, seed, plan.language).map_err(unmade)?,
    };
    let deeds = given(directory, dated);
    let names: Vec<String> = deeds.iter().map(|given| format!("{} {:?}", given.at, given.deed)).collect();
    writer::as_it_went(store, deeds).await.map_err(|(place, failure)| {
        let deed = names.get(place).map_or("the end", String::as_str);
        CliError::fault(&format!("{deed}: {failure}"))
    })
}

/// The deeds with the actors that did them; the directory first, as it was long before.
fn given(directory: &Directory, dated: Vec<Dated>) -> Vec<Given> {
    let system = Arc::new(Actor::system());
    let actors: HashMap<OperatorId, Arc<Actor>> = directory
        .operators
        .iter()
        .filter_map(|(id, fields)| Some((*id, Arc::new(Operator::create(*id, fields.clone()).ok()?.actor()))))
        .collect();
    let long_ago = directory.start.plus(-SignedDuration::from_hours(24 * 400));
    let made = directory.commands.iter().map(|command| Given {
        at: long_ago,
        by: Arc::clone(&system),
        deed: Deed::Command(Box::new(command.clone())),
    });
    let done = dated.into_iter().map(|dated| Given {
        at: dated.at,
        by: dated.by.and_then(|by| actors.get(&by)).unwrap_or(&system).clone(),
        deed: match dated.deed {
            past::Deed::Command(command) => Deed::Command(command),
            past::Deed::Sent(offer) => Deed::Told(offer),
        },
    });
    made.chain(done).collect()
}

/// Writes down how far the day was played.
async fn keep_place(file: &Path, played: Instant) -> Result<(), StorageError> {
    let store = Store::open_file(file).await?;
    let mut tx = store.write().await?;
    let sql =
        "INSERT INTO counter (name, value) VALUES ('demo_played', $1) ON CONFLICT (name) DO UPDATE SET value = $1";
    tx.execute(sql, &[Arg::Int(played.as_micros())]).await?;
    tx.commit().await?;
    store.close().await;
    Ok(())
}

/// Where a house that was kept goes on.
struct Left {
    scene: Scene,
    seed: u32,
    start: Instant,
    /// The last moment that its history knows.
    now: Instant,
    /// How far the day was played; after a crash, up to its clock.
    from: Instant,
}

async fn where_left(store: &Store) -> Result<Left, StorageError> {
    let mut tx = store.read().await?;
    let unreadable = |why: String| StorageError::Unreadable { what: "demo".into(), why };
    let value = async |tx: &mut crate::office::storage::Tx, sql: String| {
        tx.row(sql, &[]).await?.map_or_else(|| Err(unreadable("it is not whole".into())), |row| row.int(0))
    };
    let seed = value(&mut tx, "SELECT value FROM counter WHERE name = 'demo_seed'".to_owned()).await?;
    let start = value(&mut tx, "SELECT value FROM counter WHERE name = 'demo_start'".to_owned()).await?;
    // A file of before there were villages is a house.
    let size = "SELECT coalesce(max(value), 0) FROM counter WHERE name = ";
    let buildings = value(&mut tx, format!("{size}'demo_buildings'")).await?;
    let bags = value(&mut tx, format!("{size}'demo_bags'")).await?;
    let scene = match (usize::try_from(buildings), usize::try_from(bags)) {
        (Ok(buildings @ 1..), Ok(bags)) => Scene::Village(Size { buildings, bags }),
        _ => Scene::House,
    };
    let last = value(&mut tx, "SELECT coalesce(max(at), 0) FROM history".to_owned()).await?;
    let instant = |micros: i64| Instant::from_micros(micros).map_err(|error| unreadable(error.to_string()));
    let sql = "SELECT coalesce(max(value), 0) FROM counter WHERE name = 'demo_played'";
    let played = value(&mut tx, sql.to_owned()).await?;
    let seed = u32::try_from(seed).map_err(|error| unreadable(error.to_string()))?;
    let now = last.max(start);
    Ok(Left { scene, seed, start: instant(start)?, now: instant(now)?, from: instant(played.max(now))? })
}

/// The address of the page of offers that a mail links.
fn page_in(mail: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(mail)?;
    let text = message.body_text(0)?;
    text.split_whitespace().find(|word| word.contains("/o/")).map(str::to_owned)
}

/// A password of chance, for this run alone.
fn password() -> Result<String, CliError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| CliError::fault(&error))?;
    Ok(secret::hex(&bytes))
}

/// What lets mail in, for this run alone.
async fn mail_token(store: &Store) -> Result<String, CliError> {
    let made = async {
        let mut tx = store.write().await?;
        token::remove(&mut tx, MAILBOX).await?;
        let mailbox =
            MAILBOX.parse().map_err(|_| StorageError::Unreadable { what: "demo".into(), why: MAILBOX.into() })?;
        let token = token::add(&mut tx, &mailbox).await?;
        tx.commit().await?;
        Ok(token.unwrap_or_default())
    };
    made.await.map_err(|error: StorageError| CliError::Refused(error.into()))
}

/// Lets every seat in with the password.
async fn admit(store: &Store, directory: &Directory, password: &str) -> Result<(), CliError> {
    let hash = auth::hash(password.to_owned()).await.map_err(|error| CliError::fault(&error))?;
    let stored = async {
        let mut tx = store.write().await?;
        for (operator, _) in &directory.operators {
            auth::store_password(&mut tx, *operator, &hash).await?;
        }
        tx.commit().await
    };
    stored.await.map_err(|error: StorageError| CliError::Refused(error.into()))
}
