#include "span.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, spanKindCount> kindNames{
    "other", "agent", "model", "tool", "retrieval", "embedding", "guardrail", "evaluator", "workflow"};
constexpr std::array<std::string_view, 4> statusNames{"unset", "ok", "error", "cancelled"};
constexpr std::array<std::string_view, 4> provenanceNames{"not recorded", "measured", "declared", "inferred"};

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view wanted)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == wanted)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

} // namespace

std::string_view name(SpanKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

std::string_view name(SpanStatus status)
{
    return statusNames[static_cast<std::size_t>(status)];
}

std::string_view name(Provenance provenance)
{
    return provenanceNames[static_cast<std::size_t>(provenance)];
}

std::optional<SpanKind> spanKindNamed(std::string_view wanted)
{
    return named<SpanKind>(kindNames, wanted);
}

std::optional<SpanStatus> spanStatusNamed(std::string_view wanted)
{
    return named<SpanStatus>(statusNames, wanted);
}

} // namespace arcscope
