-- Stands before the scripts that remember ids, or forget them.

-- A set of integers is compact, some 8 bytes an id, up to 512 of them (Redis'
-- set-max-intset-entries). A set that is full sends further ids to one of sixteen sets of its own,
-- by the next digit of the id's hash; these to theirs.
local FULL = 500

-- Sets whose time to live this script has set anew.
local kept = {}
local function keep(key, ttl)
  if not kept[key] then
    redis.call('PEXPIRE', key, ttl)
    kept[key] = true
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

local function forget(base, set, member, path)
  local key = base .. ':seen:' .. set
  for depth = 0, #path do
    redis.call('SREM', key .. string.sub(path, 1, depth), member)
  end
end

