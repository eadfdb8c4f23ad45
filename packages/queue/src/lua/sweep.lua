-- Puts delayed events whose time has come into their lanes, and finds lanes that nobody touched in
-- time: a lost job, a dead worker, a restored backup.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch the lanes found, before they are found again
-- ARGV[3]  how many events and how many lanes at the most
-- ARGV[4…] hashes of the ids of delayed events that are put into their lanes though these have left
--
-- Returns the delayed events' lanes that need a wake-up, the lanes that nobody touched in time, the
-- ms until the next delayed event is due, -1 when there is none, and two values for each event that
-- is due and whose lane has left: the hash of its id, and the event.
local base = KEYS[1]
local delayed = base .. ':delayed'
local now, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end
local touch_by, most = now + ARGV[2], ARGV[3]

local belongs = {}
for i = 4, #ARGV do
  belongs[ARGV[i]] = true
end

local woken, apart, placed = {}, {}, 0
local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', now, 'LIMIT', 0, most)
for _, member in ipairs(due) do
  local event = redis.call('HGET', base .. ':delayed-events', member)
  local parts = cjson.decode(event)
  local id, entry = parts[1], parts[4]
  if not belongs[member] and has_left(base, layout, id) then
    apart[#apart + 1] = member
    apart[#apart + 1] = event
  else
    put_in_place(base .. ':lane:' .. id, base .. ':lane-state:' .. id, time_of(entry), entry)
    redis.call('HDEL', base .. ':delayed-events', member)
    redis.call('ZREM', delayed, member)
    placed = placed + 1
    if put_into_waiting(base, id, now, touch_by) then
      woken[#woken + 1] = id
    end
  end
end
tally(base, 'events', placed)

local found = redis.call('ZRANGEBYSCORE', base .. ':waiting', '-inf', now, 'LIMIT', 0, most)
for _, id in ipairs(found) do
  redis.call('ZADD', base .. ':waiting', touch_by, id)
  redis.call('ZADD', base .. ':ready', 'NX', now, id)
end

local next_due = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')[2]
return { woken, found, next_due and math.max(0, next_due - now) or -1, apart }
