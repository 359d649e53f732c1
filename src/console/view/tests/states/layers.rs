//! What lies over a screen: what a letter proposes, replies, notes, help.

use super::*;

/// Mme Martin's message is answered.
fn replying(look: Look, keys: &[&str]) -> Model {
    after(look.on(Lane::Mail, Item::Contact(id(MAIL))), keys)
}

pub const STATES: &[State] = &[
    // What a letter proposes.
    both("prompt-outcome", InPrompt, |look| after(look.on(Lane::Phone, Item::Contact(id(MISSED))), &["i"])),
    state("prompt-suspend", InPrompt, |look| after(look.on_request(NEW), &["s"])),
    state("prompt-merge", InPrompt, |look| after(look.on_request(SPLIT), &["m"])),
    state("prompt-split", InPrompt, |look| after(look.on_request(NEW), &["d"])),
    state("prompt-cancel-marked", InPrompt, |look| after(look.on_request(WARNED), &["x", "x", "x", "Del"])),
    state("prompt-take-over", InPrompt, |look| after(look.on_request(WARNED), &["p"])),
    state("prompt-edit", InPrompt, |look| after(look.on_request(WARNED), &["e"])),
    both("reply-blank", OnText, |look| replying(look, &["r"])),
    both("reply-recipient", OnText, |look| {
        let mut model = replying(look, &["r", "&", "Tab", "Ctrl-U"]);
        type_in(&mut model, "sophie.martin");
        model
    }),
    state("reply-recipient-wrong", OnText, |look| {
        let mut model = replying(look, &["r", "&", "Tab"]);
        type_in(&mut model, "@");
        after(model, &["Tab"])
    }),
    both("reply-beside-the-message", OnText, |look| {
        after(look.on(Lane::Mail, Item::Contact(id(REPLY))), &["r", "&", "Shift-Tab", "Down"])
    }),
    both("reply-bounces", OnText, |look| bounces(replying(look, &["r"]), MARTIN, "s.martin@poste.example")),
    state("reply-module", OnText, |look| replying(look, &["r", "&"])),
    both("reply-at-foot", OnText, |look| replying(look, &["r", "&", "Esc"])),
    state("reply-proposed", InPrompt, |look| replying(look, &["r", "&", "Esc", "o"])),
    both("reply-leaving", OnRow, |look| replying(look, &["r", "&", "Esc", "o", "2"])),
    state("reply-sent", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.deliver(later).unwrap();
        });
        model
    }),
    both("reply-acknowledged", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            (reply.automatic, reply.created_by) = (Some(Automatic::Acknowledgement), None);
            reply.attempt(later).unwrap();
            reply.deliver(later).unwrap();
        });
        model
    }),
    both("reply-failed", OnRow, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.fail("550 5.1.1 no such person".parse().unwrap()).unwrap();
        });
        model
    }),
    both("reply-failed-on-card", OnText, |look| {
        let mut model = look.on_request(WARNED);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied_about(&mut model, &json!({ "request_id": id::<RequestId>(WARNED) }), |reply| {
            reply.attempt(later).unwrap();
            reply.fail("550 5.1.1 no such person".parse().unwrap()).unwrap();
        });
        after(model, &["Enter"])
    }),
    state("reply-doubtful-decided", InPrompt, |look| {
        let mut model = replying(look, &[]);
        let later = model.now.plus(SignedDuration::from_secs(20));
        replied(&mut model, |reply| {
            reply.attempt(later).unwrap();
            reply.doubt(None).unwrap();
        });
        after(model, &["r"])
    }),
    state("note", OnText, |look| {
        let mut model = after(look.on_request(ASSIGNED), &["t"]);
        type_in(&mut model, "La boulangerie ferme jeudi.");
        press(&mut model, &["Enter"]);
        type_in(&mut model, "Prévenir Mme Durand, qui préfère le courriel.");
        model
    }),
    both("palette", InField, |look| {
        let mut model = after(look.afternoon(), &[":"]);
        type_in(&mut model, "drnd");
        model
    }),
    both("help", OnText, |look| after(look.afternoon(), &["?"])),
    state("help-in-a-field", OnText, |look| after(look.on_the_phone(), &["F1"])),
];
