// The account of a trace, or of a span with all below it: what was counted, what was left out, and whether it sums.
#pragma once

#include "prices.h"
#include "spantable.h"

#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

enum class Verdict : std::uint8_t {
    Sums,       ///< every model call records usage, and every roll-up equals what lies below it
    DoesNotSum, ///< a roll-up says something else than its parts
    CannotKnow, ///< usage is missing where it must have been
};

struct Account {
    Usage usage; ///< each response once
    std::uint64_t modelCalls = 0;
    std::uint64_t callsWithUsage = 0;         ///< of them
    std::array<std::uint64_t, 4> byDialect{}; ///< spans that were counted, by UsageDialect

    std::uint64_t repeated = 0; ///< spans left out: their response is counted on another
    std::int64_t repeatedTokens = 0;
    std::uint64_t rollUps = 0;        ///< spans left out: they repeat what lies below
    std::uint64_t rollUpsUnequal = 0; ///< of them, those that are not the sum of it
    Row firstUnequal = noRow;
    std::int64_t stated = 0; ///< tokens of firstUnequal
    std::int64_t below = 0;  ///< tokens counted below it

    std::map<StringId, std::int64_t> statedCosts; ///< millionths as the source states them, by currency
    std::int64_t priced = -1;                     ///< millionths of USD by the price table; -1: none of the calls
    std::uint64_t pricedCalls = 0;
    struct Unpriced {
        std::string model; ///< empty: not recorded
        std::uint64_t calls = 0;
        std::int64_t tokens = 0;
    };
    std::vector<Unpriced> unpriced; ///< most tokens first

    Verdict verdict() const;
};

/// The span columns that account() reads.
std::span<const SpanColumn> accountColumns();

/// `preOrder`: the rows of a trace, or of a span and all below it, as Corpus::rowsOf has them. `prices` may be null.
Account account(const Corpus& corpus, std::span<const Row> preOrder, const PriceTable* prices);

/// The rows of a span and of all below it, as a part of its trace's pre-order.
std::span<const Row> below(const Corpus& corpus, std::span<const Row> preOrder, Row row);

std::string_view name(Verdict verdict); ///< "sums", "does not sum", "cannot know"
/// Why the verdict is so, in one sentence with its numbers.
std::string reasonOf(const Account& account);
/// Which parts a source counts inside their wholes: "cache within input, reasoning within output".
std::string_view relationsOf(UsageDialect dialect);

} // namespace arcscope
