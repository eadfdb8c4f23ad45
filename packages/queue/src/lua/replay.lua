-- Takes dead letters out and, unless they are dropped, puts their events back into their lanes,
-- each at its place in time, with all attempts before it.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was woken
-- ARGV[3]  'replay' or 'drop'
-- ARGV[4]  event id
--
-- Returns '' when there is no such dead letter, 0 when it is not replayed because its lane has left,
-- else its lane, which then needs a wake-up.
local base = KEYS[1]
local now, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end

local event = redis.call('HGET', base .. ':dead-events', ARGV[4])
if not event then
  return ''
end
local pair = cjson.decode(event)
local id, entry = pair[1], pair[2]
if ARGV[3] == 'replay' and has_left(base, layout, id) then
  return 0
end
redis.call('HDEL', base .. ':dead-letters', ARGV[4])
redis.call('HDEL', base .. ':dead-events', ARGV[4])
redis.call('ZREM', base .. ':dead-times', ARGV[4])
if ARGV[3] == 'replay' then
  local lane = base .. ':lane:' .. id
  put_in_place(lane, base .. ':lane-state:' .. id, time_of(entry), entry)
  put_into_waiting(base, id, now, now + ARGV[2])
  tally(base, 'events', 1)
end
return id
