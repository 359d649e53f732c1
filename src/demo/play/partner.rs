//! Providers at their own desks: they read the mail that the house wrote them, and answer on its page, by mail, or when they are called.

use super::{Stage, line, words};
use crate::{
    demo::{chance::Chance, directory::Seat, world::Told as Letter},
    domain::{
        beneficiary::Way,
        ids::OfferId,
        offer::{Offer, OfferState},
        time::When,
    },
    wire::{bodies::Step, catalogue::Command, dispatch_bodies::DeclineOffer},
};
use jiff::ToSpan as _;
use reqwest::{Method, StatusCode, header};
use std::{fmt, path::PathBuf, sync::atomic::Ordering, time::Duration};
use tokio::time::timeout;

/// How long a mail takes to leave the house at most, on the machine's clock.
const MAIL_LEAVES: Duration = Duration::from_mins(1);

/// How many must do a job for the first that fails of the day: one may be its provider, and one may be at capacity.
const FAILS_AMONG: usize = 3;

/// How long the house may take to answer.
const HOUSE_ANSWERS: Duration = Duration::from_secs(20);

/// What leads from a provider to the house, without an account of it.
#[derive(Clone)]
pub struct Outside {
    /// Where the mails of the house go.
    pub outgoing: PathBuf,
    /// The house's address of mail.
    pub house: String,
    /// Where mail to it is handed in.
    pub intake: String,
    /// What lets mail in there.
    pub token: String,
    /// The address of the page that a mail of the house links; the house knows how to read one, a console does not.
    pub page_in: fn(&[u8]) -> Option<String>,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").field("outgoing", &self.outgoing).field("house", &self.house).finish_non_exhaustive()
    }
}

/// What a provider says to an offer.
#[derive(Clone, Debug)]
enum Says {
    Yes,
    No(String),
    /// At another time: its day and hour, as a form has them.
    OtherTime(String, String),
}

/// What came of saying it.
enum Noted {
    Accepted,
    Declined(String),
}

impl Stage {
    /// A provider's answer to an offer that is out.
    pub(super) async fn answer(&self, offer: Offer) -> Option<()> {
        let mut chance = self.chance(&format!("answer {} {}", offer.fields.request_id, offer.fields.provider_id));
        let says = self.says(&offer, &mut chance);
        self.pause_between(&mut chance, 30, 300).await;
        let open = self.shared.world.rows().asked().iter().any(|asked| asked.id == offer.id);
        if !open {
            return None;
        }
        let (noted, told) = match offer.fields.way {
            Way::Telephone => (self.is_called(&offer, &says).await?, ["demo-accepted", "demo-declined"]),
            Way::Mail => {
                let letter = self.letter(offer.id).await?;
                // A mail of one offer alone can be answered by a mail.
                if letter.offers == 1 && !matches!(says, Says::OtherTime(..)) && chance.happens(30) {
                    self.writes(&letter, &says).await?;
                    (self.comes(&offer).await?, ["demo-accepted-mail", "demo-declined-mail"])
                } else {
                    self.sends(&letter, &form(&offer.id.to_string(), &says)).await?;
                    (self.comes(&offer).await?, ["demo-accepted-page", "demo-declined-page"])
                }
            }
        };
        let provider = self.provider(&offer);
        match noted {
            Noted::Accepted => {
                self.tell(told.first().copied()?, vec![("provider", provider)]);
                self.does(&offer, &mut chance).await
            }
            Noted::Declined(why) => {
                self.tell(told.last().copied()?, vec![("provider", provider), ("why", why)]);
                Some(())
            }
        }
    }

    /// Tells that an offer went on to the next in rank by itself.
    pub(super) fn was_passed_on(&self, offer: &Offer) {
        if offer.created_by.is_none() {
            self.tell("demo-passed-on", vec![("provider", self.provider(offer))]);
        }
    }

    fn provider(&self, offer: &Offer) -> String {
        let partner = self.shared.directory.partners.iter().find(|partner| partner.id == offer.fields.provider_id);
        partner.map(|partner| partner.fields.name.as_str().to_owned()).unwrap_or_default()
    }

    /// What a provider says: mostly yes.
    fn says(&self, offer: &Offer, chance: &mut Chance) -> Says {
        if chance.happens(82) {
            return Says::Yes;
        }
        let when = self.shared.world.rows().request(offer.fields.request_id).and_then(|request| request.fields.when);
        let other = chance.happens(25) && offer.fields.way == Way::Mail;
        match when.filter(|_| other) {
            Some(when) => {
                let day = match when {
                    When::Due { at } => at.date(),
                    When::Window(window) => window.date(),
                };
                let day = self.shared.directory.working_day_after(day.saturating_add(1.days()));
                Says::OtherTime(day.to_string(), "10:00".to_owned())
            }
            None => Says::No(words::one_of(&self.shared.words.declines, chance)),
        }
    }

    /// The dispatcher calls, and notes the answer; who plays the dispatcher calls for themselves.
    async fn is_called(&self, offer: &Offer, says: &Says) -> Option<Noted> {
        self.seat(Seat::Dispatch)?;
        let seen = OfferState::Sent;
        match says {
            Says::Yes => {
                let body = Step { seen };
                self.give(Seat::Dispatch, Command::AcceptOffer { id: offer.id, body }).await?;
                Some(Noted::Accepted)
            }
            Says::No(why) | Says::OtherTime(why, _) => {
                let body = DeclineOffer { seen, reason: line(why)?, counter: None };
                self.give(Seat::Dispatch, Command::DeclineOffer { id: offer.id, body }).await?;
                Some(Noted::Declined(why.clone()))
            }
        }
    }

    /// The mail in which an offer was told, once it has left the house.
    async fn letter(&self, offer: OfferId) -> Option<Letter> {
        timeout(MAIL_LEAVES, self.shared.world.until(|rows| rows.letter(offer))).await.ok()
    }

    /// What the house made of an answer.
    async fn comes(&self, offer: &Offer) -> Option<Noted> {
        let id = offer.id;
        let answered = self.shared.world.until(|rows| match rows.offer(id) {
            Some(offer) if matches!(offer.state, OfferState::Sent | OfferState::Seen) => None,
            Some(_) => Some(Noted::Accepted),
            None => Some(Noted::Declined(rows.declined(id)?)),
        });
        timeout(HOUSE_ANSWERS, answered).await.ok()
    }

    /// What is done of a job that was taken: the first of the day, and now and then another, turns out not to be possible after all.
    async fn does(&self, offer: &Offer, chance: &mut Chance) -> Option<()> {
        if offer.fields.way == Way::Telephone {
            return Some(());
        }
        let is_first = self.others_could(offer) && !self.shared.failed.swap(true, Ordering::Relaxed);
        if !is_first && !chance.happens(6) {
            return Some(());
        }
        self.pause_between(chance, 60, 240).await;
        let letter = self.letter(offer.id).await?;
        let problem = words::one_of(&self.shared.words.problems, chance);
        let id = offer.id.to_string();
        self.sends(&letter, &[("offer", &id), ("answer", "problem"), ("text", &problem)]).await?;
        self.tell("demo-problem", vec![("provider", self.provider(offer)), ("why", problem)]);
        Some(())
    }

    /// Whether there are others to give the job to: whoever learns with the first that comes back sees it go to the next.
    fn others_could(&self, offer: &Offer) -> bool {
        let rows = self.shared.world.rows();
        let Some(request) = rows.request(offer.fields.request_id) else { return false };
        let fields = &request.fields;
        let (Some(service), Some(site)) = (fields.service_id, fields.site_id) else { return false };
        self.shared.directory.partners_for(service, site).len() >= FAILS_AMONG
    }

    /// Sends a form of the page that a mail links.
    async fn sends(&self, letter: &Letter, form: &[(&str, &str)]) -> Option<()> {
        let mail =
            tokio::fs::read(self.shared.staging.outside.outgoing.join(format!("{}.eml", letter.id))).await.ok()?;
        let page = (self.shared.staging.outside.page_in)(&mail)?;
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let typed = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
        let answer = self.asks(&page, &typed, body).await?;
        (answer == StatusCode::SEE_OTHER).then_some(())
    }

    /// Writes back.
    async fn writes(&self, letter: &Letter, says: &Says) -> Option<()> {
        let outside = &self.shared.staging.outside;
        let text = match says {
            Says::Yes => &self.shared.words.mailed_yes,
            Says::No(_) | Says::OtherTime(..) => &self.shared.words.mailed_no,
        };
        let at = self.now();
        let date = at.civil(&self.shared.directory.zone).strftime("%a, %d %b %Y %H:%M:%S +0000");
        let (from, to, id, subject) = (letter.to.as_str(), &outside.house, &letter.message_id, &letter.subject);
        let own = format!("{}-{}@{}", self.shared.run, letter.id, from.rsplit('@').next().unwrap_or_default());
        let mail = format!(
            "From: <{from}>\r\nTo: <{to}>\r\nDate: {date}\r\nMessage-ID: <{own}>\r\nIn-Reply-To: <{id}>\r\n\
             References: <{id}>\r\nSubject: Re: {subject}\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
        );
        let bearer = format!("Bearer {}", outside.token);
        let typed = [(header::CONTENT_TYPE, "message/rfc822"), (header::AUTHORIZATION, bearer.as_str())];
        self.asks(&outside.intake, &typed, mail).await?.is_success().then_some(())
    }

    async fn asks(&self, url: &str, headers: &[(header::HeaderName, &str)], body: String) -> Option<StatusCode> {
        let http = self.shared.http.as_ref()?;
        let mut request = http.request(Method::POST, url).timeout(HOUSE_ANSWERS).body(body);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let answer =
            request.send().await.inspect_err(|error| tracing::warn!(%error, "a provider was not heard")).ok()?;
        Some(answer.status())
    }
}

/// The form by which a page is told it.
fn form<'a>(offer: &'a str, says: &'a Says) -> Vec<(&'static str, &'a str)> {
    let said = match says {
        Says::Yes => vec![("answer", "yes")],
        Says::No(why) => vec![("answer", "no"), ("text", why.as_str())],
        Says::OtherTime(date, time) => vec![("answer", "other"), ("date", date.as_str()), ("time", time.as_str())],
    };
    std::iter::once(("offer", offer)).chain(said).collect()
}
