-- Requests for wrk: -- WORK ASSET NOTICES COOKIE
local turns, posted, asset, page, list
local reads = {}
local turn = 0

local function mixed(reads_between, asset_too)
  local result = {}
  for i = 1, reads_between do result[i] = ({ "read", "list", "page" })[(i - 1) % 3 + 1] end
  if asset_too then result[#result + 1] = "asset" end
  result[#result + 1] = "insert"
  return result
end

function init(args)
  local headers = { ["Content-Type"] = "application/json" }
  if args[4] and args[4] ~= "" then headers["Cookie"] = args[4] end
  posted = wrk.format("POST", "/api/notices", headers,
    '{"title": "Choir needs two basses", "body": "' .. string.rep("We sing on Thursdays at seven. ", 6) .. '"}')
  page = wrk.format("GET", "/")
  list = wrk.format("GET", "/api/notices?size=20")
  asset = wrk.format("GET", args[2])
  for i = 1, 1000 do reads[i] = wrk.format("GET", "/api/notices/" .. math.random(tonumber(args[3]))) end
  if args[1] == "mix" then turns = mixed(19, false)
  elseif args[1] == "all" then turns = mixed(9, true)
  else turns = { args[1] } end
end

function request()
  turn = turn + 1
  local work = turns[turn % #turns + 1]
  if work == "read" then return reads[turn % #reads + 1]
  elseif work == "list" then return list
  elseif work == "page" then return page
  elseif work == "insert" then return posted
  else return asset end
end

function done(summary)
  local errors = summary.errors
  io.write(string.format("FIGURES %d %d %d\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
