// An invoice or usage export of a provider as CSV: what was billed, by day, model and class of tokens.
#pragma once

#include "result.h"
#include "times.h"
#include "usage.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A line that bills something. What a column does not say is not recorded.
struct InvoiceLine {
    std::size_t line = 0;          ///< in the file, from 1
    Nanos day = noTime;            ///< midnight UTC of its day, or of the day on which it begins
    std::string model;             ///< empty: not recorded
    std::string response;          ///< id of a response, where lines bill single calls
    Usage usage;                   ///< classes that the columns tell apart; see below
    std::int64_t total = noTokens; ///< stated for all classes together
    std::int64_t requests = -1;
    std::optional<std::int64_t> micros; ///< millionths of `currency`
    std::string currency;

    std::int64_t tokens() const { return total != noTokens ? total : usage.recorded() ? usage.total() : noTokens; }
};

struct Invoice {
    std::vector<InvoiceLine> lines;
    std::vector<std::string> unread; ///< columns that mean nothing to us
    std::uint64_t refused = 0;       ///< lines without any amount: headings, sums of sections, remarks
};

/// Columns are found by their names, whatever their case and whether words are parted by _, -, . or blanks; comma,
/// semicolon or tab between values; RFC 4180 quotes; a byte order mark is left out. Numbers may have thousands
/// separators and a currency sign. Known names:
///
/// - day: date, day, usage_date, start_time, timestamp, bucket_start_time, period, …
/// - model: model, model_name, model_version, snapshot_id, sku, line_item, description, …
/// - response: response_id, request_id, message_id, generation_id, …
/// - input: input_tokens, prompt_tokens, context_tokens, uncached_input_tokens, n_context_tokens_total, …
/// - cached: cache_read_input_tokens, cached_tokens, input_cached_tokens, …; cache writes: cache_creation_input_tokens,
///   cache_write_tokens, …_5m, …_1h
/// - output: output_tokens, completion_tokens, generated_tokens, …; reasoning_tokens; total_tokens, tokens, usage
/// - class of a line of its own: token_type, usage_type, type, with quantity, amount_of_tokens, units
/// - requests: requests, num_model_requests, calls, …
/// - money: cost, amount, cost_usd, total_cost, price, charge, …; currency
///
/// Where the input column is not called uncached and is not smaller than the cached one, cached tokens are taken to be
/// within it, as those exports have it. A last line called "total" or "sum" is left out. Error: Usage, where no column
/// gives tokens or money, or the file is no text.
Result<Invoice> readInvoice(std::string_view text);

} // namespace arcscope
