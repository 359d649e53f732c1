-- The mails that told a round to its courier.
CREATE INDEX reply_by_round ON reply ((doc -> 'round' ->> 'round_id'));
