#include "spaninspection.h"

#include "newmessages.h"
#include "session.h"
#include "spancontent.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void takeAccounts(const Corpus& corpus, SpanInspection& inspection)
{
    const auto columns = accountColumns();
    if (!std::all_of(columns.begin(), columns.end(), [&](SpanColumn column) { return corpus.spans.has(column); }))
        return;
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, inspection.row));
    const std::vector<Row> rows = corpus.rowsOf(trace);
    const PriceTable* prices = inspection.prices.get();
    inspection.withBelow = account(corpus, below(corpus, rows, inspection.row), prices);
    inspection.ofTrace = account(corpus, rows, prices);
    if (prices)
        inspection.ofSpan = account(corpus, {&inspection.row, 1}, prices);
}

} // namespace

std::shared_ptr<SpanInspection> inspect(const OpenCorpus& open, Row row, const PricesPtr& prices)
{
    auto inspection = std::make_shared<SpanInspection>();
    inspection->row = row;
    inspection->prices = prices;
    takeAccounts(*open.corpus, *inspection);
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        inspection->problem = workspace.error().message;
        return inspection;
    }
    auto details = loadDetails(*workspace, *open.corpus, row);
    if (!details) {
        inspection->problem = details.error().message;
        return inspection;
    }
    inspection->record = std::move(details->record);
    inspection->content = std::move(details->content);
    inspection->previousCall = previousModelCall(*open.corpus, row);
    if (inspection->previousCall == noRow)
        return inspection;
    const auto previous = loadDetails(*workspace, *open.corpus, inspection->previousCall);
    if (previous)
        inspection->newFrom =
            firstNewMessage(inspection->content.input, previous->content.input, previous->content.output);
    return inspection;
}

} // namespace arcscope
