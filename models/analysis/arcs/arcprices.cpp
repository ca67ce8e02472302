#include "arcjoin.h"

#include <memory>

namespace arcscope
{

ArcPrices arcPrices(Corpus& corpus, const PriceTable* table)
{
    ArcPrices prices{table, {}, {}};
    if (!table)
        return prices;
    StringSegment added;
    const auto idOf = [&](std::string_view text) {
        if (const StringId known = corpus.strings.find(text))
            return known;
        added.text += text;
        added.ends.push_back(static_cast<std::uint32_t>(added.text.size()));
        return StringId{corpus.strings.size() + static_cast<std::uint32_t>(added.ends.size()) - 1};
    };
    prices.currency = idOf("USD");
    prices.version = idOf(table->version.empty() ? std::string_view("price table") : table->version);
    if (!added.ends.empty())
        corpus.strings.append(std::make_shared<const StringSegment>(std::move(added)));
    return prices;
}

} // namespace arcscope
