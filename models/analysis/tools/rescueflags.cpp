#include "rescueflags.h"

#include "proselines.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace arcscope
{
namespace
{

/// The last word of a key in lower case, with _ for what parts words: "http.request.resend-count" is "resend_count".
std::string leafOf(std::string_view key)
{
    const std::size_t at = key.find_last_of("./");
    std::string leaf = prose::lower(key.substr(at == key.npos ? 0 : at + 1));
    std::ranges::replace(leaf, '-', '_');
    return leaf;
}

bool isNo(std::string_view value)
{
    const std::string lower = prose::lower(value);
    return prose::isListed("false 0 no none null off [] {}", lower) || lower.empty();
}

bool isNumberFrom(std::string_view value, std::int64_t least)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end == value.data() + value.size() && number >= least && number < 10'000;
}

std::optional<RescueKind> kindOfFlag(const Attribute& attribute)
{
    const std::string leaf = leafOf(attribute.key);
    constexpr std::size_t longest = 400; // what is longer is content, not a flag
    if (isNo(attribute.value) || attribute.value.size() > longest)
        return std::nullopt;
    if (prose::isListed("retry_count retries num_retries retry_attempt resend_count retried x_stainless_retry_count",
                        leaf))
        return isNumberFrom(attribute.value, 1) || attribute.value == "true" ? std::optional(RescueKind::Retry)
                                                                             : std::nullopt;
    if (prose::isListed("attempt attempt_number", leaf))
        return isNumberFrom(attribute.value, 2) ? std::optional(RescueKind::Retry) : std::nullopt;
    if (prose::isListed("fallback is_fallback fallback_used used_fallback fallback_triggered fallback_reason "
                        "fallback_from",
                        leaf))
        return RescueKind::Fallback;
    if (prose::isListed("json_repair json_repaired repaired output_repaired repair_applied was_repaired", leaf))
        return RescueKind::JsonRepair;
    if (prose::isListed("default_used used_default default_substituted defaulted fallback_value", leaf))
        return RescueKind::Default;
    if (prose::isListed("result_reused reused_result served_stale stale_result reused_from from_previous_turn", leaf))
        return RescueKind::Reused;
    return std::nullopt;
}

std::optional<RescueKind> kindOfEvent(std::string_view eventName)
{
    const std::string lower = prose::lower(eventName);
    const auto holds = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    if (holds("fallback"))
        return RescueKind::Fallback;
    if (holds("json_repair") || holds("json repair") || holds("output_repair"))
        return RescueKind::JsonRepair;
    if (holds("retry") || holds("retrying"))
        return RescueKind::Retry;
    return std::nullopt;
}

std::string reasonIn(const std::vector<Attribute>& attributes, std::string_view wanted)
{
    for (const Attribute& attribute : attributes) {
        const std::string leaf = leafOf(attribute.key);
        const bool reason = leaf == "reason" || leaf == "cause" || leaf.ends_with("_reason") ||
                            leaf == "exception_message" ||
                            (leaf == "message" && attribute.key.starts_with("exception"));
        if (reason && (wanted.empty() || attribute.key.find(wanted) != std::string::npos) && !attribute.value.empty())
            return quoted(attribute.value, 120);
    }
    return {};
}

} // namespace

std::vector<Rescue> flaggedRescues(const SpanContent& content, Row row, Nanos end)
{
    std::vector<Rescue> rescues;
    const auto add = [&](RescueKind kind, std::string cause, Nanos time) {
        const bool known = std::ranges::any_of(rescues, [&](const Rescue& rescue) { return rescue.kind == kind; });
        if (known)
            return;
        Rescue& rescue = rescues.emplace_back();
        rescue.kind = kind;
        rescue.measured = true;
        rescue.cause = std::move(cause);
        rescue.place.row = row;
        rescue.place.time = time;
    };
    for (const SpanEvent& event : content.events) {
        if (const auto kind = kindOfEvent(event.name))
            add(*kind, reasonIn(event.attributes, {}), event.time == noTime ? end : event.time);
    }
    for (std::size_t i = 0; i < content.attributes.size(); ++i) {
        const Attribute& attribute = content.attributes[i];
        const auto kind = kindOfFlag(attribute);
        if (!kind)
            continue;
        const std::string word = *kind == RescueKind::Retry      ? "retry"
                                 : *kind == RescueKind::Fallback ? "fallback"
                                                                 : leafOf(attribute.key).substr(0, 6);
        const std::size_t before = rescues.size();
        add(*kind, reasonIn(content.attributes, word), end);
        if (rescues.size() > before) {
            rescues.back().place.text = {TextPlace::Of::Attribute, static_cast<std::uint32_t>(i), 0};
            rescues.back().place.quote = quoted(attribute.value, 120);
        }
    }
    return rescues;
}

} // namespace arcscope
