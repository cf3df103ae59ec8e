-- Drives Neovim's own LSP client: a quadratic loop is typed, its hint read, its fix applied, and the hint is gone.
-- Prints one line for each step; whatever fails ends Neovim with an error.

local python, folder = vim.env.PERFWISE_PYTHON, vim.env.PERFWISE_FOLDER

local function wait_for(what, condition)
  if not vim.wait(30000, condition, 20) then
    error("waited in vain for " .. what)
  end
  print(what .. "\n")
end

local function hints()
  return vim.diagnostic.get(0)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

local function type_keys(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), "xt", false)
end

vim.opt.autoindent = false
vim.opt.swapfile = false
vim.cmd("edit " .. folder .. "/shop.py")
local client = vim.lsp.start_client({ name = "perfwise", cmd = { python, "-m", "perfwise_server" }, root_dir = folder })
vim.lsp.buf_attach_client(0, client)
wait_for("attached", function()
  return next(vim.lsp.buf_get_clients(0)) ~= nil
end)

for _, line in ipairs({
  "def common(orders: list[int], users: list[int]) -> list[int]:",
  "    found = []",
  "    for order in orders:",
  "        if order in users:",
  "            found.append(order)",
  "    return found",
}) do
  for character in line:gmatch(".") do
    type_keys("A" .. character:gsub("<", "<lt>") .. "<Esc>")
  end
  type_keys("o<Esc>")
end
wait_for("hinted", function()
  return #hints() == 1 and hints()[1].code == "PW101"
end)

vim.api.nvim_win_set_cursor(0, { hints()[1].lnum + 1, hints()[1].col })
local position = vim.lsp.util.make_position_params()
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", position, 30000)[client].result
assert(hover.contents.value:find("O(len(orders) * len(users))", 1, true), vim.inspect(hover))
print("hovered\n")

local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(), only = { "quickfix" } }
local actions = vim.lsp.buf_request_sync(0, "textDocument/codeAction", range, 30000)[client].result
local action = actions[1]
assert(action.title:find("set of `users`", 1, true), vim.inspect(actions))
if not action.edit then
  action = vim.lsp.buf_request_sync(0, "codeAction/resolve", action, 30000)[client].result
end
vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
assert(text():find("set(users)", 1, true), text())
wait_for("mended", function()
  return #hints() == 0
end)

vim.cmd("undo")
wait_for("undone", function()
  return #hints() == 1
end)

vim.cmd("silent write")
vim.lsp.stop_client(client)
wait_for("stopped", function()
  return vim.lsp.get_client_by_id(client) == nil or vim.lsp.client_is_stopped(client)
end)
vim.cmd("quitall!")
