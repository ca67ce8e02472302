#include "annotation.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace arcscope
{
namespace
{

constexpr auto kindNames = std::to_array<std::string_view>({"note", "bookmark", "range", "tag"});

std::optional<std::int64_t> numberOf(std::string_view digits)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool plain =
        !digits.empty() && digits != "-0" && (digits.size() == 1 || digits[0] != '0') && !digits.starts_with("-0");
    return plain && error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

/// Two numbers with `between` between them, the second not below the first.
std::optional<PlacePart> pairOf(PlacePart::Of of, std::string_view text, std::string_view between)
{
    const std::size_t at = text.find(between, 1); // the first number may be negative
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto from = numberOf(text.substr(0, at));
    const auto to = numberOf(text.substr(at + between.size()));
    return from && to && *from <= *to ? std::optional(PlacePart{of, *from, *to}) : std::nullopt;
}

} // namespace

std::string_view name(AnnotationKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<AnnotationKind> annotationKindOf(std::string_view name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (kindNames[i] == name)
            return static_cast<AnnotationKind>(i);
    }
    return std::nullopt;
}

std::string placeOfArc(std::string_view key)
{
    return "arc:" + std::string(key);
}

std::string text(const PlacePart& part)
{
    switch (part.of) {
    case PlacePart::Of::Whole:
        return {};
    case PlacePart::Of::Bytes:
        return "bytes:" + std::to_string(part.from) + '-' + std::to_string(part.to);
    case PlacePart::Of::Event:
        return "event:" + std::to_string(part.from);
    case PlacePart::Of::Time:
        break;
    }
    return "time:" + std::to_string(part.from) + ".." + std::to_string(part.to);
}

std::optional<PlacePart> parsePlacePart(std::string_view text)
{
    if (text.empty())
        return PlacePart();
    const auto behind = [&](std::string_view word) { return text.substr(word.size()); };
    std::optional<PlacePart> part;
    if (text.starts_with("bytes:")) {
        part = pairOf(PlacePart::Of::Bytes, behind("bytes:"), "-");
    } else if (text.starts_with("time:")) {
        part = pairOf(PlacePart::Of::Time, behind("time:"), "..");
        if (part && part->from == noTime)
            part.reset();
    } else if (text.starts_with("event:")) {
        if (const auto event = numberOf(behind("event:")))
            part = PlacePart{PlacePart::Of::Event, *event, 0};
    }
    const bool counted = part && part->of != PlacePart::Of::Time;
    if (counted && part->from < 0)
        part.reset();
    return part;
}

} // namespace arcscope
