-- Stands before the scripts that put events into lanes.

-- A lane that holds events waits: it must be touched in time, and it is ready for a worker.
-- Answers whether it was idle, and so needs a wake-up.
local function put_into_waiting(base, id, now, touch_by)
  if redis.call('ZADD', base .. ':waiting', 'NX', touch_by, id) == 0 then
    return false
  end
  redis.call('ZADD', base .. ':ready', now, id)
  return true
end

-- Tallies over all workers, and the number of events in lanes.
local function tally(base, name, by)
  if by ~= 0 then
    redis.call('HINCRBY', base .. ':tallies', name, by)
  end
end

