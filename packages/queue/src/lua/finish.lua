-- Removes head events that were handled, or buries them as dead letters, and goes on.
--
-- KEYS[1]  the shard's prefix
-- ARGV[1]  now in ms, 0 for this server's clock
-- ARGV[2]  ms within which somebody must touch a lane that was given back
-- ARGV[3…] six values a lane: lane, epoch, which turn under it, event id,
--          what is known of a dead letter ('' when the event was handled), 'take' the next event or 'release' the lane
--
-- Returns a list a lane: {0} fenced, {1} lane is empty, {2, head entry, turn} the next event, its
-- first attempt counted and the lease as it was, {3} given back with events waiting, as asked or
-- because the lease has ended.
local base = KEYS[1]
local waiting, ready = base .. ':waiting', base .. ':ready'
local now = now_ms(base, ARGV[1])
local since, touch_by = digits(now), digits(now + ARGV[2])

-- Keeps the head event, and behind it how far its steps have come, so that a replay repeats none.
local function bury(id, event, failures)
  local entry = redis.call('LINDEX', base .. ':lane:' .. id, 0)
  local fields = redis.call('HGETALL', base .. ':lane-state:' .. id)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 5) == 'step:' then
      entry = entry .. '\n' .. cjson.encode({ fields[i], fields[i + 1] })
    end
  end
  redis.call('HSET', base .. ':dead-letters', event, failures)
  redis.call('HSET', base .. ':dead-events', event, cjson.encode({ id, entry }))
  redis.call('ZADD', base .. ':dead-times', since, event)
end

local results, turns, dead, empty = {}, 0, 0, {}
for i = 3, #ARGV, 6 do
  local id, epoch = ARGV[i], ARGV[i + 1]
  local lane = base .. ':lane:' .. id
  local state = base .. ':lane-state:' .. id
  local result
  local held = redis.call('HMGET', state, 'epoch', 'until', 'turn')
  if held[1] ~= epoch then
    result = { 0 }
  else
    local ended = tonumber(held[2]) <= now
    local turn = tonumber(held[3])
    if turn ~= tonumber(ARGV[i + 2]) then
      -- A client that lost the answer sends the script again: by then the head is the next event,
      -- whose attempt is counted. It may have begun; nothing of it changes.
      result = ended and { 3 } or { 2, redis.call('LINDEX', lane, 0), turn }
    else
      if ARGV[i + 4] == '' then
        turns = turns + 1
      else
        dead = dead + 1
        bury(id, ARGV[i + 3], ARGV[i + 4])
      end
      redis.call('LTRIM', lane, 1, -1)
      redis.call('DEL', state)
      local head = redis.call('LINDEX', lane, 0)
      if not head then
        empty[#empty + 1] = id
        result = { 1 }
      elseif ended or ARGV[i + 5] == 'release' then
        redis.call('ZADD', waiting, touch_by, id)
        redis.call('ZADD', ready, since, id)
        result = { 3 }
      else
        redis.call('HSET', state, 'epoch', epoch, 'turn', turn + 1, 'until', held[2],
          'attempts', '1', 'lost', '1')
        result = { 2, head, turn + 1 }
      end
    end
  end
  results[#results + 1] = result
end
each('ZREM', waiting, empty)
each('ZREM', ready, empty)
tally(base, 'events', -turns - dead)
tally(base, 'turns', turns)
tally(base, 'dead', dead)
return results
