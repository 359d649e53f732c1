-- What is counted of a time: clocks as rows, and the ways to the rows of a time.
CREATE VIEW clock AS
  SELECT contact.occurred_at AS came_at, contact.site_id, clock.value ->> 'kind' AS kind, clock.value ->> 'due_at' AS due_at,
    CASE WHEN contact.doc -> 'origin' ->> 'line' = 'missed' AND clock.value ->> 'kind' = 'first_answer' THEN 'unanswered'
      ELSE clock.value -> 'state' ->> 'kind' END AS state
  FROM contact, jsonb_array_elements(contact.doc -> 'clocks') AS clock (value)
  UNION ALL
  SELECT request.created_at, request.site_id, clock.value ->> 'kind', clock.value ->> 'due_at', clock.value -> 'state' ->> 'kind'
  FROM request, jsonb_array_elements(request.doc -> 'clocks') AS clock (value);
CREATE INDEX request_by_time ON request (created_at);
CREATE INDEX request_by_ending ON request (ended_at, state, site_id);
CREATE INDEX offer_by_time ON offer ((doc ->> 'created_at'));
CREATE INDEX permanence_by_day ON permanence ((doc -> 'window' ->> 'date'));
