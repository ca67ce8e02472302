// Reading a price table from a JSON file in the shape of LiteLLM's model_prices_and_context_window.json.
#pragma once

#include "prices.h"
#include "result.h"

#include <string>

namespace arcscope
{

/// The version is the file's name and the day it was last changed: the file itself has no date. Entries that price no
/// tokens are passed over, also such that are no objects. Error: Unreadable, Malformed with the byte; Unsupported where
/// no entry has a price.
Result<PriceTable> readPrices(const std::string& path);

} // namespace arcscope
