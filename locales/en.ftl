# Loge's sentences in English. Every key, attribute and variable is in fr.ftl too; a test sees to it.

## Words: what it is about. "the" before a noun, "of" after "there is no".

entity-policy = house rules
    .the = the house rules
    .of = house rules
entity-client = client
    .the = the client
    .of = client
entity-contract = contract
    .the = the contract
    .of = contract
entity-site = site
    .the = the site
    .of = site
entity-holiday = closing day
    .the = the closing day
    .of = closing day
entity-service = service
    .the = the service
    .of = service
entity-provider = provider
    .the = the provider
    .of = provider
entity-courier = courier
    .the = the courier
    .of = courier
entity-operator = account
    .the = the account
    .of = account
entity-beneficiary = beneficiary
    .the = the beneficiary
    .of = beneficiary
entity-permanence = desk session
    .the = the desk session
    .of = desk session
entity-locker = locker
    .the = the locker
    .of = locker
entity-contact = contact
    .the = the contact
    .of = contact
entity-request = request
    .the = the request
    .of = request
entity-claim = claim
    .the = the claim
    .of = claim
entity-held = held work
    .the = the held work
    .of = held work
entity-offer = offer
    .the = the offer
    .of = offer
entity-assignment = assignment
    .the = the assignment
    .of = assignment
entity-booking = locker booking
    .the = the locker booking
    .of = locker booking
entity-item = item
    .the = the item
    .of = item
entity-round = round
    .the = the round
    .of = round
entity-leg = leg
    .the = the leg
    .of = leg
entity-posting = ledger entry
    .the = the ledger entry
    .of = ledger entry
entity-exception = exception
    .the = the exception
    .of = exception
entity-row = record
    .the = the record
    .of = record

## States

state-request-new = new
state-request-triaged = triaged
state-request-waiting = waiting for a reply
state-request-offered = offered
state-request-assigned = assigned
state-request-underway = underway
state-request-ready = ready
state-request-done = done
state-request-closed = closed
state-request-answered = answered
state-request-refused = refused
state-request-cancelled = cancelled
state-request-merged = merged
state-contact-open = to be dealt with
state-contact-wrapped_up = finished
state-contact-called_back = called back
state-contact-dropped = dropped
state-call-ringing = ringing
state-call-answered = on the line
state-call-ended = ended
state-call-missed = missed
state-claim-live = held
state-claim-stale = gone quiet
state-claim-released = released
state-held-held = to be reviewed
state-held-released = released
state-held-returned = returned
state-offer-prepared = about to leave
state-offer-sent = sent
state-offer-seen = seen
state-offer-accepted = accepted
state-offer-declined = declined
state-offer-expired = without an answer
state-offer-withdrawn = withdrawn
state-offer-fulfilled = fulfilled
state-offer-failed = failed
state-offer-released = released
state-leg-planned = planned
state-leg-confirmed = confirmed
state-leg-underway = underway
state-leg-done = done
state-leg-failed = failed
state-leg-cancelled = cancelled
state-round-draft = draft
state-round-published = published
state-round-started = started
state-round-finished = finished
state-permanence-planned = planned
state-permanence-open = open
state-permanence-closed = closed
state-permanence-missed = missed
state-permanence-cancelled = cancelled
state-locker-free = free
state-locker-reserved = reserved
state-locker-filled = filled
state-locker-overdue = overdue
state-locker-out_of_order = out of order
state-exception-open = open
state-exception-closed = closed
state-assignment-active = active
state-assignment-fulfilled = fulfilled
state-assignment-failed = failed
state-assignment-released = released
state-booking-reserved = reserved
state-booking-filled = filled
state-booking-overdue = overdue
state-booking-emptied = emptied
state-booking-cancelled = cancelled
state-item-in_custody = in custody
state-item-handed_back = handed back
state-item-lost = lost

## Verbs

verb-triage = triage
verb-answer = answer
verb-wait = suspend
verb-resume = resume
verb-merge = merge
verb-unmerge = unmerge
verb-offer = offer
verb-assign = assign
verb-take = take
verb-exhaust = give back to dispatch
verb-start = start
verb-ready = declare ready
verb-done = declare done
verb-release = release
verb-cancel = cancel
verb-refuse = refuse
verb-close = close
verb-reopen = reopen
verb-wrap_up = finish
verb-call_back = note the call back
verb-drop = drop
verb-renew = keep
verb-expire = let expire
verb-take_over = take over
verb-return = return to its author
verb-edit = edit
verb-plan = plan
verb-send = send
verb-see = see
verb-accept = accept
verb-decline = decline
verb-withdraw = withdraw
verb-fulfil = fulfil
verb-fail = declare failed
verb-open = open
verb-miss = miss
verb-reserve = reserve
verb-fill = fill
verb-overdue = declare overdue
verb-free = free
verb-break = take out of order
verb-repair = repair
verb-empty = empty
verb-issue_code = issue a code
verb-take_in = take in
verb-pass_on = pass on
verb-hand_back = hand back
verb-lose = declare lost
verb-confirm = confirm
verb-move = move
verb-arrange = arrange
verb-publish = publish
verb-finish = finish

command-request-create = write down a request
command-request-edit = edit a request
command-request-triage = triage a request
command-request-wait = suspend a request
command-request-resume = resume a request
command-request-answer = close a request by an answer
command-request-refuse = refuse a request
command-request-cancel = cancel a request
command-request-merge = merge requests
command-request-unmerge = unmerge requests
command-request-split = split a request
command-request-note = note a line on a request
command-request-assign = assign a request
command-request-release = release the provider of a request
command-request-start = start a request
command-request-ready = declare a request ready
command-request-done = declare a request done
command-request-close = close a request
command-request-reopen = reopen a request
command-request-complain = record a complaint
command-contact-call_event = send in a call event
command-contact-message = record a message
command-contact-walk_in = record a visit at a desk
command-contact-locker_drop = record a drop in a locker
command-contact-edit = edit a contact
command-contact-attach = attach a contact to a person
command-contact-wrap_up = finish a contact
command-contact-call_back = note a call back
command-contact-drop = drop a contact
command-contact-reopen = reopen a contact
command-claim-take = take a claim
command-claim-renew = keep a claim
command-claim-take_over = take over a claim
command-claim-release = release a claim
command-held-release = release reviewed work
command-held-return = return reviewed work to its author
command-offer-prepare = prepare an offer
command-offer-accept = accept an offer for a provider
command-offer-decline = decline an offer for a provider
command-offer-take_counter = take the time a provider proposed
command-offer-withdraw = withdraw an offer
command-offer-fulfil = declare an offer fulfilled
command-offer-fail = declare an offer failed
command-offer-release = release a provider
command-leg-plan = plan a leg
command-leg-edit = edit a leg
command-leg-confirm = confirm a leg
command-leg-move = move a leg
command-leg-start = start a leg
command-leg-done = declare a leg done
command-leg-fail = declare a leg failed
command-leg-cancel = cancel a leg
command-round-create = draft a round
command-round-edit = edit a round
command-round-arrange = arrange the legs of a round
command-round-publish = publish a round
command-round-start = start a round
command-round-finish = finish a round
command-permanence-plan = plan a permanence
command-permanence-edit = edit a permanence
command-permanence-open = open a permanence
command-permanence-close = close a permanence
command-permanence-cancel = cancel a permanence
command-locker-create = add a locker
command-locker-edit = edit a locker
command-locker-archive = archive a locker
command-locker-break = take a locker out of order
command-locker-repair = repair a locker
command-booking-reserve = book a locker
command-booking-edit = edit a locker booking
command-booking-fill = note that a locker was filled
command-booking-empty = note that a locker was emptied
command-booking-cancel = cancel a locker booking
command-booking-issue_code = issue the code of a locker
command-booking-check_code = check the code of a locker
command-item-create = take in a new item
command-item-edit = edit an item
command-item-take_in = take in an item again
command-item-pass_on = pass on an item
command-item-hand_back = hand back an item
command-item-lose = declare an item lost
command-posting-post = post to a tab
command-posting-reverse = reverse a posting
command-exception-open = open an exception
command-exception-edit = edit an exception
command-exception-close = close an exception
command-policy-edit = edit the house's policy
command-contract-create = add a contract
command-contract-edit = edit a contract
command-contract-archive = archive a contract
command-holiday-create = add a day of closing or opening
command-holiday-edit = edit a day of closing or opening
command-holiday-archive = archive a day of closing or opening
command-courier-create = add a courier
command-courier-edit = edit a courier
command-courier-archive = archive a courier
command-beneficiary-create = add a beneficiary
command-beneficiary-edit = edit a beneficiary
command-beneficiary-archive = archive a beneficiary
command-beneficiary-erase = erase a beneficiary's data
command-client-create = add a client
command-client-edit = edit a client
command-client-archive = archive a client
command-site-create = add a site
command-site-edit = edit a site
command-site-archive = archive a site
command-service-create = add a service
command-service-edit = edit a service
command-service-archive = archive a service
command-provider-create = add a provider
command-provider-edit = edit a provider
command-provider-archive = archive a provider
command-operator-create = open an account
command-operator-edit = edit an account
command-operator-archive = close an account
command-operator-prefer = set one's preferences
command-bulk = treat several rows at once
command-undo = undo

## Fields; one without a name here is said as it is.

field-address = address
field-assignment_id = assignment
field-by = author
field-capacity_per_day = capacity per day
field-carriage = carriage
field-catalogue = catalogue
field-channel = channel
field-client_id = client
field-command = command
field-commune = commune
field-contact_id = contact
field-contact_persons = contact persons
field-detail = detail
field-email = mail address
field-emails = mail addresses
field-enrolments = enrolments
field-extensions = telephone extensions
field-family = family
field-family_name = family name
field-given_name = given name
field-handover = hand-over
field-hours = hours
field-lead_time_h = lead time in hours
field-legal_form = legal form
field-locker_id = locker
field-login = login
field-name = name
field-name_en = name in English
field-note = note
field-number = number
field-password = password
field-payer = payer
field-permanence_id = desk session
field-phone = telephone
field-phones = telephones
field-preferences = preferences
field-price = price
field-quantity = quantity
field-question = question
field-reason = reason
field-requester = requester
field-roles = roles
field-seen = state seen
field-service_id = service
field-services = services
field-site_id = site
field-sites = sites
field-status = status
field-switchboards = switchboards
field-synonyms = synonyms
field-text = text
field-tier = tier
field-unit = unit
field-until = end date
field-urgency = urgency
field-vat = VAT
field-when = due time
field-zone = time zone

## Refusals and faults

problem-malformed-json = Unreadable content
    .detail =
        What was sent is not JSON. Correct it and send it again.{ $why ->
            [none] {""}
           *[other] {" "}Technical detail: { $why }.
        }
problem-bad-header = Wrong header
    .detail =
        { $field ->
            [none] A header is missing or cannot be read.
           *[other] The header “{ $field }” is missing or cannot be read.
        } Correct it and try again.{ $why ->
            [none] {""}
           *[other] {" "}Technical detail: { $why }.
        }
problem-bad-parameter = Wrong address
    .detail =
        { $field ->
            [none] A part of the address cannot be read.
           *[other] The parameter “{ $field }” cannot be read.
        } Correct it and try again.{ $why ->
            [none] {""}
           *[other] {" "}Technical detail: { $why }.
        }
problem-not-logged-in = Log in first
    .detail = You are not logged in, or your session is over. Log in again: nothing that you wrote is lost.
problem-wrong-password = Login refused
    .detail = The login and the password do not match. Check the Caps Lock key and try again; if you forgot it, ask a manager.
problem-not-allowed = Not allowed
    .detail =
        { $command ->
            [none] Your account does not allow this.
           *[other] Your account does not allow this: { $command }.
        } Ask a colleague who may, or a manager.
problem-not-found = Not found
    .detail =
        { $id ->
            [none] There is no { $of_entity } there, or your account has no access to it.
           *[other] There is no { $of_entity } under the number { $id }, or your account has no access to it.
        } Check the number, or ask a manager.
problem-no-such-route = Unknown address
    .detail = The server does not know this address. Check it in the description of the API, at /v1/openapi.json.
problem-no-such-method = Wrong method
    .detail = This address exists, but not with this HTTP method. Check the method in the description of the API, at /v1/openapi.json.
problem-state-moved = The state has changed
    .detail = Meanwhile { $the_entity } changed its state: it is “{ $present }” now, not “{ $seen }”. Look at what changed, and try again if it is still of use.
problem-fields-moved = Changed meanwhile
    .detail = Somebody changed this meanwhile: { $fields }. Compare both values and choose the one to keep.
problem-illegal-move = Not possible in this state
    .detail =
        “{ $asked }” is not possible here: { $the_entity } is “{ $from }”. { $legal ->
            [none] This state is final.
           *[other] Possible now: { $legal }.
        }
problem-busy = Not possible now
    .detail = { $cause }
problem-key-reused = Key already used
    .detail = The key of this command was used for another one. Send the command again under a new key.
problem-key-too-old = Key too old
    .detail = This command is too old for the server to know whether it was carried out. Check what is recorded, and give it again if needed.
problem-version-moved = Changed meanwhile
    .detail = Somebody changed the record since you read it. Read it again, then repeat your change.
problem-too-large = Too large
    .detail = What was sent is over 1 MiB. Shorten it, or send it in several parts.
problem-not-json = Format not accepted
    .detail = The server takes JSON only. Send the header Content-Type: application/json.
problem-invalid = Value not accepted
    .detail =
        { $field ->
            [none] A value is not accepted.
           *[other] The value of the field “{ $field }” is not accepted.
        } Correct it and try again.{ $why ->
            [none] {""}
           *[other] {" "}Technical detail: { $why }.
        }
problem-incomplete = Something is missing
    .detail = This must still be given: { $missing }. Complete it and try again.
problem-reason-missing = A reason is needed
    .detail = To do this, “{ $asked }”, a reason is needed. Choose one or write it.
problem-unknown-reference = Unknown reference
    .detail =
        { $field ->
            [none] One of the records named does not exist, or no longer.
           *[other] The field “{ $field }” names a record that does not exist: there is no { $of_entity } under this number.
        } Choose another one, or create it first.
problem-too-many = Too many attempts
    .detail =
        There were too many attempts in a row. { $retry_after_s ->
            [none] Wait a little, then try again.
            [one] Wait one second, then try again.
           *[other] Wait { $retry_after_s } seconds, then try again.
        }
problem-feed-reset = Cannot resume
    .detail = The change feed no longer reaches back that far. Load all data again, then follow the feed from there.
problem-fault = Fault of the server
    .detail = The server met an error, which is in its log. Try again; if it happens again, tell the person who looks after the server.
problem-unavailable = Server unavailable
    .detail =
        { $why ->
            [none] The server cannot answer now.
           *[other] The server cannot answer now: { $why }.
        } Your work is kept; try again in a moment.

why-starting = it is starting
why-stopping = it is stopping
why-locked = its database is in use by another program
why-disk_full = its disk is full

## What stands in the way: a whole sentence, with what to do

cause-claimed = Somebody else is working on it. Speak with them, or take over with a reason.
cause-already_taken = Another provider has accepted already. There is nothing left to assign, unless this provider is released.
cause-locker_booked = This locker is booked or filled already. Choose another locker.
cause-leg_before = The leg before it is not done yet. Finish it, or note that it failed, first.
cause-built_upon = Other changes were built upon this one. Undo them first, or correct it by hand.
cause-too_late = It is too late for this. Correct by hand what has to be corrected.
cause-exception_open = An exception is still open. Settle it first.
cause-exists = It exists already. Use the one there is instead of creating it a second time.
cause-in_use = Other records still refer to it. Change them first.
cause-unbalanced = The lines of the entry do not balance, or name a wrong account. Correct the amounts or the accounts.
cause-not_this_kind = This cannot be done with what is chosen. Choose something else to do, or another row.

## The command line: loge office

cli-office-starting = The Loge server is starting on the database { $database }.
cli-office-listening = The Loge server answers at { $url }. Ctrl-C stops it.
cli-office-stopping = The server is stopping: streams are closed, what was begun is finished.
cli-office-stopped = The server has stopped. Nothing is lost.
cli-first-operator = First account: login “{ $login }”, password “{ $password }”. Write it down: it will not be shown again.
cli-port-taken = The address { $address } is in use by another program. Stop it, or choose another address with --listen.
cli-listen-failed = Cannot listen on { $address }. Check address and port. Technical detail: { $why }.
cli-database-locked = The database { $database } is in use by another program. Stop it, then try again.
cli-database-unreachable = The database { $database } cannot be opened. Check its path or address, and the permissions. Technical detail: { $why }.
cli-disk-full = The disk of { $path } is full. Free some space, then try again; nothing was left half written.
cli-newer-schema = The database { $database } comes from a newer version of Loge (schema { $found }, this program knows { $known }). Install the newer version; nothing was changed.
cli-certificate-unreadable = The certificate { $file } cannot be read. Check the path, the permissions and the PEM format. Technical detail: { $why }.
cli-key-unreadable = The private key { $file } cannot be read. Check the path, the permissions and the PEM format. Technical detail: { $why }.
cli-fault = Loge stopped on an unexpected error. Technical detail: { $why }.
cli-no-office = The server is not part of this build. Install the whole of Loge, or build it with the feature “office”.
cli-database-missing = There is no database { $database } yet. Give loge office or loge office init, which make it.

## Configuration

cli-config-unreadable = The configuration file { $file } cannot be read. Check the path and the permissions. Technical detail: { $why }.
cli-config-syntax = { $file }, line { $line }: this is not correct TOML. Correct this line. Technical detail: { $why }.
cli-config-unknown-key =
    { $nearest ->
        [none] { $file }, line { $line }: there is no setting “{ $key }”. Remove it; config.example.toml shows every setting.
       *[other] { $file }, line { $line }: there is no setting “{ $key }”. Did you mean “{ $nearest }”?
    }
cli-config-wrong-value = { $file }, line { $line }: “{ $key }” does not have the right form. Write { $expected }.
cli-config-given-wrong = { $source } does not have the right form. Give { $expected }.
cli-config-half-tls = Certificate and key belong together, and one of them is missing. Give both settings “certificate” and “key”, or neither.
cli-config-plain-http = Without a certificate Loge listens on this machine only, and { $address } is open to the network. Give “certificate” and “key”, or set “allow_plain_http” if another program encrypts in front of it.
cli-config-no-home = The home folder cannot be found. Say where to keep the data with --data.

cli-expects-office = a table [office]
cli-expects-console = a table [console]
cli-expects-listen = an address and a port, such as 127.0.0.1:7846
cli-expects-database = the path of a SQLite file, or an address postgres://
cli-expects-certificate = the path of a PEM certificate
cli-expects-key = the path of a PEM private key
cli-expects-allow_plain_http = true or false
cli-expects-log = a log filter, such as info or loge=debug,info
cli-expects-log_format = compact or json
cli-expects-offices = addresses of servers, such as https://loge.example

## loge office init and operator add

cli-init-done = The database { $database } is ready. Start the server with loge office.
cli-init-already = The database { $database } exists already; nothing was changed.
cli-operator-added = Account opened: login “{ $login }”, roles: { $roles }.
cli-operator-password = Password of “{ $login }”: “{ $password }”. Write it down: it will not be shown again.
cli-operator-exists = The login “{ $login }” is taken. Choose another one.
cli-operator-bad-login = The login “{ $login }” is not accepted. It takes 2 to 64 characters of a-z, 0-9, full stop, hyphen and underscore.
cli-operator-bad-role = There is no role “{ $role }”. Choose from: { $roles }.
cli-operator-no-role = At least one role is needed. Choose from: { $roles }.
cli-operator-unknown = No account has the login “{ $login }”. Check it; nothing was changed.
cli-operator-bad-name = The name is not accepted. It takes 1 to 200 characters on one line.
cli-operator-password-set = Password of “{ $login }” changed; its sessions are ended.
cli-operator-long-password = The password is too long. It takes at most { $maximum } characters.
cli-bad-key = “{ $key }” is neither an id nor a key. Give the id (UUID), or the key of the imported file: 1 to 64 characters of a-z, 0-9, full stop, hyphen and underscore.
cli-password-file = The password file { $file } cannot be read. Check the path and the permissions. Technical detail: { $why }.
cli-password-ask = Password (empty: made up):
cli-password-again = The same once more:
cli-password-differs = The two passwords differ. Try again; nothing was changed.
cli-operator-short-password =
    { $minimum ->
        [one] The password is too short. It takes at least { $minimum } character.
       *[other] The password is too short. It takes at least { $minimum } characters.
    }

## loge office import and export

cli-import-progress = { $entity }: { $done } of { $total }
cli-import-done =
    Import finished: { $created ->
        [one] { $created } record created
       *[other] { $created } records created
    }, { $changed ->
        [one] { $changed } changed
       *[other] { $changed } changed
    }, { $unchanged ->
        [one] { $unchanged } unchanged
       *[other] { $unchanged } unchanged
    }.
cli-import-bad-line = { $file }:{ $line }: { $field }: { $advice }
cli-import-nothing =
    { $errors ->
        [one] Nothing was imported: { $errors } line has to be corrected. Correct it, then give the same command again.
       *[other] Nothing was imported: { $errors } lines have to be corrected. Correct them, then give the same command again.
    }
cli-import-no-folder = The folder { $folder } does not exist or cannot be read. Check the path.
cli-import-no-files = The folder { $folder } holds no file to import. One file for each kind of record is expected, such as sites.csv.
cli-import-unknown-file = The file { $file } was left aside: its name is not that of a kind of record.
cli-import-advice-missing-column = this column is missing; add it to the first line of the file
cli-import-advice-unknown-column = there is no such column; remove it or correct its name
cli-import-advice-empty = a value is needed; fill the cell
cli-import-advice-unknown-name = “{ $name }” is not in { $where }; add it or correct the name
cli-import-advice-twice = “{ $name }” is on line { $first } already; keep only one of them
cli-import-advice-value = “{ $value }” is not accepted; write { $expected }
cli-import-advice-file = the file cannot be read; save it as CSV or TOML, in UTF-8. Technical detail: { $why }
cli-import-advice-archived = this record is archived and stays so; write yes, or import it under another key
cli-import-advice-rule = the value does not fit; correct it. Technical detail: { $why }
cli-import-would =
    Nothing was written. The import would do this: { $created ->
        [one] { $created } record created
       *[other] { $created } records created
    }, { $changed ->
        [one] { $changed } changed
       *[other] { $changed } changed
    }, { $unchanged ->
        [one] { $unchanged } unchanged
       *[other] { $unchanged } unchanged
    }.
cli-expects-cell-key = a UUID, or a key of 1 to 64 characters of a-z, 0-9, full stop, hyphen and underscore
cli-expects-cell-text = one line of 1 to 200 characters
cli-expects-cell-long-text = a text of 1 to 10000 characters
cli-expects-cell-phone = a telephone number, such as 01 99 00 12 34 or +33199001234
cli-expects-cell-email = an address of mail, such as claire.durand@metropole.example
cli-expects-cell-login = 2 to 64 characters of a-z, 0-9, full stop, hyphen and underscore
cli-expects-cell-password = a password of 10 to 1000 characters
cli-expects-cell-number = a whole number from 0 to { $most }
cli-expects-cell-euros = a price in euros, such as 4.50
cli-expects-cell-percent = a rate from 0 to 100, such as 20 or 5.5
cli-expects-cell-date = a day, such as 2026-03-29
cli-expects-cell-time = a time of day, such as 09:30
cli-expects-cell-zone = a time zone, such as Europe/Paris
cli-expects-cell-hours = opening hours, such as mon-fri 08:00-18:00; sat 09:00-12:00
cli-expects-cell-choice = one of these words: { $words }
cli-expects-cell-enrolment = a client with its days, such as metropole:2026-01-01/2026-12-31
cli-expects-cell-place = a place, such as site:merignac, locker:a1, provider:essor or address:1 rue des Lilas
cli-expects-cell-json = correct JSON
cli-export-written =
    Export finished: { $rows ->
        [one] { $rows } record
       *[other] { $rows } records
    } in { $folder }.
cli-export-not-empty = The folder { $folder } is not empty. Choose an empty or new folder.

## loge office backup and erase

cli-backup-written = Backup written to { $file } ({ $size }). Keep it on another machine.
cli-backup-exists = The file { $file } exists already. Choose another name; nothing was replaced.
cli-backup-postgres = A PostgreSQL database is backed up with pg_dump. loge office backup copies the SQLite database only.
cli-erased =
    Data erased: { $requests ->
        [one] { $requests } request made anonymous
       *[other] { $requests } requests made anonymous
    }, { $messages ->
        [one] { $messages } message deleted
       *[other] { $messages } messages deleted
    }. Totals are kept.
cli-erase-unknown = No beneficiary has the number { $id }. Check it; nothing was erased.
cli-erase-already = The data of the beneficiary { $id } are erased already.
cli-size-kb = { $number } kB
cli-size-mb = { $number } MB
cli-erase-reason = The reason is not accepted. It takes 1 to 200 characters on one line; nothing was erased.

## loge office doctor

cli-doctor-ok = well     { $what }
cli-doctor-bad = see to   { $what }: { $advice }
cli-doctor-all-well = All is well.
cli-doctor-not-well =
    { $count ->
        [one] { $count } point has to be seen to.
       *[other] { $count } points have to be seen to.
    }
cli-doctor-config = configuration
cli-doctor-database = database
cli-doctor-schema = schema version
cli-doctor-integrity = integrity of the data
cli-doctor-clock = the machine's clock
cli-doctor-certificate = certificate
cli-doctor-listen = listening address
cli-doctor-accounts = accounts
cli-doctor-advice-integrity = records contradict each other; restore a backup. Technical detail: { $why }
cli-doctor-advice-clock =
    { $seconds ->
        [one] the clock is { $seconds } second away from the database's; set the machine's clock
       *[other] the clock is { $seconds } seconds away from the database's; set the machine's clock
    }
cli-doctor-advice-accounts = no manager has an account; open one with loge office operator add
cli-doctor-advice-schema = the schema is that of version { $found }; start loge office, which brings it to version { $known }
cli-doctor-advice-key = others than its owner can read the key { $file }; take that right from them (chmod 600)

cli-load-commands = { $count } commands carried out, { $rate } a second; median { $median } ms, 99 of 100 within { $p99 } ms.
cli-load-changes = { $count } changes received; from commit to arrival: median { $median } ms, 99 of 100 within { $p99 } ms.
cli-load-refused = { $count } times without success: { $cause }
cli-load-failed = The office { $office } does not answer as it should: { $why }
cli-load-not-here = { $office } is not on this machine. A load is put on a local office alone: run the command where the office runs.
cli-load-password = The file { $file } cannot be read: { $why }. Name the one that holds the password.
