#include "query.h"

#include "search.h"
#include "workspace.h"

namespace arcscope
{

Result<std::vector<Row>> runFilter(Workspace& workspace, Corpus& corpus, const Filter& filter, const Control& control)
{
    std::vector<SpanColumn> missing;
    for (const SpanColumn column : columnsOf(filter)) {
        if (!corpus.spans.has(column))
            missing.push_back(column);
    }
    if (auto loaded = workspace.loadColumns(corpus, missing, control); !loaded)
        return loaded.error();
    TextHits hits;
    for (const std::string& text : searchedTexts(filter)) {
        auto found = searchRecords(workspace.path(), text, control);
        if (!found)
            return found.error();
        hits.emplace(text, std::move(*found));
    }
    return evaluate(filter, corpus, hits, control);
}

} // namespace arcscope
