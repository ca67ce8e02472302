#include "pricefile.h"

#include "times.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

namespace arcscope
{
namespace
{

using Json = nlohmann::json;

constexpr std::uintmax_t mostBytes = 64 << 20;
/// In front of this price is a whole token dearer than anyone asks for.
constexpr double mostPerToken = 1'000;

struct ClassKey {
    UsageClass usageClass;
    const char* key;
    const char* instead; ///< the price where the key is absent; null: unpriced
};

constexpr ClassKey classKeys[] = {
    {UsageClass::Input, "input_cost_per_token", nullptr},
    {UsageClass::CacheRead, "cache_read_input_token_cost", nullptr},
    {UsageClass::CacheWrite, "cache_creation_input_token_cost", nullptr},
    {UsageClass::CacheWriteLong, "cache_creation_input_token_cost_above_1hr", nullptr},
    {UsageClass::Output, "output_cost_per_token", nullptr},
    {UsageClass::Reasoning, "output_cost_per_reasoning_token", "output_cost_per_token"},
    {UsageClass::PredictionAccepted, "output_cost_per_token", nullptr},
    {UsageClass::PredictionRejected, "output_cost_per_token", nullptr},
    {UsageClass::AudioInput, "input_cost_per_audio_token", nullptr},
    {UsageClass::AudioOutput, "output_cost_per_audio_token", nullptr},
};

constexpr std::pair<const char*, std::int64_t> tiers[] = {{"_above_128k_tokens", 128'000},
                                                          {"_above_200k_tokens", 200'000},
                                                          {"_above_272k_tokens", 272'000},
                                                          {"_above_512k_tokens", 512'000}};

std::int64_t priceAt(const Json& entry, const std::string& key)
{
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_number())
        return noPrice;
    const double price = found->get<double>();
    if (!(price >= 0) || price > mostPerToken)
        return noPrice;
    return std::llround(price * 1e15);
}

/// Where a tier is silent, `base` holds.
ClassPrices pricesOf(const Json& entry, const std::string& suffix, const ClassPrices& base, bool& any)
{
    ClassPrices prices = base;
    for (const ClassKey& key : classKeys) {
        std::int64_t price = priceAt(entry, key.key + suffix);
        if (price == noPrice && key.instead)
            price = priceAt(entry, key.instead + suffix);
        if (price == noPrice)
            continue;
        prices[static_cast<std::size_t>(key.usageClass)] = price;
        any = true;
    }
    return prices;
}

std::string dayOf(const std::string& path)
{
    struct stat status {
    };
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return isoText(static_cast<Nanos>(status.st_mtime) * second).substr(0, 10);
}

} // namespace

Result<PriceTable> readPrices(const std::string& path)
{
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(path, problem);
    if (problem)
        return Error{ErrorCode::Unreadable, path + ": " + problem.message()};
    if (bytes > mostBytes)
        return Error{ErrorCode::Unsupported, path + ": a price table of more than 64 MB"};
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::Unreadable, path + ": cannot be opened"};
    Json json;
    try {
        json = Json::parse(file);
    } catch (const Json::exception& wrong) {
        return Error{ErrorCode::Malformed, path + ": expected a JSON object of models; " + wrong.what()};
    }
    PriceTable table;
    table.version = std::filesystem::path(path).filename().string() + ", " + dayOf(path);
    ClassPrices none;
    none.fill(noPrice);
    if (json.is_object()) {
        for (const auto& [model, entry] : json.items()) {
            bool any = false;
            if (model == "sample_spec" || !entry.is_object())
                continue;
            ModelPrices prices;
            prices.prices = pricesOf(entry, {}, none, any);
            for (const auto& [suffix, above] : tiers) {
                bool hasTier = false;
                const ClassPrices dearer = pricesOf(entry, suffix, prices.prices, hasTier);
                if (hasTier)
                    prices.tiers.push_back({above, dearer});
            }
            if (any)
                table.models.emplace(model, std::move(prices));
        }
    }
    if (table.models.empty())
        return Error{ErrorCode::Unsupported, path + ": no model with a price for tokens (input_cost_per_token)"};
    return table;
}

} // namespace arcscope
