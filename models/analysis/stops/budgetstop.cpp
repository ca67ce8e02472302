// The limit of output tokens, or the context window.
#include "stopchecks.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

constexpr double fullWindow = 0.98;

constexpr auto limitKeys =
    std::to_array<std::string_view>({"max_tokens", "max_completion_tokens", "max_output_tokens", "maxTokens",
                                     "maxOutputTokens", "max_new_tokens", "num_predict", "max_tokens_to_sample"});
constexpr auto windowKeys =
    std::to_array<std::string_view>({"model_context_window", "context_window", "context_window_size", "contextWindow",
                                     "context_length", "num_ctx", "max_model_len", "max_context_tokens"});

std::int64_t leadingNumber(std::string_view text)
{
    std::int64_t number = noTokens;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && number > 0 ? number : noTokens;
}

/// The number behind "key": in JSON text.
std::int64_t memberIn(std::string_view json, std::string_view key)
{
    const std::string quoted = '"' + std::string(key) + '"';
    const std::size_t at = json.find(quoted);
    if (at == std::string_view::npos)
        return noTokens;
    const std::size_t value = json.find_first_not_of(" :\t\n", at + quoted.size());
    return value == std::string_view::npos ? noTokens : leadingNumber(json.substr(value));
}

/// The first of these settings that an attribute has, as its last component or as a member of a small document.
template <std::size_t N>
std::int64_t settingIn(const SpanContent& content, const std::array<std::string_view, N>& keys)
{
    constexpr std::size_t smallDocument = 4'000;
    for (const Attribute& attribute : content.attributes) {
        const std::string_view key = std::string_view(attribute.key).substr(attribute.key.rfind('.') + 1);
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
            if (const std::int64_t number = leadingNumber(attribute.value); number != noTokens)
                return number;
        }
        if (!attribute.value.starts_with('{') || attribute.value.size() > smallDocument)
            continue;
        for (const std::string_view wanted : keys) {
            if (const std::int64_t number = memberIn(attribute.value, wanted); number != noTokens)
                return number;
        }
    }
    return noTokens;
}

std::uint16_t flagsOf(const StoppedCall& call)
{
    if (call.texts.empty() && call.calls.empty())
        return call.outputKnown ? bit(StopFlag::NothingSaid) : std::uint16_t(0);
    if (const StopText* const last = call.lastText()) {
        const auto cut = cutEnd(last->text);
        return !cut                                   ? bit(StopFlag::LooksWhole)
               : cut->rule != StopRuleId::MidSentence ? bit(StopFlag::MidStructure)
                                                      : std::uint16_t(0);
    }
    return 0;
}

} // namespace

void checkBudget(const StoppedCall& call, StopHits& into)
{
    const auto add = [&](StopRuleId rule) {
        StopHit hit{rule, {}, -1, -1, flagsOf(call)};
        if (const StopText* const last = call.lastText()) {
            hit.place = last->place;
            const auto cut = cutEnd(last->text);
            hit.to = std::ssize(last->text);
            hit.from = cut ? cut->from : std::max<std::int64_t>(0, hit.to - 80);
        } else if (!call.calls.empty()) {
            hit.place = call.calls.back().place;
        }
        into.push_back(hit);
    };
    if (call.claim == StopClaim::Length)
        add(StopRuleId::LengthWord);
    if (call.claim == StopClaim::ContextWindow)
        add(StopRuleId::ContextWord);
    if (!call.content)
        return;
    const RawUsage& usage = call.content->usage;
    if (usage.output <= 0)
        return;
    const std::int64_t limit = settingIn(*call.content, limitKeys);
    if (limit != noTokens && usage.output >= limit)
        add(StopRuleId::TokenLimit);
    // A full window cuts; who ends in it as a whole was not cut.
    const StopText* const last = call.lastText();
    const std::int64_t window = settingIn(*call.content, windowKeys);
    if (window == noTokens || usage.input <= 0 || !last || !cutEnd(last->text))
        return;
    std::int64_t used = saturatedSum(usage.input, usage.output);
    if (static_cast<UsageDialect>(call.corpus.spans.at(SpanColumn::UsageDialect, call.row)) ==
        UsageDialect::CacheSeparate)
        used = saturatedSum(used,
                            std::max<std::int64_t>(0, usage.cacheRead) + std::max<std::int64_t>(0, usage.cacheWrite));
    if (static_cast<double>(used) >= fullWindow * static_cast<double>(window))
        add(StopRuleId::WindowFull);
}

} // namespace arcscope
