//! `loge office init` and `operator`: accounts and their passwords.

use super::{
    super::{Voice, error::CliError},
    place::{self, Missing},
};
use crate::{
    cli::directory::id_of,
    config::{Config, office::Database},
    domain::{
        access::{Role, Sites},
        entity::EntityKind,
        operator::{Login, OperatorFields, PASSWORD, Preferences},
        texts::{ShortText, TextError},
    },
    office::{
        auth,
        failure::Failure,
        storage::{StorageError, Store},
        writer,
    },
    wire::{catalogue::Command, fresh},
};
use clap::{Args, Subcommand};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

/// The login of the account that an empty database starts with.
const FIRST_LOGIN: &str = "responsable";

/// Its name on screens, which its owner changes.
const FIRST_NAME: &str = "Responsable";

/// The roles of one person who is the whole house.
const FIRST_ROLES: [Role; 4] = [Role::Manager, Role::Operator, Role::Dispatcher, Role::Concierge];

/// What the first account is to be.
#[derive(Debug, Args)]
pub(super) struct Init {
    #[arg(long, default_value = FIRST_LOGIN)]
    login: String,
    #[arg(long, default_value = FIRST_NAME)]
    name: String,
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// What can be asked of accounts.
#[derive(Debug, Subcommand)]
pub(super) enum OperatorCommand {
    Add {
        #[arg(long)]
        login: String,
        #[arg(long)]
        name: String,
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        #[arg(long = "site", value_name = "SITE")]
        sites: Vec<String>,
        #[arg(long, value_name = "CLIENT")]
        client: Option<String>,
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    Password {
        #[arg(long)]
        login: String,
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

/// `loge office init`
pub(super) async fn init(init: Init, config: &Config, voice: Voice) -> Result<(), CliError> {
    let database = &config.office.database;
    let named = ("database", database.to_string());
    if let Database::Sqlite(file) = database
        && place::is_there(file)
    {
        return Err(CliError::sentence("cli-init-already", vec![named]));
    }
    let account = account(&init.login, &init.name, FIRST_ROLES.into(), Sites::All)?;
    let password = password(init.password_file.as_deref(), voice)?;
    let store = place::open(database, Missing::Make).await?;
    let made = match has_accounts(&store).await {
        Ok(true) => Err(CliError::sentence("cli-init-already", vec![named.clone()])),
        Ok(false) => add(&store, account, &password).await,
        Err(error) => Err(error),
    };
    store.close().await;
    made?;
    password.show(&init.login, voice);
    voice.tell("cli-init-done", &[named]);
    Ok(())
}

/// `loge office operator`
pub(super) async fn operator(command: OperatorCommand, config: &Config, voice: Voice) -> Result<(), CliError> {
    let database = &config.office.database;
    match command {
        OperatorCommand::Add { login, name, roles, sites, client, password_file } => {
            let roles = roles.iter().map(|role| read_role(role)).collect::<Result<BTreeSet<_>, _>>()?;
            if roles.is_empty() {
                return Err(CliError::sentence("cli-operator-no-role", vec![("roles", all_roles())]));
            }
            let known = |kind, key: &String| id_of(kind, key).ok_or_else(|| bad_key(key));
            let sites = match sites.as_slice() {
                [] => Sites::All,
                named => {
                    let ids = named.iter().map(|key| known(EntityKind::Site, key).map(Into::into));
                    Sites::Only(ids.collect::<Result<_, _>>()?)
                }
            };
            let mut account = account(&login, &name, roles, sites)?;
            account.client_id = client.map(|key| known(EntityKind::Client, &key)).transpose()?.map(Into::into);
            let told: Vec<&str> = account.roles.iter().map(|role| role.name()).collect();
            let roles = told.join(", ");
            let password = password(password_file.as_deref(), voice)?;
            let store = place::open(database, Missing::Fail).await?;
            let added = add(&store, account, &password).await;
            store.close().await;
            added?;
            password.show(&login, voice);
            voice.tell("cli-operator-added", &[("login", login), ("roles", roles)]);
        }
        OperatorCommand::Password { login, password_file } => {
            let password = password(password_file.as_deref(), voice)?;
            let store = place::open(database, Missing::Fail).await?;
            let set = change_password(&store, &login, &password).await;
            store.close().await;
            set?;
            password.show(&login, voice);
            voice.tell("cli-operator-password-set", &[("login", login)]);
        }
    }
    Ok(())
}

/// Makes an empty database ready to use: its first account with a password of chance, told once. Nothing if somebody can log in already.
pub(super) async fn first(store: &Store) -> Result<Option<(String, String)>, CliError> {
    if has_accounts(store).await? {
        return Ok(None);
    }
    let password = Password::by_chance()?;
    let present = operator_of(store, FIRST_LOGIN).await?;
    match present {
        // A directory was imported first, or an earlier first start was cut short.
        Some(id) => set(store, &id, &password).await?,
        None => add(store, account(FIRST_LOGIN, FIRST_NAME, FIRST_ROLES.into(), Sites::All)?, &password).await?,
    }
    Ok(Some((FIRST_LOGIN.to_owned(), password.text)))
}

fn account(login: &str, name: &str, roles: BTreeSet<Role>, sites: Sites) -> Result<OperatorFields, CliError> {
    let bad_login = |_| CliError::sentence("cli-operator-bad-login", vec![("login", login.to_owned())]);
    Ok(OperatorFields {
        login: Login::try_from(login.to_owned()).map_err(bad_login)?,
        name: name
            .parse::<ShortText>()
            .map_err(|_: TextError| CliError::sentence("cli-operator-bad-name", Vec::new()))?,
        roles,
        sites,
        client_id: None,
        extensions: BTreeSet::new(),
        preferences: Preferences::default(),
    })
}

fn read_role(text: &str) -> Result<Role, CliError> {
    let found = Role::ALL.iter().find(|role| role.name() == text).copied();
    found.ok_or_else(|| {
        CliError::sentence("cli-operator-bad-role", vec![("role", text.to_owned()), ("roles", all_roles())])
    })
}

fn all_roles() -> String {
    Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

fn bad_key(key: &str) -> CliError {
    CliError::sentence("cli-bad-key", vec![("key", key.to_owned())])
}

/// Whether anybody can log in.
async fn has_accounts(store: &Store) -> Result<bool, CliError> {
    let mut tx = store.read().await.map_err(failed)?;
    Ok(tx.row("SELECT operator_id FROM credential LIMIT 1", &[]).await.map_err(failed)?.is_some())
}

async fn operator_of(store: &Store, login: &str) -> Result<Option<String>, CliError> {
    let mut tx = store.read().await.map_err(failed)?;
    let row = tx.row("SELECT id FROM operator WHERE login = $1", &[login.into()]).await.map_err(failed)?;
    row.map(|row| row.text(0)).transpose().map_err(failed)
}

fn failed(error: StorageError) -> CliError {
    CliError::Refused(error.into())
}

async fn add(store: &Store, fields: OperatorFields, password: &Password) -> Result<(), CliError> {
    let login = fields.login.as_str().to_owned();
    if operator_of(store, &login).await?.is_some() {
        return Err(CliError::sentence("cli-operator-exists", vec![("login", login)]));
    }
    // A directory that names the account by its login means this one.
    let id = id_of(EntityKind::Operator, &login).map_or_else(fresh, Into::into);
    let command = Command::CreateOperator { id, body: fields };
    writer::all_or_nothing(store, vec![command]).await.map_err(|(_, failure)| failure)?;
    set(store, &id.to_string(), password).await
}

async fn change_password(store: &Store, login: &str, password: &Password) -> Result<(), CliError> {
    let unknown = || CliError::sentence("cli-operator-unknown", vec![("login", login.to_owned())]);
    let id = operator_of(store, login).await?.ok_or_else(unknown)?;
    set(store, &id, password).await
}

async fn set(store: &Store, id: &str, password: &Password) -> Result<(), CliError> {
    let unreadable = |what: &str, why: String| failed(StorageError::Unreadable { what: what.into(), why });
    let hash = auth::hash(password.text.clone()).await.map_err(|error| unreadable("password", error.to_string()))?;
    let operator = id.parse().map_err(|error: uuid::Error| unreadable("operator", error.to_string()))?;
    let stored = async {
        let mut tx = store.write().await?;
        auth::store_password(&mut tx, operator, &hash).await?;
        tx.execute("DELETE FROM session WHERE operator_id = $1", &[id.into()]).await?;
        tx.commit().await
    };
    stored.await.map_err(|error| CliError::Refused(Failure::Storage(error)))
}

/// A password, and whether its owner knows it already.
struct Password {
    text: String,
    origin: Origin,
}

enum Origin {
    /// They gave it.
    Given,
    /// It was made up: to be shown once.
    Chance,
}

impl Password {
    /// Sixteen characters that are not mistaken for each other, in groups of four: 79 bits.
    fn by_chance() -> Result<Self, CliError> {
        const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
        let mut groups = vec![String::new()];
        while groups.iter().map(String::len).sum::<usize>() < 16 {
            let mut byte = [0_u8; 1];
            getrandom::fill(&mut byte).map_err(|error| CliError::fault(&error))?;
            // 31 · 8 = 248: what is above would favour the first letters.
            let [drawn] = byte;
            let Some(letter) = (drawn < 248).then(|| LETTERS.get(usize::from(drawn) % LETTERS.len())).flatten() else {
                continue;
            };
            match groups.last_mut() {
                Some(group) if group.len() < 4 => group.push(char::from(*letter)),
                _ => groups.push(char::from(*letter).to_string()),
            }
        }
        Ok(Self { text: groups.join("-"), origin: Origin::Chance })
    }

    fn given(text: String) -> Result<Self, CliError> {
        let length = text.chars().count();
        if length < *PASSWORD.start() {
            let minimum = PASSWORD.start().to_string();
            return Err(CliError::sentence("cli-operator-short-password", vec![("minimum", minimum)]));
        }
        if length > *PASSWORD.end() {
            let maximum = PASSWORD.end().to_string();
            return Err(CliError::sentence("cli-operator-long-password", vec![("maximum", maximum)]));
        }
        Ok(Self { text, origin: Origin::Given })
    }

    fn show(&self, login: &str, voice: Voice) {
        if matches!(self.origin, Origin::Chance) {
            let variables = [("login", login.to_owned()), ("password", self.text.clone())];
            voice.tell("cli-operator-password", &variables);
        }
    }
}

/// Hashes the password that a directory gives an account.
pub(super) async fn hashed(text: String) -> Result<String, CliError> {
    auth::hash(text).await.map_err(|error| CliError::fault(&error))
}

/// The password: from a file, typed twice, or made up where nobody can type or nothing is typed.
fn password(file: Option<&Path>, voice: Voice) -> Result<Password, CliError> {
    if let Some(file) = file {
        let unreadable = |why: io::Error| {
            let variables = vec![("file", file.display().to_string()), ("why", why.to_string())];
            CliError::sentence("cli-password-file", variables)
        };
        let text = fs::read_to_string(file).map_err(unreadable)?;
        return Password::given(text.lines().next().unwrap_or_default().to_owned());
    }
    if !io::stdin().is_terminal() {
        return Password::by_chance();
    }
    let asked = |key| {
        rpassword::prompt_password(format!("{} ", voice.sentence(key, &[]))).map_err(|error| CliError::fault(&error))
    };
    let once = asked("cli-password-ask")?;
    if once.is_empty() {
        return Password::by_chance();
    }
    if asked("cli-password-again")? != once {
        return Err(CliError::sentence("cli-password-differs", Vec::new()));
    }
    Password::given(once)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_of_chance_is_long_readable_and_never_the_same() {
        let (one, other) = (Password::by_chance().unwrap().text, Password::by_chance().unwrap().text);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        assert!(PASSWORD.contains(&one.chars().count()));
        assert_ne!(one, other);
    }

    #[test]
    fn a_password_has_ten_characters_at_least() {
        assert!(Password::given("neuf-sign".into()).is_err());
        assert!(Password::given("dix-signes".into()).is_ok());
    }
}
