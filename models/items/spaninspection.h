// Everything the inspector shows of one span, made on another thread.
#pragma once

#include "account.h"
#include "appstate.h"
#include "content.h"
#include "pricebook.h"

#include <memory>
#include <optional>

namespace arcscope
{

struct SpanInspection {
    Row row = noRow;
    std::string record; ///< untouched
    SpanContent content;
    Row previousCall = noRow; ///< the model call before this one, of the same agent
    std::size_t newFrom = 0;  ///< index into content.input: messages before it were already in the previous call
    std::string problem;      ///< why there is no content
    std::optional<Account> withBelow; ///< of the span and all below it; nothing where columns are not loaded
    std::optional<Account> ofTrace;
    std::optional<Account> ofSpan; ///< of this row alone, where there are prices
    PricesPtr prices;              ///< by which costs were computed; may be null
};

/// Works out a span: its record decoded, and what is new against the previous model call (the model call that started
/// last before it under the same parent, else in the same trace). `prices` may be null: no costs are computed then.
/// Runs on any thread; opens the workspace for itself.
std::shared_ptr<SpanInspection> inspect(const OpenCorpus& open, Row row, const PricesPtr& prices = {});

} // namespace arcscope
