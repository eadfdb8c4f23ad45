-- Removes all that lanes hold, and what is delayed or dead of them among one part of those events.
-- Whoever holds one of the lanes is fenced from here on. Ids stay remembered, as hashes, so that an
-- event which is added again stays forgotten.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  'delayed' or 'dead'
-- ARGV[3]  which part: what the script answered before, 0 for the first
-- ARGV[4]  about how many events a part has
-- ARGV[5…] lanes
--
-- Returns which part is next, '0' when there is none, and how many events were removed.
local base = KEYS[1]
local _, layout = now_ms(base, ARGV[1])
if not is_known(layout) then
  return mistaken(layout)
end

local wanted, waited = {}, 0
for i = 5, #ARGV do
  local id = ARGV[i]
  local lane = base .. ':lane:' .. id
  wanted[id] = true
  waited = waited + redis.call('LLEN', lane)
  redis.call('DEL', lane, base .. ':lane-state:' .. id)
  redis.call('ZREM', base .. ':waiting', id)
  redis.call('ZREM', base .. ':ready', id)
end
tally(base, 'events', -waited)

local removed = waited
local events = base .. ':' .. ARGV[2] .. '-events'
local part = redis.call('HSCAN', events, ARGV[3], 'COUNT', ARGV[4])
for i = 1, #part[2], 2 do
  local member = part[2][i]
  if wanted[cjson.decode(part[2][i + 1])[1]] then
    removed = removed + redis.call('HDEL', events, member)
    if ARGV[2] == 'delayed' then
      redis.call('ZREM', base .. ':delayed', member)
    else
      redis.call('HDEL', base .. ':dead-letters', member)
      redis.call('ZREM', base .. ':dead-times', member)
    end
  end
end
return { part[1], removed }
