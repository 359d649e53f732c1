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
entity-recurring_order = recurring order
    .the = the recurring order
    .of = recurring order
entity-request = request
    .the = the request
    .of = request
entity-claim = claim
    .the = the claim
    .of = claim
entity-held = held work
    .the = the held work
    .of = held work
entity-reply = reply
    .the = the reply
    .of = reply
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
state-recurring_order-active = active
state-recurring_order-ended = ended
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
state-reply-prepared = about to leave
state-reply-sending = being sent
state-reply-sent = sent
state-reply-failed = not sent
state-reply-doubtful = to be checked
state-reply-withdrawn = withdrawn
state-reply-bounced = came back
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
verb-defer = change the deadline
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
verb-deliver = deliver
verb-doubt = doubt
verb-bounce = come back
verb-send_again = send again
verb-let_be = let be
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
verb-mail_code = mail a code
verb-mail_receipt = mail a receipt
verb-take_in = take in
verb-pass_on = pass on
verb-hand_back = hand back
verb-lose = declare lost
verb-confirm = confirm
verb-move = move
verb-arrange = arrange
verb-publish = publish
verb-finish = finish
verb-pause = pause
verb-end = end

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
command-recurring_order-create = write down a recurring order
command-recurring_order-edit = edit a recurring order
command-recurring_order-pause = pause a recurring order
command-recurring_order-resume = resume a recurring order
command-recurring_order-end = end a recurring order
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
command-reply-prepare = write a reply
command-reply-withdraw = withdraw a reply
command-reply-send_again = send a reply again
command-reply-let_be = leave a reply as it is
command-offer-prepare = prepare an offer
command-offer-accept = accept an offer for a provider
command-offer-decline = decline an offer for a provider
command-offer-take_counter = take the time a provider proposed
command-offer-defer = give another deadline to answer
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
command-booking-mail_code = mail the code of a locker
command-booking-check_code = check the code of a locker
command-item-create = take in a new item
command-item-edit = edit an item
command-item-take_in = take in an item again
command-item-pass_on = pass on an item
command-item-hand_back = hand back an item
command-item-lose = declare an item lost
command-item-number_labels = number labels
command-posting-post = post to a tab
command-posting-reverse = reverse a posting
command-posting-mail_receipt = mail a receipt
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
command-operator-set_view = keep or forget a view
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
field-recurrence = rhythm
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
field-time = time
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
    .detail =
        What was sent is over { $limit ->
            [none] 1 MiB
           *[other] { $limit }
        }. Shorten it, or send it in several parts.
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
problem-tier-reason-missing = A reason is needed for this tier
    .detail = { $better } is of a higher tier and available: say why it is passed over (field “tier_reason”), or offer it the request.
problem-wrong-member = Impossible member
    .detail =
        { $fault ->
            [itself] { $name } cannot be a member of its own consortium. Take this line out.
            [consortium] { $name } is a consortium already: name its members instead.
           *[other] { $name } is a member of a consortium and cannot have members. Take it out of that consortium first.
        }
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
cause-no_mail_server = This server sends no mail. Fill in the table [office.smtp] of its configuration: an address “from”, and a server “host” or a folder “folder”.
cause-no_address = No address of mail reaches this person. Add one to their card, or tell them in person.
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
cli-mail-unusable = Mail cannot leave as the table [office.smtp] says: { $why }.
cli-config-mail-incomplete = The table [office.smtp] lacks “{ $setting }”. Write an address “from”, and a server “host” or a folder “folder”; with “user”, a “password_file” or a “password_command”.
cli-config-two-outlets = The table [office.smtp] names a server “host” and a folder “folder”. Keep one of them.
cli-config-plain-smtp = Mail for { $host } would cross the network in the clear. Write “tls = "implicit"” or “tls = "starttls"”; “none” is for this machine only.
cli-config-plain-http = Without a certificate Loge listens on this machine only, and { $address } is open to the network. Give “certificate” and “key”, or set “allow_plain_http” if another program encrypts in front of it.
cli-config-no-home = The home folder cannot be found. Say where to keep the data with --data.

cli-expects-smtp = a table [office.smtp]
cli-expects-travel = a table [office.travel]
cli-expects-osrm = the address of an OSRM service, such as http://router.example:5000
cli-expects-valhalla = the address of a Valhalla service, such as http://router.example:8002
cli-expects-detour_percent = a whole number from 100 to 400
cli-config-two-table-services = The table [office.travel] names two table services. Keep “osrm” or “valhalla”.
cli-expects-barrier = tables [[office.travel.barrier]], each with course and crossings
cli-expects-course = a list of positions, each with lat and lon
cli-expects-crossings = a list of positions, each with lat and lon
cli-expects-lat = a latitude from -90 to 90
cli-expects-lon = a longitude from -180 to 180
cli-expects-host = the name of a mail server
cli-expects-port = a port number, 1 to 65535
cli-expects-tls = "implicit", "starttls" or "none"
cli-expects-user = the name of an account
cli-expects-password_file = the path of a file
cli-expects-password_command = a command and its arguments, such as ["pass", "show", "mail"]
cli-expects-print_command = a command with its arguments, such as ["lp"]
cli-expects-print_as = "text" or "html"
cli-expects-folder = the name or the path of a folder
cli-expects-from = an address of mail, such as hello@concierge.example
cli-expects-name = a name
cli-expects-reply_to = an address of mail, such as hello@concierge.example
cli-expects-domain = a domain name, such as concierge.example
cli-expects-signature = a text
cli-expects-office = a table [office]
cli-expects-console = a table [console]
cli-expects-listen = an address and a port, such as 127.0.0.1:7846
cli-expects-database = the path of a SQLite file, or an address postgres://
cli-expects-certificate = the path of a PEM certificate
cli-expects-key = the path of a PEM private key
cli-expects-allow_plain_http = true or false
cli-expects-public_url = the address of an office, such as https://loge.example
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
cli-expects-cell-suspension = days and a reason, such as 2026-08-03/2026-08-23:summer holidays, without a last day until further notice (2026-12-01/:quality)
cli-expects-cell-member = a provider and its jobs a day in the consortium, such as essor:4
cli-expects-cell-place = a place, such as site:merignac, locker:a1, provider:essor or address:1 rue des Lilas, or address:1 rue des Lilas@44.837789,-0.579180
cli-expects-cell-position = a latitude and a longitude, such as 44.837789, -0.579180
cli-expects-cell-courier-of = own_staff, volunteer or a provider, such as provider:velo-express
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

## The console: keys
action-claim_ringing = pick up the call
action-next_own_call = my next call
action-redraw = redraw
action-leave = back
    .reply = finish the text
    .draft = keep the draft
    .line = go to the list
    .note = finish the note
    .moving = leave it where it was
    .filter = back to the filter before
    .register = change nothing
    .all = show all
    .nothing = do nothing
action-edit_left = left
action-edit_right = right
    .field = another value
action-edit_word_left = word before
action-edit_word_right = next word
action-edit_home = start of the line
action-edit_end = end of the line
action-edit_erase = erase before
action-edit_delete = erase after
action-text_clear = clear the line
action-text_kill = erase to the end
action-text_save = save
    .choice = take it
    .person = new person
    .filter = filter
    .prompt = confirm
    .register = confirm
    .label = read the label
    .hand-back = hand back
    .count = count and take in
action-text_complete = complete
    .usual = correct it
    .name = complete a name
    .tab = next list
action-text_fields = correct a field
    .field = next field
    .usual = usual order
    .compare = compare
    .choice = next
    .ways = another way
action-text_fields_up = back up
    .field = back to the line
action-line_break = new line
action-line_up = line above
action-line_down = line below
action-next_field = next field
action-prev_field = field before
action-choose = choose
action-choice_ok = confirm
    .asked = save as it is
action-up = up
    .moving = earlier
    .provider = previous
    .activity = scroll up
action-down = down
    .moving = later
    .reply = scroll
    .provider = next
    .activity = scroll down
action-left = left
    .moving = round above
    .provider = back to the list
    .activity = shorter
action-right = right
    .moving = round below
    .provider = another provider
    .activity = month, year
action-top = first
action-bottom = last
action-page_up = page up
action-page_down = page down
action-next_pane = next pane
    .reply = next field
action-prev_pane = previous pane
action-screen_1 = Reception
action-screen_2 = Dispatch
action-screen_3 = Rounds
action-screen_4 = Requests
action-screen_5 = Activity
action-day_before = day before
    .month = month before
    .year = year before
action-day_after = day after
    .month = month after
    .year = year after
action-open = open
    .moving = take it
    .list = list
    .order = all about it
    .reply = take the text up
    .settle = settle it
    .hand-back = hand back
    .take-in = take in
    .desk = open
    .desk-of = desk
action-back = back
action-filter = filter
    .site = one site alone
    .all-sites = all sites
action-command = command
action-help = help
action-mark = mark
action-mark_range = mark up to here
action-mark_all = mark all shown
action-repeat = repeat
action-pay = take payment
action-scan = label
action-undo = undo
action-new_request = new request
    .register = new entry
action-note = note
action-claim = pick up
action-edit = edit
    .offer = deadline
    .round = move
action-accept = OK
    .round = round
    .publish = publish the round
    .start = sets out
    .finish = is back
    .plan = see and take
    .new-round = make a round
    .offer = the provider's answer
    .understood = save what is understood
    .reply = send
    .held = review
    .own = take up
    .open-desk = open the desk
    .close-desk = close the desk
action-outcome = info given, outcome
    .round = done or failed
    .not-held = say why
action-slot = slot
action-pin = pin
action-replan = plan the day anew
    .command = replan
action-print = print
    .command = print
action-new_round = make a round
    .command = round
action-assign = offer it
    .help = offer it, or give it to own staff
    .round = courier
    .offer = ask the next
action-reply = reply
    .offer = write to the provider
    .calls = decide on the reply
action-suspend = suspend
    .pause = pause
    .resume = resume
action-merge = merge
action-divide = divide
action-same_person = same person
action-cancel = cancel
    .order = end
    .offer = take back
    .reply = throw the text away
    .held = give back
    .own = take up
    .register = take out
action-refuse = refuse the request
    .command = refuse
action-release = release the provider
    .command = release
action-lock = lock, hide everything
    .command = lock
action-handover = leave the desk to somebody else
    .command = handover
action-quit = leave Loge
    .command = quit
action-providers = see the providers
    .command = providers
action-services = see the services
    .command = services
action-keep_view = keep the filter as a view
    .command = view
action-recurring = recurring orders
    .command = recurring
action-where = where a thing is
    .command = where
action-forget_view = forget a view
    .command = forget
action-sign_in = log in again
    .command = login
action-to_shell = go to the shell, back with fg
    .command = shell
context-anywhere = Anywhere
context-editing = In any field
context-text = In a field of one line
context-lines = In a text of several lines
context-choice = At a choice
context-list = In a list or on a card
kind-now = at once
kind-prompt = proposed, Enter does it
kind-text = opens a field
kind-commit = does what is proposed
keys-then = { $first } then { $second }
keys-title = Keys
keys-intro = Made by `loge keys`. The letter proposes, Enter does, Esc leaves, `u` undoes. The last column counts presses, AZERTY/QWERTY; Shift and Ctrl are among them. On the row of digits, AZERTY needs no Shift: `&` counts as `1`.
keys-head = | keys | what they do | name | how | presses |
keys-commands = By “:” only
keys-commands-head = | command | what it does | name |
keys-ends = ends something
keys-fault-at = { $file }, line { $line }: { $fault }
keys-fault-no-action = No action is called “{ $action }”. The nearest is “{ $nearest }”; loge keys shows them all.
keys-fault-fixed = The keys of “{ $action }” cannot be changed. Remove this line.
keys-fault-needs-key = “{ $action }” must keep a key: without it nothing rare could be reached. Give it one.
keys-fault-no-key = “{ $key }”, for “{ $action }”, is the name of no key. Write Ctrl-G, F2, Shift-Tab, Del or g, for example.
keys-fault-multiplexer = { $key } cannot serve “{ $action }”: tmux and screen keep it for themselves. Take another.
keys-fault-flow-control = { $key } cannot serve “{ $action }”: it freezes or resumes the terminal's output. Take another.
keys-fault-shell = { $key } cannot serve “{ $action }”: it suspends or stops the program. Take another.
keys-fault-browser = { $key } cannot serve “{ $action }”: in a browser it closes the tab or opens one. Take another.
keys-fault-same = { $key } cannot serve “{ $action }”: the terminal sends it for another key too. Take another.
keys-fault-input-method = { $key } cannot serve “{ $action }”: it changes the keyboard on many machines. Take another.
keys-fault-alt = { $key } cannot serve “{ $action }”: it needs Alt, AltGr or a dead key. Take another.
keys-fault-not-sent = { $key } cannot serve “{ $action }”: terminals do not send it. Take another.
keys-fault-text = { $key } cannot serve “{ $action }”: a field would take it as text. Take an F key or Ctrl and a letter.
keys-fault-taken = { $key } cannot serve “{ $action }”: it already serves “{ $other }” ({ $words }) in the same place. Change one of them.
## The console's settings

cli-config-unknown-profile =
    { $file ->
        [none] There is no profile “{ $profile }”, for there is no configuration file. Write a table [profiles.{ $profile }] in one, or leave the profile out.
       *[other] { $nearest ->
            [none] { $file }: there is no profile “{ $profile }”. Write a table [profiles.{ $profile }], or leave the profile out.
           *[other] { $file }: there is no profile “{ $profile }”. Did you mean “{ $nearest }”?
        }
    }
cli-config-two-tokens = The token comes from a file or from a command, not from both. Give one of “token_file” and “token_command”.
cli-expects-profiles = tables [profiles.NAME]
cli-expects-keys = a table [keys] of actions, each with its keys in a list, such as undo = ["u"]
cli-expects-plain_http = true or false
cli-expects-ca_file = the path of PEM certificates
cli-expects-login = 2 to 64 characters of a-z, 0-9, full stop, hyphen and underscore
cli-expects-token_file = the path of a file
cli-expects-token_command = a command with its arguments, such as ["pass", "show", "loge"] in the file
cli-expects-language = fr or en
cli-expects-theme = the name of a theme, in a-z, 0-9 and hyphens, such as sombre
cli-expects-layout = panes or linear
cli-expects-bell = off, once or repeat
cli-expects-seconds = on or off
cli-expects-ascii = auto, on or off
cli-expects-colours = auto, none, 16, 256 or true, between quotes in the file
cli-expects-escape_wait_ms = a whole number from 10 to 1000
cli-expects-digits = azerty or none
cli-expects-keep_snapshot = true or false
cli-expects-lock_after_min = a whole number of minutes from 0 (never) to 1440

## The filter of requests

filter-field-state = status
filter-field-site = site
filter-field-service = service
filter-field-who = who
filter-field-provider = provider
filter-field-channel = channel
filter-field-due = due
filter-field-since = since
filter-field-before = before
filter-flag-urgent = urgent
filter-flag-mine = mine
filter-flag-late = late
filter-flag-open = open
filter-flag-ended = closed
filter-channel-phone = telephone
filter-channel-email = email
filter-channel-permanence = permanence
filter-channel-locker = locker
filter-channel-house = house
filter-day-today = today
filter-day-tomorrow = tomorrow
filter-day-yesterday = yesterday
filter-day-monday = mon
filter-day-tuesday = tue
filter-day-wednesday = wed
filter-day-thursday = thu
filter-day-friday = fri
filter-day-saturday = sat
filter-day-sunday = sun
filter-unknown-field =
    { $nearest ->
        [none] “{ $word }” is not a field and is left out. Fields: { $known }.
       *[other] “{ $word }” is not a field and is left out. Did you mean “{ $nearest }:”?
    }
filter-no-value = “{ $field }:” waits for a value.
filter-unknown-state =
    { $nearest ->
        [none] No status begins with “{ $word }”; it is left out. Statuses: { $known }.
       *[other] No status begins with “{ $word }”; it is left out. Did you mean “{ $nearest }”?
    }
filter-unknown-channel = No channel begins with “{ $word }”; it is left out. Channels: { $known }.
filter-unknown-day = “{ $word }” is not a day and is left out. Write for instance fri, tomorrow or 27/11.
## The console's folder

store-full = The disk is full: nothing more can be kept. Make room, then try again.
store-unusable = { $path } cannot be used: { $why }. See to its rights, or name another folder in the configuration.
store-taken-over = You have opened another console: it goes on from here. Close this one.
store-busy = Another program holds this console's folder. Close it, then try again.
store-damaged =
    Part of what was kept on this machine cannot be read and was put aside: { $commands ->
        [0] no command
        [one] 1 command
       *[other] { $commands } commands
    }, { $drafts ->
        [0] no draft
        [one] 1 draft
       *[other] { $drafts } drafts
    } in the folder for data. loge doctor says where it is.
store-gone = This machine's data folder was deleted while it was written to. What is typed stays in memory; it is written there as soon as the folder can be made anew.
store-made-anew = This machine's data folder was deleted. It was made anew: what waits to be sent and the drafts are written there again.
store-draft-too-long = This text is too long to be kept as a draft: at most 10,000 characters. Shorten it.

## The entry line

line-title = New request
line-title-for = New request, for { $who }
line-draft = draft
line-draft-kept = draft kept
line-saved-so-far = { $count } saved
line-empty = What is asked for, as it is said
line-empty-usual = What is asked for, as it is said, or the number of a usual order
line-brought = Usual order: Enter saves, { $down } the next one, Tab to correct it
line-usual = Usual
line-understood = Understood
line-why = Why
line-no-why = not said yet
line-other-values = { $left } { $right } another value, typing replaces it, { $up } the line
line-price = Price
line-price-free = free
line-price-quote = on quote
line-further = And also
line-attention = Careful
line-alike-compare = looks like { $request }: { $down } compare
line-alike = looks like { $request }
line-no-requester = nobody knows yet for whom: the request will have to be completed
line-recurs = recurring order: each date becomes a request
line-recurs-incomplete = comes again, but incomplete: only the first one is saved
line-as-it-is = A digit answers. Enter saves it as it is, to be completed. Typing corrects the line.
line-words = “{ $words }”
line-not-understood = “{ $words }” makes no sense in this field: type something else, or { $up } to go back to the line.
line-nothing-to-save = Nothing to save: the line is empty.
line-lacks-all = Say at least what is asked for.
line-saved = Saved: { $what }.
line-saved-incomplete = Saved: { $what }. To be completed: { $missing }.
line-saved-several = { $count } requests saved, first { $what }.
line-saved-several-incomplete = { $count } requests saved, first { $what }. To be completed: { $missing }.
line-saved-first = Of what comes again only the first one is, as long as something is missing: the recurrence is noted in its detail.
line-saved-again = What comes again is a recurring order.
line-saved-recurring =
    { $dates ->
        [none] Recurring order: { $what }, { $rhythm }, { $time }.
       *[other] Recurring order: { $what }, { $rhythm }, { $time }. First { $dates }
    }
line-missing-requester = who asks
line-outcome-saved =
    { $count ->
        [one] { $count } request saved
       *[other] { $count } requests saved
    }
line-call-closed = Call closed: { $outcome }.
line-call-closed-of = Call of { $who } closed: { $outcome }.
line-no-service = none of these, keep the words
line-handover-permanence = at the desk
line-handover-locker = locker
line-handover-locker-named = locker { $name }
line-handover-home = at home
line-handover-home-at = at home, { $address }
line-handover-on-site = on site
line-payer-person = paid by the person
line-payer-client = paid by the organisation
line-payer-shared = organisation { $percent }%
line-urgency-normal = not urgent
line-urgency-urgent = URGENT
line-again-once = only once
line-again-days =
    { $every ->
        [one] every day
       *[other] every { $every } days
    }
line-again-weeks =
    { $every ->
        [one] every { $days }
       *[other] every { $every } weeks, { $days }
    }
line-again-months = on day { $day } of each month
line-again-month-days =
    { $nth ->
        [1] the first { $day } of the month
        [2] the second { $day } of the month
        [3] the third { $day } of the month
        [4] the fourth { $day } of the month
       *[last] the last { $day } of the month
    }
line-again-until = until { $date }
line-again-times = { $times } times
line-again-except = except { $dates }
line-again-kept = holidays and closed days too
line-asked = “{ $words }”: { $question }

## Who is it

party-title = Who?
party-title-of = Who, at { $client }?
party-without = Esc: go on without
party-type-name = A name, or its beginning
party-new = new person: { $who }
party-enter-new = Enter { $who }? Enter to do so
party-attached = It is { $name }.
party-attached-kept = It is { $name }; number and address are kept.
party-entered = { $name }: entered.
## loge: logging in, and logout

cli-options-after = options of the console stand after the command, as in: loge doctor --profile garde
cli-console-stopped = { $why }
cli-console-no-office = No office is named. Give its address with --office, or the setting “offices”.
cli-console-plain-http = { $office } is plain http to another machine: everybody on the way could read the password. Give an address https://, or set “plain_http” if the network itself is protected.
cli-console-scheme = { $office } is not the address of an office. Give one that begins with https://.
cli-console-credentials = The address { $office } held a name or password. Leave them out; Loge asks for them.
cli-console-not-a-root = The address { $office } goes on after the path. Leave out everything from the question mark or number sign on.
cli-console-ca-file = The certificates { $file } cannot be used. Check the path, the permissions and the PEM format. Technical detail: { $why }.
cli-console-unreachable = The office { $office } does not answer. Check the network and the address (--office), then try again; loge doctor looks at everything. Technical detail: { $why }.
cli-console-refused = The office { $office } refused: { $why }
cli-console-no-sense = What answers at { $office } is no office of Loge. Check the address (--office). Technical detail: { $why }.
cli-login-where = Logging in at { $office }.
cli-login-ask = Login:
cli-login-password = Password of { $login }:
cli-login-bad = This cannot be a login: it takes 2 to 64 characters of a-z, 0-9, full stop, hyphen and underscore.
cli-login-over = The kept session is over.
cli-login-locked = This desk was left locked.
cli-login-offline = The office { $office } does not answer. The console goes on with what is kept on this machine; log in again once it answers.
cli-login-given-up = Nobody logged in. Nothing was changed.
cli-login-too-often = Nobody logged in after several attempts. Check login and password, then start again; a manager can set a new password.
cli-login-no-terminal = There is no terminal to ask for a password on. Start Loge in one, or give “token_file” or “token_command”.
cli-token-wrong = What was given as a token is none: a token is one line of visible characters. Check “token_file” or “token_command”.
cli-token-refused = The office { $office } does not accept the token: it is over, or for another office. Have a new one made.
cli-token-file = The token file { $file } cannot be read. Check the path and the permissions. Technical detail: { $why }.
cli-token-open = Others can read the token file { $file }. Take that right from them (chmod 600), and have a new token made if they are not to be trusted.
cli-token-command = The command { $program } gave no token. Technical detail: { $why }.
cli-session-open = Others can read the kept session { $file }, so it is not used. Log in again.
cli-session-file = The session is not kept on this machine: { $file } cannot be written or read. Technical detail: { $why }.
cli-handover = { $login } has left the desk. Who takes it?
cli-logout-done = { $login } is logged out; this machine has forgotten the session.
cli-logout-here = This machine has forgotten the session of { $login }. The office did not answer: there the session ends by itself.
cli-logout-waiting =
    { $count ->
        [one] One command of { $login } still waits to be sent; it stays on this machine and goes out when they next log in.
       *[other] { $count } commands of { $login } still wait to be sent; they stay on this machine and go out when they next log in.
    }
cli-logout-copy = The copy of the data could not be deleted from this machine, and the session stays there: { $why }
cli-logout-nobody = No session for { $office } is kept on this machine.
cli-logout-which = Several accounts are logged in on this machine: { $logins }. Say which one with --login.

## loge doctor

cli-doctor-line = { $line }
cli-doctor-line-ok = ok    { $what }: { $said }
cli-doctor-line-warn = warn  { $what }: { $said }
cli-doctor-line-fail = fail  { $what }: { $said }
cli-doctor-works =
    { $count ->
        [one] The console works; { $count } point could be better.
       *[other] The console works; { $count } points could be better.
    }
cli-doctor-why = { $why }
cli-doctor-file = { $file }
cli-doctor-config-none = no file; the defaults hold
cli-doctor-terminal = terminal
cli-doctor-no-terminal = input or output is not a terminal; start Loge in a terminal window
cli-doctor-no-term = TERM is not set; start Loge from a usual terminal program, or use --plain
cli-doctor-dumb = this terminal only writes line after line; use --plain
cli-doctor-size = size
cli-doctor-size-is = { $columns } columns, { $rows } rows
cli-doctor-size-small = { $columns } columns, { $rows } rows; make the window larger: 80 columns and 24 rows at least
cli-doctor-characters = characters
cli-doctor-utf8 = UTF-8 ({ $locale })
cli-doctor-utf8-set = all, as set (locale { $locale })
cli-doctor-ascii-set = ASCII alone, as set (locale { $locale })
cli-doctor-ascii = the locale { $locale } is not UTF-8, so ASCII alone is drawn; set for instance LC_ALL=en_GB.UTF-8
cli-doctor-colours = colours
cli-doctor-colours-none = none; weight and words say the same
cli-doctor-colours-16 = 16
cli-doctor-colours-256 = 256
cli-doctor-colours-true = 16 million
cli-doctor-theme = theme
cli-doctor-language = language
cli-doctor-language-fr = French
cli-doctor-language-en = English
cli-doctor-escape = escape key
cli-doctor-escape-local = waits { $ms } ms
cli-doctor-escape-ssh = waits { $ms } ms, over SSH
cli-doctor-escape-short = waits { $ms } ms only, over SSH: arrows may be cut in two; set “escape_wait_ms” to 100
cli-doctor-office = office
cli-doctor-office-silent = { $office } does not answer; check the network and the address (--office). Technical detail: { $why }
cli-doctor-office-is = { $office } answers, version { $version }
cli-doctor-office-version = { $office } answers, version { $version }, and this program is { $own }; install the same version on both
cli-doctor-clock-right =
    { $seconds ->
        [one] { $seconds } second from the office's
       *[other] { $seconds } seconds from the office's
    }
cli-doctor-clock-fast =
    { $seconds ->
        [one] { $seconds } second ahead of the office's; set the machine's clock
       *[other] { $seconds } seconds ahead of the office's; set the machine's clock
    }
cli-doctor-clock-slow =
    { $seconds ->
        [one] { $seconds } second behind the office's; set the machine's clock
       *[other] { $seconds } seconds behind the office's; set the machine's clock
    }
cli-doctor-session = session
cli-doctor-session-kept = that of { $login } is kept
cli-doctor-session-none = none is kept; the console asks for the password
cli-doctor-session-bad = the kept one cannot be used; log in again. Technical detail: { $why }
cli-doctor-token-missing = there is no token file { $file }; check “token_file”
cli-doctor-folder = folder for data
cli-doctor-folder-is = { $folder }
cli-doctor-folder-open = others can look into { $folder }; take that right from them (chmod 700)
cli-doctor-folder-closed = nothing can be written in { $folder }; check the permissions and the disk, or name another folder with --data
cli-doctor-outbox = outbox
cli-doctor-outbox-empty = nothing waits
cli-doctor-outbox-waits =
    { $count ->
        [one] one command has waited since { $since }
       *[other] { $count } commands wait, the oldest since { $since }
    }; { $back ->
        [0] open Loge, which sends them as soon as the office answers
        [one] one came back; open Loge and decide
       *[other] { $back } came back; open Loge and decide
    }{ $damaged ->
        [0] { "" }
       *[other] . Unreadable: { $damaged }, put aside in outbox.damaged
    }
cli-doctor-outbox-damaged =
    { $count ->
        [one] one line cannot be read; it is put aside in outbox.damaged at the next start
       *[other] { $count } lines cannot be read; they are put aside in outbox.damaged at the next start
    }
cli-doctor-drafts = drafts
cli-doctor-drafts-none = none
cli-doctor-drafts-kept =
    { $count ->
        [one] one is kept, of { $last }
       *[other] { $count } are kept, the last of { $last }
    }
cli-doctor-drafts-damaged =
    { $count ->
        [one] one cannot be read; it stays where it is, in the folder for data
       *[other] { $count } cannot be read; they stay where they are, in the folder for data
    }

## The console: themes
theme-fault-no-theme = No theme is called “{ $name }”. There are { $names }, and those of your themes folder.
theme-fault-unreadable = This theme cannot be read: { $why }.
theme-fault-syntax = This is not a theme: { $why }.
theme-fault-no-role = No role is called “{ $name }”. The nearest is “{ $nearest }”.
theme-fault-no-weight = No weight is called “{ $name }”. The nearest is “{ $nearest }”.
theme-fault-no-colour = “{ $text }” is no colour. Write #rrggbb or the English name of one of the sixteen, such as lightblue.

## The verbs: what is proposed, what was done, what stands in the way

action-settle = see what is to be settled
    .command = settle
field-window = hours
name-gone = row that is gone
name-request = request
name-several = several rows
handover-permanence = at the permanence
handover-locker = in a locker
handover-home = at home, { $address }
handover-on-site = on the spot
payer-person = the person
payer-client = the organisation
payer-shared = both
urgency-urgent = urgent
urgency-normal = normal
cannot-not-here = "{ $verb }" does nothing here.
cannot-denied = Your account does not allow "{ $verb }" here. Ask a colleague who may.
cannot-state = "{ $verb }" is not possible: state "{ $state }".
cannot-rings = This call still rings. Pick it up first.
cannot-over = This was dealt with already.
cannot-nothing-to-attach = There is no number or address to attach here.
cannot-nothing-alike = This person has no other open request.
cannot-not-today = A permanence opens on its day.
cannot-mine-already = You hold it already.
prompt-left-out =
    { $count ->
        [one] ({ $count } marked row cannot)
       *[other] ({ $count } marked rows cannot)
    }
prompt-incomplete-left-out =
    { $count ->
        [one] ({ $count } incomplete one left out)
       *[other] ({ $count } incomplete ones left out)
    }
prompt-outcome =
    { $count ->
        [one] { $what }: how did it end?
       *[other] { $count } contacts: how did they end?
    }
prompt-call-back =
    { $count ->
        [one] { $what }, missed call: what came of calling back?
       *[other] { $count } missed calls: what came of calling back?
    }
prompt-drop =
    { $count ->
        [one] Drop { $what }: why?
       *[other] Drop { $count } contacts: why?
    }
prompt-answer =
    { $count ->
        [one] { $what } was an enquiry: what was the answer?
       *[other] { $count } enquiries: what was the answer?
    }
prompt-question =
    { $count ->
        [one] Suspend { $what }: what is asked?
       *[other] Suspend { $count } requests: what is asked?
    }
prompt-resume =
    { $count ->
        [one] Resume { $what }? Question that is out: "{ $question }"
       *[other] Resume { $count } requests?
    }
prompt-cancel =
    { $count ->
        [one] Cancel { $what }: why?
       *[other] Cancel { $count } requests: why?
    }
prompt-refuse =
    { $count ->
        [one] Refuse { $what }: why?
       *[other] Refuse { $count } requests: why?
    }
prompt-release =
    { $count ->
        [one] Release the provider of { $what }: why?
       *[other] Release the providers of { $count } requests: why?
    }
prompt-merge =
    { $count ->
        [one] { $what } is the same request as:
       *[other] { $count } requests are one:
    }
prompt-same-as =
    { $count ->
        [one] { $what } about a known request:
       *[other] { $count } contacts about a known request:
    }
prompt-divide =
    { $count ->
        [one] Divide { $what }: what becomes a request of its own?
       *[other] Divide { $count } requests: what goes apart?
    }
prompt-open =
    { $count ->
        [one] Open the permanence { $what } now?
       *[other] Open { $count } permanences now?
    }
prompt-hold = The permanence { $what } is held by { $who }. Hold it instead?
prompt-triage =
    { $count ->
        [one] Triage { $what }?
       *[other] Triage { $count } requests?
    }
prompt-missing = { $what }: { $missing } missing.
prompt-edit =
    { $count ->
        [one] Edit { $what }: which field?
       *[other] Edit { $count } rows: which field?
    }
prompt-value = Which value, { $field }?
prompt-reply = Send it to { $to } ({ $who })?
prompt-reply-calls = Reply to { $who }, { $state }: { $why }
choice-reply-close = Send it and close the message
choice-reply-keep = Send it and keep the message open
choice-reply-send = Send it
choice-reply-wait = Send it and wait for the answer
choice-reply-again = Send it again
choice-reply-let-be = Leave it as it is
choice-reply-another = Write another reply
reply-title = Reply to { $who } ({ $to })
reply-heading = Reply to { $who }
reply-subject = Subject
reply-to = To
reply-no-address = Nobody is named to write to. Write an address such as claire@metropole.example.
reply-wrong-address = “{ $typed }” is no address of mail. Write it like claire@metropole.example.
address-bounces = { $address } no longer works (since { $since })
reply-unfold = {" "}({ $key } to read it)
reply-no-subject = your message
reply-answers = Answers “{ $begins }…”
reply-modules = Text modules: { $list }
reply-at-foot = Ready: o then Enter sends it. Until then it is a draft, which is kept.
reply-leaves-in = leaves in { $seconds } s
reply-no-word = the mail server did not answer
reply-by-program = automatic
reply-in-thread = Reply by { $who }, { $at }: { $state }
reply-acknowledged = Acknowledgement sent to { $to }, { $at }
reply-not-kept-told = Automatic reply sent to { $to }, { $at }: attachments too large
reply-offers = Offers sent by mail to { $to }, { $at }
reply-automatic = Automatic reply to { $to }, { $at }: { $state }
notice-reply-kept = The draft of the reply is kept.
notice-call-back = Call { $who } back: { $number }
cannot-no-address = No address of mail is known. Add it to the person.
cannot-no-mail = { $provider } has no address of mail: call { $number }.
cannot-no-mail-nor-number = { $provider } has neither an address of mail nor a number. Add them to its entry: :providers.
cannot-no-number = The number is hidden: there is nothing to call back.
linear-locked = Locked
linear-reply = Reply
prompt-note = Save the note on { $what }?
prompt-take-over = { $who } works on it. Take over: why?
prompt-quit = Leave Loge? Kept on this machine until you are back: { $left }.
prompt-conflict = { $what }, { $field }: it was "{ $seen }" when you changed it, and somebody changed it too.
prompt-type = type, then { $key }
prompt-or-type = { $key } takes the first; or type something else
question-requester = Who is it for?
question-service_id = What is needed exactly?
question-site_id = On which site?
question-payer = Who pays?
question-when = For when?
reason-outcome-1 = Information given
reason-outcome-2 = Request saved
reason-outcome-3 = Will call again
reason-outcome-4 = Passed on to a colleague
reason-outcome-5 = Wrong number
reason-call-back-1 = Called back, information given
reason-call-back-2 = Called back, request saved
reason-call-back-3 = Called back, left a message
reason-call-back-4 = Called back, no answer
reason-drop-1 = Cold call
reason-drop-2 = Wrong number
reason-drop-3 = Duplicate
reason-drop-4 = Not for us
reason-answer-1 = Hours told
reason-answer-2 = Price told
reason-answer-3 = Delay told
reason-answer-4 = Sent to another service
reason-question-1 = Which detail: size, colour, number?
reason-question-2 = Is the price all right?
reason-question-3 = Is this other day all right?
reason-question-4 = How to hand it back?
reason-cancel-1 = No longer needed
reason-cancel-2 = The person saw to it
reason-cancel-3 = The price does not suit
reason-cancel-4 = The delay does not suit
reason-cancel-5 = Entered by mistake
reason-refuse-1 = Not in the catalogue
reason-refuse-2 = No provider found
reason-refuse-3 = Impossible in time
reason-refuse-4 = Not covered by the subscription
reason-release-1 = The provider no longer can
reason-release-2 = The provider no longer answers
reason-release-3 = Too late
reason-release-4 = The person asks for another provider
reason-merge-1 = Same request
reason-take-over-1 = Agreed between us
reason-take-over-2 = No longer at their desk
reason-take-over-3 = The person asks for me
outcome-same-as = Same request as { $what }
choice-drop = Nothing comes of it…
choice-resume = Resume it
choice-open = Open it
choice-hold = Hold it
choice-triage = Triage it
choice-nothing = nothing
choice-home = At home…
choice-search-person = Find the person
choice-note-save = Save it
choice-note-go-on = Go on writing
choice-note-throw-away = Throw it away
choice-handover = Hand over
choice-stay-locked = Stay locked
choice-quit = Leave
choice-stay = Stay
choice-again = Send it again
choice-from-present = Do it all the same
choice-mine = Keep mine: { $value }
choice-theirs = Keep theirs: { $value }
choice-throw-away = Throw it away
said-contact-wrap_up =
    { $count ->
        [one] { $what }: wrapped up
       *[other] { $count } contacts wrapped up
    }
said-contact-call_back =
    { $count ->
        [one] { $what }: called back
       *[other] { $count } calls called back
    }
said-contact-drop =
    { $count ->
        [one] { $what }: dropped
       *[other] { $count } contacts dropped
    }
said-contact-attach =
    { $count ->
        [one] { $what }: attached
       *[other] { $count } contacts attached
    }
said-request-answer =
    { $count ->
        [one] { $what }: answered
       *[other] { $count } requests answered
    }
said-request-wait =
    { $count ->
        [one] { $what }: waiting
       *[other] { $count } requests waiting
    }
said-request-resume =
    { $count ->
        [one] { $what } resumed
       *[other] { $count } requests resumed
    }
said-request-cancel =
    { $count ->
        [one] { $what } cancelled
       *[other] { $count } requests cancelled
    }
said-request-refuse =
    { $count ->
        [one] { $what } refused
       *[other] { $count } requests refused
    }
said-request-release =
    { $count ->
        [one] { $what }: provider released
       *[other] { $count } requests: providers released
    }
said-request-merge =
    { $count ->
        [one] { $what } merged
       *[other] { $count } requests merged
    }
said-request-split =
    { $count ->
        [one] { $what } divided
       *[other] { $count } requests divided
    }
said-request-triage =
    { $count ->
        [one] { $what } triaged
       *[other] { $count } requests triaged
    }
said-request-edit =
    { $count ->
        [one] { $what } edited
       *[other] { $count } requests edited
    }
said-reply-prepare = Reply to { $what }
said-reply-send_again = Reply to be sent again
said-reply-let_be = Reply left as it is
said-reply-withdraw = Reply withdrawn
said-request-note =
    { $count ->
        [one] { $what }: note saved
       *[other] { $count } notes saved
    }
said-permanence-open =
    { $count ->
        [one] Permanence { $what } opened
       *[other] { $count } permanences opened
    }
said-permanence-edit =
    { $count ->
        [one] Permanence { $what } edited
       *[other] { $count } permanences edited
    }
said-held =
    { $count ->
        [one] { $what }: "{ $verb }" waits for a colleague to look at it
       *[other] { $count } rows: "{ $verb }" waits for a colleague to look at it
    }
value-not-read = { $field }: this is not understood. Write it otherwise, or choose a number.
value-position-nobody = A position is noted in the record of the person who asks: nobody is named here. Without “@”, the address alone is taken.
value-too-long = This text is empty, too long, or holds signs that are not allowed: at most { $count } characters.
notice-nothing-selected = No row is selected.
notice-nothing-to-change = Nothing to change: it is so already.
notice-nothing-to-repeat = There is nothing to repeat.
notice-nothing-to-undo = There is nothing to undo.
notice-nothing-to-settle = There is nothing to settle.
notice-too-many = At most { $count } rows at a time. Unmark some.
notice-no-command = No command, request, person or site is called "{ $typed }".
notice-undone = Undone
notice-undone-verb = Undone: { $verb }
notice-undone-what = Undone: { $verb } ({ $what })
notice-thrown-away = Thrown away
notice-sent-again = Sent again
notice-kept-theirs = What was there is kept
notice-bulk-refused =
    { $done ->
        [one] { $done } done
       *[other] { $done } done
    }, { $refused ->
        [one] { $refused } refused
       *[other] { $refused } refused
    } ({ $which }): { $why }
settle-what = { $what }: { $verb }
settle-unkept = The disk of this machine could not keep it, and it was not sent.
handover-calls =
    { $count ->
        [one] One call in progress stays { $who }'s: a colleague can take it over.
       *[other] { $count } calls in progress stay { $who }'s: a colleague can take them over.
    }
handover-left = Kept on this machine for { $who }: { $left }.
quit-to-send =
    { $count ->
        [one] { $count } command to send
       *[other] { $count } commands to send
    }
quit-to-settle = { $count } to settle
quit-drafts =
    { $count ->
        [one] { $count } draft
       *[other] { $count } drafts
    }
note-title = Note on { $what }
palette-title = Command, number, person or site
palette-nothing = No such thing. A word of what is to be done, a number, a name or a site.
palette-action = action
palette-request = request
palette-person = person
palette-site = site
palette-thing = thing
palette-view = view
view-keep = keep the filter as view “{ $name }”
view-forget = forget view “{ $name }”
view-kept = View “{ $name }” kept: { $filter }
view-replaced = View “{ $name }” replaced: { $filter }
view-kept-already = View “{ $name }” has this filter already: { $filter }
view-forgotten = View “{ $name }” forgotten
view-unknown = No view is called “{ $name }”.
view-no-filter = No filter to keep: / sets one, then :view and its name.
view-no-name = Under which name? It is typed after the command.
view-odd-name = This name has signs that a screen does not show.
view-long-name = A view’s name has { $count } characters at most.
view-long-filter = This filter is too long to be kept.
view-too-many = An account keeps { $count } views at most. One has to be forgotten first.
help-not-now = { $does } (not now)
help-commands = By ":" only
help-span = { $first }-{ $last } of { $count }
## the entry line and loge read

entry-field-service = Service
entry-field-quantity = Quantity
entry-field-detail = Details
entry-field-when = When
entry-field-recurrence = Repeats
entry-field-site = Site
entry-field-handover = Hand-over
entry-field-payer = Payment
entry-field-urgency = Urgency
entry-why-by-hand = chosen by hand
entry-why-prefix = beginning of the word
entry-why-typo = spelling corrected
entry-why-one = nothing else was said
entry-why-window-length = length of the slot
entry-why-usual-site = the person's site
entry-why-usual-handover = usual hand-over
entry-why-usual-home = home on record
entry-why-usual-payer = usual payer
entry-why-done-on-spot = done on the spot
entry-why-site-has-permanences = the site has desk sessions
entry-why-no-permanence = no desk session that day
entry-why-next-permanence = next desk session
entry-why-permanence-opens = when the desk opens
entry-why-end-of-day = end of the day, as no time was said
entry-why-whole-day = all day, as no time was said
entry-why-duration = length of the service
entry-why-today = today, as no day was said
entry-why-tomorrow = tomorrow, as the time has passed today
entry-why-next-month = next month, as the day has passed
entry-why-from-now = counted from now
entry-why-first-of-recurrence = first date of the series
entry-ask-which-service = Which service?
entry-ask-is-it-service = Is it this service?
entry-ask-not-offered-there = This service is not offered on this site at this date. Keep it?
entry-ask-not-wanted = “No”, “cancel” or “except”: what does the person want?
entry-ask-which-quantity = How many?
entry-ask-which-day = Which day?
entry-ask-which-hour = What time?
entry-ask-day-mismatch = The day and the date do not match. Which one is right?
entry-ask-past = That time has passed. When?
entry-ask-closed-day = That day is a holiday or closed. When?
entry-ask-no-permanence = There is no desk session that day. When?
entry-ask-once-or-again = Once, or every week?
entry-ask-which-site = Which site?
entry-ask-which-handover = Which hand-over?
entry-ask-which-payer = Who pays?
entry-doubtful = to be confirmed
entry-quoted = “{ $words }”
entry-missing = Missing: { $fields }
cli-read-no-services = The folder { $folder } holds no services.csv. Name the folder of a directory in CSV; docs/import.md tells what is expected in it.
cli-read-nothing = There is nothing to read. Give a phrase between quotes, such as “3 shirts friday noon”.
cli-read-bad-time = { $value } is no time. Write it as 2026-11-24T14:32.
cli-read-no-site = No site is called { $name }. Known sites: { $sites }.
## Demonstration: what happens, and what the day came to
cli-demo-ready = The house is open: { $url }, ready in { $ms } ms; its clock shows { $at }.
cli-demo-line = { $at } { $what }
cli-demo-count = { $what }: { $count }
cli-demo-commands = { $done } commands carried out, { $late } came too late, { $refused } refused.
cli-demo-refused = { $count } times refused: { $cause }
cli-demo-no-terminal = There is no terminal to open the console on. Run loge demo in a terminal, or add --headless.
cli-demo-not-ours = { $file } is no file of a demonstration: nothing in it was changed. Give another name.
demo-rings = the telephone rings: { $name } { $number }
demo-rings-count = calls
demo-missed = missed call: { $name } { $number }
demo-missed-count = missed calls
demo-answered = { $operator } speaks with { $name }
demo-answered-count = calls taken
demo-hung-up = { $name } hangs up
demo-hung-up-count = calls ended
demo-called-back = { $operator } called { $name } back
demo-called-back-count = call-backs
demo-noted = { $operator } wrote down a request
demo-noted-count = requests written down
demo-mail = mail: { $subject }
demo-mail-count = mails
demo-mail-done = { $operator } dealt with a mail
demo-mail-done-count = mails dealt with
demo-walk-in = { $name } comes to the desk: { $says }
demo-walk-in-count = visits to a desk
demo-handed-back = { $label } is handed back at { $site }
demo-handed-back-count = items handed back
demo-desk-opened = { $operator } opens the desk
demo-desk-opened-count = desks opened
demo-desk-closed = { $operator } closes the desk
demo-desk-closed-count = desks closed
demo-assigned = { $number } is done by the house
demo-assigned-count = requests done by the house
demo-offered = { $number } is offered to { $provider }
demo-offered-count = offers
demo-accepted = yes from { $provider }
demo-accepted-count = offers accepted
demo-declined = no from { $provider }: { $why }
demo-accepted-page = yes of { $provider }, on its page
demo-accepted-page-count = offers accepted on the page
demo-accepted-mail = yes of { $provider }, by mail
demo-accepted-mail-count = offers accepted by mail
demo-declined-page = no of { $provider }, on its page: { $why }
demo-declined-page-count = offers declined on the page
demo-declined-mail = no of { $provider }, by mail: { $why }
demo-declined-mail-count = offers declined by mail
demo-passed-on = to the next: offered to { $provider } by itself
demo-passed-on-count = offers passed on to the next
demo-problem = { $provider } cannot: { $why }
demo-problem-count = problems told by providers
demo-released = { $number } is given back, to be assigned anew
demo-released-count = requests given back
demo-declined-count = offers declined
demo-round-published = the round of { $courier } is published
demo-round-published-count = rounds published
demo-round-finished = { $courier } is back from the round
demo-round-finished-count = rounds finished
demo-leg-taken = { $courier } has taken { $number }
demo-leg-taken-count = things taken
demo-leg-left = { $courier } has left { $number }
demo-leg-left-count = things left
demo-leg-failed = { $courier } could not leave { $number }
demo-leg-failed-count = legs failed
demo-ready = { $number } is ready
demo-ready-count = requests ready
demo-washed = { $number } is washed, to be fetched
demo-washed-count = runs washed
demo-bags = { $site }: { $bags } bags handed over
demo-bags-count = runs handed over
demo-planned =
    { $count ->
        [one] one round planned
       *[other] { $count } rounds planned
    }
demo-planned-count = plans of rounds

## The console: requests and the card
requests-column-state = state
requests-column-left = clock
requests-column-who = for
requests-column-number = number
requests-column-what = what
requests-column-site = place
requests-column-when = when
requests-column-doer = done by
requests-column-channel = channel
requests-column-claim = claimed by
requests-count =
    { $open ->
        [0] none open
        [one] { $open } open
       *[other] { $open } open
    }
requests-count-filtered =
    { $past ->
        [0] { $shown } of { $open } open
        [one] { $shown } of { $open } open, { $past } past
       *[other] { $shown } of { $open } open, { $past } past
    }
requests-span = { $first }-{ $last } of { $count }
requests-new-above =
    { $count ->
        [one] { $count } new above
       *[other] { $count } new above
    }
requests-past = past
requests-past-asked = Searching the past…
requests-past-offline = Offline: the past is not searched. Press Enter once the line is back.
requests-past-away = The server could not search the past. Press / then Enter to try again.
requests-empty = No request is open. n writes one; / also searches the past.
requests-empty-loading = The requests are not here yet: they come as soon as the server answers.
requests-empty-searching = Nothing open answers “{ $filter }”. The past is being searched…
requests-empty-filter = Nothing answers “{ $filter }”. / changes the filter.
requests-late = late { $span }
requests-since = for { $span }
requests-gone = withdrawn: it can no longer be seen from here
requests-mark-pending = to send
requests-mark-unkept = not kept
requests-mark-refused = refusal
requests-mark-conflicting = conflict
requests-waiting = waiting
requests-unknown = unknown
requests-no-number = to come
requests-no-time = to be set
requests-mine = me
requests-somebody = a colleague
requests-asked = { $name }?
requests-member = { $member } ({ $name })
requests-own-staff = { $name } (own staff)
requests-filter = Filter
requests-filter-none = none
requests-view = view “{ $name }”
requests-marked =
    { $hidden ->
        [0] { $count ->
            [one] { $count } marked
           *[other] { $count } marked
        }
       *[other] { $count ->
            [one] { $count } marked, outside the filter
           *[other] { $count } marked, { $hidden } of them outside the filter
        }
    }

sheet-nothing = {""}
sheet-state = State
sheet-by = to { $name }
sheet-urgent = urgent
sheet-missing = Missing
sheet-clock = Clock
sheet-clock-first-answer = first answer
sheet-clock-callback = call-back
sheet-clock-assignment = assignment
sheet-clock-pickup = pickup
sheet-clock-hand-back = hand-back
sheet-clock-runs = { $what } before { $due }: { $left } left
sheet-clock-soon = { $what } before { $due }: only { $left } left
sheet-clock-late = { $what } late by { $left }, due { $due }
sheet-clock-paused = { $what }: stands still while a question is out
sheet-clock-met = { $what }: kept
sheet-clock-missed = { $what }: done late
sheet-question = Question
sheet-question-out = “{ $question }”, put { $since }
sheet-reply = Reply
sheet-replies = Replies
sheet-reply-calls = to { $to }, { $state }: { $why }
sheet-reply-decide = { $key } to send it again, leave it as it is, or write another
sheet-offer = Offer
sheet-answer-before = answer before { $time }
sheet-claim = Claimed by
sheet-claimed = { $name }, for { $since }
sheet-ending = Outcome
sheet-who = For
sheet-what = What
sheet-where = Place
sheet-when = When
sheet-handover = Hand-over
sheet-handover-permanence = at the desk
sheet-handover-locker = in a locker
sheet-handover-home = at home, { $address }
sheet-handover-on-site = on the spot
sheet-payer = Payer
sheet-payer-person = paid by the person
sheet-payer-client = paid by the organisation
sheet-payer-shared = { $percent }% paid by the organisation
sheet-price = Price
sheet-came-in = Came in
sheet-came-in-how = { $at }, { $channel }, written by { $by }
sheet-recurring = Recurring
sheet-recurring-of = of a recurring order: { $rhythm } (:recurring)
sheet-recurring-ended = of a recurring order that has ended
sheet-recurring-date = for the date of { $date }
sheet-system = Loge
sheet-kin-to = To
sheet-kin-from = From
sheet-merged-into = merged into { $number }
sheet-merged-here = merged here: { $numbers }
sheet-split-from = out of { $number }
sheet-split-to = went on as { $numbers }
sheet-not-here = a request that is not here
sheet-text = What was said
sheet-text-folded =
    { $count ->
        [one] [{ $count } more line: { $key } unfold]
       *[other] [{ $count } more lines: { $key } unfold]
    }
sheet-notes = Notes
sheet-history = What happened
sheet-history-reading = The history is being read…
sheet-history-unread = The history is not read yet: it comes with the line.
sheet-history-away = The history is not read yet: it comes with the line.
sheet-history-refused = The server did not give this request's history. Close the card and open it again.
sheet-reason = “{ $why }”
sheet-released-by = { $trainee } (released by { $by })
sheet-came-back = { $what }: { $why }
sheet-conflict = { $field }: mine “{ $mine }”, theirs “{ $theirs }”
sheet-no-value = nothing
verb-request-create = writes the request
verb-request-edit = edits
verb-request-triage = triages
verb-request-wait = puts a question
verb-request-resume = resumes
verb-request-answer = gives the information
verb-request-refuse = refuses
verb-request-cancel = cancels
verb-request-merge = merges
verb-request-unmerge = separates
verb-request-split = divides
verb-request-note = notes
verb-request-assign = gives it to own staff
verb-request-release = lets the provider go
verb-request-start = starts
verb-request-ready = makes it ready
verb-request-done = hands it back
verb-request-close = closes
verb-request-reopen = reopens
verb-request-complain = notes a complaint
verb-recurring-order-create = writes the recurring order
verb-recurring-order-edit = edits the recurring order
verb-recurring-order-pause = pauses the recurring order
verb-recurring-order-resume = resumes the recurring order
verb-recurring-order-end = ends the recurring order
verb-make-recurring = makes the date of the recurring order
verb-offer-prepare = prepares an offer
verb-offer-send = sends the offer
verb-offer-accept = accepts the offer
verb-offer-decline = declines the offer
verb-offer-take-counter = takes the other time
verb-offer-defer = changes the deadline
verb-offer-withdraw = withdraws the offer
verb-offer-fulfil = fulfils
verb-offer-fail = fails
verb-offer-release = gives it back
verb-claim-take = claims
verb-claim-take-over = takes over
verb-claim-release = lets go
verb-undo = undoes
verb-bulk = acts on several
verb-contact-call-event = reports a call
verb-contact-message = records a message
verb-contact-walk-in = records a visit at a desk
verb-contact-locker-drop = records a drop in a locker
verb-contact-edit = edits a contact
verb-contact-attach = attaches a contact to a person
verb-contact-wrap-up = finishes a contact
verb-contact-call-back = notes a call back
verb-contact-drop = drops a contact
verb-contact-reopen = reopens a contact
verb-held-release = releases reviewed work
verb-held-return = returns reviewed work to its author
verb-reply-prepare = writes a mail
verb-reply-withdraw = withdraws a mail
verb-reply-send-again = sends a mail again
verb-reply-let-be = leaves a mail as it is
verb-leg-plan = plans a leg
verb-leg-edit = edits a leg
verb-leg-confirm = confirms a leg
verb-leg-move = moves a leg
verb-leg-start = starts a leg
verb-leg-done = declares a leg done
verb-leg-fail = declares a leg failed
verb-leg-cancel = cancels a leg
verb-round-create = drafts a round
verb-round-edit = edits a round
verb-round-arrange = arranges the legs of a round
verb-round-publish = publishes a round
verb-round-start = starts a round
verb-round-finish = finishes a round
verb-permanence-plan = plans a permanence
verb-permanence-edit = edits a permanence
verb-permanence-open = opens a permanence
verb-permanence-close = closes a permanence
verb-permanence-cancel = cancels a permanence
verb-locker-create = adds a locker
verb-locker-edit = edits a locker
verb-locker-archive = archives a locker
verb-locker-break = takes a locker out of order
verb-locker-repair = repairs a locker
verb-booking-reserve = books a locker
verb-booking-edit = edits a locker booking
verb-booking-fill = notes that a locker was filled
verb-booking-empty = notes that a locker was emptied
verb-booking-cancel = cancels a locker booking
verb-booking-issue-code = issues the code of a locker
verb-booking-check-code = checks the code of a locker
verb-item-create = takes in a new item
verb-item-edit = edits an item
verb-item-take-in = takes in an item again
verb-item-pass-on = passes on an item
verb-item-hand-back = hands back an item
verb-item-lose = declares an item lost
verb-item-number-labels = numbers labels
verb-posting-post = posts to a tab
verb-posting-reverse = reverses a posting
verb-posting-mail_receipt = mails a receipt
verb-exception-open = opens an exception
verb-exception-edit = edits an exception
verb-exception-close = closes an exception
verb-policy-edit = edits the house's policy
verb-contract-create = adds a contract
verb-contract-edit = edits a contract
verb-contract-archive = archives a contract
verb-holiday-create = adds a day of closing or opening
verb-holiday-edit = edits a day of closing or opening
verb-holiday-archive = archives a day of closing or opening
verb-courier-create = adds a courier
verb-courier-edit = edits a courier
verb-courier-archive = archives a courier
verb-beneficiary-create = adds a beneficiary
verb-beneficiary-edit = edits a beneficiary
verb-beneficiary-archive = archives a beneficiary
verb-beneficiary-erase = erases a beneficiary's data
verb-client-create = adds a client
verb-client-edit = edits a client
verb-client-archive = archives a client
verb-site-create = adds a site
verb-site-edit = edits a site
verb-site-archive = archives a site
verb-service-create = adds a service
verb-service-edit = edits a service
verb-service-archive = archives a service
verb-provider-create = adds a provider
verb-provider-edit = edits a provider
verb-provider-archive = archives a provider
verb-operator-create = opens an account
verb-operator-edit = edits an account
verb-operator-archive = closes an account
verb-operator-prefer = sets one's preferences
verb-operator-set-view = keeps or forgets a view
verb-claim-stale = lets a claim go
verb-sweep-call = takes a call for ended
verb-send-offer = sends the offer
verb-send-reply = sends a mail
verb-lose-reply = asks what became of a mail
verb-expire-offer = notes an offer without an answer
verb-miss-permanence = notes a permanence that nobody held
verb-overdue-booking = notes an overdue locker
verb-offer-see = opens the offer
verb-offer-answer = answers the offer
verb-held-hold = hands in for release
verb-reply-attempted = sends a mail

## Console: the frame, the reception and the line to the office
connection-as-of = as of { $time }
connection-recalling = reading the data…
connection-starting = connecting…
connection-online = connected
connection-retry = retrying in { $seconds } s
connection-retrying = reconnecting…
connection-offline = offline since { $time }
connection-signed-out = signed out
connection-taken-over = taken over elsewhere
notice-signed-out = Session over: everything is kept here. Type { $way } to log in again.
notice-signed-in = The session goes on: there is no need to log in.
notice-signed-in-again =
    { $count ->
        [0] Logged in again.
        [one] Logged in again; what waited goes out.
       *[other] Logged in again; the { $count } that waited go out.
    }
notice-no-handover = Here a token says who works: there is nothing to hand over. { $lock } locks, { $quit } leaves.
lock-title = Locked
lock-held = { $who } holds this desk. What was on the screen is kept and comes back as it was; what waits goes out, and calls come in.
lock-rings =
    { $count ->
        [one] A call is ringing.
       *[other] { $count } calls are ringing.
    }
lock-password = To come back, type the password, then { $key }.
lock-token = To come back, { $key }: a token opens this desk, without a password.
lock-asked = Checking…
lock-first = The desk is locked: unlock it first, then pick up the call.
lock-not-known = This is not the session's password, and the office does not answer.
lock-unlock = unlock
lock-leave = leave or hand over
lock-leave-only = leave
lock-ways = Nothing is lost. { $kept }
notice-token-read = The token is read again ({ $place })…
notice-clock-behind = This machine's clock is { $minutes } min slow; the times shown are the office's.
notice-clock-ahead = This machine's clock is { $minutes } min fast; the times shown are the office's.
sign-in-follows =
    { $count ->
        [0] The session is over. Enter logs in.
        [one] The session is over. Enter logs in, and what waits goes out.
       *[other] The session is over. Enter logs in, and the { $count } that wait go out.
    }
sign-in-asked = Logging in…
sign-in-unreachable = The office does not answer. Check the network, then try again; everything is kept on this machine.
sign-in-no-sense = What answers is no Loge office. Check the address with loge doctor; everything is kept on this machine.
sign-in-another = This token is { $login }'s. What waits here is yours: put your own token there, or leave and start Loge again.
sign-in-token-in-file = The token is refused. Put a new one into { $place }, then type { $way }.
sign-in-token-of-command = The token that { $place } gives is refused. Let it give a new one, then type { $way }.
console-terminal-lost = The terminal no longer answers: { $why }.
view-cramped = Loge needs at least { $least_columns } columns by { $least_rows } rows; this terminal has { $columns } by { $rows }. Make the window larger or the font smaller: nothing is lost.
top-to-send = { $count } to send
top-to-settle = { $count } to settle
strip-rings = RINGING
strip-more =
    { $count ->
        [one] (+1 other)
       *[other] (+{ $count } others)
    }
strip-offline = Offline: all is kept on this machine and goes out when the network is back.
strip-quiet = No call is ringing
strip-missed =
    No call is ringing · { $count ->
        [one] 1 missed, to call back, for { $age }
       *[other] { $count } missed, to call back, the oldest for { $age }
    }
own-calls = My calls
own-calls-none = none
result-undo = undo: { $keys }
somebody = a colleague
caller-hidden = number withheld
caller-unknown = unknown
caller-maybe =
    { $count ->
        [one] { $name }?
       *[other] { $name } or another?
    }
caller-provider = { $name } · provider
caller-switchboard = { $name } · switchboard
caller-courier = { $name } · courier
caller-colleague = { $name } · team
call-rings = ringing
call-on-line = on line
call-on-hold = on hold
call-to-finish = to finish
call-taken = taken
call-missed = missed
call-over = ended
row-mine = me
row-gone = gone
mark-pending = to send
mark-unkept = not kept
mark-refused = refused
mark-conflicting = conflict
lane-phone = Phone
lane-mail = Mail
lane-permanences = Permanences
lane-permanences-open = { $count } open
lane-recalling = Reading the data kept on this machine… You can write things down already.
lane-untold = The office has told nothing yet, and this machine has no copy. The list fills by itself once it answers; you can write already.
lane-phone-empty = No call is waiting. The next one shows here and rings at the top of the screen.
lane-mail-empty = No message to deal with. New ones show here by themselves.
lane-permanences-empty = No permanence is planned on your sites.
list-span = { $first }-{ $last } of { $count }
list-above = { $count } above
list-new-above = { $count } new above
mail-unread = unread
mail-no-subject = (no subject)
mail-place = message { $place } of { $count }
mail-more =
    { $count ->
        [one] … 1 line more
       *[other] … { $count } lines more
    }
mail-folded =
    { $count ->
        [one] [1 line of signature or quotation folded: { $key } unfold]
       *[other] [signature and quoted lines, { $count } lines folded: { $key } unfold]
    }
mail-attachment = Attachment: { $name } ({ $size } KB)
understood-title =
    { $count ->
        [0] Understood
        [one] Understood: 1 request
       *[other] Understood: { $count } requests
    }
understood-nothing = No request is recognised: n to say it, i if an answer is enough.
understood-words = words: { $words }
understood-doubt = to be confirmed: { $field }
understood-more =
    { $count ->
        [one] … and 1 more
       *[other] … and { $count } more
    }
prompt-understood =
    { $count ->
        [one] Save the request of { $what } and close the message?
       *[other] Save the { $count } requests of { $what } and close the message?
    }
prompt-understood-lacks = To be completed then: { $missing }.
choice-understood =
    { $count ->
        [one] save it
       *[other] save all { $count }
    }
choice-understood-one = only { $what }
cannot-nothing-understood = No request is recognised in this message: n to say it.
said-request-create =
    { $count ->
        [one] 1 request saved
       *[other] { $count } requests saved
    }
walk-in = at desk
locker-drop = locker
permanence-open = open
permanence-planned = planned
permanence-not-held = not held
permanence-until = until { $at }
permanence-not-held-task = Nobody opened this desk. Tell those who waited, then say why.
permanence-notice = Site notice: { $notice }
permanence-nothing = Nothing is to be handed back or expected here at present.
permanence-to-hand-back = To hand back: { $count }
permanence-expected = Expected: { $count }
card-open = Open
card-open-none = no open request
card-hand-back = Hand-back
card-next-permanence = next permanence { $when }
card-permanence-until = permanence open until { $until }
card-no-permanence = no permanence planned
card-no-site = site not known
card-lockers-free =
    { $count ->
        [0] no locker free
        [one] 1 locker free
       *[other] { $count } lockers free
    }
card-usual = Usual
card-recurring = Recurring
card-reach = Contact
card-addresses = Addresses
card-address-nowhere = { $address } (no position)
card-mail = Mail
card-note = To know
card-said = Said
card-heard = One hears: “{ $words }”
card-maybe = Who is it?
card-unknown = Nobody is known under this number. In the list, = attaches the number, e finds or enters the person.
card-contact-person = Contact person: { $name }
card-switchboard = Switchboard: who is on the line?
card-no-offers = no open offer
tab-owes = owes { $sum }
tab-credit = credit { $sum }
tab-nothing = nothing to pay
request-unnumbered = (new)
notice-caps-lock = Caps Lock? This letter means something only in lower case.
notice-claimed-by = { $who } is on it already. What you type is kept as a draft.
notice-taken-over = Your other console has taken over: nothing more is written here ({ $quit }).
notice-claims-lost = A claim has gone to somebody else. What is typed is kept as a draft.
notice-no-claim-offline = Offline: nothing can be claimed. You can go on working, everything is kept on this machine.
notice-no-own-call = You have no call.
notice-nothing-rings = No call is ringing.
notice-just-taken = No call rings: { $who } has just taken the last one.
## The linear mode: each change is a line

linear-greeting = Loge, linear mode. { $key } help
linear-counts =
    Reception: { $rings ->
        [0] no call is ringing
        [one] { $rings } call is ringing
       *[other] { $rings } calls are ringing
    }, { $mail ->
        [0] no email
        [one] { $mail } email
       *[other] { $mail } emails
    }, permanences: { $permanences ->
        [one] { $permanences } line
       *[other] { $permanences } lines
    }.
linear-connection = Connection: { $state }.
linear-reconnecting = line lost, trying again
linear-to-settle =
    { $count ->
        [one] One command came back
       *[other] { $count } commands came back
    }: type :{ $command }.
linear-rings = Ringing: { $who }. { $key }.
linear-claimed = Picked up. { $who }
linear-hung-up = { $who }: hung up, call to be finished.
linear-missed = Missed call: { $who }.
linear-taken = { $by } picked up the call of { $who }.
linear-heard = On the phone: { $words }
linear-owes = Owes { $sum }.
linear-owes-nothing = Owes nothing.
linear-credit = Credit of { $sum }.
linear-open-requests =
    { $count ->
        [0] No open request.
        [one] { $count } open request.
       *[other] { $count } open requests.
    }
linear-between = { "; " }
linear-usual = Usual: { $orders }.
linear-understood = Understood: { $what }
linear-warning = Careful: { $what }.
linear-further = And also: { $what }.
linear-missing = Missing: { $fields }.
linear-field = { $field }: { $value }.
linear-lane-phone =
    Phone, { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }.
linear-lane-phone-empty = Phone, nobody calls.
linear-lane-mail =
    Email, { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }.
linear-lane-mail-empty = Email, nothing to read.
linear-lane-permanences =
    Permanences, { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }.
linear-lane-permanences-empty = Permanences, none in sight.
linear-row = { $place } of { $count }: { $what }.
linear-row-marked = { $place } of { $count }, marked: { $what }.
linear-gone = this row is gone
linear-filtered =
    { $count ->
        [0] No request.
        [one] { $count } request.
       *[other] { $count } requests.
    }
linear-heading = { $words }:
linear-help = { $keys }: { $words }
linear-enter = Enter: { $what }
linear-choice = Choice
linear-who = Who
linear-command = Command
linear-filter = Filter
linear-note = Note
linear-request = Request
linear-ready = Loge

## The command line: its help

help-heading-usage = Usage:
help-heading-commands = Commands:
help-heading-arguments = Arguments:
help-heading-options = Options:
help-default = [default: { $values }]
help-values = [one of: { $values }]
help-loge = The dispatch console of a conciergerie solidaire, and its back office.
    .lang = The language of what is said, else the terminal's
    .config = The configuration file (LOGE_CONFIG)
    .data = The folder for data (LOGE_DATA)
    .help = Prints this help
    .version = Prints the version
    .subcommand = The command whose help is wanted
    .offices = The address of the office; several, so that another can take over (LOGE_OFFICES, separated by commas)
    .profile = A profile of the configuration file (LOGE_PROFILE)
    .login = The account to log in with (LOGE_LOGIN)
    .token_file = A file that holds a token and that nobody else can read (LOGE_TOKEN_FILE)
    .token_command = A command that prints a token (LOGE_TOKEN_COMMAND)
    .ca_file = PEM certificates to trust besides those of the system (LOGE_CA_FILE)
    .plain_http = Lets plain http leave this machine (LOGE_PLAIN_HTTP)
    .theme = The theme's name (LOGE_THEME)
    .plain = Line after line, for a screen reader (LOGE_LAYOUT=linear, ACCESSIBLE=1)
    .bell = How a ring is heard: off, once or repeat (LOGE_BELL)
    .seconds = Whether seconds run on the screen: on or off (LOGE_SECONDS)
    .ascii = Draws with ASCII characters alone (LOGE_ASCII)
    .colours = Colours: auto, none, 16, 256 or true (LOGE_COLOURS)
    .no_color = No colours, as --colours none (NO_COLOR)
    .escape_wait_ms = How many milliseconds a lone Escape waits for the rest of a key, from 10 to 1000 (LOGE_ESCAPE_WAIT_MS)
    .digits = The row above the letters without Shift: azerty or none (LOGE_DIGITS)
    .keep_snapshot = Whether open requests stay on this machine for the next start: true or false (LOGE_KEEP_SNAPSHOT)
    .lock_after_min = After how many minutes without a key the console locks, from 1 to 1440; 0 for never (LOGE_LOCK_AFTER_MIN)
help-help = Prints this help, or that of a command
help-doctor = Looks whether the console can work here: terminal, settings, office, clock, waiting work
help-logout = Ends the session that is kept on this machine
help-keys = Prints the console's keys, as a Markdown page
help-office = The back office: serves it, or looks after its database
    .listen = The address and port to listen on (LOGE_LISTEN)
    .database = The SQLite file, or a postgres:// address (LOGE_DATABASE)
    .certificate = The PEM certificate chain; needs a key (LOGE_CERTIFICATE)
    .key = The certificate's PEM private key (LOGE_KEY)
    .allow_plain_http = Listens beyond this machine without a certificate (LOGE_ALLOW_PLAIN_HTTP)
    .log = The log's filter, such as info or loge=debug,info (LOGE_LOG)
    .password_file = A file whose first line is the password; else asked for on the terminal, or made up and shown once
help-office-init = Makes the database and its first account
    .login = What the first account logs in as
    .name = Its name on screens
help-office-operator = Opens accounts and sets passwords
help-office-operator-add = Opens an account
    .login = What the account logs in as
    .name = Its name on screens
    .roles = A role: operator, dispatcher, concierge, trainee, manager or coordinator; as often as needed
    .sites = A site, by id or key, as often as needed; every site if none is named
    .client = A coordinator's organisation, by id or key
help-office-operator-password = Sets the password of an account and ends its sessions
    .login = What the account logs in as
help-office-import = Imports a directory: one CSV or TOML file a kind of record
    .folder = The folder of these files
    .dry_run = Checks the files and says what would change, and writes nothing
help-office-export = Exports the directory, in the form that import reads
    .folder = A new or empty folder
help-office-backup = Copies the database, also while the office runs
    .file = The new file
help-office-erase = Erases the data of a person; totals are kept
    .beneficiary = The beneficiary's id, or the key under which they were imported
    .reason = Why: it stands in the history
help-office-doctor = Looks whether settings, database, clock and address are well
help-demo = Opens an invented house in full swing to try Loge on; nothing to install, nothing is left
    .seed = Decides over chance: the same number gives the same people, requests and day
    .scene = What is played: maison, a house of concierges with its year, or village, a village of athletes at its peak, 1,600 laundry bags a day
    .seed-expects = a whole number from 0 to 4294967295
    .seat = Your seat: accueil (calls and mail), repartition (who does what), concierge (a desk) or responsable (the whole house); accueil if nothing is said, and nobody's with --headless
    .speed = How many times as fast as a real day people call, write and come by
    .speed-expects = a number from 0.1 to 1000
    .from = The hour at which the day begins, from 06:00 to 20:00; else now, or nine o'clock on the next working day
    .from-expects = an hour from 06:00 to 20:00, such as 09:30
    .headless = Plays without a screen and tells what happens line by line
    .lasts_s = Ends after so many seconds (with --headless)
    .lasts_s-expects = a whole number from 1 to 86400
    .keep = Keeps the database in this file; one that a demonstration made goes on where it was left
    .practice = Opens a practice step by step instead, at the desk of a quiet house, and tells afterwards what took long: permanence
help-load = Puts a load on an office of this machine, and prints what it took
    .office = The office's address
    .office-expects = an address such as http://127.0.0.1:7846
    .login = The account that gives the commands
    .password_file = The file that holds its password
    .clients = How many clients give commands, each one after the other
    .clients-expects = a whole number from 1 to 1000
    .streams = How many change streams stay open
    .streams-expects = a whole number from 0 to 1000
    .rate = How many commands a second over all clients; else as many as go
    .rate-expects = a whole number from 1 to 100000
    .seconds = For how many seconds
    .seconds-expects = a whole number from 1 to 600
help-read = Tells how the entry line reads a phrase, and why
    .phrase = What is said, between quotes
    .directory = The directory's folder whose words count, as for import; else the demonstration's
    .at = The time at the site, such as 2026-11-24T14:32; else now
    .site = The person's site, by its name or key
    .json = Prints JSON
help-value-ADDRESS = ADDRESS
help-value-BENEFICIARY = BENEFICIARY
help-value-CLIENT = CLIENT
help-value-CLIENTS = NUMBER
help-value-COLOURS = COLOURS
help-value-COMMAND = COMMAND
help-value-DATABASE = DATABASE
help-value-DIR = FOLDER
help-value-FILE = FILE
help-value-FILTER = FILTER
help-value-FOLDER = FOLDER
help-value-HOW = HOW
help-value-LANGUAGE = LANGUAGE
help-value-LOGIN = LOGIN
help-value-MINUTES = MINUTES
help-value-MS = MS
help-value-NAME = NAME
help-value-PHRASE = PHRASE
help-value-RATE = NUMBER
help-value-REASON = REASON
help-value-ROLE = ROLE
help-value-ROW = ROW
help-value-SCENE = SCENE
help-value-SEAT = SEAT
help-value-SECONDS = SECONDS
help-value-SEED = NUMBER
help-value-SITE = SITE
help-value-SPEED = NUMBER
help-value-STREAMS = NUMBER
help-value-TIME = TIME
help-value-URL = ADDRESS
help-value-WHAT = WHAT
cli-usage-option =
    { $nearest ->
        [none] There is no option { $given } here. { $help } shows the options.
       *[other] There is no option { $given } here. Did you mean { $nearest }? { $help } shows the options.
    }
cli-usage-command =
    { $nearest ->
        [none] There is no command { $given }. { $help } shows the commands.
       *[other] There is no command { $given }. Did you mean { $nearest }? { $help } shows the commands.
    }
cli-usage-missing = { $missing } is missing. Add it; { $help } shows what is expected.
cli-usage-no-value = The value of { $given } is missing. Write it right after; { $help } shows what is expected.
cli-usage-value =
    { $nearest ->
        [none] “{ $given }” does not suit { $option }. Give { $expected }.
       *[other] “{ $given }” does not suit { $option }. Did you mean { $nearest }? Give { $expected }.
    }
cli-usage-too-much = “{ $given }” is too much. Leave it out, or put quotes around what belongs together; { $help } shows what is expected.
cli-usage-flag = { $given } takes no value. Write the option alone.
cli-usage-twice = The option { $given } is given twice. Keep one.
cli-usage-together = { $given } and { $other } do not go together. Keep one of them.
cli-usage-wrong = These arguments do not say what is wanted. { $help } shows what is expected.

# Mail that comes in (mail-in-…)
mail-in-auto-reply = automatic reply
mail-in-read-receipt = read receipt
mail-in-list = mailing list
mail-in-bounce = not delivered
mail-in-bounce-address = not delivered to { $address }
mail-in-bounce-why = not delivered to { $address }: { $why }
mail-in-too-large = Attachment too large, not kept: { $name } ({ $size } KB)

# What the program answers by itself (mail-out-…)
mail-out-subject = Automatic reply: { $subject }
mail-out-subject-none = Automatic reply
mail-out-hello = Hello,
mail-out-received = We have received your message and are looking after it. We will get back to you as soon as we can.
mail-out-received-about = We have received your message about the request { $number } and are looking after it. We will get back to you as soon as we can.
mail-out-not-kept =
    { $count ->
        [one] An attachment of your message is too large. We did not receive it:
       *[other] Some attachments of your message are too large. We did not receive them:
    }
mail-out-attachment = - { $name } ({ $size })
mail-out-more =
    { $count ->
        [one] and one more.
       *[other] and { $count } more.
    }
mail-out-limits = We can receive { $each } MB an attachment and { $all } MB a message. The text of your message has reached us.
mail-out-head-only = Your message has { $size }, and we receive none of more than { $message } MB ({ $each } MB an attachment, { $all } MB for all of them). Only its subject has reached us: please write again, with smaller attachments.
mail-out-size = { $number } MB
mail-out-automatic = This reply is automatic. If you answer it, somebody will read you.
cli-expects-mailbox = tables [[office.mailbox]], each with a name
cli-expects-site = the name of a site
cli-expects-acknowledge = true, false or the name of a text module
cli-expects-when_taken = seen, flagged or moved
cli-expects-move_to = the name of a folder
cli-config-mailbox-name = The mailbox “{ $name }”: its name is written with a-z, 0-9, full stop, hyphen, underscore or @, such as reception.
cli-config-mailbox-twice = The mailbox “{ $name }” is set up twice. Keep one of both.
cli-config-mailbox-plain = The mailbox “{ $name }”: without encryption only this machine can be the server. Set tls = "implicit" or "starttls".
cli-config-mailbox-secret = The mailbox “{ $name }”: give “user” and just one of “password_file”, “password_command”, “token_command”.
cli-config-mailbox-move = The mailbox “{ $name }”: “move_to” goes with when_taken = "moved", and neither goes without the other.
cli-config-mailbox-acknowledge = The mailbox “{ $name }”: to acknowledge what comes (“acknowledge”), mail must be able to leave. Add a table [office.smtp].
cli-mail-token = Mailbox { $mailbox }: its token, shown only once: { $token }
cli-mail-token-full = The mailbox { $mailbox } has two tokens already. Remove them first: loge office mailbox remove { $mailbox }
cli-mail-mailbox-wrong = “{ $mailbox }” is no name of a mailbox: a-z, 0-9, full stop, hyphen, underscore or @.
cli-mail-known =
    { $count ->
        [one] { $mailbox }: 1 token
       *[other] { $mailbox }: { $count } tokens
    }
cli-mail-none = No mailbox has a token. To give one: loge office mailbox add NAME
cli-mail-removed =
    { $count ->
        [0] The mailbox { $mailbox } had no token.
        [one] The mailbox { $mailbox } has lost its token.
       *[other] The mailbox { $mailbox } has lost its { $count } tokens.
    }
cli-mail-later = The message is not taken now: { $why }. It is to be handed in again.
cli-mail-never = The message cannot be taken: { $why }.
cli-mail-no-token = The mailbox's token is needed: --token-file FILE, or LOGE_MAIL_TOKEN. To make one: loge office mailbox add { $mailbox }
cli-doctor-mailbox = mailbox { $mailbox }
cli-doctor-smtp = mail that leaves
cli-doctor-mail-silent = the server { $server } does not answer; check “host”, “port” and “tls”, then the network. Technical detail: { $why }.
cli-doctor-mail-untrusted = the certificate of { $server } is not trusted; check “host”, or name the authority that signed it with “ca_file”. The server was told nothing. Technical detail: { $why }.
cli-doctor-mail-no-starttls = { $server } offers no STARTTLS; the password was not sent. Set tls = "implicit", or ask your provider.
cli-doctor-mail-ca-file = the certificates of { $file } cannot be used; check “ca_file”. Technical detail: { $why }.
cli-doctor-mail-secret = there is no password or token; check the file or the command that gives it. Technical detail: { $why }.
cli-doctor-mail-login = the server does not let this account in; check “user” and the password or token. Technical detail: { $why }.
cli-doctor-mail-no-move = the server cannot move a message; set when_taken = "seen" or "flagged".
cli-doctor-mail-server = the server did not do what it was asked; check the folder and the account. Technical detail: { $why }.
cli-doctor-mail-no-folder = there is no folder { $folder }; loge office makes it when it starts, or check “folder”.
cli-doctor-mail-folder = nothing can be written in { $folder }; check rights and disk. Technical detail: { $why }.
help-office-mail = Hands the message on standard input in at the office
    .mailbox = The mailbox that it came to
    .token_file = The file that holds the mailbox's token [env: LOGE_MAIL_TOKEN]
    .to = The office's address; that of these settings by default
help-office-mailbox = Gives and removes the tokens by which mail is handed in
help-office-mailbox-add = Gives a mailbox a token; it can have two
    .mailbox = The mailbox's name
help-office-mailbox-list = The mailboxes that have a token
help-office-mailbox-remove = Takes a mailbox its tokens
    .mailbox = The mailbox's name
## The telephone

cli-config-telephony-secret = Telephony “{ $name }”: it takes a secret, from one place. Give “secret_file” or “secret_command”.
cli-config-telephony-address = Telephony “{ $name }”: the address does not fit the format. For ovh, give an address https://; for asterisk, a host and a port, and the setting “user”.
cli-config-telephony-twice = Telephony “{ $name }” is described twice. Give one of both another name.
cli-expects-telephony = tables [[office.telephony]], each with name, format, address and a secret
cli-expects-format = ovh or asterisk
cli-expects-address = an address such as https://events.voip.ovh.net, or a host and a port such as pabx.example:5038
cli-expects-secret_file = the path of a file
cli-expects-secret_command = a command with its arguments, such as ["pass", "show", "loge-telephone"]
cli-doctor-telephony = telephony { $name }
cli-doctor-advice-telephony = { $address } lets nobody in. Check address, account and secret. Technical detail: { $why }.
cli-telephone-format = “{ $format }” is no format. Choose one of: { $formats }.
cli-telephone-bad-name = This name does not do. Give 1 to 200 characters on one line.
cli-telephone-two = “{ $name }” has two addresses in use already. Take the oldest back with loge office telephone remove --oldest.
cli-telephone-other-format = “{ $name }” speaks the format { $format } already. Give another name, or first remove what is there.
cli-telephone-added =
    { $name } ({ $format }): this is the address to give to the telephone system. It is shown once.
    { $url }
cli-telephone-none = No telephone system is entered.
cli-telephone-row = { $name }, { $format }, since { $since }
cli-telephone-unknown = “{ $name }” is not entered. The list: loge office telephone list.
cli-telephone-removed =
    { $count ->
        [one] “{ $name }”: one address is good no longer.
       *[other] “{ $name }”: { $count } addresses are good no longer.
    }
cli-call-test-unheard = The server did not take the test call at { $url }. Check that it runs with these settings. Technical detail: { $why }.
cli-call-test-rings = A test call from { $from } rings.
cli-call-test-answered = Extension { $extension } has answered.
cli-call-test-over = The test call is over.
help-office-telephone = Enters the telephone systems that announce their calls
help-office-telephone-add = Enters a system, and shows once the address to give to it
    .name = The name of the system, such as standard
    .format = The format it speaks: cti, sipgate or aircall
    .url = The server's public address, if it is not the one where it listens
help-office-telephone-list = Lists the systems that are entered
help-office-telephone-remove = Removes a system: its addresses are good no longer
    .name = The name of the system
    .oldest = Only the oldest of its addresses
help-office-call-test = Lets a test call ring
    .from = The number that calls, or anonymous
    .answered_by = The extension that answers; nobody unless it is given
    .after_s = The seconds before the answer and before the end
    .after_s-expects = a whole number from 0 to 600
help-value-EXTENSION = EXTENSION
help-value-FORMAT = FORMAT
help-value-NUMBER = NUMBER

# Console: dispatch
prompt-assign = { $what }: offer it to { $provider }, { $price }, answer before { $deadline }?
prompt-pass-over = { $what }: offer it to { $provider } although { $better } comes first and can do it, for what reason?
prompt-assign-nobody = { $what }: no provider can be asked.
prompt-assign-several =
    { $count ->
        [one] Offer { $count } request to the recommended provider
       *[other] Offer { $count } requests, each to the recommended provider
    } ({ $shares })?
prompt-assign-left-out =
    { $count ->
        [one] { $count } request has no possible provider.
       *[other] { $count } requests have no possible provider.
    }
prompt-own-staff = { $what }: who of our own staff does it?
prompt-provider-answer = { $provider }, for { $what }: what is the answer?
prompt-decline = { $provider } says no to { $what }: for what reason?
prompt-counter = { $provider } proposes another time for { $what }: which one?
prompt-countered = { $provider } proposes { $when } for { $what }.
prompt-deadline = { $provider }, for { $what }: an answer is expected before { $deadline }. Which new deadline?
prompt-withdraw = Take back the offer { $what }: for what reason?
choice-assign = Offer to { $provider }
prompt-ess-takes-under = The month's share of ESS would go under the target of { $target }: { $jobs } of the jobs, { $euros } of the euros.
prompt-ess-stays-under = The month's share of ESS would go further from the target of { $target }: { $jobs } of the jobs, { $euros } of the euros.
choice-assign-over = { $provider } (takes a reason)
choice-assign-several = Offer them
choice-assign-dates = All { $count } dates to { $provider } ({ $dates })
choice-assign-some-dates = { $count } of the { $all } dates to { $provider } ({ $dates })
choice-staff =
    { $count ->
        [0] { $name }, free
       *[other] { $name }, { $count } in hand
    }
choice-own-staff = Own staff…
choice-answer-yes = Yes
choice-answer-no = No…
choice-answer-other = Another time…
choice-counter-take = Take { $when }
choice-counter-note = Do not take it: ask the next
choice-deadline-longer =
    { $count ->
        [one] { $deadline }, one hour more
       *[other] { $deadline }, { $count } hours more
    }
choice-deadline-wanted = { $deadline }, when it is wanted
choice-deadline-other = Another deadline…
deadline-not-read = Deadline: that is not understood. Write an hour, or a day and an hour: 4pm, Tuesday 10am.
deadline-passed = { $typed } has passed, or leaves no time to answer. Write a time to come.
deadline-only-later = { $provider } was told that it has until { $deadline }: it can only have longer. To ask somebody else, take the offer back.
reason-other-time = Proposes another time
reason-decline-1 = No capacity
reason-decline-2 = Closed on that day
reason-decline-3 = Too short notice
reason-decline-4 = Does not do this work
reason-withdraw-1 = Another provider does it
reason-withdraw-2 = Offered by mistake
reason-withdraw-3 = The request changed
reason-withdraw-4 = The person no longer needs it
reason-pass-over-1 = The person asks for this provider
reason-pass-over-2 = The others are not ready soon enough
reason-pass-over-3 = A particular skill
reason-pass-over-4 = The price does not suit
name-offer = { $what } to { $provider }
said-offer-prepare =
    { $count ->
        [one] { $what } offered to { $provider }
       *[other] { $count } requests offered
    }
said-offer-accept = Yes for { $what }
said-offer-decline = No for { $what }
said-offer-take_counter = Other time taken: { $what }
said-offer-defer = { $what }: answer before { $deadline }
said-offer-withdraw = Offer { $what } taken back
said-request-assign = { $what } given to own staff
percent = { $value }%
dispatch-tab-to-assign = To assign
dispatch-tab-offers = Offers
dispatch-tab-to-call = To call
dispatch-column-left = left
dispatch-column-with = with
dispatch-column-before = before
dispatch-column-phone = call
dispatch-column-provider = provider
dispatch-column-tier = tier
dispatch-column-ready = ready
dispatch-column-load = load
dispatch-column-price = price
dispatch-column-recent = 30 days
dispatch-column-recent-short = 30 d
dispatch-empty-to-assign = Nothing to assign: every triaged request has its provider. Tab shows the offers that are out.
dispatch-empty-offers = No offer is out. Tab goes back to what is to be assigned.
dispatch-empty-to-call = Nobody to call: no offer by telephone waits.
dispatch-empty-filter = Nothing in this list passes the filter “{ $filter }”. / to change or empty it.
dispatch-filtered = { $shown } of { $all }
dispatch-urgent = URGENT
dispatch-no-phone = no number
dispatch-before = before { $deadline }
dispatch-marked = marked: { $count }
dispatch-on-quote = on quote
dispatch-ready-unknown = ! not in sight
dispatch-more = and { $count } more
dispatch-free-from = { $why }; free { $day }
dispatch-out-suspended = suspended
dispatch-out-elsewhere = does not serve this site
dispatch-out-declined = said no or gave it back
dispatch-out-asked = asked already
dispatch-out-closed = closed until then
dispatch-out-lead-time = takes too long
dispatch-out-full = full
dispatch-tier-inclusion = inclusion
dispatch-tier-adapted = adapted
dispatch-tier-ess = ESS
dispatch-tier-local = local
dispatch-tier-other = other
dispatch-lacks = The service, the place or the time is missing: e to add it.
dispatch-nobody = No provider of the directory does this service. a gives it to own staff.
dispatch-recommended = recommended: { $provider }
dispatch-why = Why 1
dispatch-why-none = Why
dispatch-reason = Reason
dispatch-deadline = Deadline
dispatch-all-out = no provider can be asked: see the reasons above
dispatch-takes-reason = asked for: a provider { $tier } is available
dispatch-nobody-else = nobody else can be asked
dispatch-then-next = answer before { $deadline }, then no. { $place } is asked by itself
dispatch-then-back = answer before { $deadline }, then the request comes back here
dispatch-before-tier = { $first } before { $second }
dispatch-before-in-time = in time, no. 2 would not be
dispatch-before-rotation = taking turns, by size: { $recent } in 30 days, no. 2 { $others }
dispatch-before-completion = ready earlier than no. 2
dispatch-before-price = cheaper than no. 2
dispatch-before-register = level with no. 2: order of the directory
dispatch-before-nobody = the only one possible
dispatch-in-time = in time
dispatch-late = late
dispatch-better-one = { $provider } ({ $tier }) is out: { $why }
dispatch-better-many = { $tier }: { $count } are out
dispatch-ess-untold = Share of ESS: not told yet
dispatch-ess = ESS in { $month }: { $jobs } of requests · { $euros } of euros · target { $target }
dispatch-ess-short = Share of ESS in { $month }
dispatch-ess-jobs = requests
dispatch-ess-euros = euros
dispatch-ess-target = target { $target }
dispatch-ess-with = With this choice: { $jobs } · { $euros }
dispatch-ess-takes-under = falls under the target of { $target }
dispatch-ess-stays-under = moves away from the target of { $target }
dispatch-month-1 = January
dispatch-month-2 = February
dispatch-month-3 = March
dispatch-month-4 = April
dispatch-month-5 = May
dispatch-month-6 = June
dispatch-month-7 = July
dispatch-month-8 = August
dispatch-month-9 = September
dispatch-month-10 = October
dispatch-month-11 = November
dispatch-month-12 = December

## Offers to providers: the mail and the page

offer-service-unknown = Service to be specified
offer-commune = Town
offer-when = For
offer-price = Price incl. VAT
offer-deadline = Answer before
offer-note = Note
offer-number = Request
offer-member = Member of the consortium
offer-person = For whom
offer-place = Where
offer-handover = Hand-over
offer-detail = Details
offer-mail-subject = Offer: { $service }, { $when }
offer-mail-subject-many = { $count } offers
offer-mail-subject-deadline = More time to answer: { $service }, { $when }
offer-mail-opening =
    { $count ->
        [one] { $house } offers you a job:
       *[other] { $house } offers you { $count } jobs:
    }
offer-mail-opening-deadline = { $house } gives you more time to answer this offer, which you have already received:
offer-mail-answer =
    { $count ->
        [one] To answer yes, no, or propose another time:
       *[other] To answer yes or no to each, or propose another time:
    }
offer-mail-by-mail = You can also answer this mail with a plain yes or no.
offer-mail-said-yes = the provider answered yes
offer-mail-said-no = the provider answered no
offer-mail-afterwards = The name and address of the person are given on that page once you have agreed. You can come back to it later, to say that it is ready or late. This link is for you alone: please do not pass it on.
offer-other-time-reason = another time proposed
offer-note-late = { $provider } tells of a delay: { $text }
offer-note-problem = { $provider } tells of a problem: { $text }
permanence-held-after-all = The permanence was held without network; its opening has just come in.
mail-receipt =
    Dear { $who },

    This is the receipt of your payment.

    { $lines }
    Thank you, and see you soon.
mail-code-subject = Your locker { $locker }, { $site }
mail-code-pickup =
    Dear { $who },

    Your things wait for you in locker { $locker }, { $site }, until { $until }.

    Code of the locker: { $code }

    This code is for you alone. A code given before opens no more.
mail-code-deposit =
    Dear { $who },

    Locker { $locker }, { $site }, is kept for what you bring until { $until }.

    Code of the locker: { $code }

    This code is for you alone. A code given before opens no more.
mail-did-not-go = “{ $subject }” did not arrive at { $to }: tell the person
offer-trouble-no-server = this office sends no mail
offer-trouble-no-address = no mail address that works
offer-trouble-archived = the provider's record is archived
offer-trouble-too-long = the mail would be too long
offer-trouble-doubtful = nobody knows whether the mail went
offer-page-title =
    { $count ->
        [one] { $house }: an offer for you
       *[other] { $house }: { $count } offers for you
    }
offer-page-contact = Any question? Answer the mail that you received, or call us.
offer-page-archived = Our partnership has ended: you can no longer answer here. If this is a mistake, call us.
offer-page-expired = The time to answer is over. Thank you all the same; we will ask you another time.
offer-page-taken = This request has already been given to another provider. Thank you for being available.
offer-page-withdrawn = This offer no longer stands. Thank you for your understanding.
offer-page-accepted = You have accepted: it is yours. Thank you!
offer-page-fulfilled = You have said that it is ready. Thank you!
offer-page-over = This offer has ended.
offer-page-declined = You have declined: { $reason }. Thank you for your answer.
offer-page-countered = You have proposed another time: { $when }. We will get back to you.
offer-page-calendar = Add to my calendar (.ics file)
offer-page-yes = Yes, we will do it
offer-page-no-open = No, we cannot
offer-page-reason = For what reason, in a few words
offer-page-no = Send: no
offer-page-other-open = Yes, but at another time
offer-page-date = On which day
offer-page-time = At what time
offer-page-other = Propose this time
offer-page-when-wrong = Write a day and a time to come, such as 27/11/2026 and 14:30.
offer-page-text-wrong = Write a few words, on one line (200 characters at most).
offer-page-ready = It is ready
offer-page-late-open = We will be late
offer-page-late-text = By how much, in a few words
offer-page-late = Tell of this delay
offer-page-problem-open = There is a problem
offer-page-problem-text = Which one, in a few words
offer-page-problem = Tell of this problem
offer-page-noted-late = Thank you, the delay is noted.
offer-page-noted-problem = Thank you, the problem is noted: somebody looks after it.
offer-page-all = Answer for all
offer-page-all-yes =
    { $count ->
        [one] Yes to the offer
       *[other] Yes to the { $count } offers
    }
offer-page-all-no-open = No to all
offer-page-all-no =
    { $count ->
        [one] Send: no to the offer
       *[other] Send: no to the { $count } offers
    }
offer-page-nothing-title = Page not found
offer-page-unknown = This link is not good. Perhaps it was cut: open it from the mail, or copy the whole of it.
offer-page-gone = These offers have ended, and this page is no longer available.
offer-page-form = Your answer could not be read. Go back to the page and try again.
offer-page-failed = This page is not available at the moment. Try again in a few minutes.
dispatch-tab-held = To review
dispatch-empty-held = Nothing to review: no prepared work is waiting.
dispatch-column-since = since
dispatch-column-by = by
dispatch-column-verb = act
dispatch-column-about = on
dispatch-loads = Load by provider, today
dispatch-loads-none = Nobody has a place taken today.
dispatch-full = full
dispatch-none-out = No offer is out.
word-me = me
name-held = { $what }: { $verb }
held-unreadable = work that can no longer be read
held-verb = Act
held-by = Prepared
held-by-whom = by { $who }, { $when }
held-request = Request
held-provider = To
held-to = To
held-subject = Subject
held-reason = Reason
held-tier_reason = Reason
held-question = Question
held-outcome = Outcome
held-text = Text
held-give-back = To redo
cannot-by-another = A colleague reviews it. u or Del takes it up again.
prompt-release-held = { $who } prepared: { $verb }, { $what }. Release it?
choice-release-held = release, in both your names
choice-give-back = give back, saying what to do better
prompt-give-back = Give back to { $who } ({ $verb }, { $what }): what is to be done better?
prompt-take-up = Take up again: { $verb }, { $what }?
choice-take-up = take up, I see to it
said-held-release = { $what }: released
said-held-return = { $what }: given back, with what to do better
said-held-take_up = { $what }: taken up again
command-held-take_up = take up again what one has prepared
reason-give-back-1 = Call the person back first
reason-give-back-2 = The reason is not enough
reason-give-back-3 = Another provider suits better
reason-give-back-4 = The text is to be corrected
reason-leftover-1 = The person did not come
reason-leftover-2 = They come to the next permanence
reason-leftover-3 = They were told, no answer
reason-leftover-4 = The thing has not arrived
reason-leftover-5 = Refused by the person
notice-held-returned = { $who } gives back "{ $verb }": { $why }. It is in To review, screen 2.
verb-take_up = takes up again
held-rank = Rank
held-rank-first = no. 1 of { $count }
held-rank-after = no. { $place } of { $count }, after { $first }
dispatch-problem = Problem
dispatch-problem-state = problem
dispatch-trouble = Mail
prompt-problem = { $why }. What becomes of the request?
choice-problem-release = given back, to be assigned anew
choice-problem-fail = not done, to be assigned anew
choice-problem-settled = { $provider } does it after all
settlement-given-anew = { $provider } does not do it, it is to be assigned anew
settlement-does-it = { $provider } does it after all
said-offer-release = { $what } is given back, to be assigned anew
said-offer-fail = { $what } was not done, to be assigned anew
said-exception-close = The exception is settled

## Recurring orders

recurring-title = Recurring orders
recurring-none = No recurring order. To make one, say it in the entry line: “bread every Tuesday and Friday at noon”.
recurring-who = person
recurring-what = what
recurring-rhythm = rhythm
recurring-next = next
recurring-state = state
recurring-no-next = none
recurring-name = { $who }, { $what }
recurring-due = by { $time }
recurring-paused = paused
recurring-stopped = stopped
recurring-to-send = to send
recurring-pause = from { $from } to { $to }
recurring-pause-open = from { $from } until it is resumed
recurring-stopped-requester = no more dates are made: the person or organisation is archived
recurring-stopped-service = no more dates are made: the service is archived
recurring-stopped-site = no more dates are made: the site is archived
recurring-none-made = none for the moment
recurring-since =
    { $made ->
        [0] written down { $at } by { $by }, no date made
        [one] written down { $at } by { $by }, { $made } date made in all
       *[other] written down { $at } by { $by }, { $made } dates made in all
    }
recurring-fact-stopped = Stopped
recurring-fact-rhythm = Rhythm
recurring-fact-pause = Pause
recurring-fact-made = Requests
recurring-fact-coming = Then
recurring-fact-place = Hand-over
recurring-fact-ending = Reason
recurring-fact-since = Since
recurring-day-not-read = “{ $words }” is not understood as a day: write for example 18, Friday or 18/12.
recurring-day-past = That day has passed: write today or a day to come.
recurring-rhythm-not-read = { $field }: that is not understood. Write it as on the entry line: every Tuesday and Friday until 18 December, every 2 weeks on Thursday, the 15th of each month.
reason-recurring-changed = the recurring order has other days now
prompt-recurring-pause = { $what }: paused until which day, included?
prompt-recurring-resume = { $what }: paused { $pause }. Resume it from today?
prompt-recurring-end = { $what }: end the recurring order, for what reason?
prompt-recurring-made-too =
    { $count ->
        [one] { $what }: one date is made already and not given yet ({ $dates }). Change it too?
       *[other] { $what }: { $count } dates are made already and not given yet ({ $dates }). Change them too?
    }
prompt-recurring-made-off =
    { $count ->
        [one] { $what }: one date that is made already is not in this rhythm ({ $dates }). What is to become of it?
       *[other] { $what }: { $count } dates that are made already are not in this rhythm ({ $dates }). What is to become of them?
    }
choice-recurring-change-too =
    { $count ->
        [one] change it too
       *[other] change them too
    }
prompt-recurring-made =
    { $count ->
        [one] { $what }: { $count } date is made already and not given yet ({ $dates }). Cancel it too?
       *[other] { $what }: { $count } dates are made already and not given yet ({ $dates }). Cancel them too?
    }
choice-recurring-until-resumed = until it is resumed
choice-recurring-resume = resume
choice-recurring-keep =
    { $count ->
        [one] keep it
       *[other] keep them
    }
choice-recurring-call-off =
    { $count ->
        [one] cancel it
       *[other] cancel them
    }
reason-recurring-pause = recurring order paused
said-recurring_order-create = Recurring order saved: { $what }
said-recurring_order-edit = Recurring order edited: { $what }
said-recurring_order-pause = Paused: { $what }
said-recurring_order-resume = Resumed: { $what }
said-recurring_order-end = Ended: { $what }

# What happened: the activity screen.
activity-arrivals = Arrivals
activity-clocks = Time limits
activity-ess = ESS
activity-providers = Providers
activity-permanences = Permanences
activity-journal = Journal
activity-all-sites = all sites
activity-counted = counted at { $at }
activity-counted-offline = offline: the last figures, of { $at }
activity-none-asked = The figures are being asked for: { $time }.
activity-none-offline = Offline: the figures come with the line ({ $time }). The last ones received are of another time.
activity-none-refused = The server did not give these figures ({ $time }). They are asked for again within half a minute.
activity-none-not-yours = These figures are the house's: your account sees your organisation's requests, screen 4.
activity-contacts = Contacts that came in
activity-contacts-none = No contact: { $time }. Another day: < or >; the month: { $key }.
activity-requests = Requests written down
activity-requests-none = No request: { $time }. Another day: < or >; the month: { $key }.
activity-peak = most at { $hour }:00: { $count }
activity-hour = { $hour }:00 { $count }
activity-arrivals-words = { $what }: { $count }. By channel: { $channels }. By hour: { $hours }.
activity-channel-phone = telephone
activity-channel-email = mail
activity-channel-permanence = permanence
activity-channel-locker = locker
activity-channel-house = house
activity-clock-first-answer = first answer
activity-clock-callback = callback
activity-clock-assignment = assignment
activity-clock-pickup = pickup
activity-clock-hand-back = hand-back
activity-kept = kept
activity-missed = missed
activity-running = running
activity-overdue = overdue
activity-kept-of-over = kept of those over
activity-clocks-of = Time limits of the contacts and requests that came in during the time.
activity-abandoned = { $count ->
    [one] One call given up within five seconds is not counted.
   *[other] { $count } calls given up within five seconds are not counted.
    }
activity-clock-words = { $what }: { $kept } kept, { $missed } missed, { $running } running, { $overdue } overdue; kept of those over: { $percent }.
activity-outcomes = Requests that ended during the time
activity-outcomes-none = No request ended: { $time }.
activity-outcomes-words = Requests that ended: { $outcomes }.
activity-whole = All
activity-by-client = by organisation
activity-by-site = by site
activity-ess-of = out of all
activity-ess-reached = Target { $target }: reached.
activity-ess-under = under the target of { $target }: { $times }
activity-ess-none = No job was given to a provider in { $year }: there is no share to show yet.
activity-ess-words = { $name }, { $time }: { $jobs } of the jobs ({ $of_jobs }), { $euros } of the euros ({ $of_euros }); target { $target }.
activity-part-of = { $part } of { $whole }
activity-jobs = for these days
activity-closed = { $count }, closed
activity-given = given
activity-done = done
activity-declined = no
activity-expired = silent
activity-providers-none = No provider was asked: { $time }. Another day: < or >; the month: { $key }.
activity-providers-of = For these days: on hand out of capacity. Silent: an offer without an answer.
activity-provider-words = { $name }: { $jobs } for these days, { $given } given, { $done } done, { $declined } declined, { $expired } without an answer.
activity-more = … and { $count } more: { $key }
activity-held = held
activity-open = open
activity-planned = planned
activity-not-held = missed
activity-called-off = cancelled
activity-hours = { $hours } h { $minutes }
activity-hours-held = Hours: { $held } held of { $agreed } planned
activity-permanences-none = No permanence: { $time }. Another day: < or >; the month: { $key }.
activity-permanences-of = Cancelled permanences do not count in the planned hours; those that are open count until now.
activity-journal-reading = The journal is being read…
activity-journal-offline = Offline: the journal comes with the line.
activity-journal-none = Nothing was done yet.
activity-column-at = when
activity-column-who = who
activity-column-what = what

## The register of providers and services

register-providers = Providers
register-of-services = Services
register-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
register-consortium = { $name } (consortium)
register-nothing = No entry fits.
register-empty = to fill in
register-line = { $field }: { $value }
register-not-read = “{ $field }” is not understood. { $how }
register-saved = { $name }: { $field }, change saved.
register-same = { $name }: { $field } unchanged.
register-entered = { $name } added; fill in the rest when you can.
register-open-offers = Offers that are out, to keep or to withdraw: { $list }.
register-empty-by-editing = To empty this line: e, then erase the text and confirm.
register-draft = draft: { $text }
register-draft-kept = The draft is kept: Enter takes it up again, Del throws it away.
register-draft-thrown = Draft thrown away. Nothing is changed.
register-new-draft = new entry in draft
register-has-draft = { $name } (draft)
register-stands = Now: { $value }.
register-twice = { $name } is in the list already.
register-unknown-service = No service in use is called “{ $typed }”. Tab offers those there are.
register-unknown-site = No site is called “{ $typed }”. Tab offers those there are.
register-unknown-member = No provider that could be a member is called “{ $typed }”. Tab offers those there are.
register-never-open = A provider that is always closed is noted by a suspension; leave the line empty for the house's hours.
register-new-provider = New provider
register-new-provider-how = The name, then a comma and the tier: “Park Laundry, inclusion EI”.
register-new-service = New service
register-new-service-how = Name, family, and the price if it is known: “Hem, textile, €8”.
register-name = name
    .how = A name of one line, at most 200 characters.
register-tier = tier
    .how = inclusion, adapted, ESS, local or other; with its status for inclusion: “inclusion EI”, “adapted ESAT”.
register-legal-form = legal form
    .how = For example: association, SCIC, SARL.
register-services = services
    .how = The service, then if need be its price, lead time and capacity: “Shirt €3.20 24 h 6/day”. Empty: take it out.
    .more = + add a service
register-sites = sites
    .how = Names of sites divided by commas; empty for all, “no site” for none.
register-every-site = every site
register-no-site = no site
register-hours = hours
    .how = Days, then hours: “mon-fri 8:30-12:00 14:00-18:00, sat 9-12”. Empty: the house's hours.
register-house-hours = those of the house
register-closed = closed { $from } to { $to }
register-capacity = capacity
    .how = The number of jobs a day; empty for no bound.
register-per-day = { $count } a day
register-members-sum = { $count } a day, the sum of its members
register-no-bound = no bound
register-phones = telephones
    .how = Numbers divided by commas, the preferred one first.
register-emails = mail addresses
    .how = Addresses divided by commas, the preferred one first.
register-prefers = prefers
    .how = mail or telephone.
register-way-mail = mail
register-way-telephone = telephone
register-commune = town
    .how = The town where it works.
register-address = address
    .how = Number and street.
register-days = days off
    .how = Days and a reason: “24/12-02/01 holidays”, “24/12 stocktaking”, “from 24/12 quality”. Empty: take it out.
    .more = + add days
register-days-on = from { $from }
register-days-until = until { $to }
register-days-through = { $from } to { $to }
register-members = members
    .how = A provider and its share a day: “Lavoir Solidaire 4”. With members it is a consortium. Empty: take it out.
    .more = + add a member
register-accompanied = accompanied
    .how = How many persons in a work-integration pathway, for the yearly report.
register-note = note
    .how = What helps to work with it.
register-name-en = English name
    .how = The service's English name; empty if it has none.
register-synonyms = synonyms
    .how = Other words that people say, divided by commas.
register-family = family
    .how = The family of the catalogue.
register-price = price
    .how = “€4.50 each”, “€12 flat”, “free” or “on quote”. VAT included.
register-free = free
register-on-quote = on quote
register-per-unit = { $price } each
register-flat = { $price } flat
register-vat = VAT
    .how = The rate in the price: “20%”, “5.5%”.
register-percent = { $rate }%
register-unit = unit
    .how = What one of it is called: shirt, pair, hour. In French.
register-unit-en = English unit
    .how = The same in English.
register-lead-time = lead time
    .how = The lead time in hours of opening, 0 to 2000: “24 h”.
register-carriage = carriage
    .how = there and back, delivered or on the spot.
register-there-and-back = there and back
register-delivered = delivered
register-on-site = on the spot
register-everyday = frequency
    .how = everyday or occasional, for the yearly report.
register-is-everyday = everyday
register-is-occasional = occasional
register-offered = offered
    .how = “from 01/09/2026”, “until 30/06/2027”, or both days; empty for ever.
register-always = always
register-short-capacity = a day
register-short-prefers = prefers
register-short-away = away
register-short-lead-time = time
register-away-for-good = suspended
register-away-through = until { $day }

## Rounds

vehicle-foot = on foot
vehicle-bike = bike
vehicle-cargo_bike = cargo bike
vehicle-van = van
place-desk = { $site }, desk
place-locker = { $site }, locker { $locker }
leg-words = { $what }, { $from } to { $to }
leg-failure-absent = nobody there
leg-failure-closed = closed
leg-failure-missing = nothing to take
leg-failure-refused = refused
leg-failure-damaged = damaged
leg-failure-wrong_address = wrong address
leg-failure-locker_full = locker full
leg-failure-vehicle = breakdown
rounds-name = { $of } round
rounds-title = Rounds of { $date }
rounds-title-today = Today's rounds, { $date }
rounds-days = { $before } day before · { $after } day after
rounds-legend = digit: stop · - on the way, at work · . free · ▼ now · { $minutes } min a sign
rounds-tab-stops = { $of } stops { $count }
rounds-tab-stops-none = Stops
rounds-tab-unplanned = Not planned
rounds-tab-map = Map
rounds-map-of = { $of } stops
rounds-map-base = start
rounds-map-empty = Nothing to draw: this round has no stop whose position is known.
rounds-map-leg = { $place }: { $far } { $way }
rounds-wind-n = north
rounds-wind-ne = north-east
rounds-wind-e = east
rounds-wind-se = south-east
rounds-wind-s = south
rounds-wind-sw = south-west
rounds-wind-w = west
rounds-wind-nw = north-west
rounds-source-estimate = times: straight line × 1.2 to 1.35, speed of the vehicle
rounds-source-gone = times: straight line; the routing service cannot be reached
rounds-source-office = times: estimated by the office
rounds-source-service = times: { $host }
rounds-source-slow = times: straight line; the routing service took over 2 s
rounds-source-wrong = times: straight line; the routing service answered with no table of these places
rounds-column-number = no.
rounds-column-time = time
rounds-column-place = place
rounds-column-act = act
rounds-column-what = what
rounds-column-load = load
rounds-act-take = take
rounds-act-leave = leave
rounds-act-hand-back = hand back
rounds-pieces =
    { $count ->
        [one] 1 piece
       *[other] { $count } pieces
    }
rounds-stops =
    { $count ->
        [one] 1 stop
       *[other] { $count } stops
    }
rounds-aboard = { $load } pieces aboard, { $capacity } at most
rounds-done-before = done, leg closed
rounds-most-load = most aboard { $load }
rounds-ends = ends { $time }
rounds-none-yet = no round yet
rounds-fact-pinned = pinned in this round
rounds-fact-any-time = at any time
rounds-fact-window = window { $from }-{ $to }, margin { $margin }
rounds-empty-day = Nobody drives on that day: no round, no courier on shift. :round makes one.
rounds-no-couriers = No courier in the register: a manager adds them (loge import, file couriers).
rounds-empty-round = No stop. Tab shows what is not planned: a gives it to a courier, c finds it a slot.
rounds-empty-courier = On shift, without a round: o makes one.
rounds-all-planned-title = Not planned: nothing
rounds-all-planned = Every leg of this day has a round.
rounds-conflict = Conflict
rounds-pressing = Not planned, the most pressing
rounds-why = Why
rounds-why-unknown = not planned yet
rounds-see-and-take = see and take
rounds-else-stays = else nothing changes
rounds-better = Plan found
rounds-planning = being worked out…
rounds-no-offer = No better plan.
rounds-has-round = { $what }: in a round already.
rounds-in-round = in { $of } round
rounds-has-place = possible: { $who }, { $time }
rounds-waits = The day's plan is being worked out: one moment.
rounds-not-planned-yet = This leg is not in the plan yet: plan anew with :replan.
rounds-replanned = The day is worked out anew; nothing moves without you.
rounds-moving = being moved
rounds-is-moving = A stop is in your hand: arrows move it, Enter puts it down, Esc leaves it.
rounds-no-further = No other round on that side, or this leg stays in its own.
rounds-passed = This stop is done: it does not move any more.
rounds-nowhere = This leg finds no place in any round as they are: a gives it to a courier, o says what would help.
rounds-changed-meanwhile = Meanwhile somebody changed this round: nothing was moved. Look, and try again.
rounds-pinned = { $what }: pinned in its round
rounds-unpinned = { $what }: no longer pinned
rounds-not-of-day = This leg is not of that day. c finds it a slot.
rounds-no-courier = Nobody else drives on { $date }: :round makes a round.
rounds-no-slot = { $what }: no slot within seven days. { $why }.
rounds-no-base = This round has nowhere to start: give the courier a base, or add a site to the register.
prompt-round =
    { $legs ->
        [one] { $of } round: { $state }, { $legs } leg.
       *[other] { $of } round: { $state }, { $legs } legs.
    }
prompt-place = { $what }: where to put it?
prompt-courier = { $what }: by whom?
prompt-slot-fetched = { $what }: when to fetch it?
prompt-slot-brought = { $what }: when to bring it?
prompt-stop = { $what }: what came of it?
prompt-new-round = Make a round for { $who }, { $date }?
prompt-whose-round = A round on { $date }, for whom?
choice-round-publish = publish it, { $who } gets it
choice-round-start = { $who } has set out
choice-round-finish = { $who } is back
choice-plan-complete = take this plan ({ $what })
choice-plan-better = take a better one ({ $what })
choice-courier-anyway = { $who }, without the time for it
choice-no-courier = take it out of the round
choice-leg-taken = taken
choice-leg-done = left
choice-new-round = make it for { $who }
choice-whose-round = { $who }, { $hours }
cannot-no-leg = Nothing to fetch or bring for this request: a leg is made when it is assigned.
cannot-no-round = This leg is in no round: a gives it to a courier first.
cannot-fixed = This leg is on its way or pinned: it stays in its round. b lets it go if it has not set out.
conflict-late = Late by { $late }: { $place } closes at { $closes }, arrival { $arrival }.
conflict-late-short = late { $late }, closes { $closes }
conflict-promise = Promised for { $due }, arrival { $arrival }: late by { $late }.
conflict-promise-short = promised { $due }, late { $late }
conflict-closed = { $place }: closed that day, or not within the window agreed.
conflict-closed-short = closed
conflict-no-coordinates-short = position unknown
conflict-unreachable = No way leads to { $place } with this vehicle.
conflict-unreachable-short = out of reach
conflict-capacity = Too full: { $load } pieces aboard, { $capacity } at most.
conflict-capacity-short = too full, { $load }/{ $capacity }
conflict-order = { $what } is left before it is taken.
conflict-twice = { $what } is in it twice.
conflict-skills = { $what }: this courier does not carry that.
conflict-skills-short = not carried here
conflict-wrong-courier = This leg stays with another courier than { $who }.
conflict-shift = { $who } is back at { $home }, the shift ends at { $ends }.
conflict-too-soon = Before { $what } is over ({ $over }).
conflict-too-soon-short = too soon
reason-no-vehicle = nobody drives that day
reason-no-coordinates-site = position unknown: add the position to the site ({ $place })
reason-no-coordinates-provider = position unknown: add the position to the provider ({ $place })
reason-no-coordinates-address = position unknown: add the position to the address ({ $place })
reason-no-coordinates-person = position unknown: add it to the record of { $who } ({ $place })
reason-closed = { $place } is closed that day, or not within the window agreed
reason-too-big = too big: { $load } pieces, the largest vehicle carries { $most }
reason-skills = no courier of that day carries this
reason-closes = { $place } closes at { $closes }, earliest arrival { $arrival }
reason-promise = promised for { $closes }, earliest arrival { $arrival }
reason-shift = { $who } would be back at { $home }, the shift ends at { $ends }
reason-full = { $who } has no room left: { $load } pieces for { $capacity }
reason-no-room = { $who } would be at { $place } at { $arrival }, which closes at { $closes }
reason-pinned = pinned elsewhere: { $who } could take it
reason-waits = waits for { $what }
reason-waits-until = waits for { $what }, over at { $over }
reason-fits = { $who } has room
remedy-nothing = possible as it is
remedy-reorder =
    { $stops ->
        [one] possible if 1 stop changes its time
       *[other] possible if { $stops } stops change their time
    }
remedy-unpin = possible with { $who }, once it is not pinned
remedy-widen = possible if { $place } stays open until { $until }
remedy-extend = possible if { $who } ends { $by } later
change-added =
    { $count ->
        [one] 1 leg placed
       *[other] { $count } legs placed
    }
change-passes = { $what } goes to { $who }
change-more-pass =
    { $count ->
        [one] 1 more changes courier
       *[other] { $count } more change courier
    }
change-times =
    { $count ->
        [one] 1 stop changes its time
       *[other] { $count } stops change their time
    }
change-nobody = nobody else moves
said-leg-plan = { $what }: leg planned
said-leg-edit = { $what }: leg changed
said-leg-confirm = { $what }: leg confirmed
said-leg-move = { $what }: slot taken
said-leg-start = { $what }: taken
said-leg-done = { $what }: left
said-leg-fail = { $what }: failure noted, to be planned anew
said-leg-cancel = { $what }: leg cancelled
said-round-create = { $what } made
said-round-edit = { $what } changed
said-round-arrange = { $what }: stops changed
said-round-publish = { $what } published
said-round-start = { $what } has set out
said-round-finish = { $what } is finished
linear-plan = Plan found: { $what }. o to see and take it.
## The desk of a permanence
desk-title = Permanence { $site }, { $date } { $hours }, { $state }
desk-taken-up-labels =
    { $count ->
        [one] Taken up where it was: one label is read already.
       *[other] Taken up where it was: { $count } labels are read already.
    }
desk-taken-up-closing =
    { $count ->
        [one] Closing has begun: one thing is explained already.
       *[other] Closing has begun: { $count } things are explained already.
    }
desk-box = cash { $sum }
desk-cash = Cash box: { $sum } taken in notes and coins at this desk.
desk-notice = Notice of the site: { $notice }
desk-no-notice = No notice for this site.
desk-gone = This permanence is here no more. Esc: back.
desk-is-over = This permanence is over.
desk-tab-to-hand-back = To hand back
desk-tab-to-hand-back-none = Nothing to hand back here for now. What arrives ready is listed here.
desk-tab-expected = Expected
desk-tab-expected-none = Nobody is expected with anything. For who walks in: n, then what they ask for.
desk-tab-callbacks = To call
desk-tab-callbacks-none = Nobody of this site waits for an answer.
desk-tab-lockers = Lockers
desk-tab-lockers-none = This site has no lockers.
desk-tab-exceptions = Exceptions
desk-tab-exceptions-none = No exceptions: what was done and what is recorded agree.
desk-lockers-late = { $name } { $count } late
desk-somebody = unknown
desk-things = { $count } things
desk-things-short = { $count ->
        [one] 1 thing
       *[other] { $count } things
    }
desk-pieces = { $count ->
        [one] 1 piece
       *[other] { $count } pieces
    }
desk-locker = Locker { $name }
desk-thing-since = { $place }, since { $at }
desk-next-permanence = next permanence { $at }
desk-scan-title = Label, name or locker
desk-scan-taking = Labels of what is brought
desk-nothing-scanned = Nothing is in hand: scan a label, or type a name.
desk-found = In hand: { $what }, for { $who } ({ $labels }). Ask for their name.
desk-enter-back = Enter: hand back to { $who }, or scan another. ↓: another way.
desk-enter-again = Enter: take back to the desk.
desk-taking = Brought for { $what }: { $labels }
desk-take-first = Scan the label that is on each thing.
desk-take-next = Enter: that is all ({ $count }), or scan the next label.
desk-no-label-yet = Scan a label first, or Esc to do nothing.
desk-handed-back = { $who }: { $what } handed back { $time }
desk-taken-again = Back at the desk: { $what }
desk-into-locker = { $what } in locker { $name }, for { $who }
desk-to-desk = Out of the locker, at the desk: { $what }
desk-fetched-note = Handed to { $who }, who came in place of the person.
desk-taken-in = { $what }: taken in, { $counted } as said, { $labels } label(s)
desk-taken-in-tally = { $what }: taken in, { $counted } counted for { $said } said: an exception is open
desk-tally = { $said } said, { $counted } counted
desk-count-not-read = “{ $words }” is no number: type for example 3.
desk-sum-not-read = “{ $words }” is no sum: type for example 12.50.
desk-paid = { $who }: { $sum } taken, { $means }
desk-closed = Desk closed at { $time }, cash { $sum }, { $left } left over
desk-repaired = Locker { $name } in use again
desk-broken = Locker { $name } out of order
desk-locker-filled = Locker filled
desk-locker-free = Locker free again
desk-locker-emptied = Locker emptied
desk-locker-fetched = Locker emptied by { $who }
desk-locker-found-empty = Noted as empty: an exception is open
desk-found-empty = Locker { $name } recorded full and found empty
desk-code = Code of the locker: { $code }. Tell it now: it is not shown again.
desk-code-offline = A code is asked of the office: that takes the network. Note the locker and call back later.
next-open = To begin: { $keys } opens the desk.
next-close = The time is over: { $keys } closes the desk and counts the cash.
next-hand-back = Somebody fetches: scan the label, or type the beginning of the name.
next-take-in = Somebody brings: choose their request (Esc, ↓, Enter), or scan a fresh label.
next-call = Call back who is chosen (Esc, ↓, Enter).
next-locker = Type the name of a locker, or choose it (Esc, ↓, Enter).
next-exception = Choose an exception (Esc, ↓, Enter) and say how it was settled.
thing-one = { $what }
thing-of-several = { $what }, { $place } of { $count }
scan-unknown = Label { $label }: well read, but nothing bears it here. To take something in, choose its request in Expected first.
scan-smudged = Label { $label }: a digit was misread. Read it again or type it.
scan-foreign = { $label } is no label of the house: look for the other label on the thing.
scan-nothing = “{ $words }”: neither a label, nor a locker, nor a name of this desk.
scan-doubled = Label { $label }: several things bear it. Which one is it?
scan-twice = Label { $label }: scanned already for this.
scan-label-out = Label { $label }: on a thing of { $who } already. Use another.
scan-stray = { $label } is a label, not a request. Empty the line (Ctrl-U), then { $keys } to read it.
scan-handed-back = Handed back already to { $who }, { $at }.
scan-elsewhere = Careful: recorded { $place }. Handing it back opens an exception to settle.
scan-unfinished = Careful: the request is { $state }, the job is not finished.
where-unknown = Nothing known bears the label { $label }: it is fresh, or its thing was handed back long ago.
trail-title = Label { $label }
place-here = here{ $shelf }
lies-at-desk = desk of { $site }{ $shelf }
place-courier = with { $name }, on the way
place-provider = at { $name }
place-owner = handed to { $who }
place-since = since { $at }
act-take-in = taken in:
act-pass-on = passed on:
act-hand-back = handed back:
act-lose = lost:
means-cash = cash
means-card = card
means-cheque = cheque
means-voucher = voucher
locker-free = free
locker-reserved = reserved
locker-to-empty = full, to be emptied
locker-to-fetch = full, to be fetched
locker-overdue = overdue
locker-out-of-order = out of order
locker-until = until { $at }
broken-lock = The lock is stuck
broken-door = The door does not close
broken-dirty = To be cleaned
reason-locker-free = The locker is not needed any more
settled-recounted = Counted again: all is there
settled-found = The thing was found
settled-typing = It was a typing error
settled-told = The person confirmed
settled-not-held-told = Nobody to hold it; those who waited are told
settled-not-held-put-off = Put off; those who waited are told
settled-not-held-closed = The site was closed
settled-not-held-offline = It was held, but not recorded
contradiction-not-the-holder = passed on by who did not have it
contradiction-taken-in-twice = taken in twice
contradiction-handed-back-twice = handed back twice
contradiction-passed-on-after-hand-back = passed on after it was handed back
contradiction-lost-item-found = lost, and found
contradiction-older-than-known = older than what is known
contradiction-filled-twice = locker filled twice
contradiction-filled-after-end = locker filled after its booking ended
contradiction-locker-taken = locker filled while another booking held it
contradiction-locker-unusable = locker filled though out of order
contradiction-emptied-unfilled = locker emptied that was not filled
contradiction-emptied-after-end = locker emptied after its booking ended
contradiction-leg-before-not-done = leg done before the one before it
contradiction-leg-ended-twice = leg ended twice
contradiction-tally-wrong = the count does not match
contradiction-not-held = permanence not held
contradiction-other = other
prompt-hand-back = { $who }, { $what }:
prompt-fetched = Who fetches { $what } for { $who }?
prompt-which-person = Which of these persons?
prompt-into-locker = Into which locker, for { $who }?
prompt-counted = { $what }: { $said } said, { $labels } label(s). How many pieces?
prompt-pay = { $who } owes { $sum }. Taken by:
prompt-pay-nothing = { $who } owes nothing.
prompt-sum = What sum from { $who }?
prompt-leftover = { $left } left: { $who }, { $what }. Why?
prompt-cash = Cash: { $sum } expected. Count, and type the sum if it differs:
prompt-cash-less = { $sum } is missing from the cash box.
prompt-cash-more = There is { $sum } too much in the cash box.
prompt-locker = Locker { $name }:
prompt-broken = Locker { $name } out of order: why?
prompt-exception = { $what }. How was it settled?
prompt-print = Print what?
print-nothing = Nothing is printed here. At a desk: its sheet and receipts; on Rounds: the courier's sheet.
print-offline = Offline: the sheet is at the server. Say :print again once the network is back.
print-under-way = The sheet goes to the printer…
print-done = Printed
print-failed = The printer took nothing ({ $program }: { $why }). See “print_command” in the configuration.
print-closing = the sheet of the permanence
print-receipt = the receipt of { $who }, { $sum }
print-receipt-by-mail = that receipt, by mail to { $to }
print-round = the courier's sheet
choice-hand-back = Hand back to { $who }
choice-fetched = Somebody else fetches it
choice-into-locker = Put into a locker
choice-to-desk = Take out of the locker, keep at the desk
choice-take-again = Take back to the desk
choice-counted = { $said }, as said
choice-other-sum = Another sum
choice-pay-nothing = Take nothing
choice-cash = { $sum }, as expected
choice-recount = Count again
choice-close-all-the-same = Close all the same, an exception is opened
choice-locker-filled = It is filled
choice-locker-free = It is not needed, free it
choice-locker-to-desk = Empty it, keep at the desk
choice-locker-fetched = Emptied by { $who }
choice-locker-found-empty = Found empty
choice-locker-for = Put in what is for { $who }
choice-code = Give a code, once
choice-code-by-mail = Mail a code to { $to }
said-booking-mail_code = The code goes by mail to { $to }
said-posting-mail_receipt = The receipt goes by mail to { $to }
choice-broken = Out of order
choice-repaired = Repaired
linear-label = Label
## What is printed
printed-labels = { $count } labels
printed-closing = Permanence { $site }, { $date } { $hours }
printed-concierge = Concierge
printed-opened = Opened
printed-closed = Closed
printed-not-yet = not yet
printed-left = Left over: { $count }
printed-taken = Taken
printed-box = Cash box
printed-expected = Expected
printed-counted = Counted
printed-difference = Difference
printed-receipt = Receipt
printed-from = Received from
printed-at = On
printed-by = By
printed-number = Number
means-transfer = transfer
# A courier's round: its sheet, its mails, its page (round-…)
round-trouble-no-address = the courier has no address of mail: hand them their sheet
round-sheet-title = Round of { $courier }, { $shift }
round-sheet-way =
    { $count ->
        [one] { $vehicle }, { $count } piece at a time. Start: { $start }. End: { $end }.
       *[other] { $vehicle }, { $count } pieces at a time. Start: { $start }. End: { $end }.
    }
round-sheet-nobody = a courier
round-sheet-gone = a place that is gone
round-sheet-desk = { $site }, desk
round-sheet-locker = { $site }, locker { $locker }
round-sheet-take = TAKE
round-sheet-leave = LEAVE
round-sheet-pieces =
    { $count ->
        [one] { $count } piece
       *[other] { $count } pieces
    }
round-sheet-labels = labels { $labels }
round-sheet-about = about { $time }
round-sheet-hours = Hours: { $hours }
round-sheet-passed = done
round-sheet-failed = failed
round-sheet-off = called off
round-sheet-empty = No stop yet.
round-vehicle-foot = On foot
round-vehicle-bike = By bicycle
round-vehicle-cargo-bike = By cargo bicycle
round-vehicle-van = By van
round-mail-subject = Your round of { $day }
round-mail-subject-changed = Your round of { $day }: changes
round-mail-subject-given-away = Somebody else drives your round of { $day }
round-mail-opening = Here is your round of { $day } for { $house }.
round-mail-changed = Your round of { $day } for { $house } has changed. The rest is as we wrote to you.
round-mail-given-away = You need not drive the round of { $day } for { $house } any more: somebody else does. Thank you!
round-mail-gone = Do not go there any more:
round-mail-new = Beside the others:
round-mail-order = In this order:
round-mail-moved = At another time:
round-mail-page = Tell on this page what is taken, left or impossible; it shows the next stop. This link is for you alone:
round-mail-calendar = To see your stops in your calendar (it can subscribe):
round-page-next = Now
round-page-taken = Taken
round-page-left = Left
round-page-failed = Not possible:
round-page-absent = Nobody there
round-page-closed = Closed
round-page-missing = Nothing to take
round-page-refused = Refused
round-page-locker-full = Locker full
round-page-wrong-address = Wrong address
round-page-damaged = Damaged
round-page-vehicle = Vehicle broke down
round-page-waits = To be taken first.
round-page-already = I am there already
round-page-all-done = Every stop is done. Thank you!
round-page-finish = I am back
round-page-over = This round is over. Thank you!
round-page-past = Stops passed
round-page-sheet = Sheet to print
round-page-calendar = Add to my calendar (.ics file)
round-page-contact = A question, something unforeseen? Call us.
round-page-noted-taken = Noted: it is taken.
round-page-noted-left = Noted: it is left.
round-page-noted-failed = Noted: somebody sees to it. Keep what you have with you.
round-page-noted-back = Noted: welcome back.
round-page-elsewhere = Somebody else drives this round now: there is nothing left for you to do. If that is a mistake, call us.
round-page-gone = This round is not to be driven, or no longer. If you expect one, call us.

# Practising
practice-title = Practice, step { $step } of { $count }
practice-title-over = Practice finished
practice-skip = { $way } skips the step
practice-to-field = (Field of labels: { $key }.)
practice-open = The desk at { $place } can open; nobody is waiting yet.
practice-open-do = To open: { $accept }, then { $enter }.
practice-label = { $who } comes for laundry. The bag says { $label }.
practice-label-do = Type { $label }, { $enter }. Ask for the name. { $enter } again: handed back.
practice-tab = { $who } comes for { $count } bags, without a label, and will pay in cash.
practice-tab-rest = { $who } is still waiting: { $count } to hand back.
practice-tab-do = Type { $name }, { $enter }: the row. { $enter }, then { $enter }: hand back to { $who }.
practice-pay = { $who } has the bags, and holds out { $sum } in cash.
practice-pay-do = On the row of { $who }: { $pay }, then 1. (The row is gone? { $undo } takes the bags back.)
practice-deposit = { $who } brings { $count } shirts in a bag. A fresh label: { $label }.
practice-deposit-do = Type { $name }, { $enter }, { $enter }; { $label }, { $enter }; { $enter }: that is all; { $enter }: { $count } counted.
practice-order = { $who } walks in: “Two loaves of bread for { $day }, please.”
practice-order-do = { $new }; { $name }, { $enter }; bread 2 { $day }, { $enter } (a question: { $enter }); { $escape }.
practice-locker = { $who } cannot wait: the parcel, { $label }, is to go into a locker.
practice-locker-do = Type { $label }, { $enter }; { $ways }: another way; 3: a locker; 1: the first that is free.
practice-code = The parcel is in locker { $locker }; { $who } waits for the code.
practice-code-do = Type locker { $locker }, { $enter }, { $enter }, then 3. Tell { $who } the code, then { $skip }.
practice-fetched = { $who } comes for a parcel. It says { $label }.
practice-mistaken = “Sorry, this parcel is not mine!” { $who } puts it back on the desk.
practice-mistaken-do = { $undo } undoes it. Or: { $label }, { $enter }, { $enter }: back at the desk.
practice-close = It is time to close. In the cash box you count { $sum }.
practice-close-do = { $accept }; say by a number why each thing is left; { $enter } if the cash is right.
practice-over = The desk is closed.
practice-over-do = { $quit }, then { $enter }: the report is shown.
practice-wrong-hands = { $label } belongs to { $who }; it has just been handed to somebody else.
practice-not-taken = { $label } has just been handed back, but { $who } does not take it along.
practice-wrong-locker = { $label } is in a locker, but { $who } waits for it at the desk.
practice-wrong-locker-do = { $undo } undoes it. Or: { $label }, { $enter }, { $ways }, then 3: keep it at the desk.
practice-payment = This is not the right payment: { $who } pays in cash, all that is owed, and no more.
practice-other-order = This is not the right request: { $who } would like two loaves of bread for { $day }.
practice-undo-do = { $undo } undoes the last act; then try again.
practice-miscounted = { $who } brought { $count } shirts; an exception is open for another number.
practice-miscounted-do = { $pane }: exceptions. { $enter } on the row, then 1: counted again.
practice-what-open = Open the desk
practice-what-label = Hand back by the label
practice-what-tab = Hand back by the name and take the payment
practice-what-deposit = Take in
practice-what-order = Note a request
practice-what-locker = Put into a locker
practice-what-take-back = Take back what was handed back
practice-what-close = Close and count the cash
practice-section-open = Arriver
practice-section-label = Remettre
practice-section-tab = Encaisser
practice-section-deposit = Prendre en dépôt
practice-section-order = Prendre en dépôt
practice-section-locker = Les casiers
practice-section-take-back = Remettre
practice-section-close = Fermer
practice-report-head = Practice at the desk: { $done } steps done of { $count }, in { $seconds } s.
practice-report-done = { $number }. { $what }: { $seconds } s (usually { $usual } s)
practice-report-skipped = { $number }. { $what }: skipped
practice-report-left = { $number }. { $what }: for another time
practice-report-mistakes =
    { $mistakes ->
        [0] Nothing to put right
        [one] { $mistakes } act to put right, { $right } put right
       *[other] { $mistakes } acts to put right, { $right } put right
    }; { $undone ->
        [0] nothing undone besides the practice.
        [one] { $undone } act undone besides the practice.
       *[other] { $undone } acts undone besides the practice.
    }
practice-report-longest = The longest, set against what is usual: { $what }. More on it: « { $section } » in docs/comptoir.md (in French).
practice-report-usual = No step took longer than usual. What comes next: docs/comptoir.md (in French).
