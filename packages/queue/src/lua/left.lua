-- Stands before scripts that depend on over how many shards the lanes are spread. What the caller
-- believes of that is set before it: `count`, `change` ('<count>><next>' while lanes move, else ''), and
-- `leaving`, whether lanes may go from this shard to another.

-- A caller that is mistaken would put events where nobody looks for them. While lanes move, a shard that
-- they have not come to yet may tell of an earlier move.
local function is_known(layout)
  if not layout or layout == count then
    return true
  end
  local moves = string.match(layout, '^%d+>%d+')
  return change ~= '' and (not moves or moves == change)
end

local function mistaken(layout)
  return redis.error_reply('LAYOUT The number of shards is ' .. layout .. '.')
end

-- Whether the move has begun here.
local function may_leave(layout)
  return leaving and layout and layout ~= count
end

-- Whether a lane has left: none of its events wait here. From then on none may be put here again, so a
-- lane that has left stays away.
local function has_left(base, layout, id)
  return may_leave(layout) and not redis.call('ZSCORE', base .. ':waiting', id)
end

-- Whether an id is remembered, wherever it stands; see seen.lua.
local function knows(base, set, member, path)
  for depth = 0, #path do
    local key = base .. ':seen:' .. set .. string.sub(path, 1, depth)
    if redis.call('SISMEMBER', key, member) == 1 then
      return true
    end
  end
  return false
end

