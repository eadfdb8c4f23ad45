-- Takes a delayed event out before it is due, as if it had never been added.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  hash of the event's id
--
-- Returns 1, or 0 when no such event is delayed.
local base, member = KEYS[1], ARGV[2]
local event = redis.call('HGET', base .. ':delayed-events', member)
if not event then
  return 0
end
local parts = cjson.decode(event)
redis.call('HDEL', base .. ':delayed-events', member)
redis.call('ZREM', base .. ':delayed', member)
forget(base, parts[2], member, parts[3])
return 1
