alter table bot_history.messages add column notes jsonb;
--> statement-breakpoint
comment on column bot_history.messages.notes is 'What the turn of an event came to, by names that the code of the bot gave: see TurnNote of @bot/handlers.';
