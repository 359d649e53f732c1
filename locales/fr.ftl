# Les phrases de Loge en français. Chaque clé, attribut et variable existe aussi dans en.ftl ; un test y veille.
# Espaces insécables avant : ; ? ! et à l'intérieur des guillemets.

## Les mots : ce dont il s'agit. « the » après un nom sujet, « of » après « il n'y a pas ».

entity-policy = règlement de la maison
    .the = le règlement de la maison
    .of = de règlement
entity-client = organisation cliente
    .the = l'organisation cliente
    .of = d'organisation cliente
entity-contract = contrat
    .the = le contrat
    .of = de contrat
entity-site = site
    .the = le site
    .of = de site
entity-holiday = jour de fermeture
    .the = le jour de fermeture
    .of = de jour de fermeture
entity-service = service
    .the = le service
    .of = de service
entity-provider = prestataire
    .the = le prestataire
    .of = de prestataire
entity-courier = coursier
    .the = le coursier
    .of = de coursier
entity-operator = compte
    .the = le compte
    .of = de compte
entity-beneficiary = bénéficiaire
    .the = le bénéficiaire
    .of = de bénéficiaire
entity-permanence = permanence
    .the = la permanence
    .of = de permanence
entity-locker = casier
    .the = le casier
    .of = de casier
entity-contact = contact
    .the = le contact
    .of = de contact
entity-request = demande
    .the = la demande
    .of = de demande
entity-claim = prise en charge
    .the = la prise en charge
    .of = de prise en charge
entity-held = travail à relire
    .the = le travail à relire
    .of = de travail à relire
entity-offer = proposition
    .the = la proposition
    .of = de proposition
entity-assignment = attribution
    .the = l'attribution
    .of = d'attribution
entity-booking = réservation de casier
    .the = la réservation de casier
    .of = de réservation de casier
entity-item = article
    .the = l'article
    .of = d'article
entity-round = tournée
    .the = la tournée
    .of = de tournée
entity-leg = trajet
    .the = le trajet
    .of = de trajet
entity-posting = écriture d'ardoise
    .the = l'écriture d'ardoise
    .of = d'écriture d'ardoise
entity-exception = anomalie
    .the = l'anomalie
    .of = d'anomalie
entity-row = fiche
    .the = la fiche
    .of = de fiche

## Les états

state-request-new = nouvelle
state-request-triaged = qualifiée
state-request-waiting = réponse attendue
state-request-offered = proposée
state-request-assigned = attribuée
state-request-underway = en cours
state-request-ready = prête
state-request-done = faite
state-request-closed = close
state-request-answered = info donnée
state-request-refused = refusée
state-request-cancelled = annulée
state-request-merged = regroupée
state-contact-open = à traiter
state-contact-wrapped_up = terminé
state-contact-called_back = rappelé
state-contact-dropped = sans suite
state-call-ringing = sonne
state-call-answered = en ligne
state-call-ended = terminé
state-call-missed = manqué
state-claim-live = tenue
state-claim-stale = sans nouvelles
state-claim-released = rendue
state-held-held = à relire
state-held-released = validé
state-held-returned = à reprendre
state-offer-prepared = en partance
state-offer-sent = envoyée
state-offer-seen = vue
state-offer-accepted = acceptée
state-offer-declined = déclinée
state-offer-expired = sans réponse
state-offer-withdrawn = retirée
state-offer-fulfilled = honorée
state-offer-failed = non honorée
state-offer-released = rendue
state-leg-planned = planifié
state-leg-confirmed = confirmé
state-leg-underway = en route
state-leg-done = fait
state-leg-failed = échec
state-leg-cancelled = annulé
state-round-draft = préparée
state-round-published = publiée
state-round-started = partie
state-round-finished = terminée
state-permanence-planned = prévue
state-permanence-open = ouverte
state-permanence-closed = close
state-permanence-missed = non tenue
state-permanence-cancelled = annulée
state-locker-free = libre
state-locker-reserved = réservé
state-locker-filled = plein
state-locker-overdue = en retard
state-locker-out_of_order = hors service
state-exception-open = ouverte
state-exception-closed = close
state-assignment-active = en cours
state-assignment-fulfilled = honorée
state-assignment-failed = non honorée
state-assignment-released = rendue
state-booking-reserved = réservée
state-booking-filled = remplie
state-booking-overdue = en retard
state-booking-emptied = vidée
state-booking-cancelled = annulée
state-item-in_custody = confié
state-item-handed_back = rendu
state-item-lost = perdu

## Les gestes

verb-triage = qualifier
verb-answer = donner l'info
verb-wait = suspendre
verb-resume = reprendre
verb-merge = regrouper
verb-unmerge = dégrouper
verb-offer = proposer
verb-assign = attribuer
verb-take = prendre
verb-exhaust = rendre à la répartition
verb-start = commencer
verb-ready = déclarer prête
verb-done = déclarer faite
verb-release = libérer
verb-cancel = annuler
verb-refuse = refuser
verb-close = clore
verb-reopen = rouvrir
verb-wrap_up = terminer
verb-call_back = noter le rappel
verb-drop = classer sans suite
verb-renew = garder
verb-expire = laisser expirer
verb-take_over = reprendre
verb-return = rendre à son auteur
verb-edit = modifier
verb-plan = planifier
verb-send = envoyer
verb-see = voir
verb-accept = accepter
verb-decline = décliner
verb-withdraw = retirer
verb-fulfil = honorer
verb-fail = déclarer un échec
verb-open = ouvrir
verb-miss = laisser passer
verb-reserve = réserver
verb-fill = remplir
verb-overdue = déclarer en retard
verb-free = vider
verb-break = mettre hors service
verb-repair = remettre en service
verb-empty = vider
verb-issue_code = donner un code
verb-take_in = prendre en dépôt
verb-pass_on = transmettre
verb-hand_back = rendre
verb-lose = déclarer perdu
verb-confirm = confirmer
verb-move = déplacer
verb-arrange = ordonner
verb-publish = publier
verb-finish = terminer

command-request-create = enregistrer une demande
command-request-edit = modifier une demande
command-request-triage = qualifier une demande
command-request-wait = suspendre une demande
command-request-resume = reprendre une demande
command-request-answer = clore une demande par une info
command-request-refuse = refuser une demande
command-request-cancel = annuler une demande
command-request-merge = regrouper des demandes
command-request-unmerge = dégrouper des demandes
command-request-split = découper une demande
command-request-note = noter une ligne sur une demande
command-request-assign = attribuer une demande
command-request-release = libérer le prestataire d'une demande
command-request-start = commencer une demande
command-request-ready = déclarer une demande prête
command-request-done = déclarer une demande faite
command-request-close = clore une demande
command-request-reopen = rouvrir une demande
command-request-complain = enregistrer une réclamation
command-contact-call_event = transmettre un événement d'appel
command-contact-message = enregistrer un courriel
command-contact-walk_in = enregistrer un passage au comptoir
command-contact-locker_drop = enregistrer un dépôt en casier
command-contact-edit = modifier un contact
command-contact-attach = rattacher un contact à une personne
command-contact-wrap_up = terminer un contact
command-contact-call_back = noter un rappel
command-contact-drop = classer un contact sans suite
command-contact-reopen = rouvrir un contact
command-claim-take = prendre en charge
command-claim-renew = garder une prise en charge
command-claim-take_over = reprendre une prise en charge
command-claim-release = rendre une prise en charge
command-held-release = valider un travail relu
command-held-return = rendre un travail relu à son auteur
command-offer-prepare = préparer une proposition
command-offer-accept = accepter une proposition pour un prestataire
command-offer-decline = décliner une proposition pour un prestataire
command-offer-take_counter = prendre l'horaire proposé par un prestataire
command-offer-withdraw = retirer une proposition
command-offer-fulfil = déclarer une proposition honorée
command-offer-fail = déclarer une proposition non honorée
command-offer-release = libérer un prestataire
command-leg-plan = planifier un trajet
command-leg-edit = modifier un trajet
command-leg-confirm = confirmer un trajet
command-leg-move = déplacer un trajet
command-leg-start = commencer un trajet
command-leg-done = déclarer un trajet fait
command-leg-fail = déclarer l'échec d'un trajet
command-leg-cancel = annuler un trajet
command-round-create = préparer une tournée
command-round-edit = modifier une tournée
command-round-arrange = ordonner les trajets d'une tournée
command-round-publish = publier une tournée
command-round-start = commencer une tournée
command-round-finish = terminer une tournée
command-permanence-plan = planifier une permanence
command-permanence-edit = modifier une permanence
command-permanence-open = ouvrir une permanence
command-permanence-close = clore une permanence
command-permanence-cancel = annuler une permanence
command-locker-create = ajouter un casier
command-locker-edit = modifier un casier
command-locker-archive = archiver un casier
command-locker-break = mettre un casier hors service
command-locker-repair = remettre un casier en service
command-booking-reserve = réserver un casier
command-booking-edit = modifier une réservation de casier
command-booking-fill = noter un casier rempli
command-booking-empty = noter un casier vidé
command-booking-cancel = annuler une réservation de casier
command-booking-issue_code = donner le code d'un casier
command-booking-check_code = vérifier le code d'un casier
command-item-create = prendre un nouvel article en dépôt
command-item-edit = modifier un article
command-item-take_in = reprendre un article en dépôt
command-item-pass_on = transmettre un article
command-item-hand_back = rendre un article
command-item-lose = déclarer un article perdu
command-posting-post = passer une écriture d'ardoise
command-posting-reverse = contre-passer une écriture d'ardoise
command-exception-open = ouvrir une anomalie
command-exception-edit = modifier une anomalie
command-exception-close = clore une anomalie
command-policy-edit = modifier les règles de la maison
command-contract-create = ajouter un contrat
command-contract-edit = modifier un contrat
command-contract-archive = archiver un contrat
command-holiday-create = ajouter un jour de fermeture ou d'ouverture
command-holiday-edit = modifier un jour de fermeture ou d'ouverture
command-holiday-archive = archiver un jour de fermeture ou d'ouverture
command-courier-create = ajouter un coursier
command-courier-edit = modifier un coursier
command-courier-archive = archiver un coursier
command-beneficiary-create = ajouter un bénéficiaire
command-beneficiary-edit = modifier un bénéficiaire
command-beneficiary-archive = archiver un bénéficiaire
command-beneficiary-erase = effacer les données d'un bénéficiaire
command-client-create = ajouter une organisation cliente
command-client-edit = modifier une organisation cliente
command-client-archive = archiver une organisation cliente
command-site-create = ajouter un site
command-site-edit = modifier un site
command-site-archive = archiver un site
command-service-create = ajouter un service
command-service-edit = modifier un service
command-service-archive = archiver un service
command-provider-create = ajouter un prestataire
command-provider-edit = modifier un prestataire
command-provider-archive = archiver un prestataire
command-operator-create = ouvrir un compte
command-operator-edit = modifier un compte
command-operator-archive = fermer un compte
command-operator-prefer = régler ses préférences
command-bulk = traiter plusieurs lignes à la fois
command-undo = défaire

## Les champs ; un champ sans nom ici est dit tel quel.

field-address = adresse
field-assignment_id = attribution
field-by = auteur
field-capacity_per_day = capacité par jour
field-carriage = transport
field-catalogue = catalogue
field-channel = canal
field-client_id = organisation cliente
field-command = commande
field-commune = commune
field-contact_id = contact
field-contact_persons = interlocuteurs
field-detail = détail
field-email = adresse électronique
field-emails = adresses électroniques
field-enrolments = inscriptions
field-extensions = postes téléphoniques
field-family = famille
field-family_name = nom de famille
field-given_name = prénom
field-handover = remise
field-hours = horaires
field-lead_time_h = délai en heures
field-legal_form = forme juridique
field-locker_id = casier
field-login = identifiant
field-name = nom
field-name_en = nom en anglais
field-note = note
field-number = numéro
field-password = mot de passe
field-payer = payeur
field-permanence_id = permanence
field-phone = téléphone
field-phones = téléphones
field-preferences = préférences
field-price = prix
field-quantity = quantité
field-question = question
field-reason = motif
field-requester = demandeur
field-roles = rôles
field-seen = état vu
field-service_id = service
field-services = services
field-site_id = site
field-sites = sites
field-status = statut
field-switchboards = standards
field-synonyms = synonymes
field-text = texte
field-tier = catégorie
field-unit = unité
field-until = date de fin
field-urgency = urgence
field-vat = TVA
field-when = échéance
field-zone = fuseau horaire

## Les refus et les pannes

problem-malformed-json = Contenu illisible
    .detail =
        Ce qui a été envoyé n'est pas du JSON. Corrigez-le, puis renvoyez-le.{ $why ->
            [none] {""}
           *[other] {" "}Détail technique : { $why }.
        }
problem-bad-header = En-tête incorrect
    .detail =
        { $field ->
            [none] Un en-tête de l'envoi manque ou ne peut pas être lu.
           *[other] L'en-tête « { $field } » manque ou ne peut pas être lu.
        } Corrigez-le, puis recommencez.{ $why ->
            [none] {""}
           *[other] {" "}Détail technique : { $why }.
        }
problem-bad-parameter = Adresse incorrecte
    .detail =
        { $field ->
            [none] Une partie de l'adresse demandée ne peut pas être lue.
           *[other] Le paramètre « { $field } » ne peut pas être lu.
        } Corrigez-le, puis recommencez.{ $why ->
            [none] {""}
           *[other] {" "}Détail technique : { $why }.
        }
problem-not-logged-in = Connexion nécessaire
    .detail = Vous n'êtes pas connecté, ou votre session est terminée. Connectez-vous de nouveau : rien de ce que vous avez écrit n'est perdu.
problem-wrong-password = Connexion refusée
    .detail = L'identifiant et le mot de passe ne vont pas ensemble. Vérifiez la touche Verr. Maj, puis réessayez ; en cas d'oubli, demandez à un responsable.
problem-not-allowed = Droit manquant
    .detail =
        { $command ->
            [none] Votre compte ne permet pas ce geste.
           *[other] Votre compte ne permet pas ce geste : { $command }.
        } Demandez à un collègue qui en a le droit, ou à un responsable.
problem-not-found = Introuvable
    .detail =
        { $id ->
            [none] Il n'y a pas { $of_entity } à cet endroit, ou votre compte n'y a pas accès.
           *[other] Il n'y a pas { $of_entity } sous le numéro { $id }, ou votre compte n'y a pas accès.
        } Vérifiez le numéro, ou demandez à un responsable.
problem-no-such-route = Adresse inconnue
    .detail = Le serveur ne connaît pas cette adresse. Vérifiez-la dans la description de l'API, sous /v1/openapi.json.
problem-no-such-method = Méthode impossible
    .detail = Cette adresse existe, mais pas avec cette méthode HTTP. Vérifiez la méthode dans la description de l'API, sous /v1/openapi.json.
problem-state-moved = L'état a changé
    .detail = Entre-temps, { $the_entity } a changé d'état : « { $present } » au lieu de « { $seen } ». Regardez ce qui a changé, puis recommencez si c'est encore utile.
problem-fields-moved = Modifié entre-temps
    .detail = Quelqu'un a modifié entre-temps : { $fields }. Comparez les deux valeurs et choisissez celle qu'il faut garder.
problem-illegal-move = Geste impossible dans cet état
    .detail =
        « { $asked } » n'est pas possible ici : { $the_entity } est à l'état « { $from } ». { $legal ->
            [none] Cet état est définitif.
           *[other] Gestes possibles maintenant : { $legal }.
        }
problem-busy = Impossible pour l'instant
    .detail = { $cause }
problem-key-reused = Clé déjà utilisée
    .detail = La clé de cette commande a déjà servi pour une autre. Renvoyez la commande sous une clé nouvelle.
problem-key-too-old = Clé trop ancienne
    .detail = Cette commande est trop ancienne pour que le serveur sache si elle a déjà été faite. Vérifiez ce qui est enregistré, puis recommencez si nécessaire.
problem-version-moved = Modifié entre-temps
    .detail = Quelqu'un a modifié la fiche depuis que vous l'avez lue. Relisez-la, puis recommencez votre modification.
problem-too-large = Envoi trop gros
    .detail = L'envoi dépasse 1 Mio. Raccourcissez-le ou faites-en plusieurs.
problem-not-json = Format non accepté
    .detail = Le serveur n'accepte que du JSON. Envoyez l'en-tête Content-Type: application/json.
problem-invalid = Valeur non acceptée
    .detail =
        { $field ->
            [none] Une valeur n'est pas acceptée.
           *[other] La valeur du champ « { $field } » n'est pas acceptée.
        } Corrigez-la, puis recommencez.{ $why ->
            [none] {""}
           *[other] {" "}Détail technique : { $why }.
        }
problem-incomplete = Il manque quelque chose
    .detail = Il faut encore indiquer : { $missing }. Complétez, puis recommencez.
problem-reason-missing = Motif nécessaire
    .detail = Pour ce geste, « { $asked } », un motif est nécessaire. Choisissez-en un ou écrivez-le.
problem-unknown-reference = Référence inconnue
    .detail =
        { $field ->
            [none] Une des fiches citées n'existe pas ou n'existe plus.
           *[other] Le champ « { $field } » cite une fiche qui n'existe pas : il n'y a pas { $of_entity } sous ce numéro.
        } Choisissez-en une autre, ou créez-la d'abord.
problem-too-many = Trop d'essais
    .detail =
        Il y a eu trop d'essais à la suite. { $retry_after_s ->
            [none] Attendez un peu, puis réessayez.
            [one] Attendez une seconde, puis réessayez.
           *[other] Attendez { $retry_after_s } secondes, puis réessayez.
        }
problem-feed-reset = Reprise impossible
    .detail = Le fil des changements ne remonte plus jusque-là. Rechargez l'ensemble des données, puis suivez le fil depuis ce point.
problem-fault = Panne du serveur
    .detail = Le serveur a rencontré une erreur, notée dans son journal. Réessayez ; si cela se répète, prévenez la personne qui s'occupe du serveur.
problem-unavailable = Serveur indisponible
    .detail =
        { $why ->
            [none] Le serveur ne peut pas répondre pour l'instant.
           *[other] Le serveur ne peut pas répondre pour l'instant : { $why }.
        } Votre travail est gardé ; réessayez dans un moment.

why-starting = il démarre
why-stopping = il s'arrête
why-locked = sa base de données est occupée par un autre programme
why-disk_full = son disque est plein

## Ce qui fait obstacle : une phrase entière, avec ce qu'il faut faire

cause-claimed = Quelqu'un d'autre s'en occupe déjà. Voyez avec cette personne, ou reprenez la main en indiquant un motif.
cause-already_taken = Un autre prestataire a déjà accepté. Il n'y a plus rien à attribuer, à moins de libérer ce prestataire.
cause-locker_booked = Ce casier est déjà réservé ou occupé. Choisissez un autre casier.
cause-leg_before = Le trajet précédent n'est pas encore fait. Terminez-le ou notez son échec d'abord.
cause-built_upon = D'autres gestes s'appuient déjà sur celui-ci. Défaites-les d'abord, ou corrigez à la main.
cause-too_late = Il est trop tard pour ce geste. Corrigez à la main ce qui doit l'être.
cause-exception_open = Une anomalie est encore ouverte. Réglez-la d'abord.
cause-exists = Cela existe déjà. Reprenez ce qui existe au lieu de le créer une seconde fois.
cause-in_use = D'autres fiches s'y réfèrent encore. Modifiez-les d'abord.
cause-unbalanced = Les lignes de l'écriture ne s'équilibrent pas, ou nomment un mauvais compte. Corrigez les montants ou les comptes.
cause-not_this_kind = Ce geste ne convient pas à ce qui est choisi. Choisissez un autre geste, ou une autre ligne.

## La ligne de commande : loge office

cli-office-starting = Le serveur Loge démarre avec la base { $database }.
cli-office-listening = Le serveur Loge répond sur { $url }. Ctrl-C l'arrête.
cli-office-stopping = Le serveur s'arrête : les flux se ferment, ce qui est commencé se termine.
cli-office-stopped = Le serveur est arrêté. Rien n'est perdu.
cli-first-operator = Premier compte : identifiant « { $login } », mot de passe « { $password } ». Notez-le : il ne sera plus affiché.
cli-port-taken = L'adresse { $address } est déjà utilisée par un autre programme. Arrêtez-le, ou choisissez une autre adresse avec --listen.
cli-listen-failed = Impossible d'écouter sur { $address }. Vérifiez l'adresse et le port. Détail technique : { $why }.
cli-database-locked = La base { $database } est occupée par un autre programme. Arrêtez-le, puis recommencez.
cli-database-unreachable = La base { $database } ne peut pas être ouverte. Vérifiez le chemin ou l'adresse, et les droits. Détail technique : { $why }.
cli-disk-full = Le disque de { $path } est plein. Libérez de la place, puis recommencez ; rien n'a été écrit à moitié.
cli-newer-schema = La base { $database } vient d'une version plus récente de Loge (schéma { $found }, ce programme connaît { $known }). Installez la version récente ; rien n'a été modifié.
cli-certificate-unreadable = Le certificat { $file } ne peut pas être lu. Vérifiez le chemin, les droits et le format PEM. Détail technique : { $why }.
cli-key-unreadable = La clé privée { $file } ne peut pas être lue. Vérifiez le chemin, les droits et le format PEM. Détail technique : { $why }.
cli-fault = Loge s'est arrêté sur une erreur imprévue. Détail technique : { $why }.
cli-no-office = Le serveur ne fait pas partie de ce programme. Installez la version complète de Loge, ou compilez avec la fonction « office ».
cli-database-missing = Il n'y a pas encore de base { $database }. Lancez loge office ou loge office init, qui la créent.

## La configuration

cli-config-unreadable = Le fichier de configuration { $file } ne peut pas être lu. Vérifiez le chemin et les droits. Détail technique : { $why }.
cli-config-syntax = { $file }, ligne { $line } : ce n'est pas du TOML correct. Corrigez cette ligne. Détail technique : { $why }.
cli-config-unknown-key =
    { $nearest ->
        [none] { $file }, ligne { $line } : le réglage « { $key } » n'existe pas. Retirez-le ; config.example.toml montre tous les réglages.
       *[other] { $file }, ligne { $line } : le réglage « { $key } » n'existe pas. Vouliez-vous dire « { $nearest } » ?
    }
cli-config-wrong-value = { $file }, ligne { $line } : « { $key } » n'a pas la bonne forme. Écrivez { $expected }.
cli-config-given-wrong = { $source } n'a pas la bonne forme. Donnez { $expected }.
cli-config-half-tls = Le certificat et la clé vont ensemble, et il en manque un. Donnez les deux réglages « certificate » et « key », ou aucun.
cli-config-plain-http = Sans certificat, Loge n'écoute que sur cette machine, et { $address } est ouverte au réseau. Donnez « certificate » et « key », ou réglez « allow_plain_http » si un autre programme chiffre devant lui.
cli-config-no-home = Le dossier personnel est introuvable. Indiquez où ranger les données avec --data.

cli-expects-office = une table [office]
cli-expects-console = une table [console]
cli-expects-listen = une adresse et un port, comme 127.0.0.1:7846
cli-expects-database = le chemin d'un fichier SQLite, ou une adresse postgres://
cli-expects-certificate = le chemin d'un certificat PEM
cli-expects-key = le chemin d'une clé privée PEM
cli-expects-allow_plain_http = true ou false
cli-expects-log = un filtre de journal, comme info ou loge=debug,info
cli-expects-log_format = compact ou json
cli-expects-offices = des adresses de serveur, comme https://loge.example

## loge office init et operator add

cli-init-done = La base { $database } est prête. Lancez le serveur avec loge office.
cli-init-already = La base { $database } existe déjà ; rien n'a été changé.
cli-operator-added = Compte ouvert : identifiant « { $login } », rôles : { $roles }.
cli-operator-password = Mot de passe de « { $login } » : « { $password } ». Notez-le : il ne sera plus affiché.
cli-operator-exists = L'identifiant « { $login } » est déjà pris. Choisissez-en un autre.
cli-operator-bad-login = L'identifiant « { $login } » n'est pas accepté. Il en faut un de 2 à 64 signes, pris parmi a-z, 0-9, point, tiret et tiret bas.
cli-operator-bad-role = Le rôle « { $role } » n'existe pas. Choisissez parmi : { $roles }.
cli-operator-no-role = Il faut au moins un rôle. Choisissez parmi : { $roles }.
cli-operator-unknown = Aucun compte n'a l'identifiant « { $login } ». Vérifiez-le ; rien n'a été changé.
cli-operator-bad-name = Le nom n'est pas accepté. Il en faut un de 1 à 200 signes, sur une ligne.
cli-operator-password-set = Mot de passe de « { $login } » changé ; ses sessions sont terminées.
cli-operator-long-password = Le mot de passe est trop long. Il en faut un de { $maximum } signes au plus.
cli-bad-key = « { $key } » n'est ni un numéro ni une clé. Donnez le numéro (UUID), ou la clé du fichier importé : 1 à 64 signes pris parmi a-z, 0-9, point, tiret et tiret bas.
cli-password-file = Le fichier de mot de passe { $file } ne peut pas être lu. Vérifiez le chemin et les droits. Détail technique : { $why }.
cli-password-ask = Mot de passe (vide : tiré au sort) :
cli-password-again = Le même encore une fois :
cli-password-differs = Les deux mots de passe diffèrent. Recommencez ; rien n'a été changé.
cli-operator-short-password =
    { $minimum ->
        [one] Le mot de passe est trop court. Il en faut un d'au moins { $minimum } signe.
       *[other] Le mot de passe est trop court. Il en faut un d'au moins { $minimum } signes.
    }

## loge office import et export

cli-import-progress = { $entity } : { $done } sur { $total }
cli-import-done =
    Import terminé : { $created ->
        [one] { $created } fiche créée
       *[other] { $created } fiches créées
    }, { $changed ->
        [one] { $changed } modifiée
       *[other] { $changed } modifiées
    }, { $unchanged ->
        [one] { $unchanged } inchangée
       *[other] { $unchanged } inchangées
    }.
cli-import-bad-line = { $file }:{ $line }: { $field }: { $advice }
cli-import-nothing =
    { $errors ->
        [one] Rien n'a été importé : { $errors } ligne est à corriger. Corrigez-la, puis relancez la même commande.
       *[other] Rien n'a été importé : { $errors } lignes sont à corriger. Corrigez-les, puis relancez la même commande.
    }
cli-import-no-folder = Le dossier { $folder } n'existe pas ou ne peut pas être lu. Vérifiez le chemin.
cli-import-no-files = Le dossier { $folder } ne contient aucun fichier à importer. Un fichier par sorte de fiche est attendu, par exemple sites.csv.
cli-import-unknown-file = Le fichier { $file } a été laissé de côté : son nom ne correspond à aucune sorte de fiche.
cli-import-advice-missing-column = cette colonne manque ; ajoutez-la à la première ligne du fichier
cli-import-advice-unknown-column = cette colonne n'existe pas ; retirez-la ou corrigez son nom
cli-import-advice-empty = une valeur est nécessaire ; remplissez la case
cli-import-advice-unknown-name = « { $name } » n'existe pas dans { $where } ; ajoutez-le ou corrigez le nom
cli-import-advice-twice = « { $name } » figure déjà à la ligne { $first } ; gardez une seule des deux
cli-import-advice-value = « { $value } » n'est pas accepté ; écrivez { $expected }
cli-import-advice-file = le fichier ne peut pas être lu ; enregistrez-le en CSV ou en TOML, en UTF-8. Détail technique : { $why }
cli-import-advice-archived = cette fiche est archivée et le reste ; écrivez yes, ou importez-la sous une autre clé
cli-import-advice-rule = la valeur ne convient pas ; corrigez-la. Détail technique : { $why }
cli-import-would =
    Rien n'a été écrit. L'import ferait ceci : { $created ->
        [one] { $created } fiche créée
       *[other] { $created } fiches créées
    }, { $changed ->
        [one] { $changed } modifiée
       *[other] { $changed } modifiées
    }, { $unchanged ->
        [one] { $unchanged } inchangée
       *[other] { $unchanged } inchangées
    }.
cli-expects-cell-key = un UUID, ou une clé de 1 à 64 signes pris parmi a-z, 0-9, point, tiret et tiret bas
cli-expects-cell-text = une ligne de 1 à 200 signes
cli-expects-cell-long-text = un texte de 1 à 10000 signes
cli-expects-cell-phone = un numéro de téléphone, comme 01 99 00 12 34 ou +33199001234
cli-expects-cell-email = une adresse électronique, comme claire.durand@metropole.example
cli-expects-cell-login = 2 à 64 signes pris parmi a-z, 0-9, point, tiret et tiret bas
cli-expects-cell-password = un mot de passe de 10 à 1000 signes
cli-expects-cell-number = un nombre entier de 0 à { $most }
cli-expects-cell-euros = un prix en euros, comme 4,50
cli-expects-cell-percent = un taux de 0 à 100, comme 20 ou 5,5
cli-expects-cell-date = un jour, comme 2026-03-29
cli-expects-cell-time = une heure, comme 09:30
cli-expects-cell-zone = un fuseau horaire, comme Europe/Paris
cli-expects-cell-hours = des horaires, comme lun-ven 08:00-18:00; sam 09:00-12:00
cli-expects-cell-choice = un de ces mots : { $words }
cli-expects-cell-enrolment = un client et ses jours, comme metropole:2026-01-01/2026-12-31
cli-expects-cell-place = un lieu, comme site:merignac, locker:a1, provider:essor ou address:1 rue des Lilas
cli-expects-cell-json = du JSON correct
cli-export-written =
    Export terminé : { $rows ->
        [one] { $rows } fiche
       *[other] { $rows } fiches
    } dans { $folder }.
cli-export-not-empty = Le dossier { $folder } n'est pas vide. Choisissez un dossier vide ou nouveau.

## loge office backup et erase

cli-backup-written = Sauvegarde écrite dans { $file } ({ $size }). Gardez-la sur une autre machine.
cli-backup-exists = Le fichier { $file } existe déjà. Choisissez un autre nom ; rien n'a été remplacé.
cli-backup-postgres = Une base PostgreSQL se sauvegarde avec pg_dump. loge office backup ne copie que la base SQLite.
cli-erased =
    Données effacées : { $requests ->
        [one] { $requests } demande rendue anonyme
       *[other] { $requests } demandes rendues anonymes
    }, { $messages ->
        [one] { $messages } message supprimé
       *[other] { $messages } messages supprimés
    }. Les totaux sont conservés.
cli-erase-unknown = Aucun bénéficiaire ne porte le numéro { $id }. Vérifiez-le ; rien n'a été effacé.
cli-erase-already = Les données du bénéficiaire { $id } sont déjà effacées.
cli-size-kb = { $number } ko
cli-size-mb = { $number } Mo
cli-erase-reason = Le motif n'est pas accepté. Il en faut un de 1 à 200 signes, sur une ligne ; rien n'a été effacé.

## loge office doctor

cli-doctor-ok = bon       { $what }
cli-doctor-bad = à revoir  { $what } : { $advice }
cli-doctor-all-well = Tout est en ordre.
cli-doctor-not-well =
    { $count ->
        [one] { $count } point est à revoir.
       *[other] { $count } points sont à revoir.
    }
cli-doctor-config = configuration
cli-doctor-database = base de données
cli-doctor-schema = version du schéma
cli-doctor-integrity = intégrité des données
cli-doctor-clock = heure de la machine
cli-doctor-certificate = certificat
cli-doctor-listen = adresse d'écoute
cli-doctor-accounts = comptes
cli-doctor-advice-integrity = des fiches se contredisent ; restaurez une sauvegarde. Détail technique : { $why }
cli-doctor-advice-clock =
    { $seconds ->
        [one] l'heure diffère de { $seconds } seconde de celle de la base ; mettez la machine à l'heure
       *[other] l'heure diffère de { $seconds } secondes de celle de la base ; mettez la machine à l'heure
    }
cli-doctor-advice-accounts = aucun responsable n'a de compte ; ouvrez-en un avec loge office operator add
cli-doctor-advice-schema = le schéma est celui de la version { $found } ; lancez loge office, qui le met à jour en version { $known }
cli-doctor-advice-key = d'autres que son propriétaire peuvent lire la clé { $file } ; retirez-leur ce droit (chmod 600)

cli-load-commands = { $count } commandes enregistrées, { $rate } par seconde ; médiane { $median } ms, 99 sur 100 en moins de { $p99 } ms.
cli-load-changes = { $count } changements reçus ; de l'enregistrement à la réception : médiane { $median } ms, 99 sur 100 en moins de { $p99 } ms.
cli-load-refused = { $count } fois sans succès : { $cause }
cli-load-failed = Le bureau { $office } ne répond pas comme il faut : { $why }
cli-load-not-here = { $office } n'est pas sur cette machine. Une charge ne se met que sur un bureau local : lancez la commande là où il tourne.
cli-load-password = Le fichier { $file } ne peut pas être lu : { $why }. Indiquez celui qui contient le mot de passe.
