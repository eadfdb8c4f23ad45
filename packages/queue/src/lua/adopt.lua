-- Takes in what another shard keeps of a lane that has left it: a delayed event or a dead letter. Done
-- twice it changes nothing. What was taken out lately is not taken in: whoever brings it looked before.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms for which an accepted id is remembered, counted from the time the event is due
-- ARGV[3]  ms before which no delayed event is due here: until then the other shard is rid of it
-- ARGV[4]  'delayed' or 'dead'
-- ARGV[5]  lane
-- ARGV[6]  hash of the event's id, of a dead letter the id
-- ARGV[7]  when it is due, or was given up
-- ARGV[8]  the event as the other shard keeps it
-- ARGV[9]  of a dead letter its failures
--
-- Returns 1 when it is here or was, 0 when it was taken out.
local base = KEYS[1]
local now = now_ms(base, ARGV[1])
local kind, lane, id, at, event = ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7]), ARGV[8]
local gone = base .. ':gone:'
if redis.call('EXISTS', gone .. kind .. ':' .. id, gone .. 'lane:' .. lane) > 0 then
  return 0
end
if kind == 'dead' then
  redis.call('HSET', base .. ':dead-letters', id, ARGV[9])
  redis.call('HSET', base .. ':dead-events', id, event)
  redis.call('ZADD', base .. ':dead-times', at, id)
elseif redis.call('HEXISTS', base .. ':delayed-events', id) == 0 then
  local parts = cjson.decode(event)
  local due = math.max(at, now + ARGV[3])
  if remember(base, parts[2], id, parts[3], due - now + ARGV[2]) then
    redis.call('HSET', base .. ':delayed-events', id, event)
    redis.call('ZADD', base .. ':delayed', due, id)
  end
end
return 1
