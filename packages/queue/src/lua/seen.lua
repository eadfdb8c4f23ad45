-- Stands before the scripts that remember ids, or forget them.

-- A set of integers is compact, some 8 bytes an id, up to 512 of them (Redis'
-- set-max-intset-entries). A set that is full sends further ids to one of sixteen sets of its own,
-- by the next digit of the id's hash; these to theirs.
local FULL = 500

-- Sets that are known to be kept for long enough, and for how long.
local kept = {}

-- A minute more than asked for, so that it is written once a minute and not for every id. Delayed
-- events are remembered for longer than others of their set.
local function keep(key, ttl)
  local least = tonumber(ttl)
  if (kept[key] or 0) < least then
    if redis.call('PTTL', key) < least then
      redis.call('PEXPIRE', key, digits(least + 60000))
    end
    kept[key] = least
  end
end

-- Answers whether the id is new. `set` names a minute and a part of it, `member` is a hash of the
-- id, `path` more digits of it. A set outlives all ids in the sets below it, since whoever does not
-- find it full does not look there.
local function remember(base, set, member, path, ttl)
  local key = base .. ':seen:' .. set
  local passed = {}
  for depth = 1, #path + 1 do
    if redis.call('SCARD', key) < FULL or depth > #path then
      if redis.call('SADD', key, member) == 0 then
        return false
      end
      keep(key, ttl)
      for _, above in ipairs(passed) do
        keep(above, ttl)
      end
      return true
    end
    if redis.call('SISMEMBER', key, member) == 1 then
      return false
    end
    passed[depth] = key
    key = key .. string.sub(path, depth, depth)
  end
end

-- A set that was full stays full, by a number too small to be an id's hash: whoever found room in it
-- would not look into the sets below.
local function forget(base, set, member, path)
  for depth = 0, #path do
    local key = base .. ':seen:' .. set .. string.sub(path, 1, depth)
    local full = redis.call('SCARD', key) >= FULL
    if redis.call('SREM', key, member) == 1 then
      local filler = 0
      while full and redis.call('SADD', key, filler) == 0 do
        filler = filler + 1
      end
      return
    end
  end
end

