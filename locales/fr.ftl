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
entity-recurring_order = commande régulière
    .the = la commande régulière
    .of = de commande régulière
entity-request = demande
    .the = la demande
    .of = de demande
entity-claim = prise en charge
    .the = la prise en charge
    .of = de prise en charge
entity-held = travail à relire
    .the = le travail à relire
    .of = de travail à relire
entity-reply = réponse
    .the = la réponse
    .of = de réponse
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
state-recurring_order-active = en cours
state-recurring_order-ended = terminée
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
state-reply-prepared = en partance
state-reply-sending = en cours d'envoi
state-reply-sent = envoyée
state-reply-failed = non partie
state-reply-doubtful = à vérifier
state-reply-withdrawn = retirée
state-reply-bounced = revenue
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
verb-defer = changer le délai
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
verb-deliver = remettre
verb-doubt = douter
verb-bounce = revenir
verb-send_again = renvoyer
verb-let_be = laisser tel quel
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
verb-mail_code = envoyer un code
verb-mail_receipt = envoyer un reçu
verb-take_in = prendre en dépôt
verb-pass_on = transmettre
verb-hand_back = rendre
verb-lose = déclarer perdu
verb-confirm = confirmer
verb-move = déplacer
verb-arrange = ordonner
verb-publish = publier
verb-finish = terminer
verb-pause = mettre en pause
verb-end = terminer

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
command-recurring_order-create = enregistrer une commande régulière
command-recurring_order-edit = modifier une commande régulière
command-recurring_order-pause = mettre en pause une commande régulière
command-recurring_order-resume = reprendre une commande régulière
command-recurring_order-end = terminer une commande régulière
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
command-reply-prepare = écrire une réponse
command-reply-withdraw = retirer une réponse
command-reply-send_again = renvoyer une réponse
command-reply-let_be = laisser une réponse telle quelle
command-offer-prepare = préparer une proposition
command-offer-accept = accepter une proposition pour un prestataire
command-offer-decline = décliner une proposition pour un prestataire
command-offer-take_counter = prendre l'horaire proposé par un prestataire
command-offer-defer = donner un autre délai de réponse
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
command-booking-mail_code = envoyer le code d'un casier par courriel
command-booking-check_code = vérifier le code d'un casier
command-item-create = prendre un nouvel article en dépôt
command-item-edit = modifier un article
command-item-take_in = reprendre un article en dépôt
command-item-pass_on = transmettre un article
command-item-hand_back = rendre un article
command-item-lose = déclarer un article perdu
command-item-number_labels = numéroter des étiquettes
command-posting-post = passer une écriture d'ardoise
command-posting-reverse = contre-passer une écriture d'ardoise
command-posting-mail_receipt = envoyer un reçu par courriel
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
command-operator-set_view = garder ou oublier une vue
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
field-recurrence = rythme
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
field-time = heure
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
    .detail =
        L'envoi dépasse { $limit ->
            [none] 1 Mio
           *[other] { $limit }
        }. Raccourcissez-le ou faites-en plusieurs.
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
problem-tier-reason-missing = Motif nécessaire pour cette catégorie
    .detail = { $better } est d'une catégorie prioritaire et disponible : indiquez pourquoi passer outre (champ « tier_reason »), ou proposez-lui la demande.
problem-wrong-member = Membre impossible
    .detail =
        { $fault ->
            [itself] { $name } ne peut pas être membre de son propre groupement. Retirez cette ligne.
            [consortium] { $name } est déjà un groupement : indiquez plutôt ses membres.
           *[other] { $name } est membre d'un groupement et ne peut pas avoir de membres. Retirez-le d'abord de ce groupement.
        }
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
cause-no_mail_server = Ce serveur n'envoie pas de courriel. Complétez la table [office.smtp] de sa configuration : une adresse « from » et un serveur « host », ou un dossier « folder ».
cause-no_address = Aucune adresse de courriel ne joint cette personne. Ajoutez-en une à sa fiche, ou dites-le-lui de vive voix.
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
cli-mail-unusable = Le courriel ne peut pas partir comme le dit la table [office.smtp] : { $why }.
cli-config-mail-incomplete = Il manque « { $setting } » dans la table [office.smtp]. Écrivez une adresse « from », et un serveur « host » ou un dossier « folder » ; avec « user », un « password_file » ou une « password_command ».
cli-config-two-outlets = La table [office.smtp] nomme un serveur « host » et un dossier « folder ». Gardez l'un des deux.
cli-config-plain-smtp = Le courriel pour { $host } partirait en clair sur le réseau. Écrivez « tls = "implicit" » ou « tls = "starttls" » ; « none » ne vaut que pour cette machine.
cli-config-plain-http = Sans certificat, Loge n'écoute que sur cette machine, et { $address } est ouverte au réseau. Donnez « certificate » et « key », ou réglez « allow_plain_http » si un autre programme chiffre devant lui.
cli-config-no-home = Le dossier personnel est introuvable. Indiquez où ranger les données avec --data.

cli-expects-smtp = une table [office.smtp]
cli-expects-travel = une table [office.travel]
cli-expects-osrm = l'adresse d'un service OSRM, comme http://router.example:5000
cli-expects-valhalla = l'adresse d'un service Valhalla, comme http://router.example:8002
cli-expects-detour_percent = un nombre entier de 100 à 400
cli-config-two-table-services = La table [office.travel] nomme deux services de trajets. Gardez « osrm » ou « valhalla ».
cli-expects-barrier = des tables [[office.travel.barrier]], chacune avec course et crossings
cli-expects-course = une liste de positions, chacune avec lat et lon
cli-expects-crossings = une liste de positions, chacune avec lat et lon
cli-expects-lat = une latitude de -90 à 90
cli-expects-lon = une longitude de -180 à 180
cli-expects-host = le nom d'un serveur de courriel
cli-expects-port = un numéro de port, de 1 à 65535
cli-expects-tls = "implicit", "starttls" ou "none"
cli-expects-user = le nom d'un compte
cli-expects-password_file = le chemin d'un fichier
cli-expects-password_command = une commande et ses arguments, comme ["pass", "show", "courriel"]
cli-expects-print_command = une commande et ses arguments, comme ["lp"]
cli-expects-print_as = "text" ou "html"
cli-expects-folder = le nom ou le chemin d'un dossier
cli-expects-from = une adresse de courriel, comme bonjour@conciergerie.example
cli-expects-name = un nom
cli-expects-reply_to = une adresse de courriel, comme bonjour@conciergerie.example
cli-expects-domain = un nom de domaine, comme conciergerie.example
cli-expects-signature = un texte
cli-expects-office = une table [office]
cli-expects-console = une table [console]
cli-expects-listen = une adresse et un port, comme 127.0.0.1:7846
cli-expects-database = le chemin d'un fichier SQLite, ou une adresse postgres://
cli-expects-certificate = le chemin d'un certificat PEM
cli-expects-key = le chemin d'une clé privée PEM
cli-expects-allow_plain_http = true ou false
cli-expects-public_url = une adresse de serveur, comme https://loge.example
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
cli-expects-cell-suspension = des jours et un motif, comme 2026-08-03/2026-08-23:congés d’été, sans dernier jour jusqu’à nouvel ordre (2026-12-01/:qualité)
cli-expects-cell-member = un prestataire et ses demandes par jour dans le groupement, comme essor:4
cli-expects-cell-place = un lieu, comme site:merignac, locker:a1, provider:essor ou address:1 rue des Lilas, ou address:1 rue des Lilas@44.837789,-0.579180
cli-expects-cell-position = une latitude et une longitude, comme 44.837789, -0.579180
cli-expects-cell-courier-of = own_staff, volunteer ou un prestataire, comme provider:velo-express
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
cli-load-failed = Le serveur { $office } ne répond pas comme il faut : { $why }
cli-load-not-here = { $office } n'est pas sur cette machine. Une charge ne se met que sur un serveur local : lancez la commande là où il tourne.
cli-load-password = Le fichier { $file } ne peut pas être lu : { $why }. Indiquez celui qui contient le mot de passe.

## La console : les touches
action-claim_ringing = prendre l'appel
action-next_own_call = mon appel suivant
action-redraw = redessiner
action-leave = retour
    .reply = finir le texte
    .draft = garder le brouillon
    .line = aller à la liste
    .note = finir la note
    .moving = laisser en place
    .filter = reprendre le filtre d'avant
    .register = ne rien changer
    .all = tout montrer
    .nothing = ne rien faire
action-edit_left = à gauche
action-edit_right = à droite
    .field = autre valeur
action-edit_word_left = mot précédent
action-edit_word_right = mot suivant
action-edit_home = début de la ligne
action-edit_end = fin de la ligne
action-edit_erase = effacer avant
action-edit_delete = effacer après
action-text_clear = vider la ligne
action-text_kill = effacer la fin
action-text_save = enregistrer
    .choice = prendre
    .person = nouvelle personne
    .filter = filtrer
    .prompt = valider
    .register = valider
    .label = lire l'étiquette
    .hand-back = remettre
    .count = compter et prendre
action-text_complete = compléter
    .usual = corriger
    .name = compléter un nom
    .tab = volet suivant
action-text_fields = corriger un champ
    .field = champ suivant
    .usual = commande habituelle
    .compare = comparer
    .choice = suivant
    .ways = autre façon
action-text_fields_up = remonter
    .field = revenir à la ligne
action-line_break = à la ligne
action-line_up = ligne au-dessus
action-line_down = ligne au-dessous
action-next_field = champ suivant
action-prev_field = champ précédent
action-choose = choisir
action-choice_ok = valider
    .asked = enregistrer tel quel
action-up = monter
    .moving = plus tôt
    .provider = précédent
    .activity = remonter
action-down = descendre
    .moving = plus tard
    .reply = faire défiler
    .provider = suivant
    .activity = descendre
action-left = à gauche
    .moving = tournée au-dessus
    .provider = retour à la liste
    .activity = plus court
action-right = à droite
    .moving = tournée au-dessous
    .provider = autre prestataire
    .activity = mois, année
action-top = premier
action-bottom = dernier
action-page_up = page précédente
action-page_down = page suivante
action-next_pane = volet suivant
    .reply = champ suivant
action-prev_pane = volet précédent
action-screen_1 = Accueil
action-screen_2 = Répartition
action-screen_3 = Tournées
action-screen_4 = Demandes
action-screen_5 = Activité
action-day_before = jour d'avant
    .month = mois d'avant
    .year = année d'avant
action-day_after = jour d'après
    .month = mois d'après
    .year = année d'après
action-open = ouvrir
    .moving = prendre
    .list = liste
    .order = tout voir
    .reply = reprendre le texte
    .settle = régler
    .hand-back = remettre
    .take-in = prendre en dépôt
    .desk = ouvrir
    .desk-of = comptoir
action-back = retour
action-filter = filtrer
    .site = un seul site
    .all-sites = tous les sites
action-command = commande
action-help = aide
action-mark = marquer
action-mark_range = marquer jusqu'ici
action-mark_all = tout marquer
action-repeat = répéter
action-pay = encaisser
action-scan = étiquette
action-undo = défaire
action-new_request = nouvelle demande
    .register = nouvelle fiche
action-note = noter
action-claim = prendre
action-edit = modifier
    .offer = délai de réponse
    .round = déplacer
action-accept = oui, OK
    .round = tournée
    .publish = publier la tournée
    .start = faire partir
    .finish = terminer
    .plan = voir et prendre
    .new-round = préparer sa tournée
    .offer = réponse du prestataire
    .understood = enregistrer le compris
    .reply = envoyer
    .held = relire
    .own = reprendre
    .open-desk = ouvrir la permanence
    .close-desk = fermer la permanence
action-outcome = info donnée, issue
    .round = fait ou échec
    .not-held = dire pourquoi
action-slot = créneau
action-pin = bloquer
action-replan = replanifier le jour
    .command = replanifier
action-print = imprimer
    .command = imprimer
action-new_round = préparer une tournée
    .command = tournée
action-assign = proposer
    .help = proposer, ou confier à l'équipe
    .round = affecter
    .offer = demander au suivant
action-reply = répondre
    .offer = écrire au prestataire
    .calls = décider de la réponse
action-suspend = suspendre
    .pause = mettre en pause
    .resume = reprendre
action-merge = même demande
action-divide = découper
action-same_person = rattacher à la personne
action-cancel = annuler
    .order = terminer
    .offer = retirer
    .reply = jeter le texte
    .held = rendre
    .own = reprendre
    .register = retirer
action-refuse = refuser la demande
    .command = refuser
action-release = libérer le prestataire
    .command = libérer
action-lock = verrouiller, tout cacher
    .command = verrou
action-handover = passer le poste à quelqu'un d'autre
    .command = relève
action-quit = quitter Loge
    .command = quitter
action-providers = voir les prestataires
    .command = prestataires
action-services = voir les services
    .command = services
action-keep_view = garder le filtre comme vue
    .command = vue
action-recurring = commandes régulières
    .command = régulières
action-where = où est un article
    .command = où
action-forget_view = oublier une vue
    .command = oublier
action-sign_in = se reconnecter
    .command = connexion
action-to_shell = passer au terminal, revenir par fg
    .command = terminal
context-anywhere = Partout
context-editing = Dans tout champ
context-text = Dans un champ d'une ligne
context-lines = Dans un texte de plusieurs lignes
context-choice = Devant un choix
context-list = Dans une liste ou une fiche
kind-now = tout de suite
kind-prompt = proposé, Entrée le fait
kind-text = ouvre un champ
kind-commit = fait ce qui est proposé
keys-then = { $first } puis { $second }
keys-title = Les touches
keys-intro = Fait par `loge keys`. La lettre propose, Entrée fait, Échap laisse, `u` défait. La dernière colonne compte les appuis, AZERTY/QWERTY ; Maj et Ctrl en sont. Sur la rangée des chiffres, AZERTY se passe de Maj : `&` vaut `1`.
keys-head = | touches | ce qu'elles font | nom | comment | appuis |
keys-commands = Par « : » seulement
keys-commands-head = | commande | ce qu'elle fait | nom |
keys-ends = met fin à quelque chose
keys-fault-at = { $file }, ligne { $line } : { $fault }
keys-fault-no-action = Aucune action ne s'appelle « { $action } ». La plus proche est « { $nearest } » ; loge keys les montre toutes.
keys-fault-fixed = Les touches de « { $action } » ne se changent pas. Retirez cette ligne.
keys-fault-needs-key = « { $action } » doit garder une touche : sans elle, rien de rare ne serait à portée. Donnez-lui en une.
keys-fault-no-key = « { $key } », pour « { $action } », n'est le nom d'aucune touche. Écrivez par exemple Ctrl-G, F2, Maj-Tab, Suppr ou g.
keys-fault-multiplexer = { $key } ne peut pas servir à « { $action } » : tmux et screen la gardent pour eux. Prenez-en une autre.
keys-fault-flow-control = { $key } ne peut pas servir à « { $action } » : elle fige ou relance l'affichage du terminal. Prenez-en une autre.
keys-fault-shell = { $key } ne peut pas servir à « { $action } » : elle suspend ou arrête le programme. Prenez-en une autre.
keys-fault-browser = { $key } ne peut pas servir à « { $action } » : dans un navigateur elle ferme l'onglet ou en ouvre un. Prenez-en une autre.
keys-fault-same = { $key } ne peut pas servir à « { $action } » : le terminal l'envoie aussi pour une autre touche. Prenez-en une autre.
keys-fault-input-method = { $key } ne peut pas servir à « { $action } » : elle change de clavier sur bien des postes. Prenez-en une autre.
keys-fault-alt = { $key } ne peut pas servir à « { $action } » : il y faut Alt, AltGr ou une touche morte. Prenez-en une autre.
keys-fault-not-sent = { $key } ne peut pas servir à « { $action } » : les terminaux ne l'envoient pas. Prenez-en une autre.
keys-fault-text = { $key } ne peut pas servir à « { $action } » : un champ la prendrait pour du texte. Prenez une touche F ou Ctrl et une lettre.
keys-fault-taken = { $key } ne peut pas servir à « { $action } » : elle sert déjà à « { $other } » ({ $words }) au même endroit. Changez l'une des deux.
## Les réglages de la console

cli-config-unknown-profile =
    { $file ->
        [none] Le profil « { $profile } » n'existe pas, car il n'y a pas de fichier de configuration. Écrivez-y une table [profiles.{ $profile }], ou n'indiquez pas de profil.
       *[other] { $nearest ->
            [none] { $file } : le profil « { $profile } » n'existe pas. Écrivez une table [profiles.{ $profile }], ou n'indiquez pas de profil.
           *[other] { $file } : le profil « { $profile } » n'existe pas. Vouliez-vous dire « { $nearest } » ?
        }
    }
cli-config-two-tokens = Le jeton vient d'un fichier ou d'une commande, pas des deux. Donnez un seul des réglages « token_file » et « token_command ».
cli-expects-profiles = des tables [profiles.NOM]
cli-expects-keys = une table [keys] d'actions, chacune avec la liste de ses touches, comme undo = ["u"]
cli-expects-plain_http = true ou false
cli-expects-ca_file = le chemin de certificats PEM
cli-expects-login = 2 à 64 caractères parmi a-z, 0-9, point, tiret et tiret bas
cli-expects-token_file = le chemin d'un fichier
cli-expects-token_command = une commande et ses arguments, comme ["pass", "show", "loge"] dans le fichier
cli-expects-language = fr ou en
cli-expects-theme = le nom d'un thème, parmi a-z, 0-9 et tirets, comme sombre
cli-expects-layout = panes ou linear
cli-expects-bell = off, once ou repeat
cli-expects-seconds = on ou off
cli-expects-ascii = auto, on ou off
cli-expects-colours = auto, none, 16, 256 ou true, entre guillemets dans le fichier
cli-expects-escape_wait_ms = un nombre entier de 10 à 1000
cli-expects-digits = azerty ou none
cli-expects-keep_snapshot = true ou false
cli-expects-lock_after_min = un nombre entier de minutes, de 0 (jamais) à 1440

## Le filtre des demandes

filter-field-state = statut
filter-field-site = site
filter-field-service = service
filter-field-who = qui
filter-field-provider = prestataire
filter-field-channel = canal
filter-field-due = échéance
filter-field-since = depuis
filter-field-before = avant
filter-flag-urgent = urgent
filter-flag-mine = à moi
filter-flag-late = en retard
filter-flag-open = ouvert
filter-flag-ended = clos
filter-channel-phone = téléphone
filter-channel-email = courriel
filter-channel-permanence = permanence
filter-channel-locker = casier
filter-channel-house = maison
filter-day-today = auj
filter-day-tomorrow = demain
filter-day-yesterday = hier
filter-day-monday = lun
filter-day-tuesday = mar
filter-day-wednesday = mer
filter-day-thursday = jeu
filter-day-friday = ven
filter-day-saturday = sam
filter-day-sunday = dim
filter-unknown-field =
    { $nearest ->
        [none] « { $word } » n'est pas un champ et n'est pas pris en compte. Champs : { $known }.
       *[other] « { $word } » n'est pas un champ et n'est pas pris en compte. Vouliez-vous dire « { $nearest }: » ?
    }
filter-no-value = « { $field }: » attend une valeur.
filter-unknown-state =
    { $nearest ->
        [none] Aucun statut ne commence par « { $word } » ; il n'est pas pris en compte. Statuts : { $known }.
       *[other] Aucun statut ne commence par « { $word } » ; il n'est pas pris en compte. Vouliez-vous dire « { $nearest } » ?
    }
filter-unknown-channel = Aucun canal ne commence par « { $word } » ; il n'est pas pris en compte. Canaux : { $known }.
filter-unknown-day = « { $word } » n'est pas un jour et n'est pas pris en compte. Écrivez par exemple ven, demain ou 27/11.
## Le dossier de la console

store-full = Le disque est plein : rien de plus ne peut être conservé. Faites de la place, puis recommencez.
store-unusable = { $path } ne peut pas être utilisé : { $why }. Vérifiez ses droits, ou indiquez un autre dossier dans la configuration.
store-taken-over = Vous avez ouvert une autre console : c'est elle qui continue. Fermez celle-ci.
store-busy = Un autre programme occupe le dossier de cette console. Fermez-le, puis recommencez.
store-damaged =
    Une partie de ce qui était gardé sur ce poste est illisible et mise de côté : { $commands ->
        [0] aucune commande
        [one] { $commands } commande
       *[other] { $commands } commandes
    }, { $drafts ->
        [0] aucun brouillon
        [one] { $drafts } brouillon
       *[other] { $drafts } brouillons
    } dans le dossier de données. loge doctor dit où il est.
store-gone = Le dossier de données de ce poste a été supprimé pendant l'écriture. Ce qui est tapé reste en mémoire ; il y est écrit dès que le dossier peut être refait.
store-made-anew = Le dossier de données de ce poste a été supprimé. Il est refait : ce qui attend d'être envoyé et les brouillons y sont écrits de nouveau.
store-draft-too-long = Ce texte est trop long pour être gardé en brouillon : 10 000 caractères au plus. Raccourcissez-le.

## La ligne de saisie

line-title = Nouvelle demande
line-title-for = Nouvelle demande, pour { $who }
line-draft = brouillon
line-draft-kept = brouillon gardé
line-saved-so-far =
    { $count ->
        [one] { $count } enregistrée
       *[other] { $count } enregistrées
    }
line-empty = Ce qui est demandé, comme on le dit
line-empty-usual = Ce qui est demandé, comme on le dit, ou le numéro d'une commande habituelle
line-brought = Commande habituelle : Entrée enregistre, { $down } la suivante, Tab pour la corriger
line-usual = Habituel
line-understood = Compris
line-why = Pourquoi
line-no-why = pas encore dit
line-other-values = { $left } { $right } autre valeur, taper la remplace, { $up } la ligne
line-price = Prix
line-price-free = gratuit
line-price-quote = sur devis
line-further = Et aussi
line-attention = Attention
line-alike-compare = ressemble à { $request } : { $down } comparer
line-alike = ressemble à { $request }
line-no-requester = on ne sait pas encore pour qui : la demande restera à compléter
line-recurs = commande régulière : chaque date devient une demande
line-recurs-incomplete = revient, mais incomplète : seule la première est enregistrée
line-as-it-is = Un chiffre répond. Entrée enregistre tel quel, à compléter. Taper corrige la ligne.
line-words = « { $words } »
line-not-understood = « { $words } » n'est pas compris pour ce champ : tapez autre chose, ou { $up } pour revenir à la ligne.
line-nothing-to-save = Rien à enregistrer : la ligne est vide.
line-lacks-all = Dites au moins ce qui est demandé.
line-saved = Enregistrée : { $what }.
line-saved-incomplete = Enregistrée : { $what }. À compléter : { $missing }.
line-saved-several = { $count } demandes enregistrées, d'abord { $what }.
line-saved-several-incomplete = { $count } demandes enregistrées, d'abord { $what }. À compléter : { $missing }.
line-saved-first = De ce qui revient, seule la première l'est tant qu'il manque quelque chose : la répétition est notée dans le détail.
line-saved-again = Ce qui revient est une commande régulière.
line-saved-recurring =
    { $dates ->
        [none] Commande régulière : { $what }, { $rhythm }, { $time }.
       *[other] Commande régulière : { $what }, { $rhythm }, { $time }. D'abord { $dates }
    }
line-missing-requester = qui demande
line-outcome-saved =
    { $count ->
        [one] { $count } demande enregistrée
       *[other] { $count } demandes enregistrées
    }
line-call-closed = Appel terminé : { $outcome }.
line-call-closed-of = Appel de { $who } terminé : { $outcome }.
line-no-service = rien de cela, garder les mots
line-handover-permanence = à la permanence
line-handover-locker = casier
line-handover-locker-named = casier { $name }
line-handover-home = à domicile
line-handover-home-at = à domicile, { $address }
line-handover-on-site = sur place
line-payer-person = à sa charge
line-payer-client = payé par l'organisation
line-payer-shared = organisation { $percent } %
line-urgency-normal = pas urgent
line-urgency-urgent = URGENT
line-again-once = une seule fois
line-again-days =
    { $every ->
        [one] chaque jour
       *[other] tous les { $every } jours
    }
line-again-weeks =
    { $every ->
        [one] chaque { $days }
       *[other] toutes les { $every } semaines, { $days }
    }
line-again-months = le { $day } de chaque mois
line-again-month-days =
    { $nth ->
        [1] le premier { $day } du mois
        [2] le deuxième { $day } du mois
        [3] le troisième { $day } du mois
        [4] le quatrième { $day } du mois
       *[last] le dernier { $day } du mois
    }
line-again-until = jusqu'au { $date }
line-again-times = { $times } fois
line-again-except = sauf { $dates }
line-again-kept = même les jours fériés ou fermés
line-asked = « { $words } » : { $question }

## Qui est-ce

party-title = Qui ?
party-title-of = Qui, chez { $client } ?
party-without = Échap : continuer sans
party-type-name = Un nom, ou son début
party-new = nouvelle personne : { $who }
party-enter-new = Créer { $who } ? Entrée pour créer
party-attached = C'est { $name }.
party-attached-kept = C'est { $name } ; ses coordonnées sont gardées.
party-entered = { $name } : fiche créée.
## loge : la connexion, et logout

cli-options-after = Les options de la console se placent après la commande, par exemple : loge doctor --profile garde.
cli-console-stopped = { $why }
cli-console-no-office = Aucun serveur n'est indiqué. Donnez son adresse avec --office, ou le réglage « offices ».
cli-console-plain-http = { $office } est en http simple vers une autre machine : chacun sur le trajet pourrait lire le mot de passe. Donnez une adresse https://, ou réglez « plain_http » si le réseau lui-même est protégé.
cli-console-scheme = { $office } n'est pas l'adresse d'un serveur. Donnez-en une qui commence par https://.
cli-console-credentials = L'adresse { $office } contenait un nom ou un mot de passe. Retirez-les ; Loge les demande.
cli-console-not-a-root = L'adresse { $office } continue après le chemin. Retirez tout à partir du point d'interrogation ou du dièse.
cli-console-ca-file = Les certificats { $file } sont inutilisables. Vérifiez le chemin, les droits et le format PEM. Détail technique : { $why }.
cli-console-unreachable = Le serveur { $office } ne répond pas. Vérifiez le réseau et l'adresse (--office), puis réessayez ; loge doctor examine tout. Détail technique : { $why }.
cli-console-refused = Le serveur { $office } a refusé : { $why }
cli-console-no-sense = Ce qui répond à { $office } n'est pas un serveur Loge. Vérifiez l'adresse (--office). Détail technique : { $why }.
cli-login-where = Connexion à { $office }.
cli-login-ask = Identifiant :
cli-login-password = Mot de passe de { $login } :
cli-login-bad = Ce ne peut pas être un identifiant : il prend 2 à 64 caractères parmi a-z, 0-9, point, tiret et tiret bas.
cli-login-over = La session gardée est terminée.
cli-login-locked = Ce poste a été laissé verrouillé.
cli-login-offline = Le serveur { $office } ne répond pas. La console continue avec ce qui est gardé sur ce poste ; reconnectez-vous quand il répondra.
cli-login-given-up = Personne ne s'est connecté. Rien n'a été changé.
cli-login-too-often = Personne ne s'est connecté après plusieurs essais. Vérifiez l'identifiant et le mot de passe, puis relancez ; un responsable peut donner un nouveau mot de passe.
cli-login-no-terminal = Il n'y a pas de terminal où demander un mot de passe. Lancez Loge dans un terminal, ou donnez « token_file » ou « token_command ».
cli-token-wrong = Ce qui est donné comme jeton n'en est pas un : un jeton est une ligne de caractères visibles. Vérifiez « token_file » ou « token_command ».
cli-token-refused = Le serveur { $office } n'accepte pas le jeton : il est périmé, ou destiné à un autre serveur. Faites-en faire un nouveau.
cli-token-file = Le fichier de jeton { $file } ne peut pas être lu. Vérifiez le chemin et les droits. Détail technique : { $why }.
cli-token-open = D'autres peuvent lire le fichier de jeton { $file }. Retirez-leur ce droit (chmod 600), et faites faire un nouveau jeton s'ils ne sont pas sûrs.
cli-token-command = La commande { $program } n'a pas donné de jeton. Détail technique : { $why }.
cli-session-open = D'autres peuvent lire la session gardée { $file } : elle n'est pas utilisée. Connectez-vous de nouveau.
cli-session-file = La session n'est pas gardée sur ce poste : { $file } ne peut pas être écrit ou lu. Détail technique : { $why }.
cli-handover = { $login } a passé le poste. Qui le prend ?
cli-logout-done = { $login } est déconnecté ; ce poste a oublié la session.
cli-logout-here = Ce poste a oublié la session de { $login }. Le serveur n'a pas répondu : la session y finira d'elle-même.
cli-logout-waiting =
    { $count ->
        [one] Une commande de { $login } attend encore d'être envoyée ; elle reste sur ce poste et partira à sa prochaine connexion.
       *[other] { $count } commandes de { $login } attendent encore d'être envoyées ; elles restent sur ce poste et partiront à sa prochaine connexion.
    }
cli-logout-copy = La copie des données n'a pas pu être effacée de ce poste, et la session y reste : { $why }
cli-logout-nobody = Aucune session pour { $office } n'est gardée sur ce poste.
cli-logout-which = Plusieurs comptes sont connectés sur ce poste : { $logins }. Dites lequel avec --login.

## loge doctor

cli-doctor-line = { $line }
cli-doctor-line-ok = bon      { $what } : { $said }
cli-doctor-line-warn = à voir   { $what } : { $said }
cli-doctor-line-fail = échec    { $what } : { $said }
cli-doctor-works =
    { $count ->
        [one] La console fonctionne ; { $count } point pourrait aller mieux.
       *[other] La console fonctionne ; { $count } points pourraient aller mieux.
    }
cli-doctor-why = { $why }
cli-doctor-file = { $file }
cli-doctor-config-none = aucun fichier ; les valeurs d'origine s'appliquent
cli-doctor-terminal = terminal
cli-doctor-no-terminal = l'entrée ou la sortie n'est pas un terminal ; lancez Loge dans une fenêtre de terminal
cli-doctor-no-term = TERM n'est pas défini ; lancez Loge depuis un programme de terminal courant, ou utilisez --plain
cli-doctor-dumb = ce terminal n'écrit que ligne après ligne ; utilisez --plain
cli-doctor-size = taille
cli-doctor-size-is = { $columns } colonnes, { $rows } lignes
cli-doctor-size-small = { $columns } colonnes, { $rows } lignes ; agrandissez la fenêtre : au moins 80 colonnes et 24 lignes
cli-doctor-characters = caractères
cli-doctor-utf8 = UTF-8 ({ $locale })
cli-doctor-utf8-set = tous, comme réglé (locale { $locale })
cli-doctor-ascii-set = ASCII seulement, comme réglé (locale { $locale })
cli-doctor-ascii = la locale { $locale } n'est pas en UTF-8 : seul l'ASCII est dessiné ; définissez par exemple LC_ALL=fr_FR.UTF-8
cli-doctor-colours = couleurs
cli-doctor-colours-none = aucune ; la graisse et les mots disent la même chose
cli-doctor-colours-16 = 16
cli-doctor-colours-256 = 256
cli-doctor-colours-true = 16 millions
cli-doctor-theme = thème
cli-doctor-language = langue
cli-doctor-language-fr = français
cli-doctor-language-en = anglais
cli-doctor-escape = touche Échap
cli-doctor-escape-local = attend { $ms } ms
cli-doctor-escape-ssh = attend { $ms } ms, par SSH
cli-doctor-escape-short = n'attend que { $ms } ms, par SSH : les flèches peuvent être coupées en deux ; réglez « escape_wait_ms » à 100
cli-doctor-office = serveur
cli-doctor-office-silent = { $office } ne répond pas ; vérifiez le réseau et l'adresse (--office). Détail technique : { $why }
cli-doctor-office-is = { $office } répond, version { $version }
cli-doctor-office-version = { $office } répond, version { $version }, et ce programme est en { $own } ; installez la même version des deux côtés
cli-doctor-clock-right =
    { $seconds ->
        [one] à { $seconds } seconde de celle du serveur
       *[other] à { $seconds } secondes de celle du serveur
    }
cli-doctor-clock-fast =
    { $seconds ->
        [one] en avance de { $seconds } seconde sur celle du serveur ; réglez l'horloge de la machine
       *[other] en avance de { $seconds } secondes sur celle du serveur ; réglez l'horloge de la machine
    }
cli-doctor-clock-slow =
    { $seconds ->
        [one] en retard de { $seconds } seconde sur celle du serveur ; réglez l'horloge de la machine
       *[other] en retard de { $seconds } secondes sur celle du serveur ; réglez l'horloge de la machine
    }
cli-doctor-session = session
cli-doctor-session-kept = celle de { $login } est gardée
cli-doctor-session-none = aucune n'est gardée ; la console demande le mot de passe
cli-doctor-session-bad = celle qui est gardée est inutilisable ; connectez-vous de nouveau. Détail technique : { $why }
cli-doctor-token-missing = il n'y a pas de fichier de jeton { $file } ; vérifiez « token_file »
cli-doctor-folder = dossier des données
cli-doctor-folder-is = { $folder }
cli-doctor-folder-open = d'autres peuvent regarder dans { $folder } ; retirez-leur ce droit (chmod 700)
cli-doctor-folder-closed = rien ne peut être écrit dans { $folder } ; vérifiez les droits et le disque, ou indiquez un autre dossier avec --data
cli-doctor-outbox = boîte d'envoi
cli-doctor-outbox-empty = rien n'attend
cli-doctor-outbox-waits =
    { $count ->
        [one] un geste attend depuis le { $since }
       *[other] { $count } gestes attendent, le plus ancien depuis le { $since }
    } ; { $back ->
        [0] ouvrez Loge, qui les envoie dès que le serveur répond
        [one] un est revenu ; ouvrez Loge et décidez
       *[other] { $back } sont revenus ; ouvrez Loge et décidez
    }{ $damaged ->
        [0] { "" }
       *[other] . Illisibles : { $damaged }, mis de côté dans outbox.damaged
    }
cli-doctor-outbox-damaged =
    { $count ->
        [one] une ligne est illisible ; elle est mise de côté dans outbox.damaged au prochain démarrage
       *[other] { $count } lignes sont illisibles ; elles sont mises de côté dans outbox.damaged au prochain démarrage
    }
cli-doctor-drafts = brouillons
cli-doctor-drafts-none = aucun
cli-doctor-drafts-kept =
    { $count ->
        [one] un est gardé, du { $last }
       *[other] { $count } sont gardés, le dernier du { $last }
    }
cli-doctor-drafts-damaged =
    { $count ->
        [one] un est illisible ; il reste où il est, dans le dossier des données
       *[other] { $count } sont illisibles ; ils restent où ils sont, dans le dossier des données
    }

## La console : les thèmes
theme-fault-no-theme = Aucun thème ne s'appelle « { $name } ». Il y a { $names }, et ceux de votre dossier themes.
theme-fault-unreadable = Ce thème ne peut pas être lu : { $why }.
theme-fault-syntax = Ce n'est pas un thème : { $why }.
theme-fault-no-role = Aucun rôle ne s'appelle « { $name } ». Le plus proche est « { $nearest } ».
theme-fault-no-weight = Aucune graisse ne s'appelle « { $name } ». La plus proche est « { $nearest } ».
theme-fault-no-colour = « { $text } » n'est pas une couleur. Écrivez #rrggbb ou le nom anglais de l'une des seize, comme lightblue.

## Les gestes : ce qui est proposé, ce qui est fait, ce qui s'y oppose

action-settle = voir ce qui est à régler
    .command = régler
field-window = horaires
name-gone = ligne disparue
name-request = demande
name-several = plusieurs lignes
handover-permanence = à la permanence
handover-locker = en casier
handover-home = à domicile, { $address }
handover-on-site = sur place
payer-person = la personne
payer-client = l'organisation
payer-shared = les deux
urgency-urgent = urgente
urgency-normal = normale
cannot-not-here = « { $verb } » ne fait rien ici.
cannot-denied = Votre compte ne permet pas « { $verb } » ici. Demandez à un collègue qui en a le droit.
cannot-state = « { $verb } » ne se peut pas : état « { $state } ».
cannot-rings = Cet appel sonne encore. Prenez-le d'abord.
cannot-over = C'est déjà traité.
cannot-nothing-to-attach = Il n'y a ni numéro ni adresse à rattacher ici.
cannot-nothing-alike = Cette personne n'a pas d'autre demande en cours.
cannot-not-today = Une permanence s'ouvre le jour même.
cannot-mine-already = Vous la tenez déjà.
prompt-left-out =
    { $count ->
        [one] ({ $count } ligne marquée ne s'y prête pas)
       *[other] ({ $count } lignes marquées ne s'y prêtent pas)
    }
prompt-incomplete-left-out =
    { $count ->
        [one] ({ $count } incomplète laissée de côté)
       *[other] ({ $count } incomplètes laissées de côté)
    }
prompt-outcome =
    { $count ->
        [one] { $what } : quelle issue ?
       *[other] { $count } contacts : quelle issue ?
    }
prompt-call-back =
    { $count ->
        [one] { $what }, appel manqué : qu'a donné le rappel ?
       *[other] { $count } appels manqués : qu'ont donné les rappels ?
    }
prompt-drop =
    { $count ->
        [one] Classer { $what } sans suite : pour quel motif ?
       *[other] Classer { $count } contacts sans suite : pour quel motif ?
    }
prompt-answer =
    { $count ->
        [one] { $what } était une question : quelle info a été donnée ?
       *[other] { $count } questions : quelle info a été donnée ?
    }
prompt-question =
    { $count ->
        [one] Suspendre { $what } : quelle question est posée ?
       *[other] Suspendre { $count } demandes : quelle question est posée ?
    }
prompt-resume =
    { $count ->
        [one] Reprendre { $what } ? Question posée : « { $question } »
       *[other] Reprendre { $count } demandes ?
    }
prompt-cancel =
    { $count ->
        [one] Annuler { $what } : pour quel motif ?
       *[other] Annuler { $count } demandes : pour quel motif ?
    }
prompt-refuse =
    { $count ->
        [one] Refuser { $what } : pour quel motif ?
       *[other] Refuser { $count } demandes : pour quel motif ?
    }
prompt-release =
    { $count ->
        [one] Libérer le prestataire de { $what } : pour quel motif ?
       *[other] Libérer les prestataires de { $count } demandes : pour quel motif ?
    }
prompt-merge =
    { $count ->
        [one] { $what } est la même demande que :
       *[other] { $count } demandes n'en sont qu'une :
    }
prompt-same-as =
    { $count ->
        [one] { $what } au sujet d'une demande connue :
       *[other] { $count } contacts au sujet d'une demande connue :
    }
prompt-divide =
    { $count ->
        [one] Découper { $what } : ce qui part dans une demande à part ?
       *[other] Découper { $count } demandes : ce qui part à part ?
    }
prompt-open =
    { $count ->
        [one] Ouvrir la permanence { $what } maintenant ?
       *[other] Ouvrir { $count } permanences maintenant ?
    }
prompt-hold = La permanence { $what } est tenue par { $who }. La tenir à sa place ?
prompt-triage =
    { $count ->
        [one] Qualifier { $what } ?
       *[other] Qualifier { $count } demandes ?
    }
prompt-missing = { $what } : il manque { $missing }.
prompt-edit =
    { $count ->
        [one] Modifier { $what } : quel champ ?
       *[other] Modifier { $count } lignes : quel champ ?
    }
prompt-value = Quelle valeur, { $field } ?
prompt-reply = Envoyer à { $to } ({ $who }) ?
prompt-reply-calls = Réponse à { $who }, { $state } : { $why }
choice-reply-close = L'envoyer et clore le message
choice-reply-keep = L'envoyer et garder le message ouvert
choice-reply-send = L'envoyer
choice-reply-wait = L'envoyer et attendre la réponse
choice-reply-again = L'envoyer de nouveau
choice-reply-let-be = La laisser telle quelle
choice-reply-another = Écrire une autre réponse
reply-title = Réponse à { $who } ({ $to })
reply-heading = Réponse à { $who }
reply-subject = Objet
reply-to = À
reply-no-address = Il manque à qui écrire. Écrivez une adresse comme claire@metropole.example.
reply-wrong-address = « { $typed } » n'est pas une adresse de courriel. Écrivez-la comme claire@metropole.example.
address-bounces = { $address } n'arrive plus (depuis { $since })
reply-unfold = {" "}({ $key } : le lire)
reply-no-subject = votre message
reply-answers = Répond à « { $begins }… »
reply-modules = Modèles : { $list }
reply-at-foot = Prête : o puis Entrée l'envoie. Jusque-là c'est un brouillon, qui est gardé.
reply-leaves-in = part dans { $seconds } s
reply-no-word = le serveur de courriel n'a pas répondu
reply-by-program = automatique
reply-in-thread = Réponse de { $who }, { $at } : { $state }
reply-acknowledged = Accusé de réception envoyé à { $to }, { $at }
reply-not-kept-told = Réponse automatique envoyée à { $to }, { $at } : pièces jointes trop grosses
reply-offers = Propositions envoyées par courriel à { $to }, { $at }
reply-automatic = Réponse automatique à { $to }, { $at } : { $state }
notice-reply-kept = Le brouillon de la réponse est gardé.
notice-call-back = Rappeler { $who } : { $number }
cannot-no-address = Aucune adresse de courriel n'est connue. Ajoutez-la à la personne.
cannot-no-mail = { $provider } n'a pas d'adresse de courriel : appelez le { $number }.
cannot-no-mail-nor-number = { $provider } n'a ni adresse de courriel ni numéro. Ajoutez-les à sa fiche, par :prestataires.
cannot-no-number = Le numéro est masqué : il n'y a rien à rappeler.
linear-locked = Verrouillé
linear-reply = Réponse
prompt-note = Enregistrer la note sur { $what } ?
prompt-take-over = { $who } s'en occupe. Reprendre à sa place : pour quel motif ?
prompt-quit = Quitter Loge ? Restent sur ce poste, et seront là au retour : { $left }.
prompt-conflict = { $what }, { $field } : c'était « { $seen } » quand vous l'avez changé, et quelqu'un l'a changé aussi.
prompt-type = écrire, puis { $key }
prompt-or-type = { $key } prend le premier ; ou écrire autre chose
question-requester = Pour qui est-ce ?
question-service_id = Que faut-il exactement ?
question-site_id = Sur quel site ?
question-payer = Qui paie ?
question-when = Pour quand ?
reason-outcome-1 = Info donnée
reason-outcome-2 = Demande enregistrée
reason-outcome-3 = Rappellera
reason-outcome-4 = Transmis à un collègue
reason-outcome-5 = Erreur de numéro
reason-call-back-1 = Rappelé, info donnée
reason-call-back-2 = Rappelé, demande enregistrée
reason-call-back-3 = Rappelé, message laissé
reason-call-back-4 = Rappelé sans réponse
reason-drop-1 = Démarchage
reason-drop-2 = Erreur de numéro
reason-drop-3 = Doublon
reason-drop-4 = Ne nous concerne pas
reason-answer-1 = Horaires donnés
reason-answer-2 = Prix donné
reason-answer-3 = Délai donné
reason-answer-4 = Orienté vers un autre service
reason-question-1 = Quel détail : taille, couleur, nombre ?
reason-question-2 = Le prix convient-il ?
reason-question-3 = Cet autre jour convient-il ?
reason-question-4 = Comment le rendre ?
reason-cancel-1 = La personne n'en a plus besoin
reason-cancel-2 = La personne s'en est occupée
reason-cancel-3 = Le prix ne convient pas
reason-cancel-4 = Le délai ne convient pas
reason-cancel-5 = Saisie par erreur
reason-refuse-1 = Hors catalogue
reason-refuse-2 = Aucun prestataire trouvé
reason-refuse-3 = Délai impossible
reason-refuse-4 = Non couvert par l'abonnement
reason-release-1 = Le prestataire ne peut plus
reason-release-2 = Le prestataire ne répond plus
reason-release-3 = Retard trop grand
reason-release-4 = La personne demande un autre prestataire
reason-merge-1 = Même demande
reason-take-over-1 = D'accord entre nous
reason-take-over-2 = N'est plus à son poste
reason-take-over-3 = La personne me demande
outcome-same-as = Même demande que { $what }
choice-drop = Sans suite…
choice-resume = La reprendre
choice-open = L'ouvrir
choice-hold = La tenir
choice-triage = La qualifier
choice-nothing = rien
choice-home = À domicile…
choice-search-person = Chercher la personne
choice-note-save = L'enregistrer
choice-note-go-on = Continuer à écrire
choice-note-throw-away = La jeter
choice-handover = Passer le poste
choice-stay-locked = Rester verrouillé
choice-quit = Quitter
choice-stay = Rester
choice-again = L'envoyer de nouveau
choice-from-present = Le faire quand même
choice-mine = Garder le mien : { $value }
choice-theirs = Garder le leur : { $value }
choice-throw-away = Le jeter
said-contact-wrap_up =
    { $count ->
        [one] { $what } : terminé
       *[other] { $count } contacts terminés
    }
said-contact-call_back =
    { $count ->
        [one] { $what } : rappelé
       *[other] { $count } appels rappelés
    }
said-contact-drop =
    { $count ->
        [one] { $what } : sans suite
       *[other] { $count } contacts sans suite
    }
said-contact-attach =
    { $count ->
        [one] { $what } : rattaché
       *[other] { $count } contacts rattachés
    }
said-request-answer =
    { $count ->
        [one] { $what } : info donnée
       *[other] { $count } demandes : info donnée
    }
said-request-wait =
    { $count ->
        [one] { $what } : réponse attendue
       *[other] { $count } demandes : réponse attendue
    }
said-request-resume =
    { $count ->
        [one] { $what } reprise
       *[other] { $count } demandes reprises
    }
said-request-cancel =
    { $count ->
        [one] { $what } annulée
       *[other] { $count } demandes annulées
    }
said-request-refuse =
    { $count ->
        [one] { $what } refusée
       *[other] { $count } demandes refusées
    }
said-request-release =
    { $count ->
        [one] { $what } : prestataire libéré
       *[other] { $count } demandes : prestataires libérés
    }
said-request-merge =
    { $count ->
        [one] { $what } regroupée
       *[other] { $count } demandes regroupées
    }
said-request-split =
    { $count ->
        [one] { $what } découpée
       *[other] { $count } demandes découpées
    }
said-request-triage =
    { $count ->
        [one] { $what } qualifiée
       *[other] { $count } demandes qualifiées
    }
said-request-edit =
    { $count ->
        [one] { $what } modifiée
       *[other] { $count } demandes modifiées
    }
said-reply-prepare = Réponse à { $what }
said-reply-send_again = Réponse à renvoyer
said-reply-let_be = Réponse laissée telle quelle
said-reply-withdraw = Réponse retirée
said-request-note =
    { $count ->
        [one] { $what } : note enregistrée
       *[other] { $count } notes enregistrées
    }
said-permanence-open =
    { $count ->
        [one] Permanence { $what } ouverte
       *[other] { $count } permanences ouvertes
    }
said-permanence-edit =
    { $count ->
        [one] Permanence { $what } modifiée
       *[other] { $count } permanences modifiées
    }
said-held =
    { $count ->
        [one] { $what } : « { $verb } » attend d'être relu par un collègue
       *[other] { $count } lignes : « { $verb } » attend d'être relu par un collègue
    }
value-not-read = { $field } : ce n'est pas compris. Écrivez-le autrement, ou choisissez un numéro.
value-position-nobody = Une position se note dans la fiche de la personne qui demande : ici, personne n'est nommé. Sans « @ », l'adresse seule est prise.
value-too-long = Ce texte est vide, trop long ou contient des signes interdits : { $count } caractères au plus.
notice-nothing-selected = Aucune ligne n'est choisie.
notice-nothing-to-change = Rien à changer : c'est déjà ainsi.
notice-nothing-to-repeat = Il n'y a rien à répéter.
notice-nothing-to-undo = Il n'y a rien à défaire.
notice-nothing-to-settle = Il n'y a rien à régler.
notice-too-many = { $count } lignes au plus à la fois. Démarquez-en.
notice-no-command = Aucune commande, demande, personne ni site ne s'appelle « { $typed } ».
notice-undone = Défait
notice-undone-verb = Défait : { $verb }
notice-undone-what = Défait : { $verb } ({ $what })
notice-thrown-away = Jeté
notice-sent-again = Envoyé de nouveau
notice-kept-theirs = Ce qui était écrit est gardé
notice-bulk-refused =
    { $done ->
        [one] { $done } faite
       *[other] { $done } faites
    }, { $refused ->
        [one] { $refused } refusée
       *[other] { $refused } refusées
    } ({ $which }) : { $why }
settle-what = { $what } : { $verb }
settle-unkept = Le disque de ce poste n'a pas pu le garder, et ce n'est pas parti.
handover-calls =
    { $count ->
        [one] Un appel en cours reste à { $who } : un collègue peut le reprendre.
       *[other] { $count } appels en cours restent à { $who } : un collègue peut les reprendre.
    }
handover-left = Gardé sur ce poste pour { $who } : { $left }.
quit-to-send =
    { $count ->
        [one] { $count } envoi en attente
       *[other] { $count } envois en attente
    }
quit-to-settle = { $count } à régler
quit-drafts =
    { $count ->
        [one] { $count } brouillon
       *[other] { $count } brouillons
    }
note-title = Note sur { $what }
palette-title = Commande, numéro, personne ou site
palette-nothing = Rien de tel. Un mot de ce qui est à faire, un numéro, un nom ou un site.
palette-action = action
palette-request = demande
palette-person = personne
palette-site = site
palette-thing = article
palette-view = vue
view-keep = garder le filtre comme vue « { $name } »
view-forget = oublier la vue « { $name } »
view-kept = Vue « { $name } » gardée : { $filter }
view-replaced = Vue « { $name } » remplacée : { $filter }
view-kept-already = La vue « { $name } » garde déjà ce filtre : { $filter }
view-forgotten = Vue « { $name } » oubliée
view-unknown = Aucune vue ne s'appelle « { $name } ».
view-no-filter = Aucun filtre à garder : / en pose un, puis :vue et son nom.
view-no-name = Sous quel nom ? Il se tape après la commande.
view-odd-name = Ce nom contient des signes qu'un écran ne montre pas.
view-long-name = Un nom de vue a { $count } caractères au plus.
view-long-filter = Ce filtre est trop long pour être gardé.
view-too-many = Un compte garde { $count } vues au plus. Il faut d'abord en oublier une.
help-not-now = { $does } (inactif)
help-commands = Par « : » seulement
help-span = { $first }-{ $last } sur { $count }
## la ligne de saisie et loge read

entry-field-service = Service
entry-field-quantity = Quantité
entry-field-detail = Précisions
entry-field-when = Quand
entry-field-recurrence = Répétition
entry-field-site = Site
entry-field-handover = Remise
entry-field-payer = Paiement
entry-field-urgency = Urgence
entry-why-by-hand = choisi à la main
entry-why-prefix = début de mot
entry-why-typo = faute de frappe corrigée
entry-why-one = rien d'autre n'est dit
entry-why-window-length = durée du créneau
entry-why-usual-site = site de la personne
entry-why-usual-handover = remise habituelle
entry-why-usual-home = domicile connu
entry-why-usual-payer = paiement habituel
entry-why-done-on-spot = se fait sur place
entry-why-site-has-permanences = le site a des permanences
entry-why-no-permanence = pas de permanence ce jour-là
entry-why-next-permanence = prochaine permanence
entry-why-permanence-opens = heure de la permanence
entry-why-end-of-day = fin de journée, faute d'heure
entry-why-whole-day = toute la journée, faute d'heure
entry-why-duration = durée du service
entry-why-today = aujourd'hui, faute de jour
entry-why-tomorrow = demain, l'heure est passée aujourd'hui
entry-why-next-month = le mois prochain, le jour est passé
entry-why-from-now = compté à partir de maintenant
entry-why-first-of-recurrence = première date de la répétition
entry-ask-which-service = Quel service ?
entry-ask-is-it-service = Est-ce bien ce service ?
entry-ask-not-offered-there = Ce service n'est pas proposé sur ce site à cette date. Le garder ?
entry-ask-not-wanted = « Pas de », « annuler » ou « sauf » : que veut la personne ?
entry-ask-which-quantity = Combien ?
entry-ask-which-day = Quel jour ?
entry-ask-which-hour = Quelle heure ?
entry-ask-day-mismatch = Le jour et la date ne vont pas ensemble. Lequel est le bon ?
entry-ask-past = Ce moment est passé. Quand ?
entry-ask-closed-day = Ce jour est férié ou fermé. Quand ?
entry-ask-no-permanence = Pas de permanence ce jour-là. Quand ?
entry-ask-once-or-again = Une seule fois ou chaque semaine ?
entry-ask-which-site = Quel site ?
entry-ask-which-handover = Quelle remise ?
entry-ask-which-payer = Qui paie ?
entry-doubtful = à confirmer
entry-quoted = « { $words } »
entry-missing = Il manque : { $fields }
cli-read-no-services = Le dossier { $folder } ne contient pas de fichier services.csv. Indiquez un dossier d'annuaire en CSV ; docs/import.md dit ce qui y est attendu.
cli-read-nothing = Il n'y a rien à lire. Donnez une phrase entre guillemets, comme « 3 chemises vendredi midi ».
cli-read-bad-time = { $value } n'est pas un moment. Écrivez-le comme 2026-11-24T14:32.
cli-read-no-site = Aucun site ne s'appelle { $name }. Sites connus : { $sites }.
## Démonstration : ce qui arrive, et ce que la journée a donné
cli-demo-ready = La maison est ouverte : { $url }, prête en { $ms } ms ; chez elle il est { $at }.
cli-demo-line = { $at } { $what }
cli-demo-count = { $what } : { $count }
cli-demo-commands = { $done } commandes exécutées, { $late } arrivées trop tard, { $refused } refusées.
cli-demo-refused = { $count } fois refusée : { $cause }
cli-demo-no-terminal = Il n'y a pas de terminal où ouvrir la console. Lancez loge demo dans un terminal, ou ajoutez --headless.
cli-demo-not-ours = { $file } n'est pas le fichier d'une démonstration : rien n'y a été changé. Donnez un autre nom.
demo-rings = le téléphone sonne : { $name } { $number }
demo-rings-count = appels
demo-missed = appel manqué : { $name } { $number }
demo-missed-count = appels manqués
demo-answered = { $operator } parle avec { $name }
demo-answered-count = appels pris
demo-hung-up = { $name } raccroche
demo-hung-up-count = appels terminés
demo-called-back = { $operator } a rappelé { $name }
demo-called-back-count = rappels
demo-noted = { $operator } a noté une demande
demo-noted-count = demandes notées
demo-mail = courriel : { $subject }
demo-mail-count = courriels
demo-mail-done = { $operator } a traité un courriel
demo-mail-done-count = courriels traités
demo-walk-in = { $name } se présente : { $says }
demo-walk-in-count = visites à une permanence
demo-handed-back = { $label } est remis à { $site }
demo-handed-back-count = articles remis
demo-desk-opened = { $operator } ouvre la permanence
demo-desk-opened-count = permanences ouvertes
demo-desk-closed = { $operator } ferme la permanence
demo-desk-closed-count = permanences fermées
demo-assigned = { $number } est faite par la maison
demo-assigned-count = demandes faites par la maison
demo-offered = { $number } est proposée à { $provider }
demo-offered-count = propositions
demo-accepted = oui de { $provider }
demo-accepted-count = propositions acceptées
demo-declined = non de { $provider } : { $why }
demo-accepted-page = oui de { $provider }, sur sa page
demo-accepted-page-count = propositions acceptées sur la page
demo-accepted-mail = oui de { $provider }, par courriel
demo-accepted-mail-count = propositions acceptées par courriel
demo-declined-page = non de { $provider }, sur sa page : { $why }
demo-declined-page-count = propositions déclinées sur la page
demo-declined-mail = non de { $provider }, par courriel : { $why }
demo-declined-mail-count = propositions déclinées par courriel
demo-passed-on = au suivant : proposée à { $provider } d'elle-même
demo-passed-on-count = propositions passées au suivant
demo-problem = { $provider } ne peut pas : { $why }
demo-problem-count = problèmes signalés par les prestataires
demo-released = { $number } est rendue, à attribuer de nouveau
demo-released-count = demandes rendues
demo-declined-count = propositions déclinées
demo-round-published = la tournée de { $courier } est publiée
demo-round-published-count = tournées publiées
demo-round-finished = { $courier } est rentré de tournée
demo-round-finished-count = tournées terminées
demo-leg-taken = { $courier } a pris { $number }
demo-leg-taken-count = enlèvements
demo-leg-left = { $courier } a déposé { $number }
demo-leg-left-count = dépôts
demo-leg-failed = { $courier } n'a pas pu déposer { $number }
demo-leg-failed-count = trajets en échec
demo-ready = { $number } est prête
demo-ready-count = demandes prêtes
demo-washed = { $number } est lavée, à reprendre
demo-washed-count = lots lavés
demo-bags = { $site } : { $bags } sacs confiés
demo-bags-count = lots confiés
demo-planned =
    { $count ->
        [one] une tournée planifiée
       *[other] { $count } tournées planifiées
    }
demo-planned-count = plans de tournées

## La console : les demandes et la fiche
requests-column-state = état
requests-column-left = délai
requests-column-who = pour
requests-column-number = numéro
requests-column-what = quoi
requests-column-site = lieu
requests-column-when = quand
requests-column-doer = fait par
requests-column-channel = canal
requests-column-claim = prise par
requests-count =
    { $open ->
        [0] aucune en cours
        [one] { $open } en cours
       *[other] { $open } en cours
    }
requests-count-filtered =
    { $past ->
        [0] { $shown } sur { $open } en cours
        [one] { $shown } sur { $open } en cours, { $past } passée
       *[other] { $shown } sur { $open } en cours, { $past } passées
    }
requests-span = { $first }-{ $last } sur { $count }
requests-new-above =
    { $count ->
        [one] { $count } nouvelle au-dessus
       *[other] { $count } nouvelles au-dessus
    }
requests-past = passé
requests-past-asked = Recherche dans le passé…
requests-past-offline = Hors ligne : le passé n'est pas cherché. Entrée, une fois la ligne revenue.
requests-past-away = Le serveur n'a pas pu chercher dans le passé. / puis Entrée pour réessayer.
requests-empty = Aucune demande n'est en cours. n en écrit une ; / cherche aussi dans le passé.
requests-empty-loading = Les demandes ne sont pas encore là : elles viennent dès que le serveur répond.
requests-empty-searching = Rien en cours ne répond à « { $filter } ». Le passé est cherché…
requests-empty-filter = Rien ne répond à « { $filter } ». / change le filtre.
requests-late = retard { $span }
requests-since = depuis { $span }
requests-gone = retirée : elle n'est plus à voir d'ici
requests-mark-pending = à envoyer
requests-mark-unkept = non gardée
requests-mark-refused = refus
requests-mark-conflicting = conflit
requests-waiting = en attente
requests-unknown = inconnu
requests-no-number = à venir
requests-no-time = à fixer
requests-mine = moi
requests-somebody = un collègue
requests-asked = { $name } ?
requests-member = { $member } ({ $name })
requests-own-staff = { $name } (équipe)
requests-filter = Filtre
requests-filter-none = aucun
requests-view = vue « { $name } »
requests-marked =
    { $hidden ->
        [0] { $count ->
            [one] { $count } marquée
           *[other] { $count } marquées
        }
       *[other] { $count ->
            [one] { $count } marquée, hors du filtre
           *[other] { $count } marquées, dont { $hidden } hors du filtre
        }
    }

sheet-nothing = {""}
sheet-state = État
sheet-by = à { $name }
sheet-urgent = urgente
sheet-missing = Il manque
sheet-clock = Délai
sheet-clock-first-answer = première réponse
sheet-clock-callback = rappel
sheet-clock-assignment = attribution
sheet-clock-pickup = enlèvement
sheet-clock-hand-back = remise
sheet-clock-runs = { $what } avant { $due } : il reste { $left }
sheet-clock-soon = { $what } avant { $due } : plus que { $left }
sheet-clock-late = { $what } en retard de { $left }, attendue { $due }
sheet-clock-paused = { $what } : à l'arrêt tant qu'une question est posée
sheet-clock-met = { $what } : tenu
sheet-clock-missed = { $what } : fait en retard
sheet-question = Question
sheet-question-out = « { $question } », posée { $since }
sheet-reply = Réponse
sheet-replies = Réponses
sheet-reply-calls = à { $to }, { $state } : { $why }
sheet-reply-decide = { $key } : la renvoyer, la laisser telle quelle ou en écrire une autre
sheet-offer = Proposition
sheet-answer-before = réponse avant { $time }
sheet-claim = Prise par
sheet-claimed = { $name }, depuis { $since }
sheet-ending = Issue
sheet-who = Pour
sheet-what = Quoi
sheet-where = Lieu
sheet-when = Quand
sheet-handover = Remise
sheet-handover-permanence = à la permanence
sheet-handover-locker = en casier
sheet-handover-home = à domicile, { $address }
sheet-handover-on-site = sur place
sheet-payer = Payeur
sheet-payer-person = à sa charge
sheet-payer-client = à la charge de l'organisation
sheet-payer-shared = { $percent } % à la charge de l'organisation
sheet-price = Prix
sheet-came-in = Arrivée
sheet-came-in-how = { $at }, { $channel }, notée par { $by }
sheet-recurring = Régulière
sheet-recurring-of = d'une commande régulière : { $rhythm } (:régulières)
sheet-recurring-ended = d'une commande régulière qui est terminée
sheet-recurring-date = pour la date du { $date }
sheet-system = Loge
sheet-kin-to = Vers
sheet-kin-from = D'où
sheet-merged-into = regroupée dans { $number }
sheet-merged-here = y sont regroupées { $numbers }
sheet-split-from = issue de { $number }
sheet-split-to = suites : { $numbers }
sheet-not-here = une demande qui n'est pas ici
sheet-text = Ce qui a été dit
sheet-text-folded =
    { $count ->
        [one] [{ $count } ligne de plus : { $key } déplier]
       *[other] [{ $count } lignes de plus : { $key } déplier]
    }
sheet-notes = Notes
sheet-history = Ce qui s'est passé
sheet-history-reading = L'histoire est en train d'être lue…
sheet-history-unread = L'histoire n'est pas encore lue : elle vient avec la ligne.
sheet-history-away = L'histoire n'est pas encore lue : elle vient avec la ligne.
sheet-history-refused = Le serveur n'a pas donné l'histoire de cette demande. Fermez la fiche et rouvrez-la.
sheet-reason = « { $why } »
sheet-released-by = { $trainee } (relu par { $by })
sheet-came-back = { $what } : { $why }
sheet-conflict = { $field } : à moi « { $mine } », à eux « { $theirs } »
sheet-no-value = rien
verb-request-create = écrit la demande
verb-request-edit = modifie
verb-request-triage = qualifie
verb-request-wait = pose une question
verb-request-resume = reprend
verb-request-answer = donne l'information
verb-request-refuse = refuse
verb-request-cancel = annule
verb-request-merge = regroupe
verb-request-unmerge = sépare
verb-request-split = découpe
verb-request-note = note
verb-request-assign = confie à l'équipe interne
verb-request-release = libère le prestataire
verb-request-start = commence
verb-request-ready = met à disposition
verb-request-done = remet
verb-request-close = clôt
verb-request-reopen = rouvre
verb-request-complain = note une réclamation
verb-recurring-order-create = enregistre la commande régulière
verb-recurring-order-edit = modifie la commande régulière
verb-recurring-order-pause = met la commande régulière en pause
verb-recurring-order-resume = reprend la commande régulière
verb-recurring-order-end = termine la commande régulière
verb-make-recurring = crée la date de la commande régulière
verb-offer-prepare = prépare une proposition
verb-offer-send = envoie la proposition
verb-offer-accept = accepte la proposition
verb-offer-decline = décline la proposition
verb-offer-take-counter = prend l'autre heure
verb-offer-defer = change le délai de réponse
verb-offer-withdraw = retire la proposition
verb-offer-fulfil = honore
verb-offer-fail = n'honore pas
verb-offer-release = rend
verb-claim-take = prend
verb-claim-take-over = reprend
verb-claim-release = relâche
verb-undo = défait
verb-bulk = agit sur plusieurs
verb-contact-call-event = signale un appel
verb-contact-message = enregistre un courriel
verb-contact-walk-in = enregistre un passage au comptoir
verb-contact-locker-drop = enregistre un dépôt en casier
verb-contact-edit = modifie un contact
verb-contact-attach = rattache un contact à une personne
verb-contact-wrap-up = termine un contact
verb-contact-call-back = note un rappel
verb-contact-drop = classe un contact sans suite
verb-contact-reopen = rouvre un contact
verb-held-release = valide un travail relu
verb-held-return = rend un travail relu à son auteur
verb-reply-prepare = écrit un courriel
verb-reply-withdraw = retire un courriel
verb-reply-send-again = renvoie un courriel
verb-reply-let-be = laisse un courriel tel quel
verb-leg-plan = planifie un trajet
verb-leg-edit = modifie un trajet
verb-leg-confirm = confirme un trajet
verb-leg-move = déplace un trajet
verb-leg-start = commence un trajet
verb-leg-done = déclare un trajet fait
verb-leg-fail = déclare l'échec d'un trajet
verb-leg-cancel = annule un trajet
verb-round-create = prépare une tournée
verb-round-edit = modifie une tournée
verb-round-arrange = ordonne les trajets d'une tournée
verb-round-publish = publie une tournée
verb-round-start = commence une tournée
verb-round-finish = termine une tournée
verb-permanence-plan = planifie une permanence
verb-permanence-edit = modifie une permanence
verb-permanence-open = ouvre une permanence
verb-permanence-close = clôt une permanence
verb-permanence-cancel = annule une permanence
verb-locker-create = ajoute un casier
verb-locker-edit = modifie un casier
verb-locker-archive = archive un casier
verb-locker-break = met un casier hors service
verb-locker-repair = remet un casier en service
verb-booking-reserve = réserve un casier
verb-booking-edit = modifie une réservation de casier
verb-booking-fill = note un casier rempli
verb-booking-empty = note un casier vidé
verb-booking-cancel = annule une réservation de casier
verb-booking-issue-code = donne le code d'un casier
verb-booking-check-code = vérifie le code d'un casier
verb-item-create = prend un nouvel article en dépôt
verb-item-edit = modifie un article
verb-item-take-in = reprend un article en dépôt
verb-item-pass-on = transmet un article
verb-item-hand-back = rend un article
verb-item-lose = déclare un article perdu
verb-item-number-labels = numérote des étiquettes
verb-posting-post = passe une écriture d'ardoise
verb-posting-reverse = contre-passe une écriture d'ardoise
verb-posting-mail_receipt = envoie un reçu par courriel
verb-exception-open = ouvre une anomalie
verb-exception-edit = modifie une anomalie
verb-exception-close = clôt une anomalie
verb-policy-edit = modifie les règles de la maison
verb-contract-create = ajoute un contrat
verb-contract-edit = modifie un contrat
verb-contract-archive = archive un contrat
verb-holiday-create = ajoute un jour de fermeture ou d'ouverture
verb-holiday-edit = modifie un jour de fermeture ou d'ouverture
verb-holiday-archive = archive un jour de fermeture ou d'ouverture
verb-courier-create = ajoute un coursier
verb-courier-edit = modifie un coursier
verb-courier-archive = archive un coursier
verb-beneficiary-create = ajoute un bénéficiaire
verb-beneficiary-edit = modifie un bénéficiaire
verb-beneficiary-archive = archive un bénéficiaire
verb-beneficiary-erase = efface les données d'un bénéficiaire
verb-client-create = ajoute une organisation cliente
verb-client-edit = modifie une organisation cliente
verb-client-archive = archive une organisation cliente
verb-site-create = ajoute un site
verb-site-edit = modifie un site
verb-site-archive = archive un site
verb-service-create = ajoute un service
verb-service-edit = modifie un service
verb-service-archive = archive un service
verb-provider-create = ajoute un prestataire
verb-provider-edit = modifie un prestataire
verb-provider-archive = archive un prestataire
verb-operator-create = ouvre un compte
verb-operator-edit = modifie un compte
verb-operator-archive = ferme un compte
verb-operator-prefer = règle ses préférences
verb-operator-set-view = garde ou oublie une vue
verb-claim-stale = laisse aller une prise en charge
verb-sweep-call = tient un appel pour terminé
verb-send-offer = envoie la proposition
verb-send-reply = envoie un courriel
verb-lose-reply = demande ce qu'est devenu un courriel
verb-expire-offer = constate une proposition sans réponse
verb-miss-permanence = constate une permanence non tenue
verb-overdue-booking = constate un casier en retard
verb-offer-see = ouvre la proposition
verb-offer-answer = répond à la proposition
verb-held-hold = soumet à relecture
verb-reply-attempted = envoie un courriel

## Console : le cadre, l'accueil et la ligne vers l'office
connection-as-of = données de { $time }
connection-recalling = lecture des données…
connection-starting = connexion…
connection-online = connecté
connection-retry = reconnexion dans { $seconds } s
connection-retrying = reconnexion…
connection-offline = hors ligne depuis { $time }
connection-signed-out = session terminée
connection-taken-over = console reprise ailleurs
notice-signed-out = Session terminée : tout est gardé ici. Tapez { $way } pour vous reconnecter.
notice-signed-in = La session est en cours : il n'y a pas à se reconnecter.
notice-signed-in-again =
    { $count ->
        [0] Reconnecté.
        [one] Reconnecté ; ce qui attendait part.
       *[other] Reconnecté ; les { $count } qui attendaient partent.
    }
notice-no-handover = Ici, un jeton dit qui travaille : il n'y a pas de relève. { $lock } verrouille, { $quit } quitte.
lock-title = Poste verrouillé
lock-held = { $who } tient ce poste. Ce qui était à l'écran est gardé et reviendra tel quel ; ce qui attend part, et les appels arrivent.
lock-rings =
    { $count ->
        [one] Un appel sonne.
       *[other] { $count } appels sonnent.
    }
lock-password = Pour revenir, tapez le mot de passe, puis { $key }.
lock-token = Pour revenir, { $key } : un jeton ouvre ce poste, sans mot de passe.
lock-asked = Vérification…
lock-first = Le poste est verrouillé : déverrouillez-le d'abord, puis prenez l'appel.
lock-not-known = Ce n'est pas le mot de passe de la session, et le serveur ne répond pas.
lock-unlock = déverrouiller
lock-leave = quitter ou passer le poste
lock-leave-only = quitter
lock-ways = Rien n'est perdu. { $kept }
notice-token-read = Le jeton est relu ({ $place })…
notice-clock-behind = L'horloge de ce poste retarde de { $minutes } min ; les heures affichées sont celles du serveur.
notice-clock-ahead = L'horloge de ce poste avance de { $minutes } min ; les heures affichées sont celles du serveur.
sign-in-follows =
    { $count ->
        [0] La session est terminée. Entrée se connecte.
        [one] La session est terminée. Entrée se connecte, et ce qui attend part.
       *[other] La session est terminée. Entrée se connecte, et les { $count } qui attendent partent.
    }
sign-in-asked = Connexion…
sign-in-unreachable = Le serveur ne répond pas. Vérifiez le réseau, puis réessayez ; tout est gardé sur ce poste.
sign-in-no-sense = Ce qui répond n'est pas un serveur Loge. Vérifiez l'adresse avec loge doctor ; tout est gardé sur ce poste.
sign-in-another = Ce jeton est celui de { $login }. Ce qui attend ici est à vous : mettez-y votre jeton, ou quittez et relancez Loge.
sign-in-token-in-file = Le jeton est refusé. Mettez-en un nouveau dans { $place }, puis tapez { $way }.
sign-in-token-of-command = Le jeton que donne { $place } est refusé. Faites-lui en donner un nouveau, puis tapez { $way }.
console-terminal-lost = Le terminal ne répond plus : { $why }.
view-cramped = Loge demande au moins { $least_columns } colonnes sur { $least_rows } lignes ; ce terminal en a { $columns } sur { $rows }. Agrandissez la fenêtre ou réduisez la police : rien n'est perdu.
top-to-send = { $count } à envoyer
top-to-settle = { $count } à régler
strip-rings = SONNE
strip-more =
    { $count ->
        [one] (+{ $count } autre)
       *[other] (+{ $count } autres)
    }
strip-offline = Hors ligne : tout est gardé sur ce poste et partira au retour du réseau.
strip-quiet = Aucun appel ne sonne
strip-missed =
    Aucun appel ne sonne · { $count ->
        [one] { $count } manqué à rappeler, depuis { $age }
       *[other] { $count } manqués à rappeler, le plus ancien depuis { $age }
    }
own-calls = Mes appels
own-calls-none = aucun
result-undo = défaire : { $keys }
somebody = un collègue
caller-hidden = numéro masqué
caller-unknown = inconnu
caller-maybe =
    { $count ->
        [one] { $name } ?
       *[other] { $name } ou un autre ?
    }
caller-provider = { $name } · prestataire
caller-switchboard = { $name } · standard
caller-courier = { $name } · coursier
caller-colleague = { $name } · équipe
call-rings = sonne
call-on-line = en ligne
call-on-hold = en garde
call-to-finish = à finir
call-taken = pris
call-missed = manqué
call-over = terminé
row-mine = moi
row-gone = partie
mark-pending = à envoyer
mark-unkept = non gardée
mark-refused = refusée
mark-conflicting = en conflit
lane-phone = Téléphone
lane-mail = Courriel
lane-permanences = Permanences
lane-permanences-open =
    { $count ->
        [one] { $count } ouverte
       *[other] { $count } ouvertes
    }
lane-recalling = Lecture des données gardées sur ce poste… Vous pouvez déjà noter.
lane-untold = L'office n'a encore rien dit, et ce poste n'a pas de copie. La liste se remplit d'elle-même dès qu'il répond ; vous pouvez déjà noter.
lane-phone-empty = Aucun appel en attente. Le prochain s'affichera ici et sonnera en haut de l'écran.
lane-mail-empty = Aucun message à traiter. Les nouveaux s'affichent ici d'eux-mêmes.
lane-permanences-empty = Aucune permanence prévue sur vos sites.
list-span = { $first }-{ $last } sur { $count }
list-above = { $count } au-dessus
list-new-above =
    { $count ->
        [one] { $count } nouveau au-dessus
       *[other] { $count } nouveaux au-dessus
    }
mail-unread = à lire
mail-no-subject = (sans objet)
mail-place = message { $place } sur { $count }
mail-more =
    { $count ->
        [one] … { $count } ligne de plus
       *[other] … { $count } lignes de plus
    }
mail-folded =
    { $count ->
        [one] [{ $count } ligne de signature ou citée repliée : { $key } déplier]
       *[other] [signature et lignes citées, { $count } lignes repliées : { $key } déplier]
    }
mail-attachment = Pièce jointe : { $name } ({ $size } Ko)
understood-title =
    { $count ->
        [0] Compris
        [one] Compris : { $count } demande
       *[other] Compris : { $count } demandes
    }
understood-nothing = Aucune demande reconnue : n pour la dire, i si une réponse suffit.
understood-words = mots : { $words }
understood-doubt = à confirmer : { $field }
understood-more =
    { $count ->
        [one] … et { $count } autre
       *[other] … et { $count } autres
    }
prompt-understood =
    { $count ->
        [one] Enregistrer la demande de { $what } et clore le message ?
       *[other] Enregistrer les { $count } demandes de { $what } et clore le message ?
    }
prompt-understood-lacks = À compléter ensuite : { $missing }.
choice-understood =
    { $count ->
        [one] l'enregistrer
       *[other] enregistrer les { $count }
    }
choice-understood-one = seulement { $what }
cannot-nothing-understood = Aucune demande n'est reconnue dans ce message : n pour la dire.
said-request-create =
    { $count ->
        [one] { $count } demande enregistrée
       *[other] { $count } demandes enregistrées
    }
walk-in = comptoir
locker-drop = casier
permanence-open = ouverte
permanence-planned = prévue
permanence-not-held = non tenue
permanence-until = jusqu'à { $at }
permanence-not-held-task = Personne n'a ouvert ce comptoir. Prévenir ceux qui attendaient, puis dire pourquoi.
permanence-notice = Consigne du site : { $notice }
permanence-nothing = Rien n'est à remettre ni attendu ici pour le moment.
permanence-to-hand-back = À remettre : { $count }
permanence-expected = Attendus : { $count }
card-open = En cours
card-open-none = aucune demande en cours
card-hand-back = Remise
card-next-permanence = prochaine permanence { $when }
card-permanence-until = permanence ouverte jusqu'à { $until }
card-no-permanence = aucune permanence prévue
card-no-site = site non renseigné
card-lockers-free =
    { $count ->
        [0] aucun casier libre
        [one] { $count } casier libre
       *[other] { $count } casiers libres
    }
card-usual = Habituel
card-recurring = Régulier
card-reach = Joindre
card-addresses = Adresses
card-address-nowhere = { $address } (sans position)
card-mail = Courriel
card-note = À savoir
card-said = Dit
card-heard = On entend : « { $words } »
card-maybe = Qui est-ce ?
card-unknown = Personne n'est connu sous ce numéro. Dans la liste, = rattache le numéro, e cherche ou crée la personne.
card-contact-person = Interlocuteur : { $name }
card-switchboard = Standard : qui est à l'appareil ?
card-no-offers = aucune proposition en cours
tab-owes = doit { $sum }
tab-credit = avoir { $sum }
tab-nothing = rien à payer
request-unnumbered = (nouvelle)
notice-caps-lock = Verrouillage majuscules ? Cette lettre n'a de sens qu'en minuscule.
notice-claimed-by = { $who } s'en occupe déjà. Ce que vous tapez est gardé en brouillon.
notice-taken-over = Votre autre console a pris la suite : ici, plus rien ne s'écrit ({ $quit }).
notice-claims-lost = Une prise en charge est passée à quelqu'un d'autre. Ce qui est tapé est gardé en brouillon.
notice-no-claim-offline = Hors ligne : pas de prise en charge possible. Vous pouvez travailler, tout est gardé sur ce poste.
notice-no-own-call = Vous n'avez aucun appel.
notice-nothing-rings = Aucun appel ne sonne.
notice-just-taken = Aucun appel ne sonne : { $who } vient de prendre le dernier.
## Le mode linéaire : chaque changement est une ligne

linear-greeting = Loge, mode linéaire. { $key } aide
linear-counts =
    Accueil : { $rings ->
        [0] aucun appel ne sonne
        [one] { $rings } appel sonne
       *[other] { $rings } appels sonnent
    }, { $mail ->
        [0] aucun courriel
        [one] { $mail } courriel
       *[other] { $mail } courriels
    }, permanences : { $permanences ->
        [one] { $permanences } ligne
       *[other] { $permanences } lignes
    }.
linear-connection = Connexion : { $state }.
linear-reconnecting = ligne coupée, nouvel essai en cours
linear-to-settle =
    { $count ->
        [one] Une commande est revenue
       *[other] { $count } commandes sont revenues
    } : tapez « :{ $command } ».
linear-rings = Sonne : { $who }. { $key }.
linear-claimed = Pris. { $who }
linear-hung-up = { $who } : ligne raccrochée, appel à finir.
linear-missed = Appel manqué : { $who }.
linear-taken = { $by } a pris l'appel de { $who }.
linear-heard = Au téléphone : { $words }
linear-owes = Doit { $sum }.
linear-owes-nothing = Ne doit rien.
linear-credit = Avoir de { $sum }.
linear-open-requests =
    { $count ->
        [0] Aucune demande en cours.
        [one] { $count } demande en cours.
       *[other] { $count } demandes en cours.
    }
linear-between = { " ; " }
linear-usual = Habituel : { $orders }.
linear-understood = Compris : { $what }
linear-warning = Attention : { $what }.
linear-further = Et aussi : { $what }.
linear-missing = Il manque : { $fields }.
linear-field = { $field } : { $value }.
linear-lane-phone =
    Téléphone, { $count ->
        [one] { $count } ligne
       *[other] { $count } lignes
    }.
linear-lane-phone-empty = Téléphone, personne n'appelle.
linear-lane-mail =
    Courriel, { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }.
linear-lane-mail-empty = Courriel, rien à lire.
linear-lane-permanences =
    Permanences, { $count ->
        [one] { $count } ligne
       *[other] { $count } lignes
    }.
linear-lane-permanences-empty = Permanences, aucune en vue.
linear-row = { $place } sur { $count } : { $what }.
linear-row-marked = { $place } sur { $count }, marquée : { $what }.
linear-gone = cette ligne n'est plus là
linear-filtered =
    { $count ->
        [0] Aucune demande.
        [one] { $count } demande.
       *[other] { $count } demandes.
    }
linear-heading = { $words } :
linear-help = { $keys } : { $words }
linear-enter = Entrée : { $what }
linear-choice = Choix
linear-who = Qui
linear-command = Commande
linear-filter = Filtre
linear-note = Note
linear-request = Demande
linear-ready = Loge

## La ligne de commande : son aide

help-heading-usage = Utilisation :
help-heading-commands = Commandes :
help-heading-arguments = Arguments :
help-heading-options = Options :
help-default = [par défaut : { $values }]
help-values = [au choix : { $values }]
help-loge = La console de répartition d'une conciergerie solidaire, et son serveur.
    .lang = La langue de ce qui est dit, sinon celle du terminal
    .config = Le fichier de configuration (LOGE_CONFIG)
    .data = Le dossier des données (LOGE_DATA)
    .help = Affiche cette aide
    .version = Affiche la version
    .subcommand = La commande dont on veut l'aide
    .offices = L'adresse du serveur ; plusieurs pour qu'un autre prenne le relais (LOGE_OFFICES, séparées par des virgules)
    .profile = Un profil du fichier de configuration (LOGE_PROFILE)
    .login = Le compte avec lequel se connecter (LOGE_LOGIN)
    .token_file = Un fichier qui contient un jeton et que nul autre ne peut lire (LOGE_TOKEN_FILE)
    .token_command = Une commande qui donne un jeton (LOGE_TOKEN_COMMAND)
    .ca_file = Des certificats PEM à accepter en plus de ceux du système (LOGE_CA_FILE)
    .plain_http = Laisse passer du http simple hors de cette machine (LOGE_PLAIN_HTTP)
    .theme = Le nom du thème (LOGE_THEME)
    .plain = Ligne par ligne, pour un lecteur d'écran (LOGE_LAYOUT=linear, ACCESSIBLE=1)
    .bell = Comment on entend une sonnerie : off, once ou repeat (LOGE_BELL)
    .seconds = Les secondes défilent à l'écran : on ou off (LOGE_SECONDS)
    .ascii = N'utilise que les signes de l'ASCII (LOGE_ASCII)
    .colours = Les couleurs : auto, none, 16, 256 ou true (LOGE_COLOURS)
    .no_color = Aucune couleur, comme --colours none (NO_COLOR)
    .escape_wait_ms = Combien de millisecondes une touche Échap attend sa suite, de 10 à 1000 (LOGE_ESCAPE_WAIT_MS)
    .digits = La rangée au-dessus des lettres, sans Maj : azerty ou none (LOGE_DIGITS)
    .keep_snapshot = Les demandes ouvertes restent sur ce poste pour le prochain démarrage : true ou false (LOGE_KEEP_SNAPSHOT)
    .lock_after_min = Après combien de minutes sans touche la console se verrouille, de 1 à 1440 ; 0 pour jamais (LOGE_LOCK_AFTER_MIN)
help-help = Affiche cette aide, ou celle d'une commande
help-doctor = Examine si la console peut travailler ici : terminal, réglages, serveur, horloge, travail en attente
help-logout = Termine la session gardée sur ce poste
help-keys = Affiche les touches de la console, en page Markdown
help-office = Le serveur : le lance, ou s'occupe de sa base
    .listen = L'adresse et le port d'écoute (LOGE_LISTEN)
    .database = Le fichier SQLite, ou une adresse postgres:// (LOGE_DATABASE)
    .certificate = La chaîne de certificats PEM ; il y faut une clé (LOGE_CERTIFICATE)
    .key = La clé privée PEM du certificat (LOGE_KEY)
    .allow_plain_http = Écoute au-delà de cette machine sans certificat (LOGE_ALLOW_PLAIN_HTTP)
    .log = Le filtre du journal, comme info ou loge=debug,info (LOGE_LOG)
    .password_file = Un fichier dont la première ligne est le mot de passe ; sinon demandé au terminal, ou tiré au sort et affiché une fois
help-office-init = Crée la base et son premier compte
    .login = L'identifiant du premier compte
    .name = Son nom à l'écran
help-office-operator = Ouvre des comptes et change des mots de passe
help-office-operator-add = Ouvre un compte
    .login = L'identifiant du compte
    .name = Son nom à l'écran
    .roles = Un rôle : operator, dispatcher, concierge, trainee, manager ou coordinator ; autant de fois qu'il le faut
    .sites = Un site, par numéro ou clé, autant de fois qu'il le faut ; tous les sites si aucun n'est donné
    .client = L'organisation d'un coordinateur, par numéro ou clé
help-office-operator-password = Change le mot de passe d'un compte et termine ses sessions
    .login = L'identifiant du compte
help-office-import = Importe un annuaire : un fichier CSV ou TOML par sorte de fiche
    .folder = Le dossier de ces fichiers
    .dry_run = Vérifie les fichiers et dit ce qui changerait, sans rien écrire
help-office-export = Exporte l'annuaire, dans la forme que l'importation lit
    .folder = Un dossier nouveau ou vide
help-office-backup = Copie la base, même pendant que le serveur travaille
    .file = Le nouveau fichier
help-office-erase = Efface les données d'une personne ; les totaux restent
    .beneficiary = Le numéro du bénéficiaire, ou la clé sous laquelle il a été importé
    .reason = Pourquoi : c'est gardé dans l'historique
help-office-doctor = Examine réglages, base, horloge et adresse
help-demo = Ouvre une maison inventée, en pleine journée, pour essayer Loge ; rien à installer, rien ne reste
    .seed = Décide du hasard : le même nombre donne les mêmes gens, les mêmes demandes, la même journée
    .scene = Ce qui est joué : maison, une conciergerie et son année, ou village, un village d'athlètes à son comble, 1 600 sacs de linge par jour
    .seed-expects = un nombre entier de 0 à 4294967295
    .seat = La place qui vous revient : accueil (appels et courriels), repartition (qui fait quoi), concierge (un guichet) ou responsable (toute la maison) ; accueil si rien n'est dit, et personne avec --headless
    .speed = Combien de fois plus vite qu'en vrai les gens appellent, écrivent et passent
    .speed-expects = un nombre de 0,1 à 1000
    .from = L'heure à laquelle la journée commence, de 06:00 à 20:00 ; sinon maintenant, ou 9 heures le prochain jour ouvré
    .from-expects = une heure de 06:00 à 20:00, comme 09:30
    .headless = Joue sans écran et raconte ligne par ligne ce qui arrive
    .lasts_s = S'arrête après tant de secondes (avec --headless)
    .lasts_s-expects = un nombre entier de 1 à 86400
    .keep = Garde la base dans ce fichier ; celui d'une démonstration passée reprend où elle s'est arrêtée
    .practice = Ouvre à la place un exercice pas à pas, au comptoir d'une maison calme, et dit après coup ce qui a pris du temps : permanence
help-load = Met une charge sur un serveur de cette machine, et dit ce qu'elle a coûté
    .office = L'adresse du serveur
    .office-expects = une adresse comme http://127.0.0.1:7846
    .login = Le compte qui donne les commandes
    .password_file = Le fichier qui contient son mot de passe
    .clients = Combien de clients donnent des commandes, l'une après l'autre
    .clients-expects = un nombre entier de 1 à 1000
    .streams = Combien de flux de changements restent ouverts
    .streams-expects = un nombre entier de 0 à 1000
    .rate = Combien de commandes par seconde en tout ; sinon, autant que possible
    .rate-expects = un nombre entier de 1 à 100000
    .seconds = Pendant combien de secondes
    .seconds-expects = un nombre entier de 1 à 600
help-read = Dit comment la ligne de saisie lit une phrase, et pourquoi
    .phrase = Ce qui est dit, entre guillemets
    .directory = Le dossier d'annuaire dont les mots comptent, comme pour l'importation ; sinon celui de la démonstration
    .at = L'heure qu'il est au site, comme 2026-11-24T14:32 ; sinon maintenant
    .site = Le site de la personne, par son nom ou sa clé
    .json = Écrit du JSON
help-value-ADDRESS = ADRESSE
help-value-BENEFICIARY = BÉNÉFICIAIRE
help-value-CLIENT = ORGANISATION
help-value-CLIENTS = NOMBRE
help-value-COLOURS = COULEURS
help-value-COMMAND = COMMANDE
help-value-DATABASE = BASE
help-value-DIR = DOSSIER
help-value-FILE = FICHIER
help-value-FILTER = FILTRE
help-value-FOLDER = DOSSIER
help-value-HOW = MANIÈRE
help-value-LANGUAGE = LANGUE
help-value-LOGIN = IDENTIFIANT
help-value-MINUTES = MINUTES
help-value-MS = MS
help-value-NAME = NOM
help-value-PHRASE = PHRASE
help-value-RATE = NOMBRE
help-value-REASON = MOTIF
help-value-ROLE = RÔLE
help-value-ROW = RANGÉE
help-value-SCENE = SCÈNE
help-value-SEAT = PLACE
help-value-SECONDS = SECONDES
help-value-SEED = NOMBRE
help-value-SITE = SITE
help-value-SPEED = NOMBRE
help-value-STREAMS = NOMBRE
help-value-TIME = HEURE
help-value-URL = ADRESSE
help-value-WHAT = QUOI
cli-usage-option =
    { $nearest ->
        [none] L'option { $given } n'existe pas ici. { $help } montre les options.
       *[other] L'option { $given } n'existe pas ici. Vouliez-vous écrire { $nearest } ? { $help } montre les options.
    }
cli-usage-command =
    { $nearest ->
        [none] La commande { $given } n'existe pas. { $help } montre les commandes.
       *[other] La commande { $given } n'existe pas. Vouliez-vous écrire { $nearest } ? { $help } montre les commandes.
    }
cli-usage-missing = Il manque { $missing }. Complétez la commande ; { $help } montre ce qu'elle attend.
cli-usage-no-value = Il manque la valeur de { $given }. Écrivez-la juste après ; { $help } montre ce qui est attendu.
cli-usage-value =
    { $nearest ->
        [none] « { $given } » ne convient pas à { $option }. Donnez : { $expected }.
       *[other] « { $given } » ne convient pas à { $option }. Vouliez-vous écrire { $nearest } ? Donnez : { $expected }.
    }
cli-usage-too-much = « { $given } » est de trop. Retirez-le, ou mettez entre guillemets ce qui va ensemble ; { $help } montre ce qui est attendu.
cli-usage-flag = { $given } ne prend pas de valeur. Écrivez l'option seule.
cli-usage-twice = L'option { $given } est donnée deux fois. Gardez-en une.
cli-usage-together = { $given } et { $other } ne vont pas ensemble. Gardez l'une des deux.
cli-usage-wrong = Ces arguments ne disent pas ce qui est demandé. { $help } montre ce qui est attendu.

# Le courriel qui arrive (mail-in-…)
mail-in-auto-reply = réponse automatique
mail-in-read-receipt = accusé de lecture
mail-in-list = liste de diffusion
mail-in-bounce = non distribué
mail-in-bounce-address = non distribué à { $address }
mail-in-bounce-why = non distribué à { $address } : { $why }
mail-in-too-large = Pièce jointe trop grosse, non gardée : { $name } ({ $size } Ko)

# Ce que le programme répond de lui-même (mail-out-…)
mail-out-subject = Réponse automatique : { $subject }
mail-out-subject-none = Réponse automatique
mail-out-hello = Bonjour,
mail-out-received = Nous avons bien reçu votre message et nous nous en occupons. Nous revenons vers vous dès que possible.
mail-out-received-about = Nous avons bien reçu votre message au sujet de la demande { $number } et nous nous en occupons. Nous revenons vers vous dès que possible.
mail-out-not-kept =
    { $count ->
        [one] Une pièce jointe de votre message est trop grosse. Nous ne l'avons pas reçue :
       *[other] Des pièces jointes de votre message sont trop grosses. Nous ne les avons pas reçues :
    }
mail-out-attachment = - { $name } ({ $size })
mail-out-more =
    { $count ->
        [one] et une autre.
       *[other] et { $count } autres.
    }
mail-out-limits = Nous pouvons recevoir { $each } Mo par pièce jointe et { $all } Mo par message. Le texte de votre message nous est bien parvenu.
mail-out-head-only = Votre message fait { $size }, et nous n'en recevons pas de plus de { $message } Mo ({ $each } Mo par pièce jointe, { $all } Mo pour toutes). Seul son objet nous est parvenu : merci de nous écrire de nouveau, avec des pièces jointes plus petites.
mail-out-size = { $number } Mo
mail-out-automatic = Cette réponse est automatique. Si vous y répondez, quelqu'un vous lira.
cli-expects-mailbox = des tables [[office.mailbox]], chacune avec un nom
cli-expects-site = le nom d'un site
cli-expects-acknowledge = true, false ou le nom d'un modèle de réponse
cli-expects-when_taken = seen, flagged ou moved
cli-expects-move_to = le nom d'un dossier
cli-config-mailbox-name = La boîte « { $name } » : son nom s'écrit avec a-z, 0-9, point, tiret, souligné ou @, comme accueil.
cli-config-mailbox-twice = La boîte « { $name } » est réglée deux fois. Gardez-en une.
cli-config-mailbox-plain = La boîte « { $name } » : sans chiffrement, seul ce poste peut être le serveur. Mettez tls = "implicit" ou "starttls".
cli-config-mailbox-secret = La boîte « { $name } » : donnez « user » et une seule des trois : « password_file », « password_command », « token_command ».
cli-config-mailbox-move = La boîte « { $name } » : « move_to » va avec when_taken = "moved", et l'un ne va pas sans l'autre.
cli-config-mailbox-acknowledge = La boîte « { $name } » : pour accuser réception (« acknowledge »), il faut que le courriel puisse partir. Ajoutez une table [office.smtp].
cli-mail-token = Boîte { $mailbox } : son jeton, montré une seule fois : { $token }
cli-mail-token-full = La boîte { $mailbox } a déjà deux jetons. Retirez-les d'abord : loge office mailbox remove { $mailbox }
cli-mail-mailbox-wrong = « { $mailbox } » n'est pas un nom de boîte : a-z, 0-9, point, tiret, souligné ou @.
cli-mail-known =
    { $count ->
        [one] { $mailbox } : { $count } jeton
       *[other] { $mailbox } : { $count } jetons
    }
cli-mail-none = Aucune boîte n'a de jeton. Pour en donner un : loge office mailbox add NOM
cli-mail-removed =
    { $count ->
        [0] La boîte { $mailbox } n'avait pas de jeton.
        [one] La boîte { $mailbox } n'a plus son jeton.
       *[other] La boîte { $mailbox } n'a plus ses { $count } jetons.
    }
cli-mail-later = Le message n'est pas pris pour l'instant : { $why }. Il reste à représenter.
cli-mail-never = Le message ne peut pas être pris : { $why }.
cli-mail-no-token = Il faut le jeton de la boîte : --token-file FICHIER, ou LOGE_MAIL_TOKEN. Pour en faire un : loge office mailbox add { $mailbox }
cli-doctor-mailbox = boîte { $mailbox }
cli-doctor-smtp = envoi du courriel
cli-doctor-mail-silent = le serveur { $server } ne répond pas ; vérifiez « host », « port » et « tls », puis le réseau. Détail technique : { $why }.
cli-doctor-mail-untrusted = le certificat de { $server } n'est pas reconnu ; vérifiez « host », ou indiquez l'autorité qui l'a signé avec « ca_file ». Rien n'a été dit au serveur. Détail technique : { $why }.
cli-doctor-mail-no-starttls = { $server } ne propose pas STARTTLS ; le mot de passe n'a pas été envoyé. Mettez tls = "implicit", ou voyez avec votre hébergeur.
cli-doctor-mail-ca-file = les certificats de { $file } ne peuvent pas être utilisés ; vérifiez « ca_file ». Détail technique : { $why }.
cli-doctor-mail-secret = il n'y a pas de mot de passe ou de jeton ; vérifiez le fichier ou la commande qui le donne. Détail technique : { $why }.
cli-doctor-mail-login = le serveur ne laisse pas entrer ce compte ; vérifiez « user » et le mot de passe ou le jeton. Détail technique : { $why }.
cli-doctor-mail-no-move = le serveur ne sait pas déplacer un message ; mettez when_taken = "seen" ou "flagged".
cli-doctor-mail-server = le serveur n'a pas fait ce qui lui était demandé ; vérifiez le dossier et le compte. Détail technique : { $why }.
cli-doctor-mail-no-folder = il n'y a pas de dossier { $folder } ; loge office le crée à son démarrage, ou vérifiez « folder ».
cli-doctor-mail-folder = rien ne peut être écrit dans { $folder } ; vérifiez les droits et le disque. Détail technique : { $why }.
help-office-mail = Remet au serveur un message lu sur l'entrée standard
    .mailbox = La boîte à laquelle il est arrivé
    .token_file = Le fichier qui contient le jeton de la boîte [env : LOGE_MAIL_TOKEN]
    .to = L'adresse du serveur ; par défaut, celui de cette configuration
help-office-mailbox = Donne et retire les jetons par lesquels un courrier est remis
help-office-mailbox-add = Donne un jeton à une boîte ; elle peut en avoir deux
    .mailbox = Le nom de la boîte
help-office-mailbox-list = Les boîtes qui ont un jeton
help-office-mailbox-remove = Retire ses jetons à une boîte
    .mailbox = Le nom de la boîte
## Le téléphone

cli-config-telephony-secret = La téléphonie « { $name } » : il faut un secret, d'un seul endroit. Donnez « secret_file » ou « secret_command ».
cli-config-telephony-address = La téléphonie « { $name } » : l'adresse ne va pas avec le format. Pour ovh, donnez une adresse https:// ; pour asterisk, une machine et un port, et le réglage « user ».
cli-config-telephony-twice = La téléphonie « { $name } » est décrite deux fois. Donnez un autre nom à l'une des deux.
cli-expects-telephony = des tables [[office.telephony]], chacune avec name, format, address et un secret
cli-expects-format = ovh ou asterisk
cli-expects-address = une adresse comme https://events.voip.ovh.net, ou une machine et un port comme pabx.example:5038
cli-expects-secret_file = le chemin d'un fichier
cli-expects-secret_command = une commande et ses arguments, comme ["pass", "show", "loge-telephone"]
cli-doctor-telephony = téléphonie { $name }
cli-doctor-advice-telephony = { $address } ne laisse pas entrer. Vérifiez l'adresse, le compte et le secret. Détail technique : { $why }.
cli-telephone-format = « { $format } » n'est pas un format. Choisissez parmi : { $formats }.
cli-telephone-bad-name = Ce nom ne convient pas. Donnez de 1 à 200 signes, sur une ligne.
cli-telephone-two = « { $name } » a déjà deux adresses en service. Retirez la plus ancienne avec loge office telephone remove --oldest.
cli-telephone-other-format = « { $name } » parle déjà le format { $format }. Donnez un autre nom, ou retirez d'abord ce qui existe.
cli-telephone-added =
    { $name } ({ $format }) : voici l'adresse à donner au système téléphonique. Elle n'est montrée qu'une fois.
    { $url }
cli-telephone-none = Aucun système téléphonique n'est inscrit.
cli-telephone-row = { $name }, { $format }, depuis { $since }
cli-telephone-unknown = « { $name } » n'est pas inscrit. La liste : loge office telephone list.
cli-telephone-removed =
    { $count ->
        [one] « { $name } » : une adresse ne vaut plus.
       *[other] « { $name } » : { $count } adresses ne valent plus.
    }
cli-call-test-unheard = Le serveur n'a pas pris l'appel d'essai à { $url }. Vérifiez qu'il est lancé avec ces réglages. Détail technique : { $why }.
cli-call-test-rings = Un appel d'essai de { $from } sonne.
cli-call-test-answered = Le poste { $extension } a répondu.
cli-call-test-over = L'appel d'essai est fini.
help-office-telephone = Inscrit les systèmes téléphoniques qui annoncent leurs appels
help-office-telephone-add = Inscrit un système, et montre une fois l'adresse à lui donner
    .name = Le nom du système, comme standard
    .format = Le format qu'il parle : cti, sipgate ou aircall
    .url = L'adresse publique du serveur, si ce n'est pas celle où il écoute
help-office-telephone-list = Liste les systèmes inscrits
help-office-telephone-remove = Retire un système : ses adresses ne valent plus
    .name = Le nom du système
    .oldest = Ne retire que la plus ancienne de ses adresses
help-office-call-test = Fait sonner un appel d'essai
    .from = Le numéro qui appelle, ou anonymous
    .answered_by = Le poste qui répond ; personne si rien n'est dit
    .after_s = Les secondes avant la réponse et avant la fin
    .after_s-expects = un nombre entier de 0 à 600
help-value-EXTENSION = POSTE
help-value-FORMAT = FORMAT
help-value-NUMBER = NUMÉRO

# Console : répartition
prompt-assign = { $what } : proposer à { $provider }, { $price }, réponse avant { $deadline } ?
prompt-pass-over = { $what } : proposer à { $provider } alors que { $better } passe avant et peut le faire, pour quel motif ?
prompt-assign-nobody = { $what } : aucun prestataire ne peut être sollicité.
prompt-assign-several =
    { $count ->
        [one] Proposer { $count } demande au prestataire recommandé
       *[other] Proposer { $count } demandes, chacune au prestataire recommandé
    } ({ $shares }) ?
prompt-assign-left-out =
    { $count ->
        [one] { $count } demande n'a pas de prestataire possible.
       *[other] { $count } demandes n'ont pas de prestataire possible.
    }
prompt-own-staff = { $what } : qui de l'équipe interne s'en charge ?
prompt-provider-answer = { $provider }, pour { $what } : quelle est la réponse ?
prompt-decline = { $provider } dit non pour { $what } : pour quel motif ?
prompt-counter = { $provider } propose une autre heure pour { $what } : laquelle ?
prompt-countered = { $provider } propose { $when } pour { $what }.
prompt-deadline = { $provider }, pour { $what } : sa réponse est attendue avant { $deadline }. Quel nouveau délai ?
prompt-withdraw = Retirer la proposition { $what } : pour quel motif ?
choice-assign = Proposer à { $provider }
prompt-ess-takes-under = La part de l'ESS du mois passerait sous l'objectif de { $target } : { $jobs } des demandes, { $euros } des euros.
prompt-ess-stays-under = La part de l'ESS du mois s'éloignerait de l'objectif de { $target } : { $jobs } des demandes, { $euros } des euros.
choice-assign-over = { $provider } (motif demandé)
choice-assign-several = Les proposer
choice-assign-dates = Les { $count } dates à { $provider } ({ $dates })
choice-assign-some-dates = { $count } des { $all } dates à { $provider } ({ $dates })
choice-staff =
    { $count ->
        [0] { $name }, libre
       *[other] { $name }, { $count } en cours
    }
choice-own-staff = Équipe interne…
choice-answer-yes = Oui
choice-answer-no = Non…
choice-answer-other = Une autre heure…
choice-counter-take = Accepter { $when }
choice-counter-note = Ne pas l'accepter : solliciter le suivant
choice-deadline-longer =
    { $count ->
        [one] { $deadline }, une heure de plus
       *[other] { $deadline }, { $count } heures de plus
    }
choice-deadline-wanted = { $deadline }, l'échéance elle-même
choice-deadline-other = Un autre délai…
deadline-not-read = Délai : ce n'est pas compris. Écrivez une heure, ou un jour et une heure : 16h, mardi 10h.
deadline-passed = { $typed } est passé, ou trop tôt pour répondre. Écrivez une heure à venir.
deadline-only-later = { $provider } sait qu'il a jusqu'à { $deadline } : le délai ne peut qu'être allongé. Pour demander à un autre, retirez la proposition.
reason-other-time = Propose une autre heure
reason-decline-1 = Complet
reason-decline-2 = Fermé à cette date
reason-decline-3 = Délai trop court
reason-decline-4 = Ne fait pas ce travail
reason-withdraw-1 = Un autre prestataire le fait
reason-withdraw-2 = Proposée par erreur
reason-withdraw-3 = La demande a changé
reason-withdraw-4 = La personne n'en a plus besoin
reason-pass-over-1 = La personne demande ce prestataire
reason-pass-over-2 = Le délai ne convient pas
reason-pass-over-3 = Compétence particulière
reason-pass-over-4 = Le prix ne convient pas
name-offer = { $what } à { $provider }
said-offer-prepare =
    { $count ->
        [one] { $what } proposée à { $provider }
       *[other] { $count } demandes proposées
    }
said-offer-accept = Oui pour { $what }
said-offer-decline = Non pour { $what }
said-offer-take_counter = Autre heure acceptée : { $what }
said-offer-defer = { $what } : réponse avant { $deadline }
said-offer-withdraw = Proposition { $what } retirée
said-request-assign = { $what } confiée à l'équipe interne
percent = { $value } %
dispatch-tab-to-assign = À attribuer
dispatch-tab-offers = Propositions
dispatch-tab-to-call = À téléphoner
dispatch-column-left = reste
dispatch-column-with = avec
dispatch-column-before = avant
dispatch-column-phone = appeler
dispatch-column-provider = prestataire
dispatch-column-tier = catégorie
dispatch-column-ready = prêt
dispatch-column-load = charge
dispatch-column-price = prix
dispatch-column-recent = 30 jours
dispatch-column-recent-short = 30 j
dispatch-empty-to-assign = Rien à attribuer : chaque demande qualifiée a son prestataire. Tab montre les propositions en cours.
dispatch-empty-offers = Aucune proposition en cours. Tab ramène à ce qui est à attribuer.
dispatch-empty-to-call = Personne à appeler : aucune proposition par téléphone n'attend.
dispatch-empty-filter = Rien dans cette liste ne passe le filtre « { $filter } ». / pour le changer ou le vider.
dispatch-filtered = { $shown } sur { $all }
dispatch-urgent = URGENT
dispatch-no-phone = sans numéro
dispatch-before = avant { $deadline }
dispatch-marked = marquées : { $count }
dispatch-on-quote = sur devis
dispatch-ready-unknown = ! pas en vue
dispatch-more =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
dispatch-free-from = { $why } ; libre { $day }
dispatch-out-suspended = suspendu
dispatch-out-elsewhere = ne dessert pas ce site
dispatch-out-declined = a dit non ou rendu
dispatch-out-asked = déjà sollicité
dispatch-out-closed = fermé d'ici là
dispatch-out-lead-time = délai trop long
dispatch-out-full = complet
dispatch-tier-inclusion = insertion
dispatch-tier-adapted = adapté
dispatch-tier-ess = ESS
dispatch-tier-local = locale
dispatch-tier-other = autre
dispatch-lacks = Le service, le lieu ou l'heure manque : e pour les ajouter.
dispatch-nobody = Aucun prestataire du répertoire ne fait ce service. a le confie à l'équipe interne.
dispatch-recommended = recommandé : { $provider }
dispatch-why = Pourquoi 1
dispatch-why-none = Pourquoi
dispatch-reason = Motif
dispatch-deadline = Délai
dispatch-all-out = aucun prestataire ne peut être sollicité : voir les motifs ci-dessus
dispatch-takes-reason = demandé : un prestataire { $tier } est disponible
dispatch-nobody-else = personne d'autre ne peut être sollicité
dispatch-then-next = réponse avant { $deadline }, puis le n° { $place } est sollicité tout seul
dispatch-then-back = réponse avant { $deadline }, puis la demande revient ici
dispatch-before-tier = { $first } avant { $second }
dispatch-before-in-time = à l'heure, le n° 2 ne le serait pas
dispatch-before-rotation = chacun son tour, selon sa taille : { $recent } en 30 jours, le n° 2 { $others }
dispatch-before-completion = prêt plus tôt que le n° 2
dispatch-before-price = moins cher que le n° 2
dispatch-before-register = à égalité avec le n° 2 : ordre du répertoire
dispatch-before-nobody = le seul possible
dispatch-in-time = à l'heure
dispatch-late = en retard
dispatch-better-one = { $provider } ({ $tier }) exclu : { $why }
dispatch-better-many = { $tier } : { $count } exclus
dispatch-ess-untold = Part de l'ESS : pas encore reçue
dispatch-ess = ESS en { $month } : { $jobs } des demandes · { $euros } des euros · objectif { $target }
dispatch-ess-short = Part de l'ESS en { $month }
dispatch-ess-jobs = demandes
dispatch-ess-euros = euros
dispatch-ess-target = objectif { $target }
dispatch-ess-with = Avec ce choix : { $jobs } · { $euros }
dispatch-ess-takes-under = passe sous l'objectif de { $target }
dispatch-ess-stays-under = s'éloigne de l'objectif de { $target }
dispatch-month-1 = janvier
dispatch-month-2 = février
dispatch-month-3 = mars
dispatch-month-4 = avril
dispatch-month-5 = mai
dispatch-month-6 = juin
dispatch-month-7 = juillet
dispatch-month-8 = août
dispatch-month-9 = septembre
dispatch-month-10 = octobre
dispatch-month-11 = novembre
dispatch-month-12 = décembre

## Les propositions aux prestataires : le courriel et la page

offer-service-unknown = Prestation à préciser
offer-commune = Commune
offer-when = Pour le
offer-price = Prix TTC
offer-deadline = Réponse avant
offer-note = Précision
offer-number = Demande
offer-member = Membre du groupement
offer-person = Pour
offer-place = Lieu
offer-handover = Remise
offer-detail = Détail
offer-mail-subject = Proposition : { $service }, { $when }
offer-mail-subject-many = { $count } propositions
offer-mail-subject-deadline = Nouveau délai pour répondre : { $service }, { $when }
offer-mail-opening =
    { $count ->
        [one] { $house } vous propose une prestation :
       *[other] { $house } vous propose { $count } prestations :
    }
offer-mail-opening-deadline = { $house } vous laisse plus de temps pour répondre à cette proposition, que vous avez déjà reçue :
offer-mail-answer =
    { $count ->
        [one] Pour répondre oui, non, ou proposer une autre heure :
       *[other] Pour répondre oui ou non à chacune, ou proposer une autre heure :
    }
offer-mail-by-mail = Vous pouvez aussi répondre à ce courriel par un simple oui ou non.
offer-mail-said-yes = le prestataire a répondu oui
offer-mail-said-no = le prestataire a répondu non
offer-mail-afterwards = Le nom et l'adresse de la personne vous sont donnés sur cette page après votre accord. Vous pouvez y revenir ensuite, pour dire que c'est prêt ou qu'il y a un retard. Ce lien est pour vous seul : merci de ne pas le transmettre.
offer-other-time-reason = autre heure proposée
offer-note-late = { $provider } annonce un retard : { $text }
offer-note-problem = { $provider } signale un problème : { $text }
permanence-held-after-all = La permanence a été tenue sans réseau ; son ouverture vient d'arriver.
mail-receipt =
    Bonjour { $who },

    Voici le reçu de votre paiement.

    { $lines }
    Merci, et à bientôt.
mail-code-subject = Votre casier { $locker }, { $site }
mail-code-pickup =
    Bonjour { $who },

    Vos articles vous attendent dans le casier { $locker }, { $site }, jusqu'au { $until }.

    Code du casier : { $code }

    Ce code est pour vous seul. Un code donné auparavant n'ouvre plus.
mail-code-deposit =
    Bonjour { $who },

    Le casier { $locker }, { $site }, est réservé pour votre dépôt jusqu'au { $until }.

    Code du casier : { $code }

    Ce code est pour vous seul. Un code donné auparavant n'ouvre plus.
mail-did-not-go = « { $subject } » n'est pas arrivé à { $to } : le dire à la personne
offer-trouble-no-server = ce serveur n'envoie pas de courriel
offer-trouble-no-address = aucune adresse de courriel qui fonctionne
offer-trouble-archived = la fiche du prestataire est archivée
offer-trouble-too-long = le courriel serait trop long
offer-trouble-doubtful = on ne sait pas si le courriel est parti
offer-page-title =
    { $count ->
        [one] { $house } : une proposition pour vous
       *[other] { $house } : { $count } propositions pour vous
    }
offer-page-contact = Une question ? Répondez au courriel que vous avez reçu, ou appelez-nous.
offer-page-archived = Notre partenariat est terminé : vous ne pouvez plus répondre ici. Si c'est une erreur, appelez-nous.
offer-page-expired = Le délai de réponse est passé. Merci quand même ; nous vous solliciterons une autre fois.
offer-page-taken = Cette demande est déjà confiée à un autre prestataire. Merci pour votre disponibilité.
offer-page-withdrawn = Cette proposition n'est plus d'actualité. Merci pour votre compréhension.
offer-page-accepted = Vous avez accepté : c'est pour vous. Merci !
offer-page-fulfilled = Vous avez dit que c'est prêt. Merci !
offer-page-over = Cette proposition est terminée.
offer-page-declined = Vous avez décliné : { $reason }. Merci de votre réponse.
offer-page-countered = Vous avez proposé une autre heure : { $when }. Nous revenons vers vous.
offer-page-calendar = Ajouter à mon agenda (fichier .ics)
offer-page-yes = Oui, nous nous en chargeons
offer-page-no-open = Non, nous ne pouvons pas
offer-page-reason = Pour quelle raison, en quelques mots
offer-page-no = Envoyer : non
offer-page-other-open = Oui, mais à une autre heure
offer-page-date = Quel jour
offer-page-time = À quelle heure
offer-page-other = Proposer cette heure
offer-page-when-wrong = Écrivez un jour et une heure à venir, comme 27/11/2026 et 14:30.
offer-page-text-wrong = Écrivez quelques mots, sur une ligne (200 signes au plus).
offer-page-ready = C'est prêt
offer-page-late-open = Nous aurons du retard
offer-page-late-text = De combien, en quelques mots
offer-page-late = Annoncer ce retard
offer-page-problem-open = Il y a un problème
offer-page-problem-text = Lequel, en quelques mots
offer-page-problem = Signaler ce problème
offer-page-noted-late = Merci, le retard est noté.
offer-page-noted-problem = Merci, le problème est noté : quelqu'un s'en occupe.
offer-page-all = Répondre pour toutes
offer-page-all-yes =
    { $count ->
        [one] Oui à la proposition
       *[other] Oui aux { $count } propositions
    }
offer-page-all-no-open = Non à toutes
offer-page-all-no =
    { $count ->
        [one] Envoyer : non à la proposition
       *[other] Envoyer : non aux { $count } propositions
    }
offer-page-nothing-title = Page introuvable
offer-page-unknown = Ce lien n'est pas valable. Il a peut-être été coupé : ouvrez-le depuis le courriel, ou copiez-le en entier.
offer-page-gone = Ces propositions sont terminées, et cette page n'est plus disponible.
offer-page-form = Votre réponse n'a pas pu être lue. Revenez à la page et réessayez.
offer-page-failed = Cette page n'est pas disponible pour l'instant. Réessayez dans quelques minutes.
dispatch-tab-held = À relire
dispatch-empty-held = Rien à relire : aucun travail préparé n'attend.
dispatch-column-since = depuis
dispatch-column-by = par
dispatch-column-verb = geste
dispatch-column-about = sur
dispatch-loads = Charge par prestataire, aujourd'hui
dispatch-loads-none = Personne n'a de place prise aujourd'hui.
dispatch-full = complet
dispatch-none-out = Aucune proposition en cours.
word-me = moi
name-held = { $what } : { $verb }
held-unreadable = travail qui ne peut plus être lu
held-verb = Geste
held-by = Préparé
held-by-whom = par { $who }, { $when }
held-request = Demande
held-provider = À
held-to = À
held-subject = Objet
held-reason = Motif
held-tier_reason = Motif
held-question = Question
held-outcome = Issue
held-text = Texte
held-give-back = Reprendre
cannot-by-another = C'est un collègue qui le relit. u ou Suppr le reprend.
prompt-release-held = { $who } a préparé : { $verb }, { $what }. Valider ?
choice-release-held = valider, à vos deux noms
choice-give-back = rendre, en disant quoi reprendre
prompt-give-back = Rendre à { $who } ({ $verb }, { $what }) : que reprendre ?
prompt-take-up = Reprendre : { $verb }, { $what } ?
choice-take-up = reprendre, je m'en occupe
said-held-release = { $what } : validé
said-held-return = { $what } : rendu, avec ce qui est à reprendre
said-held-take_up = { $what } : repris
command-held-take_up = reprendre ce qu'on a préparé
reason-give-back-1 = Rappeler d'abord la personne
reason-give-back-2 = Le motif ne suffit pas
reason-give-back-3 = Un autre prestataire convient mieux
reason-give-back-4 = Le texte est à corriger
reason-leftover-1 = La personne n'est pas venue
reason-leftover-2 = Elle passera à la prochaine permanence
reason-leftover-3 = Elle a été prévenue, sans réponse
reason-leftover-4 = L'article n'est pas arrivé
reason-leftover-5 = Refusé par la personne
notice-held-returned = { $who } vous rend « { $verb } » : { $why }. C'est dans À relire, écran 2.
verb-take_up = reprend
held-rank = Rang
held-rank-first = n° 1 sur { $count }
held-rank-after = n° { $place } sur { $count }, après { $first }
dispatch-problem = Problème
dispatch-problem-state = problème
dispatch-trouble = Courriel
prompt-problem = { $why }. Que devient la demande ?
choice-problem-release = rendue, à attribuer de nouveau
choice-problem-fail = non honorée, à attribuer de nouveau
choice-problem-settled = { $provider } la fait quand même
settlement-given-anew = { $provider } ne la fait pas, elle est à attribuer de nouveau
settlement-does-it = { $provider } la fait quand même
said-offer-release = { $what } est rendue, à attribuer de nouveau
said-offer-fail = { $what } n'a pas été honorée, à attribuer de nouveau
said-exception-close = L'anomalie est réglée

## Les commandes régulières

recurring-title = Commandes régulières
recurring-none = Aucune commande régulière. Pour en créer une, dites-la dans la ligne de saisie : « pain chaque mardi et vendredi midi ».
recurring-who = personne
recurring-what = quoi
recurring-rhythm = rythme
recurring-next = prochaine
recurring-state = état
recurring-no-next = aucune
recurring-name = { $who }, { $what }
recurring-due = pour { $time }
recurring-paused = en pause
recurring-stopped = arrêtée
recurring-to-send = à envoyer
recurring-pause = du { $from } au { $to }
recurring-pause-open = à partir du { $from }, jusqu'à la reprise
recurring-stopped-requester = plus aucune date n'est créée : la fiche de la personne ou de l'organisation est archivée
recurring-stopped-service = plus aucune date n'est créée : le service est archivé
recurring-stopped-site = plus aucune date n'est créée : le site est archivé
recurring-none-made = aucune pour le moment
recurring-since =
    { $made ->
        [0] enregistrée { $at } par { $by }, aucune date créée
        [one] enregistrée { $at } par { $by }, { $made } date créée en tout
       *[other] enregistrée { $at } par { $by }, { $made } dates créées en tout
    }
recurring-fact-stopped = Arrêtée
recurring-fact-rhythm = Rythme
recurring-fact-pause = Pause
recurring-fact-made = Demandes
recurring-fact-coming = Puis
recurring-fact-place = Remise
recurring-fact-ending = Motif
recurring-fact-since = Depuis
recurring-day-not-read = « { $words } » n'est pas compris comme un jour : écrivez par exemple 18, vendredi ou 18/12.
recurring-day-past = Ce jour est passé : écrivez aujourd'hui ou un jour à venir.
recurring-rhythm-not-read = { $field } : ce n'est pas compris. Écrivez-le comme dans la ligne de saisie : chaque mardi et vendredi jusqu'au 18, toutes les 2 semaines le jeudi, le 15 de chaque mois.
reason-recurring-changed = la commande régulière a changé de jours
prompt-recurring-pause = { $what } : en pause jusqu'à quel jour compris ?
prompt-recurring-resume = { $what } : en pause { $pause }. La reprendre dès aujourd'hui ?
prompt-recurring-end = { $what } : terminer la commande régulière, pour quel motif ?
prompt-recurring-made-too =
    { $count ->
        [one] { $what } : une date est déjà créée et pas encore donnée ({ $dates }). La changer aussi ?
       *[other] { $what } : { $count } dates sont déjà créées et pas encore données ({ $dates }). Les changer aussi ?
    }
prompt-recurring-made-off =
    { $count ->
        [one] { $what } : une date déjà créée ne tombe plus dans ce rythme ({ $dates }). Qu'en faire ?
       *[other] { $what } : { $count } dates déjà créées ne tombent plus dans ce rythme ({ $dates }). Qu'en faire ?
    }
choice-recurring-change-too =
    { $count ->
        [one] la changer aussi
       *[other] les changer aussi
    }
prompt-recurring-made =
    { $count ->
        [one] { $what } : { $count } date est déjà créée et n'est pas encore donnée ({ $dates }). L'annuler aussi ?
       *[other] { $what } : { $count } dates sont déjà créées et pas encore données ({ $dates }). Les annuler aussi ?
    }
choice-recurring-until-resumed = jusqu'à la reprise
choice-recurring-resume = reprendre
choice-recurring-keep =
    { $count ->
        [one] la garder
       *[other] les garder
    }
choice-recurring-call-off =
    { $count ->
        [one] l'annuler
       *[other] les annuler
    }
reason-recurring-pause = commande régulière en pause
said-recurring_order-create = Commande régulière enregistrée : { $what }
said-recurring_order-edit = Commande régulière modifiée : { $what }
said-recurring_order-pause = En pause : { $what }
said-recurring_order-resume = Reprise : { $what }
said-recurring_order-end = Terminée : { $what }

# Ce qui s'est passé : l'écran Activité.
activity-arrivals = Arrivées
activity-clocks = Délais
activity-ess = ESS
activity-providers = Prestataires
activity-permanences = Permanences
activity-journal = Journal
activity-all-sites = tous les sites
activity-counted = compté à { $at }
activity-counted-offline = hors ligne : derniers chiffres, de { $at }
activity-none-asked = Les chiffres sont demandés : { $time }.
activity-none-offline = Hors ligne : les chiffres viendront avec la ligne ({ $time }). Les derniers reçus sont ceux d'un autre moment.
activity-none-refused = Le serveur n'a pas donné ces chiffres ({ $time }). Ils sont redemandés d'ici une demi-minute.
activity-none-not-yours = Ces chiffres sont ceux de la maison : votre compte voit les demandes de votre organisation, écran 4.
activity-contacts = Contacts arrivés
activity-contacts-none = Aucun contact : { $time }. Autre jour : < ou > ; le mois : { $key }.
activity-requests = Demandes enregistrées
activity-requests-none = Aucune demande : { $time }. Autre jour : < ou > ; le mois : { $key }.
activity-peak = le plus à { $hour } h : { $count }
activity-hour = { $hour } h { $count }
activity-arrivals-words = { $what } : { $count }. Par canal : { $channels }. Par heure : { $hours }.
activity-channel-phone = téléphone
activity-channel-email = courriel
activity-channel-permanence = permanence
activity-channel-locker = casier
activity-channel-house = maison
activity-clock-first-answer = première réponse
activity-clock-callback = rappel
activity-clock-assignment = attribution
activity-clock-pickup = enlèvement
activity-clock-hand-back = remise
activity-kept = tenus
activity-missed = manqués
activity-running = en cours
activity-overdue = retard
activity-kept-of-over = tenus sur terminés
activity-clocks-of = Délais des contacts et des demandes arrivés dans la période.
activity-abandoned = { $count ->
    [one] Un appel abandonné en cinq secondes n'est pas compté.
   *[other] { $count } appels abandonnés en cinq secondes ne sont pas comptés.
    }
activity-clock-words = { $what } : { $kept } tenus, { $missed } manqués, { $running } en cours, { $overdue } en retard ; tenus sur terminés : { $percent }.
activity-outcomes = Demandes terminées dans la période
activity-outcomes-none = Aucune demande terminée : { $time }.
activity-outcomes-words = Demandes terminées : { $outcomes }.
activity-whole = Ensemble
activity-by-client = par organisation
activity-by-site = par site
activity-ess-of = sur toutes
activity-ess-reached = Objectif { $target } : atteint.
activity-ess-under = sous l'objectif de { $target } : { $times }
activity-ess-none = Aucune demande confiée à un prestataire en { $year } : il n'y a pas encore de part à montrer.
activity-ess-words = { $name }, { $time } : { $jobs } des demandes ({ $of_jobs }), { $euros } des euros ({ $of_euros }) ; objectif { $target }.
activity-part-of = { $part } sur { $whole }
activity-jobs = pour ces jours
activity-closed = { $count }, fermé
activity-given = données
activity-done = faites
activity-declined = refus
activity-expired = muet
activity-providers-none = Aucun prestataire n'a été sollicité : { $time }. Autre jour : < ou > ; le mois : { $key }.
activity-providers-of = Pour ces jours : en main sur capacité. Muet : proposition sans réponse.
activity-provider-words = { $name } : { $jobs } pour ces jours, { $given } données, { $done } faites, { $declined } refusées, { $expired } sans réponse.
activity-more = … et { $count } de plus : { $key }
activity-held = tenues
activity-open = ouvertes
activity-planned = prévues
activity-not-held = non tenues
activity-called-off = annulées
activity-hours = { $hours } h { $minutes }
activity-hours-held = Heures : { $held } tenues sur { $agreed } prévues
activity-permanences-none = Aucune permanence : { $time }. Autre jour : < ou > ; le mois : { $key }.
activity-permanences-of = Les permanences annulées ne comptent pas dans les heures prévues ; celles qui sont ouvertes comptent jusqu'à maintenant.
activity-journal-reading = Le journal est en train d'être lu…
activity-journal-offline = Hors ligne : le journal viendra avec la ligne.
activity-journal-none = Rien n'a encore été fait.
activity-column-at = quand
activity-column-who = qui
activity-column-what = quoi

## Le registre des prestataires et des services

register-providers = Prestataires
register-of-services = Services
register-count =
    { $count ->
        [one] { $count } fiche
       *[other] { $count } fiches
    }
register-consortium = { $name } (groupement)
register-nothing = Aucune fiche ne correspond.
register-empty = à compléter
register-line = { $field } : { $value }
register-not-read = « { $field } » n'est pas compris. { $how }
register-saved = { $name } : { $field }, modification enregistrée.
register-same = { $name } : { $field } inchangé.
register-entered = { $name } ajouté ; complétez sa fiche quand vous le pouvez.
register-open-offers = Propositions en cours, à garder ou à retirer : { $list }.
register-empty-by-editing = Pour vider cette ligne : e, puis effacer le texte et valider.
register-draft = brouillon : { $text }
register-draft-kept = Le brouillon est gardé : Entrée le reprend, Suppr le jette.
register-draft-thrown = Brouillon jeté. Rien n'est changé.
register-new-draft = nouvelle fiche en brouillon
register-has-draft = { $name } (brouillon)
register-stands = À présent : { $value }.
register-twice = { $name } figure déjà dans la liste.
register-unknown-service = Aucun service en usage ne s'appelle « { $typed } ». Tab propose ceux qui existent.
register-unknown-site = Aucun site ne s'appelle « { $typed } ». Tab propose ceux qui existent.
register-unknown-member = Aucun prestataire qui puisse être membre ne s'appelle « { $typed } ». Tab propose ceux qui existent.
register-never-open = Un prestataire toujours fermé se note par une suspension ; laissez la ligne vide pour les horaires de la maison.
register-new-provider = Nouveau prestataire
register-new-provider-how = Nom, puis une virgule et la catégorie : « Lavoir du Parc, insertion EI ».
register-new-service = Nouveau service
register-new-service-how = Nom, famille, et le prix s'il est connu : « Ourlet, textile, 8 € ».
register-name = nom
    .how = Un nom d'une ligne, 200 caractères au plus.
register-tier = catégorie
    .how = insertion, adapté, ESS, locale ou autre ; avec le statut pour l'insertion : « insertion EI », « adapté ESAT ».
register-legal-form = forme juridique
    .how = Par exemple : association, SCIC, SARL.
register-services = services
    .how = Le service, puis si besoin son prix, son délai et sa capacité : « Chemise 3,20 € 24 h 6/jour ». Vide : retirer.
    .more = + ajouter un service
register-sites = sites
    .how = Des noms de sites séparés par des virgules ; vide pour tous, « aucun site » pour aucun.
register-every-site = tous les sites
register-no-site = aucun site
register-hours = horaires
    .how = Jours, puis heures : « lun-ven 8:30-12:00 14:00-18:00, sam 9-12 ». Vide : les horaires de la maison.
register-house-hours = ceux de la maison
register-closed = fermé du { $from } au { $to }
register-capacity = capacité
    .how = Le nombre de demandes par jour ; vide pour ne pas limiter.
register-per-day = { $count } par jour
register-members-sum = { $count } par jour, la somme des membres
register-no-bound = sans limite
register-phones = téléphones
    .how = Des numéros séparés par des virgules, le préféré d'abord.
register-emails = courriels
    .how = Des adresses séparées par des virgules, la préférée d'abord.
register-prefers = préfère
    .how = courriel ou téléphone.
register-way-mail = courriel
register-way-telephone = téléphone
register-commune = commune
    .how = La commune où il travaille.
register-address = adresse
    .how = Le numéro et la rue.
register-days = congés, suspensions
    .how = Des jours et un motif : « 24/12-02/01 congés », « 24/12 inventaire », « dès le 24/12 qualité ». Vide : retirer.
    .more = + ajouter des jours
register-days-on = dès le { $from }
register-days-until = jusqu'au { $to }
register-days-through = { $from } au { $to }
register-members = membres
    .how = Un prestataire et sa part par jour : « Lavoir Solidaire 4 ». Avec des membres, c'est un groupement. Vide : retirer.
    .more = + ajouter un membre
register-accompanied = accompagnés
    .how = Le nombre de personnes en parcours d'insertion, pour le rapport annuel.
register-note = note
    .how = Ce qui aide à travailler avec lui.
register-name-en = nom en anglais
    .how = Le nom anglais du service ; vide s'il n'en a pas.
register-synonyms = synonymes
    .how = D'autres mots que l'on dit, séparés par des virgules.
register-family = famille
    .how = La famille du catalogue.
register-price = prix
    .how = « 4,50 € l'unité », « 12 € au forfait », « gratuit » ou « sur devis ». TVA comprise.
register-free = gratuit
register-on-quote = sur devis
register-per-unit = { $price } l'unité
register-flat = { $price } au forfait
register-vat = TVA
    .how = Le taux compris dans le prix : « 20 % », « 5,5 % ».
register-percent = { $rate } %
register-unit = unité
    .how = Comment s'appelle une unité : chemise, paire, heure.
register-unit-en = unité en anglais
    .how = La même en anglais.
register-lead-time = délai
    .how = Le délai en heures d'ouverture, de 0 à 2000 : « 24 h ».
register-carriage = transport
    .how = aller et retour, livré ou sur place.
register-there-and-back = aller et retour
register-delivered = livré
register-on-site = sur place
register-everyday = fréquence
    .how = quotidien ou occasionnel, pour le rapport annuel.
register-is-everyday = quotidien
register-is-occasional = occasionnel
register-offered = proposé
    .how = « dès le 01/09/2026 », « jusqu'au 30/06/2027 », ou les deux jours ; vide pour toujours.
register-always = toujours
register-short-capacity = par jour
register-short-prefers = préfère
register-short-away = absent
register-short-lead-time = délai
register-away-for-good = suspendu
register-away-through = jusqu'au { $day }

## Les tournées

vehicle-foot = à pied
vehicle-bike = vélo
vehicle-cargo_bike = vélo-cargo
vehicle-van = fourgon
place-desk = { $site }, permanence
place-locker = { $site }, casier { $locker }
leg-words = { $what }, { $from } vers { $to }
leg-failure-absent = absent
leg-failure-closed = fermé
leg-failure-missing = rien à prendre
leg-failure-refused = refusé
leg-failure-damaged = abîmé
leg-failure-wrong_address = mauvaise adresse
leg-failure-locker_full = casier plein
leg-failure-vehicle = panne
rounds-name = tournée { $of }
rounds-title = Tournées du { $date }
rounds-title-today = Tournées d'aujourd'hui, { $date }
rounds-days = { $before } veille · { $after } lendemain
rounds-legend = chiffre : arrêt · - en route, sur place · . libre · ▼ maintenant · { $minutes } min/signe
rounds-tab-stops = Arrêts { $of } { $count }
rounds-tab-stops-none = Arrêts
rounds-tab-unplanned = Non planifiés
rounds-tab-map = Carte
rounds-map-of = arrêts { $of }
rounds-map-base = départ
rounds-map-empty = Rien à dessiner : cette tournée n'a pas d'arrêt dont la position est connue.
rounds-map-leg = { $place } : à { $far }, { $way }
rounds-wind-n = nord
rounds-wind-ne = nord-est
rounds-wind-e = est
rounds-wind-se = sud-est
rounds-wind-s = sud
rounds-wind-sw = sud-ouest
rounds-wind-w = ouest
rounds-wind-nw = nord-ouest
rounds-source-estimate = temps : vol d'oiseau × 1,2 à 1,35, vitesse du véhicule
rounds-source-gone = temps : vol d'oiseau ; service d'itinéraires injoignable
rounds-source-office = temps : estimés par le bureau
rounds-source-service = temps : { $host }
rounds-source-slow = temps : vol d'oiseau ; le service d'itinéraires a mis plus de 2 s
rounds-source-wrong = temps : vol d'oiseau ; le service d'itinéraires n'a pas répondu par un tableau de ces lieux
rounds-column-number = n°
rounds-column-time = heure
rounds-column-place = lieu
rounds-column-act = geste
rounds-column-what = quoi
rounds-column-load = charge
rounds-act-take = prendre
rounds-act-leave = déposer
rounds-act-hand-back = remettre
rounds-pieces =
    { $count ->
        [one] { $count } pièce
       *[other] { $count } pièces
    }
rounds-stops =
    { $count ->
        [one] { $count } arrêt
       *[other] { $count } arrêts
    }
rounds-aboard = { $load } pièces à bord, { $capacity } au plus
rounds-done-before = fait, trajet clos
rounds-most-load = charge max { $load }
rounds-ends = fin { $time }
rounds-none-yet = sans tournée
rounds-fact-pinned = bloqué dans cette tournée
rounds-fact-any-time = à toute heure
rounds-fact-window = fenêtre { $from }-{ $to }, marge { $margin }
rounds-empty-day = Personne ne roule ce jour-là : aucune tournée, aucun coursier en service. « :tournée » en prépare une.
rounds-no-couriers = Aucun coursier au répertoire : un responsable les ajoute (loge import, fichier couriers).
rounds-empty-round = Aucun arrêt. Tab montre ce qui n'est pas planifié : a l'affecte, c lui trouve un créneau.
rounds-empty-courier = En service, sans tournée : o en prépare une.
rounds-all-planned-title = Non planifiés : aucun
rounds-all-planned = Tous les trajets de ce jour ont une tournée.
rounds-conflict = Conflit
rounds-pressing = Non planifié, le plus pressé
rounds-why = Pourquoi
rounds-why-unknown = pas encore planifié
rounds-see-and-take = voir et prendre
rounds-else-stays = sinon rien ne change
rounds-better = Plan trouvé
rounds-planning = calcul en cours…
rounds-no-offer = Pas de meilleur plan.
rounds-has-round = { $what } : déjà dans une tournée.
rounds-in-round = dans la tournée { $of }
rounds-has-place = possible : { $who }, { $time }
rounds-waits = Le plan du jour est en train d'être calculé : encore un instant.
rounds-not-planned-yet = Ce trajet n'est pas encore dans le plan calculé : replanifiez par « :replanifier ».
rounds-replanned = Le jour est calculé de nouveau ; rien ne bouge sans vous.
rounds-moving = déplacement en cours
rounds-is-moving = Un arrêt est en main : flèches pour le déplacer, Entrée pour le poser, Échap pour le laisser.
rounds-no-further = Pas d'autre tournée de ce côté, ou ce trajet reste dans la sienne.
rounds-passed = Cet arrêt est fait : il ne se déplace plus.
rounds-nowhere = Ce trajet n'a de place dans aucune tournée telle quelle : a l'affecte à un coursier, o dit ce qui aiderait.
rounds-changed-meanwhile = Entre-temps, quelqu'un a changé cette tournée : rien n'a été déplacé. Regardez, puis recommencez.
rounds-pinned = { $what } : bloqué dans sa tournée
rounds-unpinned = { $what } : débloqué
rounds-not-of-day = Ce trajet n'est pas de ce jour. c lui trouve un créneau.
rounds-no-courier = Personne d'autre ne roule le { $date } : « :tournée » en prépare une.
rounds-no-slot = { $what } : aucun créneau dans les sept jours. { $why }.
rounds-no-base = Cette tournée n'a pas de lieu de départ : ajoutez une base au coursier, ou un site au répertoire.
prompt-round =
    { $legs ->
        [one] Tournée { $of } : { $state }, { $legs } trajet.
       *[other] Tournée { $of } : { $state }, { $legs } trajets.
    }
prompt-place = { $what } : où la mettre ?
prompt-courier = { $what } : par qui ?
prompt-slot-fetched = { $what } : quand la prendre ?
prompt-slot-brought = { $what } : quand l'apporter ?
prompt-stop = { $what } : qu'en est-il ?
prompt-new-round = Préparer une tournée pour { $who }, { $date } ?
prompt-whose-round = Une tournée le { $date }, pour qui ?
choice-round-publish = publier, { $who } la reçoit
choice-round-start = { $who } est parti
choice-round-finish = { $who } est rentré
choice-plan-complete = prendre ce plan ({ $what })
choice-plan-better = prendre mieux ({ $what })
choice-courier-anyway = { $who }, bien qu'il n'ait pas le temps
choice-no-courier = sortir de la tournée
choice-leg-taken = pris
choice-leg-done = déposé
choice-new-round = la préparer pour { $who }
choice-whose-round = { $who }, { $hours }
cannot-no-leg = Rien à prendre ni à apporter pour cette demande : un trajet se fait quand elle est attribuée.
cannot-no-round = Ce trajet n'est dans aucune tournée : a l'affecte d'abord.
cannot-fixed = Ce trajet est en route ou bloqué : il reste dans sa tournée. b le débloque s'il n'est pas parti.
conflict-late = Retard de { $late } : { $place } ferme à { $closes }, arrivée { $arrival }.
conflict-late-short = retard { $late }, ferme { $closes }
conflict-promise = Promis pour { $due }, arrivée { $arrival } : { $late } de retard.
conflict-promise-short = promis { $due }, retard { $late }
conflict-closed = { $place } : fermé ce jour-là, ou pas dans la fenêtre convenue.
conflict-closed-short = fermé
conflict-no-coordinates-short = position inconnue
conflict-unreachable = Aucun chemin ne mène à { $place } avec ce véhicule.
conflict-unreachable-short = hors d'atteinte
conflict-capacity = Trop chargé : { $load } pièces à bord, { $capacity } au plus.
conflict-capacity-short = trop chargé, { $load }/{ $capacity }
conflict-order = { $what } est déposé avant d'être pris.
conflict-twice = { $what } y est deux fois.
conflict-skills = { $what } : ce coursier ne porte pas cela.
conflict-skills-short = non porté ici
conflict-wrong-courier = Ce trajet reste à un autre coursier que { $who }.
conflict-shift = { $who } rentre à { $home }, sa journée finit à { $ends }.
conflict-too-soon = Avant que { $what } soit fini ({ $over }).
conflict-too-soon-short = trop tôt
reason-no-vehicle = personne ne roule ce jour-là
reason-no-coordinates-site = position inconnue : ajouter la position au site ({ $place })
reason-no-coordinates-provider = position inconnue : ajouter la position au prestataire ({ $place })
reason-no-coordinates-address = position inconnue : ajouter la position à l'adresse ({ $place })
reason-no-coordinates-person = position inconnue : l'indiquer dans la fiche de { $who } ({ $place })
reason-closed = { $place } est fermé ce jour-là, ou pas dans la fenêtre convenue
reason-too-big = trop grand : { $load } pièces, le plus grand véhicule en porte { $most }
reason-skills = aucun coursier de ce jour ne porte cela
reason-closes = { $place } ferme à { $closes }, arrivée au plus tôt { $arrival }
reason-promise = promis pour { $closes }, arrivée au plus tôt { $arrival }
reason-shift = { $who } rentrerait à { $home }, sa journée finit à { $ends }
reason-full = { $who } n'a plus de place : { $load } pièces pour { $capacity }
reason-no-room = { $who } arriverait à { $arrival } à { $place }, qui ferme à { $closes }
reason-pinned = bloqué ailleurs : { $who } pourrait le prendre
reason-waits = attend { $what }
reason-waits-until = attend { $what }, fini à { $over }
reason-fits = { $who } a de la place
remedy-nothing = possible tel quel
remedy-reorder =
    { $stops ->
        [one] possible si { $stops } arrêt change d'heure
       *[other] possible si { $stops } arrêts changent d'heure
    }
remedy-unpin = possible avec { $who }, une fois débloqué
remedy-widen = possible si { $place } reçoit jusqu'à { $until }
remedy-extend = possible si { $who } finit { $by } plus tard
change-added =
    { $count ->
        [one] { $count } trajet placé
       *[other] { $count } trajets placés
    }
change-passes = { $what } passe à { $who }
change-more-pass =
    { $count ->
        [one] { $count } autre change de coursier
       *[other] { $count } autres changent de coursier
    }
change-times =
    { $count ->
        [one] { $count } arrêt change d'heure
       *[other] { $count } arrêts changent d'heure
    }
change-nobody = personne d'autre ne bouge
said-leg-plan = { $what } : trajet planifié
said-leg-edit = { $what } : trajet modifié
said-leg-confirm = { $what } : trajet confirmé
said-leg-move = { $what } : créneau pris
said-leg-start = { $what } : pris
said-leg-done = { $what } : déposé
said-leg-fail = { $what } : échec noté, à replanifier
said-leg-cancel = { $what } : trajet annulé
said-round-create = { $what } préparée
said-round-edit = { $what } modifiée
said-round-arrange = { $what } : arrêts changés
said-round-publish = { $what } publiée
said-round-start = { $what } partie
said-round-finish = { $what } terminée
linear-plan = Plan trouvé : { $what }. o pour voir et prendre.
## Le comptoir d'une permanence
desk-title = Permanence { $site }, { $date } { $hours }, { $state }
desk-taken-up-labels =
    { $count ->
        [one] Repris là où c'était : une étiquette est déjà lue.
       *[other] Repris là où c'était : { $count } étiquettes sont déjà lues.
    }
desk-taken-up-closing =
    { $count ->
        [one] Fermeture commencée : un article est déjà expliqué.
       *[other] Fermeture commencée : { $count } articles sont déjà expliqués.
    }
desk-box = caisse { $sum }
desk-cash = Caisse : { $sum } encaissés en espèces pendant cette permanence.
desk-notice = Consigne du site : { $notice }
desk-no-notice = Pas de consigne pour ce site.
desk-gone = Cette permanence n'est plus là. Échap : retour.
desk-is-over = Cette permanence est terminée.
desk-tab-to-hand-back = À remettre
desk-tab-to-hand-back-none = Rien à remettre ici pour l'instant. Ce qui arrivera prêt s'affichera dans cette liste.
desk-tab-expected = Attendus
desk-tab-expected-none = Personne n'est attendu avec un article. Un passage sans rendez-vous : n, puis sa demande.
desk-tab-callbacks = À rappeler
desk-tab-callbacks-none = Personne n'attend de réponse sur ce site.
desk-tab-lockers = Casiers
desk-tab-lockers-none = Ce site n'a pas de casier.
desk-tab-exceptions = Anomalies
desk-tab-exceptions-none = Aucune anomalie : ce qui est fait et ce qui est noté vont ensemble.
desk-lockers-late = { $name } { $count } en retard
desk-somebody = inconnu
desk-things = { $count } articles
desk-things-short = { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
desk-pieces = { $count ->
        [one] { $count } pièce
       *[other] { $count } pièces
    }
desk-locker = Casier { $name }
desk-thing-since = { $place }, depuis { $at }
desk-next-permanence = prochaine permanence { $at }
desk-scan-title = Étiquette, nom ou casier
desk-scan-taking = Étiquettes de ce qui est déposé
desk-nothing-scanned = Rien n'est en main : scanner une étiquette, ou taper un nom.
desk-found = En main : { $what }, pour { $who } ({ $labels }). Demander son nom.
desk-enter-back = Entrée : remettre à { $who }, ou scanner un autre article. ↓ : autre façon.
desk-enter-again = Entrée : reprendre au comptoir.
desk-taking = Dépôt pour { $what } : { $labels }
desk-take-first = Scanner l'étiquette collée sur chaque article.
desk-take-next = Entrée : c'est tout ({ $count }), ou scanner l'étiquette suivante.
desk-no-label-yet = Scanner d'abord une étiquette, ou Échap pour ne rien faire.
desk-handed-back = { $who } : { $what } remis { $time }
desk-taken-again = Repris au comptoir : { $what }
desk-into-locker = { $what } dans le casier { $name }, pour { $who }
desk-to-desk = Sorti du casier, au comptoir : { $what }
desk-fetched-note = Remis à { $who }, venu à la place de la personne.
desk-taken-in = { $what } : pris en dépôt, { $counted } comme dit, { $labels } étiquette(s)
desk-taken-in-tally = { $what } : pris en dépôt, { $counted } comptés pour { $said } dits : une anomalie est ouverte
desk-tally = { $said } dits, { $counted } comptés
desk-count-not-read = « { $words } » n'est pas un nombre : taper par exemple 3.
desk-sum-not-read = « { $words } » n'est pas une somme : taper par exemple 12,50.
desk-paid = { $who } : { $sum } encaissés, { $means }
desk-closed = Permanence fermée à { $time }, caisse { $sum }, { $left } resté(s)
desk-repaired = Casier { $name } de nouveau en service
desk-broken = Casier { $name } hors service
desk-locker-filled = Casier rempli
desk-locker-free = Casier libéré
desk-locker-emptied = Casier vidé
desk-locker-fetched = Casier vidé par { $who }
desk-locker-found-empty = Noté vide : une anomalie est ouverte
desk-found-empty = Casier { $name } noté plein et trouvé vide
desk-code = Code du casier : { $code }. Le dire maintenant : il ne sera plus affiché.
desk-code-offline = Un code se demande au bureau : il faut le réseau. Noter le casier et rappeler plus tard.
next-open = Pour commencer : { $keys } ouvre la permanence.
next-close = L'heure est passée : { $keys } ferme la permanence et compte la caisse.
next-hand-back = Quelqu'un vient chercher : scanner l'étiquette, ou taper le début du nom.
next-take-in = On dépose : choisir la demande (Échap, ↓, Entrée), ou scanner une étiquette.
next-call = Rappeler la personne choisie (Échap, ↓, Entrée).
next-locker = Taper le nom d'un casier, ou le choisir (Échap, ↓, Entrée).
next-exception = Choisir une anomalie (Échap, ↓, Entrée) et dire comment elle est réglée.
thing-one = { $what }
thing-of-several = { $what }, { $place } sur { $count }
scan-unknown = Étiquette { $label } : bien lue, mais rien ne la porte ici. Pour un dépôt, choisir d'abord la demande dans Attendus.
scan-smudged = Étiquette { $label } : un chiffre est mal lu. La relire ou la taper.
scan-foreign = { $label } n'est pas une étiquette de la maison : chercher l'autre étiquette sur l'article.
scan-nothing = « { $words } » : ni étiquette, ni casier, ni nom de cette permanence.
scan-doubled = Étiquette { $label } : plusieurs articles la portent. Lequel est-ce ?
scan-twice = Étiquette { $label } : déjà scannée pour ce dépôt.
scan-label-out = Étiquette { $label } : déjà sur un article de { $who }. En coller une autre.
scan-stray = { $label } est une étiquette, pas une demande. Vider la ligne (Ctrl-U), puis { $keys } pour la lire.
scan-handed-back = Déjà remis à { $who }, { $at }.
scan-elsewhere = Attention : noté { $place }. Le remettre ouvre une anomalie à régler.
scan-unfinished = Attention : la demande est { $state }, le travail n'est pas fini.
where-unknown = Rien de connu ne porte l'étiquette { $label } : elle est neuve, ou son article a été rendu il y a longtemps.
trail-title = Étiquette { $label }
place-here = ici{ $shelf }
lies-at-desk = comptoir de { $site }{ $shelf }
place-courier = avec { $name }, en route
place-provider = chez { $name }
place-owner = remis à { $who }
place-since = depuis { $at }
act-take-in = pris :
act-pass-on = passé :
act-hand-back = rendu :
act-lose = perdu :
means-cash = espèces
means-card = carte
means-cheque = chèque
means-voucher = CESU
locker-free = libre
locker-reserved = réservé
locker-to-empty = plein, à relever
locker-to-fetch = plein, à retirer
locker-overdue = en retard
locker-out-of-order = hors service
locker-until = jusqu'à { $at }
broken-lock = La serrure est bloquée
broken-door = La porte ne ferme plus
broken-dirty = À nettoyer
reason-locker-free = Le casier ne sert plus
settled-recounted = Recompté : tout est là
settled-found = L'article est retrouvé
settled-typing = C'était une erreur de saisie
settled-told = La personne a confirmé
settled-not-held-told = Personne pour la tenir ; ceux qui attendaient sont prévenus
settled-not-held-put-off = Reportée ; ceux qui attendaient sont prévenus
settled-not-held-closed = Le site était fermé
settled-not-held-offline = Tenue, mais pas notée
contradiction-not-the-holder = remis par qui ne l'avait pas
contradiction-taken-in-twice = pris en dépôt deux fois
contradiction-handed-back-twice = rendu deux fois
contradiction-passed-on-after-hand-back = passé de main en main après avoir été rendu
contradiction-lost-item-found = perdu, et retrouvé
contradiction-older-than-known = plus ancien que ce qui est connu
contradiction-filled-twice = casier rempli deux fois
contradiction-filled-after-end = casier rempli après la fin de sa réservation
contradiction-locker-taken = casier rempli pendant une autre réservation
contradiction-locker-unusable = casier rempli alors qu'il est hors service
contradiction-emptied-unfilled = casier vidé sans avoir été rempli
contradiction-emptied-after-end = casier vidé après la fin de sa réservation
contradiction-leg-before-not-done = trajet fait avant le précédent
contradiction-leg-ended-twice = trajet terminé deux fois
contradiction-tally-wrong = le compte n'y est pas
contradiction-not-held = permanence non tenue
contradiction-other = autre
prompt-hand-back = { $who }, { $what } :
prompt-fetched = Qui est venu chercher { $what } pour { $who } ?
prompt-which-person = Laquelle de ces personnes ?
prompt-into-locker = Dans quel casier, pour { $who } ?
prompt-counted = { $what } : { $said } dit(s), { $labels } étiquette(s). Combien de pièces ?
prompt-pay = { $who } doit { $sum }. Encaisser par :
prompt-pay-nothing = { $who } ne doit rien.
prompt-sum = Quelle somme de { $who } ?
prompt-leftover = Reste { $left } : { $who }, { $what }. Pourquoi ?
prompt-cash = Caisse : { $sum } attendus. Compter, et taper la somme si elle est différente :
prompt-cash-less = Il manque { $sum } dans la caisse.
prompt-cash-more = Il y a { $sum } de trop dans la caisse.
prompt-locker = Casier { $name } :
prompt-broken = Casier { $name } hors service : pourquoi ?
prompt-exception = { $what }. Comment est-ce réglé ?
prompt-print = Que faut-il imprimer ?
print-nothing = Rien ne s'imprime ici. Au comptoir : la feuille de la permanence et les reçus ; aux Tournées : la feuille de route.
print-offline = Hors ligne : la feuille est au serveur. Refaire :imprimer au retour du réseau.
print-under-way = La feuille part à l'imprimante…
print-done = Imprimé
print-failed = L'imprimante n'a rien pris ({ $program } : { $why }). Voir « print_command » dans la configuration.
print-closing = la feuille de la permanence
print-receipt = le reçu de { $who }, { $sum }
print-receipt-by-mail = ce reçu, par courriel à { $to }
print-round = la feuille de route
choice-hand-back = Remettre à { $who }
choice-fetched = Quelqu'un d'autre vient chercher
choice-into-locker = Mettre dans un casier
choice-to-desk = Sortir du casier, garder au comptoir
choice-take-again = Reprendre au comptoir
choice-counted = { $said }, comme dit
choice-other-sum = Une autre somme
choice-pay-nothing = Ne rien encaisser
choice-cash = { $sum }, comme attendu
choice-recount = Recompter
choice-close-all-the-same = Fermer ainsi, une anomalie est ouverte
choice-locker-filled = Il est rempli
choice-locker-free = Il ne sert plus, le libérer
choice-locker-to-desk = Vider, garder au comptoir
choice-locker-fetched = Vidé par { $who }
choice-locker-found-empty = Trouvé vide
choice-locker-for = Y mettre ce qui est pour { $who }
choice-code = Donner un code, une seule fois
choice-code-by-mail = Envoyer un code à { $to }
said-booking-mail_code = Le code part par courriel à { $to }
said-posting-mail_receipt = Le reçu part par courriel à { $to }
choice-broken = Hors service
choice-repaired = Réparé
linear-label = Étiquette
## Ce qui s'imprime
printed-labels = { $count } étiquettes
printed-closing = Permanence { $site }, { $date } { $hours }
printed-concierge = Concierge
printed-opened = Ouverte
printed-closed = Fermée
printed-not-yet = pas encore
printed-left = Restés : { $count }
printed-taken = Encaissé
printed-box = Caisse
printed-expected = Attendu
printed-counted = Compté
printed-difference = Différence
printed-receipt = Reçu
printed-from = Reçu de
printed-at = Le
printed-by = Par
printed-number = Numéro
means-transfer = virement
# La tournée d'un coursier : sa feuille, ses courriels, sa page (round-…)
# La tournée d'un coursier : sa feuille, ses courriels, sa page (round-…)
round-trouble-no-address = le coursier n'a pas d'adresse de courriel : donnez-lui sa feuille
round-sheet-title = Tournée de { $courier }, { $shift }
round-sheet-way =
    { $count ->
        [one] { $vehicle }, { $count } pièce à la fois. Départ : { $start }. Retour : { $end }.
       *[other] { $vehicle }, { $count } pièces à la fois. Départ : { $start }. Retour : { $end }.
    }
round-sheet-nobody = un coursier
round-sheet-gone = lieu qui n'existe plus
round-sheet-desk = { $site }, permanence
round-sheet-locker = { $site }, casier { $locker }
round-sheet-take = PRENDRE
round-sheet-leave = DÉPOSER
round-sheet-pieces =
    { $count ->
        [one] { $count } pièce
       *[other] { $count } pièces
    }
round-sheet-labels = étiquettes { $labels }
round-sheet-about = vers { $time }
round-sheet-hours = Horaires : { $hours }
round-sheet-passed = fait
round-sheet-failed = échec
round-sheet-off = annulé
round-sheet-empty = Aucun arrêt pour l'instant.
round-vehicle-foot = À pied
round-vehicle-bike = À vélo
round-vehicle-cargo-bike = À vélo-cargo
round-vehicle-van = En fourgon
round-mail-subject = Votre tournée du { $day }
round-mail-subject-changed = Votre tournée du { $day } : changements
round-mail-subject-given-away = Votre tournée du { $day } est confiée à quelqu'un d'autre
round-mail-opening = Voici votre tournée du { $day } pour { $house }.
round-mail-changed = Votre tournée du { $day } pour { $house } a changé. Le reste est comme nous vous l'avons écrit.
round-mail-given-away = Vous n'avez plus à faire la tournée du { $day } pour { $house } : quelqu'un d'autre s'en charge. Merci !
round-mail-gone = N'y allez plus :
round-mail-new = En plus :
round-mail-order = Dans cet ordre :
round-mail-moved = À une autre heure :
round-mail-page = Dites sur cette page ce qui est pris, déposé ou impossible ; elle montre l'arrêt suivant. Ce lien est pour vous seul :
round-mail-calendar = Pour voir vos arrêts dans votre agenda (il peut s'y abonner) :
round-page-next = Maintenant
round-page-taken = C'est pris
round-page-left = C'est déposé
round-page-failed = Pas possible :
round-page-absent = Personne
round-page-closed = Fermé
round-page-missing = Rien à prendre
round-page-refused = Refusé
round-page-locker-full = Casier plein
round-page-wrong-address = Mauvaise adresse
round-page-damaged = Abîmé
round-page-vehicle = Panne du véhicule
round-page-waits = À prendre d'abord.
round-page-already = J'y suis déjà
round-page-all-done = Tous les arrêts sont faits. Merci !
round-page-finish = Je suis rentré
round-page-over = Cette tournée est terminée. Merci !
round-page-past = Arrêts passés
round-page-sheet = Feuille à imprimer
round-page-calendar = Ajouter à mon agenda (fichier .ics)
round-page-contact = Une question, un imprévu ? Appelez-nous.
round-page-noted-taken = Noté : c'est pris.
round-page-noted-left = Noté : c'est déposé.
round-page-noted-failed = Noté : quelqu'un s'en occupe. Gardez avec vous ce que vous avez.
round-page-noted-back = Noté : bon retour.
round-page-elsewhere = Cette tournée est maintenant confiée à quelqu'un d'autre : vous n'avez plus rien à y faire. Si c'est une erreur, appelez-nous.
round-page-gone = Cette tournée n'est pas, ou n'est plus, à faire. Si vous en attendez une, appelez-nous.

# S'exercer
practice-title = Exercice, étape { $step } sur { $count }
practice-title-over = Exercice terminé
practice-skip = { $way } passe l'étape
practice-to-field = (Champ d'étiquette : { $key }.)
practice-open = La permanence de { $place } peut commencer ; personne n'attend encore.
practice-open-do = Pour ouvrir : { $accept }, puis { $enter }.
practice-label = { $who } vient chercher son linge. Sur le sac, on lit { $label }.
practice-label-do = Taper { $label }, { $enter }. Demander le nom. { $enter } encore : c'est remis.
practice-tab = { $who } vient chercher { $count } sacs, sans étiquette, et paiera en espèces.
practice-tab-rest = { $who } attend encore : { $count } à remettre.
practice-tab-do = Taper { $name }, { $enter } : sa ligne. { $enter }, puis { $enter } : remettre à { $who }.
practice-pay = { $who } a ses sacs, et tend { $sum } en espèces.
practice-pay-do = Sur la ligne de { $who } : { $pay }, puis 1. (Ligne perdue ? { $undo } reprend la remise.)
practice-deposit = { $who } apporte { $count } chemises dans un sac. Étiquette neuve : { $label }.
practice-deposit-do = Taper { $name }, { $enter }, { $enter } ; { $label }, { $enter } ; { $enter } : c'est tout ; { $enter } : { $count } comptées.
practice-order = { $who } passe : « Deux pains pour { $day }, s'il vous plaît. »
practice-order-do = { $new } ; { $name }, { $enter } ; pain 2 { $day }, { $enter } (une question : { $enter }) ; { $escape }.
practice-locker = { $who } ne peut pas attendre : son colis, { $label }, ira dans un casier.
practice-locker-do = Taper { $label }, { $enter } ; { $ways } : autre façon ; 3 : un casier ; 1 : le premier libre.
practice-code = Le colis est dans le casier { $locker } ; { $who } attend le code.
practice-code-do = Taper casier { $locker }, { $enter }, { $enter }, puis 3. Dire le code à { $who }, puis { $skip }.
practice-fetched = { $who } vient chercher un colis. Dessus, on lit { $label }.
practice-mistaken = « Pardon, ce colis n'est pas à moi ! » { $who } le repose sur le comptoir.
practice-mistaken-do = { $undo } défait la remise. Ou : { $label }, { $enter }, { $enter } : repris au comptoir.
practice-close = C'est l'heure de fermer. Dans la caisse, vous comptez { $sum }.
practice-close-do = { $accept } ; dire par un numéro pourquoi chaque article reste ; { $enter } si la caisse est juste.
practice-over = La permanence est close.
practice-over-do = { $quit }, puis { $enter } : le bilan s'affiche.
practice-wrong-hands = L'article { $label } est à { $who }, et vient d'être remis à un autre.
practice-not-taken = L'article { $label } vient d'être remis, mais { $who } ne l'emporte pas.
practice-wrong-locker = L'article { $label } est dans un casier, mais { $who } l'attend au comptoir.
practice-wrong-locker-do = { $undo } défait. Ou : { $label }, { $enter }, { $ways }, puis 3 : garder au comptoir.
practice-payment = Ce n'est pas le bon paiement : { $who } paie en espèces, tout ce qui est dû, rien de plus.
practice-other-order = Ce n'est pas la bonne demande : { $who } voudrait deux pains pour { $day }.
practice-undo-do = { $undo } défait le dernier geste ; puis recommencer.
practice-miscounted = { $who } a apporté { $count } chemises ; pour un autre nombre, une anomalie est ouverte.
practice-miscounted-do = { $pane } : Anomalies. { $enter } sur la ligne, puis 1 : recompté.
practice-what-open = Ouvrir la permanence
practice-what-label = Remettre par l'étiquette
practice-what-tab = Remettre par le nom et encaisser
practice-what-deposit = Prendre en dépôt
practice-what-order = Noter une demande
practice-what-locker = Mettre dans un casier
practice-what-take-back = Reprendre une remise
practice-what-close = Fermer et compter la caisse
practice-section-open = Arriver
practice-section-label = Remettre
practice-section-tab = Encaisser
practice-section-deposit = Prendre en dépôt
practice-section-order = Prendre en dépôt
practice-section-locker = Les casiers
practice-section-take-back = Remettre
practice-section-close = Fermer
practice-report-head = Exercice au comptoir : { $done } étapes faites sur { $count }, en { $seconds } s.
practice-report-done = { $number }. { $what } : { $seconds } s (d'habitude { $usual } s)
practice-report-skipped = { $number }. { $what } : passée
practice-report-left = { $number }. { $what } : à faire une autre fois
practice-report-mistakes =
    { $mistakes ->
        [0] Rien à reprendre
        [one] { $mistakes } geste à reprendre, { $right } repris
       *[other] { $mistakes } gestes à reprendre, { $right } repris
    } ; { $undone ->
        [0] rien de défait en plus de l'exercice.
        [one] { $undone } geste défait en plus de l'exercice.
       *[other] { $undone } gestes défaits en plus de l'exercice.
    }
practice-report-longest = Le plus long au regard de l'habitude : { $what }. À relire : « { $section } », dans docs/comptoir.md.
practice-report-usual = Aucune étape n'a demandé plus de temps que d'habitude. Pour la suite : docs/comptoir.md.
